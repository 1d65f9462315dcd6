"""
A NetworkPolicy says who may connect to pods, and the load balancer in front of the tasks lets everybody in.

Between workloads nothing is lost: the security group of the tasks says what the policy said, where it can. From outside, a load balancer
takes every request and passes it on, where the policy let in some addresses or pods only: often the ingress controller, which was the
public way in before.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {}
    spec:
      ingressClassName: nginx
      rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: gate}}}]}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: gate}}}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._policies import limits, public
from k2l.settings import Settings

HELP = "check that everybody may call it; else set k2l.dev/exposure: private, or narrow the load balancer's security group"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    # What was a port of every node gets a load balancer that only the network reaches.
    if public(workload, settings, node_ports=False):
        yield from (Problem(at, f"{who}; its load balancer lets everybody in", HELP) for at, who in limits(workload))


RULE = Rule("K2L237", "balanced-behind-policy", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
