"""What SARIF and JSON say of findings that a baseline knows, has new, or no longer has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from harness.linting import WARNED, WEB, WRONG, read

SCHEMAS = Path(__file__).parent / "schemas"
OWN = Path(__file__).parents[1] / "mappings/schema/lint.schema.json"
THRICE = "---\n".join((WEB, *(WEB.partition("---")[0].replace("1.2", version) for version in ("1.3", "1.4"))))
"""The Deployment is there two times more, which is found two times at one place."""
ACCEPTED = WARNED.replace("namespace: shop}", "namespace: shop, annotations: {ignore.k2l.dev/K2L121: it is pinned}}", 1)


@pytest.fixture
def against(lint):
    """``against(before, now, *options)``: the results of SARIF about ``now``, with what was found in ``before`` as the baseline."""

    def run(before, now, *options):
        lint(before, "--baseline", "known.json", "--update-baseline")
        done = lint(now, "--baseline", "known.json", "--output-format", "sarif", *options)
        sarif = read(done)
        assert not list(Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_text())).iter_errors(sarif))
        rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        results = sarif["runs"][0]["results"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
        return results

    return run


def states(results):
    return [(result["ruleId"], result["baselineState"], len(result["suppressions"])) for result in results]


def test_what_the_baseline_knows_is_there_as_unchanged_and_suppressed(against):
    (result,) = against(WARNED, f"# moved\n{WARNED}")
    assert (result["baselineState"], result["level"]) == ("unchanged", "warning")
    assert result["suppressions"] == [{"kind": "external", "justification": "It is in the baseline known.json."}]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 12


def test_what_it_does_not_know_is_new_and_not_suppressed(against):
    assert states(against(WARNED, WRONG)) == [("K2L121", "unchanged", 1), ("K2L013", "new", 0)]


def test_what_is_no_longer_found_is_absent_and_points_to_the_baseline(against):
    (result,) = against(WARNED, WEB)
    assert states([result]) == [("K2L121", "absent", 1)]
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "known.json"}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "Deployment/shop/web spec.template.spec.containers[0].image"


def test_an_absent_result_has_the_fingerprint_that_it_had(against, lint):
    (result,) = read(lint(WARNED, "--output-format", "sarif"))["runs"][0]["results"]
    (absent,) = against(WARNED, WEB)
    assert absent["partialFingerprints"] == result["partialFingerprints"]


def test_what_is_accepted_since_is_neither_absent_nor_new(against):
    assert states(against(WARNED, ACCEPTED)) == [("K2L121", "unchanged", 1)]
    assert states(against(WEB, ACCEPTED)) == [("K2L121", "new", 1)]


def test_a_rule_that_is_gone_is_told_without_its_page(lint):
    entry = {"object": "Deployment/shop/web", "path": "spec", "code": "K2L998", "count": 1}
    Path("known.json").write_text(json.dumps({"schema": "k2l-baseline/v1", "findings": [entry]}))
    (result,) = read(lint(WEB, "--baseline", "known.json", "--output-format", "sarif"))["runs"][0]["results"]
    assert (result["ruleId"], result["baselineState"], "ruleIndex" in result) == ("K2L998", "absent", False)


def test_without_a_baseline_nothing_is_said_of_one(lint):
    results = read(lint(WRONG, "--output-format", "sarif"))["runs"][0]["results"]
    assert results
    assert all("baselineState" not in result and result["suppressions"] == [] for result in results)


def test_all_results_say_whether_they_are_suppressed_when_one_does(lint):
    both = ACCEPTED + "---\n" + WARNED.replace("web", "api")
    results = read(lint(both, "--output-format", "sarif"))["runs"][0]["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 1]


@pytest.mark.parametrize(("now", "counts"), [(WARNED, (1, 0, 0)), (WEB, (0, 1, 0)), (ACCEPTED, (0, 1, 1))])
def test_json_counts_what_is_known_fixed_and_accepted(lint, now, counts):
    lint(WARNED, "--baseline", "known.json", "--update-baseline")
    found = read(lint(now, "--baseline", "known.json", "--output-format", "json"))
    assert not list(Draft202012Validator(json.loads(OWN.read_text())).iter_errors(found))
    assert tuple(found["counts"][name] for name in ("known", "fixed", "suppressed")) == counts
    assert found["findings"] == []


@pytest.mark.parametrize("form", ["json", "gitlab"])
def test_a_new_finding_keeps_its_fingerprint_when_the_baseline_knows_one_like_it(lint, form):
    every = marks(lint(THRICE, "--output-format", form))
    lint(THRICE, "--baseline", "known.json", "--update-baseline")
    text = Path("known.json").read_text()
    Path("known.json").write_text(text.replace('"count": 2', '"count": 1'))
    assert marks(lint(THRICE, "--baseline", "known.json", "--output-format", form)) == every[1:]
    assert len(every) == 2


def test_a_fingerprint_stays_when_one_like_it_is_fixed(against, lint):
    known = set(marks(lint(THRICE, "--output-format", "json")))
    results = against(THRICE, THRICE.rpartition("---")[0])
    assert states(results) == [("K2L004", "unchanged", 1), ("K2L004", "absent", 1)]
    assert {result["partialFingerprints"]["objectFieldRule/v1"] for result in results} == known


def marks(done):
    found = read(done)
    return [each["fingerprint"] for each in (found if isinstance(found, list) else found["findings"])]


def test_what_was_not_asked_for_is_not_called_fixed(lint):
    lint(WRONG, "--baseline", "known.json", "--update-baseline")
    done = lint(WRONG, "--baseline", "known.json", "--select", "K2L013")
    assert done.stderr == "0 findings in 4 objects; 1 in the baseline\n"
