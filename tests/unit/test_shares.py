"""Volumes that many pods may use: files on EFS where there is a VPC, and a reason against Lambda where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.command import run_k2l
from harness.stages import bundle
from harness.terraform import validate_many
from k2l import contract
from k2l.aws.file_system import AccessPoint, FileSystem, MountTarget
from k2l.aws.function import Function
from k2l.aws.iam import RolePolicy

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop, annotations: {{{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          command: [serve]
          ports: [{{containerPort: 8080}}]
          volumeMounts: [{{name: media, mountPath: {path}{sub}}}]
      volumes: [{{name: media, persistentVolumeClaim: {{claimName: media{read_only}}}}}{more}]
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: shop}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: media, namespace: {namespace}, labels: {{team: shop}}}}
spec: {{accessModes: [{modes}], volumeMode: {mode}, storageClassName: efs, resources: {{requests: {{storage: 1Gi}}}}}}
"""
VPC = "vpc: {subnet_ids: [subnet-1, subnet-2], security_group_ids: [sg-1]}"
GIVEN = {"path": "/srv", "sub": "", "read_only": "", "more": "", "namespace": "shop", "modes": "ReadWriteMany", "mode": "Filesystem"}


def web(decided=VPC, **given):
    return bundle(WEB.format(**{**GIVEN, "annotations": "", **given}), decided)


def target(found):
    return found.targets["Deployment/shop/web"]


def refusal(found):
    return [f.problem.message for f in found.findings if f.code == "K2L301"]


def test_a_shared_claim_becomes_a_file_system_that_the_function_mounts():
    found = web()
    assert target(found) == "lambda"
    assert (found.one(FileSystem).name.value, found.one(AccessPoint).path) == ("shop-media", "/shop-media")
    assert [t.subnet_id for t in found.plan.of(MountTarget)] == ["subnet-1", "subnet-2"]
    assert found.function.file_system.path.value == "/mnt/media"
    assert found.function.vpc_config is not None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"decided": ""}, "is shared by pods, and a function mounts shared files only inside a VPC"),
        ({"annotations": 'k2l.dev/vpc: "false"'}, "is shared by pods, and a function mounts shared files only inside a VPC"),
        ({"modes": "ReadWriteOnce"}, "outlives its pod, and a function has no disk that does"),
        ({"mode": "Block"}, "outlives its pod, and a function has no disk that does"),
        ({"namespace": "other"}, "outlives its pod, and a function has no disk that does"),
    ],
)
def test_what_a_function_cannot_mount_keeps_the_workload_from_lambda(given, why):
    found = web(**given)
    assert target(found) == "fargate"
    assert refusal(found) == [f'volume "media" {why}']
    assert found.plan.of(Function) == ()


def test_a_function_mounts_one_file_system_only():
    found = web(more=", {name: more, persistentVolumeClaim: {claimName: media}}")
    assert target(found) == "fargate"
    assert [message.partition(" that outlive")[2] for message in refusal(found)] == [
        " their pod, and a function mounts one file system"
    ] * 2


@pytest.mark.parametrize(
    ("given", "actions"),
    [
        ({}, ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")),
        ({"read_only": ", readOnly: true"}, ("elasticfilesystem:ClientMount",)),
        ({"modes": "ReadOnlyMany"}, ("elasticfilesystem:ClientMount",)),
        ({"modes": "ReadOnlyMany, ReadWriteMany"}, ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")),
    ],
)
def test_a_role_may_write_only_where_the_pod_may(given, actions):
    (statement,) = (s for s in web(**given).one(RolePolicy).statements if s.sid == "UseFiles")
    assert statement.actions == actions
    assert "elasticfilesystem:AccessPointArn" in statement.conditions["StringEquals"]


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ({}, {"path": "/srv", "target": "/mnt/media"}),
        ({"sub": ", subPath: a/b"}, {"path": "/srv", "target": "/mnt/media/a/b"}),
        ({"path": "/mnt/media"}, {"path": "/mnt/media", "target": "/mnt/media"}),
    ],
)
def test_the_containers_own_path_leads_to_the_files(given, link):
    made = contract.document(web(**given).image)
    schema = json.loads((Path(__file__).parents[2] / "mappings" / "schema" / "init.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(made)
    assert made["links"] == [link]
    assert web(**given).image.needs_init


def test_what_the_claim_says_is_mapped_and_its_storage_stays():
    found = web(sub=", subPath: pictures")
    assert found.fate("spec.accessModes[0]") == found.fate("metadata.labels.team") == ("mapped", None)
    assert found.fate("spec.storageClassName") == ("kept", "storage-stays")
    assert found.fate("spec.template.spec.volumes[0].persistentVolumeClaim.claimName") == ("mapped", None)
    assert found.fate("spec.template.spec.containers[0].volumeMounts[0].subPath") == ("mapped", None)


def test_that_the_files_are_empty_is_a_decision():
    (decision,) = (d for d in web().plan.decisions if d.id.endswith(":files"))
    assert "TCP port 2049" in decision.why


def test_a_workload_that_shares_the_claim_and_stays_is_named_in_the_decision():
    agent = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent, namespace: shop}
spec:
  template:
    spec:
      hostNetwork: true
      containers: [{name: agent, image: "registry.example/agent:1.0", volumeMounts: [{name: files, mountPath: /files}]}]
      volumes: [{name: files, persistentVolumeClaim: {claimName: media}}]
"""
    found = bundle(WEB.format(**GIVEN, annotations="") + agent, VPC)
    (decision,) = (d for d in found.plan.decisions if d.id.endswith(":files"))
    assert decision.why.endswith("; Deployment/shop/agent used the same files and will not see these")
    assert found.fate("spec.accessModes[0]")[0] == "kept"


@pytest.mark.requires("terraform", "aws-provider")
def test_the_provider_takes_what_is_written(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "web.yaml").write_text(WEB.format(**GIVEN, annotations=""))
    (tmp_path / "in" / "k2l.yaml").write_text(VPC)
    run_k2l("convert", str(tmp_path / "in" / "web.yaml"), "-o", str(tmp_path / "out"), folder=tmp_path / "out")
    assert (tmp_path / "out" / "files.tf").is_file()
    assert validate_many({"main": tmp_path / "out"}, tmp_path / "work") == {"main": ()}
