"""
A variable holds the host of a function, and gets a port as well.

Another function is called through a port on 127.0.0.1, where the init listens and signs. Beside `CART_HOST` and `CART_PORT` both are
changed. Where k2l finds no variable for the port, the port stands behind the host, which is right in a URL that the program makes of
it, and wrong if the program adds a port of its own.

Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html (checked 2026-11-21)

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
              env: [{name: CART_HOST, value: cart}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart}
    spec:
      selector: {matchLabels: {app: cart}}
      template:
        metadata: {labels: {app: cart}}
        spec: {containers: [{name: cart, image: "registry.example/cart:1.0", ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart}
    spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}

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
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              env: [{name: CART_HOST, value: cart}, {name: CART_PORT, value: "80"}]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: cart}
    spec:
      selector: {matchLabels: {app: cart}}
      template:
        metadata: {labels: {app: cart}}
        spec: {containers: [{name: cart, image: "registry.example/cart:1.0", ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart}
    spec: {selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from k2l.aws.build_context import Assignment, BuildContext
from k2l.aws.function import Function
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan
from k2l.traced import Traced

HELP = "write http://NAME, or give the port in a variable called like this one, which is then changed too"


def check(plan: Plan) -> Iterator[Problem]:
    for value in _values(plan):
        if isinstance(value, Traced) and value.reason == "port-added":
            yield Problem(value.origins[0], f'"{value.origins[0].value}" is a function now, and gets a port behind it', HELP)


def _values(plan: Plan) -> Iterator[Any]:
    for function in plan.of(Function):
        yield from function.environment.values()
    for context in plan.of(BuildContext):
        yield from (*(context.command or ()), *(context.args or ()))
        yield from (entry.value for entry in context.environment if isinstance(entry, Assignment))


RULE = Rule("K2L228", "port-added", Severity.WARNING, check)
