"""The price table, and a file of the user's over it."""

from __future__ import annotations

import json
import re

import pytest

from harness.costs import costs, line, of, web
from k2l import tables
from k2l.errors import UserError, UserErrors
from k2l.migration import prices, prices_file


def problems(text):
    with pytest.raises(UserErrors) as caught:
        prices.read(text, "mine.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_price_for_a_million_is_divided():
    assert prices.shipped()["lambda-requests"].unit_price == 0.20 / 1_000_000


def test_each_unit_costs_the_price_of_its_tier():
    """6,000,000,000 x 0.0000166667 + 1,000,000,000 x 0.0000150000 = 100,000.20 + 15,000.00"""
    row = prices.shipped()["lambda-duration-x86_64"]
    assert row.amount(7e9) == pytest.approx(115_000.20)
    assert row.beyond_first(7e9) == pytest.approx(115_000.20 - 7e9 * 0.0000166667)
    assert row.amount(6e9) == pytest.approx(100_000.20)


def test_the_last_tier_has_no_end():
    """6 B, then 9 B, then 5 B: 100,000.20 + 135,000.00 + 66,667.00"""
    assert prices.shipped()["lambda-duration-x86_64"].amount(20e9) == pytest.approx(100_000.20 + 135_000.00 + 66_667.00)


def test_what_is_free_at_first_costs_above_it():
    row = prices.shipped()["scheduler-invocations"]
    assert row.amount(14e6) == 0.0
    assert row.amount(16e6) == pytest.approx(2.00)


def test_every_shipped_row_says_where_it_comes_from_and_how_it_is_asked_for():
    table = prices.shipped()
    for row in table.rows.values():
        assert re.fullmatch(r"https://aws\.amazon\.com/\S+", row.source), row.id
        assert row.evidence.startswith(("price list, 2026-08-21", "page, 2026-09-20", "published")), row.id
        assert (row.query is None) == (row.unasked is not None), row.id
        assert (row.region, row.checked) == ("us-east-1", "2026-11-21")
    assert [row.id for row in table.rows.values() if row.unasked] == [
        "lattice-gigabyte",
        "lattice-hour",
        "managed-instances-fee",
        "managed-instances-requests",
        "ssm-advanced-parameter",
    ]


def test_no_two_rows_are_asked_for_alike():
    queries = [json.dumps([q.service, dict(q.filters), q.usage_type]) for row in prices.shipped().rows.values() if (q := row.query)]
    assert len(set(queries)) == len(queries)


def test_a_file_replaces_the_rows_that_it_has():
    found = prices.read("prices:\n  secret: {price: 0.30}\n", "mine.yaml")
    assert found["secret"].unit_price == 0.30
    assert found["secret"].evidence == "given in mine.yaml"
    assert found["secret"].source == ""
    assert found["secret"].what == prices.shipped()["secret"].what
    assert found["lambda-requests"] == prices.shipped()["lambda-requests"]


def test_a_price_of_the_users_is_for_as_many_units_as_the_shipped_one():
    assert prices.read("prices: {lambda-requests: {price: 0.10}}", "mine.yaml")["lambda-requests"].unit_price == 0.10 / 1_000_000


def test_a_file_of_another_region_says_which_rows_are_not_of_it():
    found = prices.read("region: eu-west-1\nprices: {secret: {price: 0.44}}\n", "mine.yaml")
    assert found.region == "eu-west-1"
    assert "secret" not in found.elsewhere
    assert "lambda-requests" in found.elsewhere
    assert prices.shipped().elsewhere == ()


def test_the_users_prices_make_the_bill():
    table = prices.read("prices: {lambda-requests: {price: 1.00}}", "mine.yaml")
    found = costs(web(), "workloads: {Deployment/shop/web: {requests-per-second: 1}}", table=table)
    assert line(of(found).after, "lambda-requests").amount.expected == pytest.approx(2.628)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prices:\n  secret: {price: -1}\n", "mine.yaml:2:19: -1 is less than the minimum of 0"),
        ("prices:\n  secret: {}\n", "mine.yaml:2:11: {} is not valid under any of the given schemas"),
        ("prices:\n  secrets: {price: 1}\n", "mine.yaml:2:3: k2l uses no price called secrets; it uses alb-hour, alb-lcu, "),
        ("currency: EUR\nprices: {}\n", "mine.yaml:1:11: 'USD' was expected"),
        (
            "prices:\n  secret:\n    tiers: [{from: 0, price: 2}, {from: 0, price: 1}]\n",
            "mine.yaml:3:12: each tier must begin above the one",
        ),
        ("prices:\n  secret:\n    tiers: [{from: 5, price: 2}]\n", "mine.yaml:3:20: 0 was expected"),
        ("region: us-east-1\n", "mine.yaml:1:1: 'prices' is a required property"),
        ("prices: [\n", "mine.yaml:"),
    ],
)
def test_a_wrong_file_says_where(text, said):
    (found,) = problems(text)
    assert found.startswith(said), found


def test_an_empty_file_is_wrong():
    with pytest.raises(UserError, match="no prices"):
        prices.read("# nothing\n", "mine.yaml")


def test_a_table_written_down_reads_back_as_it_was():
    table = prices.shipped()
    found = prices.read(prices_file.text(table), "prices.yaml")
    for name, row in table.rows.items():
        assert found[name].tiers == row.tiers, name
        assert found[name].evidence == row.evidence
        assert (found[name].free, found[name].pool, found[name].provides) == (row.free, row.pool, row.provides)


def test_the_shipped_table_is_right_by_the_schema_for_users_too():
    written = tables.path("prices.yaml").read_text(encoding="utf-8")
    assert prices.read(written, "prices.yaml").rows.keys() == prices.shipped().rows.keys()
