"""
A NetworkPolicy says who may connect to pods, and the HTTP API in front of the function lets everybody in.

Between workloads of the cluster nothing is lost: a function is called by roles that may call it, and k2l gives that permission to the
callers that it finds. From outside, an HTTP API takes every request, where the policy let in some addresses or pods only: often the
ingress controller, which was the public way in before.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html (checked 2026-11-21)

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
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {matchLabels: {app: web}}
      ingress:
        - from: [{ipBlock: {cidr: 203.0.113.0/24}}]

Good:

    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {matchLabels: {app: web}}
      ingress: [{}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._policies import limits, public
from k2l.settings import Settings

HELP = "check that everybody may call it; else set k2l.dev/exposure: private, or give the API an authorizer"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    if public(workload, settings, node_ports=True):
        yield from (Problem(at, f"{who}; its HTTP API lets everybody in", HELP) for at, who in limits(workload))


RULE = Rule("K2L233", "public-behind-policy", Severity.WARNING, check, only=FUNCTIONS)
