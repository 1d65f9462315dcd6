"""Every loss is in a finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from k2l import reading, tables
from k2l.formats import NONE
from k2l.losses import unsaid
from k2l.pipeline import Bundle
from k2l.plan import Disposition
from k2l.reading import Request

ROOT = Path(__file__).parents[2]
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostAliases: [{ip: 10.0.0.5, hostnames: [mail.example, post.example]}]
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{containerPort: 8080}]
          securityContext: {readOnlyRootFilesystem: false}
          env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
"""


def bundle(folder: Path) -> Bundle:
    return reading.translate(reading.read(Request((str(folder),), keep_going=True), None), NONE, "default")


@pytest.fixture
def made(tmp_path: Path) -> Bundle:
    (tmp_path / "web.yaml").write_text(DEPLOYMENT)
    return bundle(tmp_path)


def test_leaves_of_one_object_lost_for_one_reason_are_one_finding(made: Bundle):
    told = {f.at.path(): [note.at.path() for note in f.problem.related] for f in made.findings if f.code == "K2L034"}
    aliases = "spec.template.spec.hostAliases[0]"
    assert told == {
        f"{aliases}.ip": [f"{aliases}.hostnames[0]", f"{aliases}.hostnames[1]"],
        "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem": [],
    }


def test_what_another_rule_says_is_not_said_again(made: Bundle):
    assert [f.at.path() for f in made.findings if f.code == "K2L124"] == [
        "spec.template.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath"
    ]
    assert not any("env" in f.at.path() for f in made.findings if f.code == "K2L034")


def test_without_findings_every_dropped_leaf_is_in_a_loss(made: Bundle):
    dropped = {entry.path for entry in made.ledger.entries if entry.disposition is Disposition.DROPPED}
    assert {node.path() for loss in unsaid(made.ledger, ()) for node in loss.nodes} == dropped


def test_every_reason_for_which_something_is_dropped_says_what_to_do():
    tables_ = "".join(path.read_text() for path in (ROOT / "mappings/fields").rglob("*.yaml"))
    code = "".join(path.read_text() for path in (ROOT / "k2l/targets").rglob("*.py"))
    used = {*re.findall(r"\bdrop: *([a-z0-9-]+)", tables_), *re.findall(r'Disposition\.DROPPED, "([a-z-]+)"', code)}
    assert len(used) > 50
    assert {reason for reason in used if not tables.reason(reason).instead} == set()


@pytest.mark.requires("corpus")
@pytest.mark.parametrize("name", ["eks-workshop", "online-boutique", "podinfo", "istio-samples", "small-apps"])
def test_nothing_that_other_people_wrote_is_lost_without_a_finding(name: str, corpus: Path):
    found = bundle(corpus / name)
    assert unsaid(found.ledger, found.findings) == ()
