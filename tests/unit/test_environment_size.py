"""The 4 KB that a function's environment may have, as Lambda measures them."""

from __future__ import annotations

import json

import pytest

from harness.stages import bundle
from k2l.converters import variables

WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - {{name: web, image: "registry.example/web:1", ports: [{{containerPort: 8080}}], env: [{env}]}}
"""


def staged(given):
    return bundle(WORKLOAD.format(env=", ".join(f"{{name: {name}, value: {json.dumps(value)}}}" for name, value in given.items())))


@pytest.mark.parametrize("given", [{}, {"AB": ""}, {"AB": "c"}, {"AB": "c", "DE": 'say "é"\n\\'}])
def test_variables_are_measured_as_a_json_object(given):
    written = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
    assert variables.total(variables.member(name, value) for name, value in given.items()) == len(written)


@pytest.mark.parametrize(("length", "kept"), [(4079, {"AB", "CD"}), (4080, {"CD"})])
def test_variables_stay_in_the_functions_environment_up_to_the_last_byte(length, kept):
    """The 17 other bytes: {"AB":"","CD":""}"""
    assert set(staged({"AB": "x" * length, "CD": ""}).function.environment) == kept


def test_quotes_and_escapes_count():
    """4,000 bytes of names and values, which Lambda measures as more than 4,096."""
    given = {f"NAME_{number:03}": "xxxx" for number in range(330)}
    found = staged(given)
    kept = {name: value.value for name, value in found.function.environment.items()}
    assert sum(len(name) + len(value) for name, value in given.items()) < 4096
    assert variables.total(variables.member(name, value) for name, value in kept.items()) <= 4096
    assert set(given) - set(kept) == {entry.name for entry in found.image.environment}
    assert "K2L503" in found.codes


def test_an_input_counts_as_long_as_an_address_can_be():
    service = "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec: {ports: [{port: 5432}]}"
    given = {"DB": "db:5432", "AB": "x" * 3900}
    found = bundle(WORKLOAD.format(env=", ".join(f"{{name: {n}, value: {v}}}" for n, v in given.items())) + service)
    assert set(found.function.environment) == {"DB"}
