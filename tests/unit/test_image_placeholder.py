"""An image that nobody can pull as it is written: everything is converted but it."""

import pytest

from harness.stages import bundle
from k2l.adapters import dockerfile
from k2l.aws.function import Function

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers: [{{name: web, image: "{image}", ports: [{{containerPort: 8080}}]}}]
"""
PLACEHOLDERS = ("gcr.io/YOUR_PROJECT/web:1.0", "${IMAGE}", "ko://example.com/cmd/web", "web:1.0:2.0")


@pytest.mark.parametrize("image", PLACEHOLDERS)
def test_a_placeholder_does_not_decide_where_the_workload_goes(image: str) -> None:
    found = bundle(WEB.format(image=image))
    assert found.targets == {"Deployment/default/web": "lambda"}
    assert "K2L029" in found.codes
    assert [d.chosen for d in found.plan.decisions if d.id == "Deployment/default/web:image"] == [image]


@pytest.mark.parametrize("image", PLACEHOLDERS)
def test_its_dockerfile_cannot_be_built_before_somebody_names_the_image(image: str) -> None:
    lines = dockerfile.render(bundle(WEB.format(image=image)).image).splitlines()
    at = lines.index("FROM ${SOURCE_IMAGE}")
    assert lines[at - 1] == "ARG SOURCE_IMAGE"
    assert f'"{image}"' in lines[at - 2]


def test_k2l_yaml_names_it() -> None:
    found = bundle(WEB.format(image="${IMAGE}"), "workloads: {Deployment/default/web: {image: 'registry.example/web:2.0'}}")
    assert "K2L029" not in found.codes
    assert "FROM registry.example/web:2.0" in dockerfile.render(found.image)
    made = found.one(Function).image
    assert "2.0-" in str(made)
    assert found.fate("spec.template.spec.containers[0].image")[0] == "mapped"


def test_a_workload_without_any_image_stays() -> None:
    assert bundle(WEB.format(image="")).targets == {"Deployment/default/web": "kubernetes"}


def test_a_placeholder_with_a_line_break_adds_no_line_to_its_dockerfile() -> None:
    lines = dockerfile.render(bundle(WEB.format(image="web\\nRUN evil")).image).splitlines()
    assert not [line for line in lines if line.startswith("RUN")]
