"""
A file of a ConfigMap names a Service.

k2l changes the names of Services in variables and arguments, where it knows what a program makes of them. A file goes into the image
as it is, so that the name in it leads nowhere.

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

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.rules._services import addressed
from k2l.traced import Traced

HELP = "let the program take the address from a variable, or write one that a function can reach"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for key, text in _files(workload, graph):
        found = addressed(text.value, None, workload, graph) if ":" in text.value or ".svc" in text.value else ()
        for name in dict.fromkeys(service.manifest.name for _, service in found):
            yield Problem(text.origins[0], f'"{key}" names Service "{name}", which a function cannot look up', HELP)


def _files(workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    mounted = {mount.volume.value for mount in workload.container.mounts}
    for volume in (v for v in workload.pod.volumes if v.name.value in mounted):
        for projection in (p for p in volume.projections if p.kind == "ConfigMap"):
            provided = graph.provides("ConfigMap", workload.manifest.namespace, projection.name.value)
            wanted = {item.key.value for item in projection.items}
            for key, text in provided[1].data.items() if provided else ():
                if not wanted or key in wanted:
                    yield key, text


RULE = Rule("K2L229", "service-in-file", Severity.WARNING, check, only=FUNCTIONS)
