"""k2l lint over charts that other people wrote, as their owners would run it: every finding is true and says what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.requires("corpus", "helm")
EXPECTED = {
    "descheduler": ["K2L119"],
    "metrics-server": ["K2L002", "K2L119"],
    "onlineboutique": ["K2L034", "K2L109", "K2L116", "K2L118", "K2L150", "K2L203"],
    "podinfo": ["K2L034", "K2L150", "K2L203", "K2L208"],
    "retail-store-catalog": ["K2L034"],
    "retail-store-ui": ["K2L034", "K2L124"],
    "robot-shop": ["K2L113", "K2L118", "K2L121", "K2L124", "K2L150", "K2L202", "K2L205"],
}
"""The rules that find something; each finding has been read beside its chart."""


@pytest.mark.parametrize("chart", EXPECTED)
def test_a_chart_has_the_findings_that_its_owner_would_act_on(chart: str, corpus: Path, k2l):
    done = k2l("lint", str(corpus / "charts" / chart), "--output-format", "json")
    found = json.loads(done.stdout)["findings"]
    assert done.exit_code == 0
    assert sorted({each["code"] for each in found}) == EXPECTED[chart]
    assert all(each["help"] and each["template"] for each in found)


@pytest.mark.parametrize("chart", EXPECTED)
def test_every_finding_names_the_template_that_it_comes_from_as_it_can_be_opened(chart: str, corpus: Path, k2l):
    done = k2l("lint", str(corpus / "charts" / chart), "--output-format", "json")
    for found in json.loads(done.stdout)["findings"]:
        assert found["file"].endswith(found["template"].partition("/")[2])
        assert Path(found["file"]).is_file()
