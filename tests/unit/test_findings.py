"""The engine: what a rule may be, whom a finding belongs to, and which findings are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.examples import translated
from k2l import findings
from k2l.finding import Finding, Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.plan import Plan
from k2l.settings import Settings
from k2l.source import load

SHOP = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: registry.example/shop:latest
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  sessionAffinity: ClientIP
  ports: [{port: 80, targetPort: 8080}]
"""
SECRET = """\
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
data: {salt: /wDhunter2aa, bad: hunter2!}
stringData: {AWS_REGION: hunter2, db.url: "postgres://me:hunter2@db/shop"}
"""


def found(text):
    return translated(text).findings


def only(text, code):
    return [finding for finding in found(text) if finding.code == code]


def rule(check, **given):
    check.__module__ = "k2l.rules.k2l999_example"
    return Rule(**{"code": "K2L999", "name": "example", "severity": Severity.NOTE, "check": check, **given})


def of_container(container: Container, workload: Workload, settings: Settings) -> Iterator[Problem]:
    yield Problem(container.node, f"{workload.id} {settings}")


def test_a_check_is_called_with_what_its_annotations_ask_for():
    bound = findings.bind(rule(of_container))
    assert bound.subject is Container
    assert bound.context == (Workload, Settings)


def test_a_check_that_does_not_say_what_it_looks_at_is_refused_by_name():
    def check(thing): ...

    with pytest.raises(TypeError, match=r"k2l999_example: the first parameter of check must be annotated as one of .*Workload"):
        findings.bind(rule(check))


def test_a_check_that_asks_for_something_nobody_has_is_refused():
    def check(workload: Workload, port: int): ...

    with pytest.raises(TypeError, match="k2l999_example: besides the Workload, check may ask for Graph, Settings, Workload"):
        findings.bind(rule(check))


def test_a_rule_about_the_plan_cannot_forbid_a_target():
    def check(plan: Plan): ...

    with pytest.raises(TypeError, match="comes after placement and cannot forbid a target"):
        findings.bind(rule(check, blocks=frozenset({Target.LAMBDA})))


def test_a_rule_in_a_file_of_another_name_is_refused():
    with pytest.raises(TypeError, match=r"the rule K2L999 other belongs in a file k2l999_other.py"):
        findings.bind(rule(of_container, name="other"))


def test_a_finding_belongs_to_the_object_that_its_place_is_in():
    (affinity,) = only(SHOP, "K2L219")
    assert affinity.object == "Service/default/shop"
    assert affinity.workload == "Deployment/default/shop"
    assert (affinity.at.line, affinity.at.path()) == (19, "spec.sessionAffinity")


def test_findings_come_in_the_order_of_the_text():
    lines = [finding.at.line for finding in found(SHOP)]
    assert lines == sorted(lines)
    assert len(lines) > 1


def test_the_order_of_the_objects_changes_nothing_that_is_said():
    first, second = SHOP.split("---\n")
    said = {(f.code, f.problem.message, f.object) for f in found(SHOP)}
    assert {(f.code, f.problem.message, f.object) for f in found(f"{second}---\n{first}")} == said


def test_what_two_workloads_share_is_said_once():
    twice = SHOP + "---\n" + SHOP.partition("---")[0].replace("{name: shop}", "{name: shop-canary}")
    assert len(only(twice, "K2L219")) == 1


def test_what_matters_to_functions_only_is_not_said_of_others():
    elsewhere = SHOP.replace("containers:", "hostNetwork: true\n      containers:")
    assert {finding.code for finding in found(elsewhere)} == {"K2L111"}


def test_of_a_database_only_the_service_that_takes_its_place_is_said():
    database = SHOP.replace("registry.example/shop:latest", "postgres:17").replace("8080", "5432")
    assert {finding.code for finding in found(database)} == {"K2L118"}


def test_no_message_holds_a_secret_value():
    pod = SHOP.replace("ports: [{c", "envFrom: [{secretRef: {name: keys}}]\n          ports: [{c")
    said = found(pod + SECRET)
    assert {"K2L011", "K2L405", "K2L501", "K2L502"} <= {finding.code for finding in said}
    assert not [f for f in said if "hunter2" in f"{f.problem.message} {f.problem.help} {f.at!r}"]


def code(number):
    (place,) = load("a: 1", "x.yaml").objects
    return Finding(rule(of_container, code=number), Problem(place, ""), "")


@pytest.mark.parametrize(
    ("select", "ignore", "shown"),
    [
        ((), (), {"K2L101", "K2L102", "K2L201"}),
        (("K2L1",), (), {"K2L101", "K2L102"}),
        ((), ("K2L1",), {"K2L201"}),
        (("K2L1",), ("K2L102",), {"K2L101"}),
        (("K2L102",), ("K2L1",), {"K2L102"}),
        (("K2L102",), ("K2L102",), set()),
    ],
)
def test_codes_are_selected_and_ignored_by_prefix_and_the_longer_one_wins(select, ignore, shown):
    all_codes = [code("K2L101"), code("K2L102"), code("K2L201")]
    assert {f.code for f in findings.chosen(all_codes, select, ignore)} == shown
