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
from k2l.joins.exposure import private
from k2l.settings import Settings

HELP = "check that everybody may call it; else set k2l.dev/exposure: private, or give the API an authorizer"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    wish = settings.overrides(workload).exposure
    if wish.value != "public" if wish is not None else not _open(workload):
        return
    for manifest in workload.neighbours:
        if manifest.type == "NetworkPolicy" and manifest.body.ingress is not None:
            message = f'NetworkPolicy "{manifest.name}" limits who connects to "{workload.manifest.name}"; its HTTP API lets everybody in'
            yield Problem(manifest.body.ingress, message, HELP)


def _open(workload: Workload) -> bool:
    routes = any(private(route.manifest, route.routes) is None for route in workload.routes)
    return routes or any(private(service.manifest) is None for service in workload.public)


RULE = Rule("K2L233", "public-behind-policy", Severity.WARNING, check, only=FUNCTIONS)
