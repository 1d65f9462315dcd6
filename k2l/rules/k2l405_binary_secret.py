"""
A variable takes a Secret's value that is no text.

Variables are text. A value that is not UTF-8, or that holds a NUL, starts neither a container nor a function; it can only be a
file. The value is never shown.

Source: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables (checked 2026-11-21)

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
              env:
                - name: SALT
                  valueFrom: {secretKeyRef: {name: salt, key: salt}}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: salt}
    data: {salt: /wD+}

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
              env:
                - name: SALT
                  valueFrom: {secretKeyRef: {name: salt, key: salt}}
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: salt}
    data: {salt: c2FsdA==}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container, KeyRef
from k2l.secrets.content import content
from k2l.traced import Traced


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    for key, text in _used(container, workload, graph):
        value = content(text)
        if value is not None and not _is_text(value):
            yield Problem(
                text.origins[0],
                f'"{key}" is no text, and a variable takes it',
                "mount it as a file, or encode it and decode it in the program",
            )


def _used(container: Container, workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    namespace = workload.manifest.namespace
    wholes = [s.name.value for s in container.env_from if s.kind == "Secret"]
    for provided in (graph.provides("Secret", namespace, name) for name in wholes):
        yield from provided[1].data.items() if provided else ()
    refs = (v.source for v in container.env)
    for ref in (r for r in refs if isinstance(r, KeyRef) and r.kind == "Secret"):
        provided = graph.provides("Secret", namespace, ref.name.value)
        text = provided[1].data.get(ref.key.value) if provided else None
        if text is not None:
            yield ref.key.value, text


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in value


RULE = Rule("K2L405", "binary-secret", Severity.ERROR, check)
