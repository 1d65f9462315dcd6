"""
A Service leads to the pods of several workloads.

In a cluster the requests are shared among all pods. Two workloads are two functions, or two services of tasks, and a route, a URL or a
caller has one of them: the first. To try a new version on part of the traffic, give the first workload the new image: the alias of a
function takes a weight, and a service of tasks changes over step by step.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: stable}
    spec:
      selector: {matchLabels: {app: web, track: stable}}
      template:
        metadata: {labels: {app: web, track: stable}}
        spec: {containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: canary}
    spec:
      selector: {matchLabels: {app: web, track: canary}}
      template:
        metadata: {labels: {app: web, track: canary}}
        spec: {containers: [{name: web, image: "registry.example/web:1.1", ports: [{containerPort: 8080}]}]}

Good:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph

HELP = "leave the others out; for a new version use stable_versions and canary_weights, or the deployment of the service"


def check(graph: Graph) -> Iterator[Problem]:
    for service, behind in graph.selected.items():
        if len(behind) > 1:
            at = next(iter(service.exposes.selector.values())).origins[0]
            shown = ", ".join(workload.id for workload in behind)
            message = f'Service "{service.manifest.name}" leads to {shown}, and its callers reach one of them'
            yield Problem(at, message, HELP, workload=behind[0].id)


RULE = Rule("K2L226", "several-workloads", Severity.WARNING, check, only=AWS_COMPUTE)
