"""Story points: named items on a published scale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.bundles import GPU, bundle_of, ingress, workload
from k2l import findings, tables
from k2l.finding import Severity, Target
from k2l.migration.effort import effort, scale

RULES = {check.rule.code: check.rule for check in findings.checks()}
ROWS = tables.table("effort")["rules"]


def of(text, name="web", decided=""):
    (found,) = (one for one in effort(bundle_of(text, decided)).workloads if one.workload == f"Deployment/shop/{name}")
    return found


def bundle_codes(text):
    return {finding.code for finding in bundle_of(text).findings}


def codes(found):
    return {item.code: item.points for item in found.items}


def test_the_scale_is_the_published_one():
    # https://docs.redhat.com/en/documentation/migration_toolkit_for_applications/8.0/html/rules_development_guide/reference_material
    published = {"information": 0, "trivial": 1, "complex": 3, "redesign": 5, "rearchitecture": 7, "unknown": 13}
    assert {step.level: step.points for step in scale()} == published
    assert [step.points for step in scale()] == sorted(published.values())


def test_every_code_of_the_table_is_a_rule():
    assert set(ROWS) <= set(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_row(code):
    assert code in ROWS, f"{code} ({RULES[code].severity}) has no row in mappings/effort.yaml"


def test_every_target_has_a_row():
    assert set(tables.table("effort")["targets"]) == {str(target) for target in Target}


def test_every_decision_that_code_takes_has_a_row():
    rows = tables.table("effort")["decisions"]
    folder = Path(findings.__file__).parent / "targets"
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py")))
    taken = set(re.findall(r'\.decision\(\s*f?"([a-z-]+)', text)) | set(re.findall(r"workload\.id\}:([a-z-]+)", text))
    assert len(taken) > 5
    assert {name if name in rows else name.partition("-")[0] for name in taken} == set(rows)


def test_the_points_of_a_workload_are_the_sum_of_its_items():
    found = of(workload("web", {"API_URL": "http://billing.gone.svc:80"}, image="registry.example/x"))
    assert codes(found) == {"target:lambda": 1, "K2L121": 1, "K2L227": 1, "decision:vpc": 1}
    assert found.points == 4


def test_an_item_says_what_where_and_how():
    (item,) = (item for item in of(workload("web", image="registry.example/x")).items if item.code == "K2L121")
    assert "registry.example/x" in item.sentence
    assert item.help
    assert [node.value for node in item.places] == ["registry.example/x"]


def test_one_task_counts_once_however_many_places_it_touches():
    urls = {f"U{number}": f"http://s{number}.gone.svc:80" for number in range(3)}
    (item,) = (item for item in of(workload("web", urls)).items if item.code == "K2L227")
    assert (item.points, len(item.places)) == (1, 3)
    assert item.sentence == "A workload calls a Service that is not among the manifests"


def test_what_decided_the_target_is_the_work_of_the_target():
    found = of(workload("web", container="securityContext: {runAsUser: 0}"))
    assert codes(found) == {"target:fargate": 1, "decision:network": 1}
    assert [node.value for node in next(item for item in found.items if item.code == "target:fargate").places] == [0]


def test_what_stays_asks_for_no_work():
    warned = of(workload("web", {"PASSWORD": "correct-horse-7"}, container=GPU))
    assert "K2L402" in bundle_codes(workload("web", {"PASSWORD": "correct-horse-7"}, container=GPU))
    assert warned.points == 0
    assert of(workload("web", image="registry.k8s.io/external-dns/external-dns:v0.15")).items == ()


def test_a_decision_that_is_taken_asks_for_nothing():
    scaler = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 9}
"""
    assert "decision:requests-per-pod" in codes(of(workload("web") + scaler))
    decided = "workloads: {Deployment/shop/web: {requests-per-pod: 4}}"
    assert "decision:requests-per-pod" not in codes(of(workload("web") + scaler, decided=decided))


def test_work_on_what_several_share_counts_once_in_all():
    found = effort(bundle_of(workload("web") + workload("api") + ingress("shop.example.com", "web", "api")))
    holders = [one.workload for one in found.workloads if "K2L218" in codes(one)]
    assert len(holders) == 1
    unknown = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x, namespace: shop}\n"
    found = effort(bundle_of(workload("web") + unknown))
    assert codes(found.shared) == {"K2L002": 3}
    assert found.points == 3 + sum(one.points for one in found.workloads)


def test_blockers_and_errors_are_never_free_by_oversight():
    """A rule of severity error asks for work; a blocker that is a mere warning to Managed Instances or a kind of placement may be 0."""
    assert {code for code, rule in RULES.items() if rule.severity is Severity.ERROR and ROWS[code] == 0} == set()
