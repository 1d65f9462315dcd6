"""What CloudFormation would replace stands in the image's contract, whatever the format: there it stays as it is."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.build_context import Assignment, BuildContext
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Var
from k2l.aws.function import Function

MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{{containerPort: 8080}}]
        env: [{{name: TEXT, value: '{text}'}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""


def plan(text: str):
    return bundle(MANIFEST.format(text=text)).plan


def started(text: str) -> dict[str, tuple[object, ...]]:
    (context,) = plan(text).of(BuildContext)
    return {entry.name: entry.value.value.parts for entry in context.environment if isinstance(entry, Assignment)}


@pytest.mark.parametrize("text", ["{{resolve:ssm:x}}", "before {{resolve:secretsmanager:a:SecretString:b}} after"])
def test_it_is_set_by_the_init_and_not_by_the_function(text):
    (function,) = plan(text).of(Function)
    assert function.environment == {}
    assert started(text) == {"TEXT": (text,)}


@pytest.mark.parametrize("text", ["{{ resolve:ssm:x }}", "{{.Values.x}}", "resolve:ssm:x", "{{RESOLVE:ssm:x}}"])
def test_what_only_looks_like_it_stays_where_it_was(text):
    (function,) = plan(text).of(Function)
    assert list(function.environment) == ["TEXT"]
    assert started(text) == {}


def test_with_an_input_in_it_only_the_input_is_a_parameter():
    text = "http://elsewhere.other.svc:80/{{resolve:ssm:x}}"
    parts = started(text)["TEXT"]
    assert (parts[0], parts[2]) == ("http://", "/{{resolve:ssm:x}}")
    (stored,) = (p for p in plan(text).of(Parameter) if isinstance(p.value, Var))
    assert stored.key in str(parts[1])
