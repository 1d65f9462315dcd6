"""
More may call a function than its policy can say.

Each host that leads to a function has a statement in the function's policy, which takes 20 KB. AWS refuses the statement that does not fit
any more.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

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
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example
          http: &web {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
        - {host: "shop-#.example", http: *web} <80 times>

Good:

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
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx
      rules:
        - {host: "*.example", http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from k2l import tables
from k2l.aws.function import Permission
from k2l.aws.policy_size import longest_statement
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan

HELP = "let fewer hosts lead to it, or one with a wildcard"


def check(plan: Plan) -> Iterator[Problem]:
    most = tables.limits("lambda")["resource_policy_max_bytes"]
    permissions = defaultdict[object, list[Permission]](list)
    for permission in plan.of(Permission):
        permissions[permission.function].append(permission)
    for given in permissions.values():
        size = sum(map(longest_statement, given))
        if size > most:
            yield Problem(given[-1].origins[0], f"{len(given)} hosts take {size:,} bytes of its policy, Lambda takes {most:,}", HELP)


RULE = Rule("K2L511", "many-hosts", Severity.ERROR, check)
