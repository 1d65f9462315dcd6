"""
A workload calls a Service that leads to an address outside the cluster.

The Service has no selector, and its Endpoints were written by hand: a database on a machine, another data centre. Its name means nothing
outside the cluster; the output asks for the address, and says which one the cluster used.

Source: https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors (checked 2026-11-21)

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
              env: [{name: BILLING_URL, value: "http://billing:8080"}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: billing}
    spec: {ports: [{port: 8080}]}
    ---
    apiVersion: v1
    kind: Endpoints
    metadata: {name: billing}
    subsets:
      - addresses: [{ip: 10.20.30.40}]
        ports: [{port: 8080}]

Good:

    env:
      - {name: BILLING_URL, value: "https://billing.example.com"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import written
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.joins.mentions import addressed
from k2l.rules._environment import values
from k2l.traced import Traced

HELP = "give the address in the variable that the output asks for; a private one needs a function in the VPC (k2l.dev/vpc)"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    if not graph.outside:
        return
    for variable, text in _texts(workload, graph):
        for _, service in addressed(text.value, variable, workload, graph):
            at = written(graph.outside.get(service, ()))
            if at is not None:
                message = f'Service "{service.manifest.name}" leads to {at.value}, outside the cluster'
                yield Problem(text.origins[0], message, HELP)


def _texts(workload: Workload, graph: Graph) -> Iterator[tuple[str | None, Traced[str]]]:
    for container in (*workload.pod.init_containers, *workload.pod.containers):
        yield from values(container, workload, graph)
        yield from ((None, text) for text in (*container.command, *container.args))


RULE = Rule("K2L235", "address-outside", Severity.NOTE, check, only=AWS_COMPUTE)
