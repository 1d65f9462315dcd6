"""
Services lead to several ports of a workload, and a function answers on one.

The web adapter forwards every request to one port of the program. A port for metrics is not counted (K2L208), nor one for HTTPS
beside one for HTTP, because TLS ends before the function.

Source: https://github.com/aws/aws-lambda-web-adapter (checked 2026-11-21)

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
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}, {containerPort: 8081}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      ports:
        - {name: shop, port: 80, targetPort: 8080}
        - {name: admin, port: 81, targetPort: 8081}

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
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}, {containerPort: 8081}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      ports:
        - {name: shop, port: 80, targetPort: 8080}
        - {name: metrics, port: 81, targetPort: 8081}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Note, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech, doors
from k2l.rules._ports import label
from k2l.rules._worker import serves


def check(workload: Workload) -> Iterator[Problem]:
    said = [(door, door.says().speech) for door in doors(workload) if door.exposed]
    plain = any(speech is Speech.HTTP for _, speech in said)
    counted = (Speech.HTTP, Speech.UNKNOWN) if plain else (Speech.HTTP, Speech.UNKNOWN, Speech.HTTPS)
    found = [door for door, speech in said if speech in counted]
    if len(found) > 1 and serves(workload):
        numbers = ", ".join(label(door) for door in found)
        message = f"Services lead to the ports {numbers}, and a function answers on one"
        first = Note(found[0].at, "the first one")
        yield Problem(found[1].at, message, "serve all of it on one port, or make it two Deployments; else it goes to Fargate", (first,))


RULE = Rule("K2L207", "several-ports", Severity.WARNING, check, blocks=FUNCTIONS)
