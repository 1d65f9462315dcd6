"""
A client is to stay with one pod, and a function has no such thing.

Each request goes to any environment of a function. What is kept in memory from one request to the next belongs into a store that
all of them see.

Source: https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      sessionAffinity: ClientIP
      ports: [{port: 80, targetPort: 8080}]

Good:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      sessionAffinity: None
      ports: [{port: 80, targetPort: 8080}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor


def check(workload: Workload) -> Iterator[Problem]:
    for service in workload.services:
        spec = Cursor(service.manifest.node).child("spec")
        affinity = spec.text("sessionAffinity") if spec else None
        if affinity is not None and affinity.value == "ClientIP":
            message = f'Service "{service.manifest.name}" keeps a client with one pod, a function does not'
            yield Problem(affinity.origins[0], message, "keep sessions in a store that every environment sees")


RULE = Rule("K2L219", "session-affinity", Severity.WARNING, check, only=FUNCTIONS)
