"""
A file of a ConfigMap names a Service.

k2l changes the names of Services in variables and arguments, where it knows what a program makes of them. A file goes into the image as it
is. A function cannot look the name in it up; a task on Fargate can, if the Service leads to tasks of its own namespace.

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
              volumeMounts: [{name: config, mountPath: /etc/nginx/conf.d}]
          volumes: [{name: config, configMap: {name: nginx}}]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: nginx}
    data:
      shop.conf: "location /cart { proxy_pass http://cart:8080; }"
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart}
    spec: {selector: {app: web}, ports: [{port: 8080}]}

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
              volumeMounts: [{name: config, mountPath: /etc/nginx/conf.d}]
          volumes: [{name: config, configMap: {name: nginx}}]
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: nginx}
    data:
      shop.conf: "location /cart { proxy_pass https://cart.example.com; }"
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart}
    spec: {selector: {app: web}, ports: [{port: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.joins.mentions import addressed, files, may_address

HELP = "let the program take the address from a variable, which k2l changes, or write one that holds on AWS"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for key, text in files((workload.container,), workload, graph):
        found = addressed(text.value, None, workload, graph) if may_address(text.value) else ()
        for name in dict.fromkeys(service.manifest.name for _, service in found):
            yield Problem(text.origins[0], f'"{key}" names Service "{name}", which k2l leaves as it is', HELP)


RULE = Rule("K2L229", "service-in-file", Severity.WARNING, check, only=AWS_COMPUTE)
