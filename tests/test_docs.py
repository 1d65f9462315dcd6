"""Pages that are generated, and what they promise."""

import re

import pytest

from k2l import fields, tables
from k2l.dev import docs
from k2l.kinds import by_api


def test_the_conversion_page_is_what_the_tables_say():
    assert docs.PAGE.read_text(encoding="utf-8") == docs.page() + "\n", "run python -m k2l.dev.docs"


def test_every_converted_kind_has_a_section():
    titles = re.findall("^## (.*)$", docs.page(), re.MULTILINE)
    kinds = {api.partition(" ")[2] for api in by_api()}
    assert kinds <= {title.partition(" ")[0] for title in titles}


def test_every_link_within_the_page_has_a_target():
    page = docs.page()
    anchors = {title.lower().replace(" ", "-") for title in re.findall("^## (.*)$", page, re.MULTILINE)}
    assert set(re.findall(r"\(#([^)]+)\)", page)) <= anchors


def test_every_row_of_the_page_has_three_cells():
    rows = [line for line in docs.page().splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4}


@pytest.mark.parametrize("api", sorted(by_api()))
def test_no_field_of_a_converted_kind_is_without_a_row(api):
    missing = [f.path for f in fields.walk(tables.inventory().kinds[api]) if f.row is None]
    assert missing == []
