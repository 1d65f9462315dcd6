"""
A value of a ConfigMap cannot be an SSM parameter.

Parameter Store refuses values with `{{`, which it reads as references, and values above 8 KB. Such a value goes straight to the function
or task that uses it, so that a change of it is a new deployment of each of them. (It refuses empty values as well; for those nothing is
lost.)

Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              envFrom: [{configMapRef: {name: texts}}]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: texts}
    data: {GREETING: "Hello {{ name }}"}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              envFrom: [{configMapRef: {name: texts}}]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: texts}
    data: {GREETING: Hello}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container, KeyRef
from k2l.traced import Traced


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    most = tables.limits("ssm")["value_max_bytes_advanced"]
    for key, text in _used(container, workload, graph):
        size = len(text.value.encode())
        why = "holds {{" if "{{" in text.value else f"has {size:,} bytes" if size > most else None
        if why is not None:
            yield Problem(text.origins[0], f'"{key}" {why}, which no SSM parameter may', "make it a file, or write it otherwise")


def _used(container: Container, workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    """The values of ConfigMaps that variables take."""
    namespace = workload.manifest.namespace
    for source in container.env_from:
        provided = graph.provides("ConfigMap", namespace, source.name.value) if source.kind == "ConfigMap" else None
        yield from provided[1].data.items() if provided else ()
    for ref in (v.source for v in container.env):
        if isinstance(ref, KeyRef) and ref.kind == "ConfigMap":
            provided = graph.provides("ConfigMap", namespace, ref.name.value)
            text = provided[1].data.get(ref.key.value) if provided else None
            if text is not None:
                yield ref.key.value, text


RULE = Rule("K2L505", "no-parameter", Severity.NOTE, check, only=AWS_COMPUTE)
