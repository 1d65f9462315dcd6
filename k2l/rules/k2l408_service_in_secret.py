"""
A value of a Secret names a Service.

What is pushed to Secrets Manager is the value as it is in the cluster. The Service that it names is at another address on AWS, so that the
connection fails until the value is changed.

Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ (checked 2026-11-21)

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
              envFrom: [{secretRef: {name: db}}]
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {DATABASE_URL: "postgres://shop:example@db:5432/shop"}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db}
    spec: {selector: {app: web}, ports: [{port: 5432, targetPort: 8080, name: http}]}

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
              envFrom: [{secretRef: {name: db}}]
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {DATABASE_URL: "postgres://shop:example@db.example.com:5432/shop"}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: db}
    spec: {selector: {app: web}, ports: [{port: 5432, targetPort: 8080, name: http}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.joins.mentions import addressed, secrets

HELP = "write where the Service is on AWS into the value that is pushed"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for key, text in secrets(workload, graph):
        for name in dict.fromkeys(service.manifest.name for _, service in addressed(text.value, key, workload, graph)):
            yield Problem(text.origins[0], f'the value of "{key}" names Service "{name}", whose address on AWS may be another', HELP)


RULE = Rule("K2L408", "service-in-secret", Severity.WARNING, check, only=AWS_COMPUTE)
