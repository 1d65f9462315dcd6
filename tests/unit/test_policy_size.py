"""The 10,240 characters that the inline policies of a role may have."""

from __future__ import annotations

import json

from harness.stages import bundle
from k2l.aws.expr import Join, Ref, arn
from k2l.aws.iam import RolePolicy, Statement
from k2l.aws.policy_size import longest

WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", ports: [{containerPort: 8080}], envFrom: [{configMapRef: {name: settings}}]}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
"""


def read(count):
    """What may be read of a ConfigMap whose keys Lambda refuses as names, so that the init reads them."""
    found = bundle(WORKLOAD + "".join(f"  spring.setting.of.some.length.{n}: x\n" for n in range(count)))
    (statement,) = (s for s in found.one(RolePolicy).statements if s.sid == "ReadParameters")
    return [resource.parts[-1] for resource in statement.resources if isinstance(resource, Join)], longest(found.one(RolePolicy).statements)


def test_a_document_is_as_long_as_with_the_longest_names():
    statement = Statement("Read", ("ssm:GetParameters",), (arn("ssm", "parameter/a"),), {"Bool": {"aws:x": "true"}})
    written = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": ["ssm:GetParameters"],
                "Resource": [f"arn:aws-us-gov:ssm:{'r' * 15}:{'1' * 12}:parameter/a"],
                "Condition": {"Bool": {"aws:x": "true"}},
            }
        ],
    }
    assert longest([statement]) == len(json.dumps(written, separators=(",", ":")))


def test_the_arn_of_a_secret_has_room_for_what_aws_puts_behind_its_name():
    one, other = (longest([Statement("Read", ("x:Get",), (Ref("Secret", key, "arn"),))]) for key in ("shop/db", "shop/database"))
    assert other - one == len("database") - len("db")
    assert one > len(f"arn:aws:secretsmanager:ap-southeast-2:{'1' * 12}:secret:shop/db-AbCdEf")


def test_few_parameters_are_named_one_by_one():
    names, _ = read(3)
    assert names == [f"parameter/default/settings/spring.setting.of.some.length.{n}" for n in range(3)]


def test_more_parameters_than_a_policy_can_name_are_read_by_their_path():
    names, size = read(200)
    assert names == ["parameter/default/settings/*"]
    assert size <= 10240
