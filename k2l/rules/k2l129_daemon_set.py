"""
A workload runs once on every node.

A DaemonSet looks after nodes: it ships their logs, measures them, sets up their network or storage. Lambda and Fargate have no nodes of
one's own, and Fargate starts no task on each of them either. What is known to serve a cluster only is not needed (K2L119); the rest
stays where the nodes are.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: DaemonSet
    metadata: {name: agent}
    spec:
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec:
          containers:
            - {name: agent, image: "registry.example/agent:1.0", ports: [{containerPort: 8080}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: agent}
    spec:
      selector: {matchLabels: {app: agent}}
      template:
        metadata: {labels: {app: agent}}
        spec:
          containers:
            - {name: agent, image: "registry.example/agent:1.0", ports: [{containerPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor


def check(workload: Workload) -> Iterator[Problem]:
    if workload.runs.per_node:
        at = Cursor(workload.manifest.node).at("kind") or workload.manifest.node
        help_ = "keep it in the cluster as long as there are nodes; make it a Deployment if it has nothing to do with them"
        yield Problem(at, "it runs on every node, and AWS has none for it to look after", help_)


RULE = Rule("K2L129", "daemon-set", Severity.WARNING, check, blocks=AWS_COMPUTE)
