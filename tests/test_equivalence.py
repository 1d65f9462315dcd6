"""Both formats come from one plan, and their texts say the same: function by function, schedule by schedule, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness import said_sam, said_terraform
from harness.command import run_k2l
from harness.corpora import sets
from harness.programs import ROOT

pytestmark = pytest.mark.requires("hcl2", "sam-translator")
EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir())
MANY = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  annotations: {{k2l.dev/cold-starts: avoid, k2l.dev/vpc: "true"}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{{containerPort: 8080}}]
        env:
        - {{name: TEXT, value: 'a "b" ${{c}} %{{d}} \\e'}}
        - {{name: PEER, value: "http://elsewhere.other.svc:80/${{x}}"}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{type: LoadBalancer, selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}}}
spec: {{minReplicas: 2, maxReplicas: 5, scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}}}
"""
DECIDED = "vpc: {subnet_ids: [subnet-1234abcd], security_group_ids: [sg-1234abcd]}\n"


def compare(manifests: Path, work: Path, *options: str) -> Mapping[str, Any]:
    """Converts both ways; what SAM says, once it is what Terraform says."""
    done = {
        to: run_k2l("convert", str(manifests), "--to", to, "-o", str(work / to), *options, folder=work / to) for to in ("terraform", "sam")
    }
    if not (work / "sam/template.yaml").exists():
        refused = "one template" in done["sam"].stderr
        assert refused or list((work / "terraform").glob("*.tf")) == []
        return {}
    sam, terraform = said_sam.read(work / "sam"), said_terraform.read(work / "terraform")
    for says in (sam, terraform):
        for function in says["functions"].values():
            # Where sam build makes the image, it names the repository too.
            function["image"] = function["image"].rpartition(":")[2]
    for theme, said in terraform.items():
        assert sam[theme] == said, theme
    assert sam.keys() == terraform.keys()
    return sam


@pytest.mark.parametrize("name", EXAMPLES)
def test_both_formats_of_an_example_say_the_same(name, tmp_path):
    assert compare(ROOT / "examples" / name, tmp_path)["functions"]


@pytest.mark.parametrize("name", sets(without="charts"))
def test_both_formats_of_a_set_of_the_corpus_say_the_same(name, corpus, tmp_path):
    compare(corpus / name, tmp_path, "--keep-going")


def test_both_formats_say_the_same_of_provisioned_concurrency_networks_and_inputs(tmp_path):
    manifests = tmp_path / "in"
    manifests.mkdir()
    (manifests / "web.yaml").write_text("---\n".join(MANY.format(name=name) for name in ("one", "two")))
    (manifests / "k2l.yaml").write_text(DECIDED)
    said = compare(manifests, tmp_path)
    assert said["functions"]["one"]["environment"]["TEXT"] == 'a "b" ${c} %{d} \\e'
    assert re.fullmatch(r"http://<input: Where .*>/\$\{x\}", said["functions"]["one"]["environment"]["PEER"])
    assert said["functions"]["one"]["network"] == (["subnet-1234abcd"], ["sg-1234abcd"])
    assert said["provisioned"]["one"][0] == "live"
    assert set(said["scaling"]) == {"function:one:live", "function:two:live"}
    assert len(said["policies of scaling"]) == 2
    assert said["budget"]


def test_both_formats_say_the_same_of_instances(tmp_path):
    said = compare(ROOT / "tests/instances", tmp_path)
    assert said["functions"]["shop-search"]["instances"] == ("<capacity provider k2l-shop-x86-64>", 4, 20)
    assert said["functions"]["shop-front"]["instances"] == (None, None, None)
    assert said["environments"]["shop-search"] == {"MinExecutionEnvironments": 3, "MaxExecutionEnvironments": 12}
    assert set(said["capacity"]) == {"k2l-shop-x86-64", "k2l-shop-arm64"}
    assert {key for key in said["routes"] if key[0] == "<api search.example.com>"} >= {
        ("<api search.example.com>", "ANY /shop"),
        ("<api search.example.com>", "$default"),
    }


def test_the_comparison_sees_a_difference(tmp_path):
    compare(ROOT / "examples" / "shop", tmp_path)
    before = said_sam.read(tmp_path / "sam")
    template = tmp_path / "sam/template.yaml"
    seen = set()
    for old, new in (
        ("MemorySize: 443", "MemorySize: 444"),
        ("ScheduleExpressionTimezone: Europe/Berlin", "ScheduleExpressionTimezone: Europe/Paris"),
        ("Path: /api/catalog\n", "Path: /api/catalogue\n"),
        ("MaximumRetryAttempts: 1\n", "MaximumRetryAttempts: 2\n"),
        ("sqs:SendMessage", "sqs:*"),
        ("Value: EUR", "Value: USD"),
        ("AutoPublishAlias: live", "AutoPublishAlias: alive"),
    ):
        text = template.read_text()
        assert old in text, old
        template.write_text(text.replace(old, new, 1))
        after = said_sam.read(tmp_path / "sam")
        seen |= {theme for theme in before if before[theme] != after[theme]}
        template.write_text(text)
    assert seen >= {"functions", "schedules", "routes", "failures", "roles", "parameters", "aliases"}
