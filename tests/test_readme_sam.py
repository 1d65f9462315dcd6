"""The README of a SAM output: its commands are SAM's, in the order in which they work."""

from __future__ import annotations

import re

import pytest

from harness import sam
from harness.programs import ROOT

MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'example.com/web:1.2', ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""


def commands(text: str) -> list[str]:
    return [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines() if line.strip()]


@pytest.fixture
def shop(k2l):
    return k2l("convert", str(ROOT / "examples/shop/manifests"), "--to", "sam")


def test_a_service_needs_no_more_than_build_and_deploy(convert):
    assert commands(convert(MANIFEST, "--to", "sam").files["README.md"]) == ["sam build", "sam deploy"]


def test_repositories_and_images_come_before_functions_and_secrets_after(shop):
    found = commands(shop.files["README.md"])
    firsts = (
        "aws cloudformation deploy --template-file registry/template.yaml",
        "sh images/build.sh",
        "sam build",
        "sam deploy",
        "kubectl",
    )
    places = [next(number for number, line in enumerate(found) if line.startswith(first)) for first in firsts]
    assert places == sorted(places)
    for file in ("registry/template.yaml", "images/build.sh"):
        assert file in shop.files


def test_what_has_to_be_answered_is_called_as_in_the_template(shop):
    readme, template = shop.files["README.md"], sam.read(shop.files["template.yaml"])
    required = [name for name, parameter in template["Parameters"].items() if "Default" not in parameter]
    assert required
    assert all(f"| `{name}` |" in readme for name in required)
    assert "sam deploy --parameter-overrides file://parameters.yaml" in commands(readme)


def test_nothing_of_it_is_terraforms(shop):
    assert "terraform" not in shop.files["README.md"].lower()
