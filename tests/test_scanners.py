"""What scanners of infrastructure code advise is followed, or skipped beside the resource with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from harness import scanners
from harness.programs import ROOT
from k2l import tables

EXAMPLES = sorted(folder for name in ("terraform", "sam") for folder in ROOT.glob(f"examples/*/{name}"))
LEAKY = 'resource "aws_sqs_queue" "open" {\n  name = "open"\n}\n'


@pytest.mark.requires("checkov")
def test_no_advice_of_checkov_is_passed_over_without_a_reason():
    found = scanners.checkov(ROOT / "examples")
    assert (found.failed, found.unread) == ({}, ())
    assert found.passed > 300
    assert found.skipped > 100


@pytest.mark.requires("trivy")
@pytest.mark.parametrize("folder", EXAMPLES, ids=[f"{folder.parent.name}-{folder.name}" for folder in EXAMPLES])
def test_no_advice_of_trivy_is_passed_over_without_a_reason(folder):
    found = scanners.trivy(folder)
    assert found.failed == {}
    assert found.passed > 20


@pytest.mark.requires("checkov", "trivy")
def test_a_queue_that_anybody_could_read_is_found_by_both(tmp_path):
    (tmp_path / "open.tf").write_text(LEAKY)
    (tmp_path / "k2l.json").write_text("{}")
    assert [said.split()[0] for said in scanners.checkov(tmp_path).failed] == ["CKV_AWS_27"]
    assert [said.split()[0] for said in scanners.trivy(tmp_path).failed] == ["AWS-0096"]


def written(folder: Path) -> set[str]:
    """Checks that an output skips, as comments, in Metadata and in trivy's own list."""
    found: set[str] = set()
    for path in (*folder.rglob("*.tf"), *folder.rglob("template.yaml")):
        found |= set(re.findall(r"# (?:checkov:skip=|trivy:ignore:)([A-Z0-9_-]+)[: ]\S", path.read_text()))
        found |= set(re.findall(r"- id: (\S+)\n +comment: \S", path.read_text()))
    return found | {line for line in (folder / ".trivyignore").read_text().splitlines() if not line.startswith("#")}


def test_every_row_of_the_table_is_used_and_every_reason_too():
    table = tables.table("scanners")
    used = {check for folder in EXAMPLES for check in written(folder)}
    assert {row["check"] for row in table["skips"]} == used
    assert {row["reason"] for row in table["skips"]} == table["reasons"].keys()


def test_nothing_is_skipped_where_the_output_follows_the_advice(convert):
    manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "registry.example/web:1", ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    """
    scaled = """
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}
    """
    alone, with_ceiling = (convert(text).files["web.tf"] for text in (manifest, manifest + scaled))
    assert "checkov:skip=CKV_AWS_115:" in alone
    assert "checkov:skip=CKV_AWS_115:" not in with_ceiling
    assert "checkov:skip=CKV_AWS_173:" not in alone


def test_a_skip_in_a_template_stands_beside_what_its_metadata_says_already(convert):
    manifest = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: once}
        spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "r.example/a:1"}]}}}
    """
    template = yaml.load(convert(manifest, "--to", "sam").files["template.yaml"], Loader=yaml.BaseLoader)
    metadata = template["Resources"]["OnceJobFunction"]["Metadata"]
    assert metadata.keys() > {"checkov"}
    assert [set(skip) for skip in metadata["checkov"]["skip"]] == [{"id", "comment"}] * len(metadata["checkov"]["skip"])
