"""No planned resource refers to itself by way of others: Terraform would refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from harness.programs import ROOT
from harness.stages import Staged, bundle, each
from k2l.aws.expr import Ref
from k2l.source import Node

# Together, so that the corpus is taken through the stages once.
pytestmark = pytest.mark.xdist_group("corpus-stages")

CALLER = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
        - name: {name}
          image: registry.example/{name}:1.0
          ports: [{{containerPort: 8080}}]
          env: [{{name: OTHER_URL, value: "http://{other}"}}]
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Class and key of every resource that is referred to within, but not what stands in the manifests."""
    match value:
        case Ref():
            yield value.type, value.key
        case dict():
            yield from (ref for item in value.values() for ref in references(item))
        case tuple():
            yield from (ref for item in value for ref in references(item))
        case _ if hasattr(value, "__struct_fields__") and not isinstance(value, Node):
            yield from (ref for name in value.__struct_fields__ for ref in references(getattr(value, name)))


def order(run: Staged) -> list[tuple[str, str]]:
    """In which the resources can be made. Raises CycleError."""
    graph = {(type(r).__name__, r.key): set(references(r)) for r in run.plan.resources}
    return list(TopologicalSorter(graph).static_order())


def test_two_functions_that_call_each_other_can_be_made_one_after_the_other() -> None:
    """Each learns where the other is from a parameter, by its name, when it starts."""
    found = bundle(CALLER.format(name="web", other="news") + CALLER.format(name="news", other="web"))
    made = order(found)
    assert {("FunctionUrl", "web"), ("FunctionUrl", "news")} <= set(made)
    assert made.index(("Role", "web")) < made.index(("Function", "web")) < made.index(("Alias", "web")) < made.index(("FunctionUrl", "web"))


def test_a_function_that_calls_itself_can_be_made() -> None:
    assert ("FunctionUrl", "web") in order(bundle(CALLER.format(name="web", other="web")))


def test_everything_that_the_corpus_and_the_examples_become_can_be_made(corpus: Path) -> None:
    runs = [*each(ROOT / "examples").values(), *each(corpus).values()]
    assert sum(len(order(run)) for run in runs) > 3000


def test_every_reference_is_to_something_that_is_planned(corpus: Path) -> None:
    seen = 0
    for run in (*each(ROOT / "examples").values(), *each(corpus).values()):
        planned = {(type(r).__name__, r.key) for r in run.plan.resources}
        named = {ref for r in run.plan.resources for ref in references(r)}
        assert named <= planned
        seen += len(named)
    assert seen > 2000
