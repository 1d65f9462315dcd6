"""
The pods of a StatefulSet have names and an order.

Pod 0 is started first and is called the same for ever, under a DNS name of its own: members of a cluster find each other that way and
agree on who leads. The environments of a function come and go, nobody can address one of them, and none knows how many others there
are. If the program needs nothing of this and a Deployment would do, `k2l.dev/target` says so.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: members}
    spec:
      serviceName: members
      selector: {matchLabels: {app: members}}
      template:
        metadata: {labels: {app: members}}
        spec:
          containers:
            - {name: members, image: "registry.example/members:1.0", ports: [{containerPort: 8080}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: members}
    spec:
      selector: {matchLabels: {app: members}}
      template:
        metadata: {labels: {app: members}}
        spec:
          containers:
            - {name: members, image: "registry.example/members:1.0", ports: [{containerPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor


def check(workload: Workload) -> Iterator[Problem]:
    if workload.runs.numbered:
        root = Cursor(workload.manifest.node)
        spec = root.child("spec")
        at = (spec.at("serviceName") if spec else None) or root.at("kind") or root.node
        message = "each of its pods has a name and a place in the order, which environments of a function have not"
        yield Problem(at, message, "if it needs neither, set k2l.dev/target: lambda; else it goes to Fargate")


RULE = Rule("K2L128", "stable-identity", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
