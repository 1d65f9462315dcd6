"""What a rule says of functions and of tasks alike, it says of both."""

from __future__ import annotations

import pytest
import yaml

from harness import examples
from k2l import findings
from k2l.finding import AWS_COMPUTE, Rule, Target

RUN = {"CronJob", "Deployment", "Job", "Pod", "ReplicaSet", "StatefulSet"}
RULES = [check.rule for check in findings.checks() if check.rule.only == AWS_COMPUTE]


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_rule_about_functions_and_tasks_speaks_of_tasks_too(rule: Rule):
    objects = [found for found in yaml.safe_load_all(examples.block(rule.page, "Bad")) if found]
    for found in objects:
        if found["kind"] in RUN:
            annotations = found["metadata"].setdefault("annotations", {})
            annotations["k2l.dev/target"] = "fargate"
    bundle = examples.translated(yaml.safe_dump_all(objects, sort_keys=False))
    targets = {placement.target for placement in bundle.plan.placements}
    assert targets == {Target.FARGATE}
    said = [finding for finding in bundle.findings if finding.rule is rule]
    assert said
    assert not any("a function" in finding.problem.message for finding in said)


SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
OF_TASKS = "K2L147 K2L148 K2L149 K2L237 K2L238 K2L239 K2L240 K2L309 K2L410 K2L614 K2L615 K2L616".split()


def test_every_rule_about_tasks_is_tried():
    assert [check.rule.code for check in findings.checks() if check.rule.only == {Target.FARGATE}] == OF_TASKS


@pytest.mark.parametrize("code", OF_TASKS)
def test_a_rule_about_tasks_says_nothing_of_a_function(code: str):
    (rule,) = (check.rule for check in findings.checks() if check.rule.code == code)
    text = examples.block(rule.page, "Bad").replace("k2l.dev/target: fargate", "k2l.dev/target: lambda")
    text = (
        text.replace('registry.example/web:1.0"', 'registry.example/web:1.0", ports: [{containerPort: 8080}]')
        if "ports:" not in text
        else text
    )
    text = text.replace("/dev/shm", "/cache")
    bundle = examples.translated(text if "Service" in text or "CronJob" in text else text + SERVICE)
    assert {placement.target for placement in bundle.plan.placements} == {Target.LAMBDA}
    assert rule.code not in {finding.code for finding in bundle.findings}


@pytest.mark.parametrize(("given", "told"), [("", True), ("backoffLimit: 2", True), ("backoffLimit: 0", False)])
def test_a_job_that_kubernetes_would_try_again_is_told_also_where_nothing_says_how_often(given: str, told: bool):
    text = f"""\
apiVersion: batch/v1
kind: Job
metadata: {{name: load, annotations: {{k2l.dev/target: fargate}}}}
spec:
  {given}
  template: {{spec: {{restartPolicy: OnFailure, containers: [{{name: load, image: "registry.example/load:1.0", command: [run]}}]}}}}
"""
    assert ("K2L616" in {finding.code for finding in examples.translated(text).findings}) == told
