"""
A NetworkPolicy says to whom pods may connect, and a function may connect to everybody.

No network policy holds for a function. In a VPC its security groups can say which addresses and ports it may reach; outside one,
nothing does.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html (checked 2026-11-21)

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
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Egress]
      egress:
        - to: [{ipBlock: {cidr: 10.0.0.0/8}}]

Good:

    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      podSelector: {matchLabels: {app: web}}
      policyTypes: [Egress]
      egress: [{}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "if it matters, attach the function to a VPC (k2l.dev/vpc) with a security group that says the same"


def check(workload: Workload) -> Iterator[Problem]:
    for manifest in workload.neighbours:
        if manifest.type == "NetworkPolicy" and manifest.body.egress is not None:
            message = f'NetworkPolicy "{manifest.name}" limits to whom pods connect; "{workload.manifest.name}" may now connect anywhere'
            yield Problem(manifest.body.egress, message, HELP)


RULE = Rule("K2L232", "egress-open", Severity.WARNING, check, only=FUNCTIONS)
