"""
A port of every node becomes a public address.

Who reaches a NodePort is decided by the network around the nodes, which no manifest shows; often nobody outside does. An HTTP API is
public. (A NodePort behind an Ingress gets no API of its own: it is there for the controller.)

Source: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}

Good:

    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.exposure import node_port
from k2l.settings import Settings

HELP = "set k2l.dev/exposure: private if only other workloads call it, or public if everybody may"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    if settings.overrides(workload).exposure is not None:
        return
    for service in workload.public:
        why = node_port(service.manifest)
        if why is not None:
            yield Problem(why.origins[0], f'the NodePort "{service.manifest.name}" becomes a public HTTP API', HELP)


RULE = Rule("K2L225", "node-port", Severity.WARNING, check, only=FUNCTIONS)
