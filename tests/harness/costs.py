"""What a month of some manifests costs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harness.stages import nodes
from k2l import pipeline, settings
from k2l.formats import NONE
from k2l.migration import prices, usage
from k2l.migration.cost.line import Line
from k2l.migration.cost.model import Costs, WorkloadCost, cost
from k2l.migration.prices import Prices
from k2l.pipeline import Bundle

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, annotations: {%(annotations)s}}
spec:
  replicas: %(replicas)s
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      nodeSelector: {kubernetes.io/arch: amd64}
      containers:
      - name: web
        image: registry.example/web:1.0
        ports: [{containerPort: 8080}]
        resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 1Gi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: %(type)s, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
"""A server that asks for half a core and 1 GiB."""

ID = "Deployment/shop/web"


def web(annotations: str = "", replicas: int = 1, service: str = "ClusterIP") -> str:
    return WEB % {"annotations": annotations, "replicas": replicas, "type": service}


NOTHING_SAID = re.sub(r" +(resources|nodeSelector): .*\n", "", web())
REDIS = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache, namespace: shop}
spec:
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec: {containers: [{name: redis, image: "redis:7.4", ports: [{containerPort: 6379}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: cache, namespace: shop}
spec: {selector: {app: cache}, ports: [{port: 6379}]}
"""
AGENT = """
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers: [{name: agent, image: "registry.example/agent:1.0", resources: {requests: {cpu: 400m, memory: 1Gi}}}]
"""
INGRESS = """
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web%(number)s, namespace: shop, annotations: {%(annotations)s}}
spec:
  ingressClassName: %(class)s
  rules:
  - host: "%(number)s.example.com"
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""
EVERY = "\n---\n".join(
    [
        web(service="LoadBalancer"),
        web("k2l.dev/target: fargate").replace("web", "worker"),
        web("k2l.dev/target: managed-instances").replace("web", "fat"),
        web("k2l.dev/target: kubernetes").replace("web", "stays"),
        web("k2l.dev/cold-starts: avoid").replace("web", "warm"),
    ]
)
JOB = """
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      activeDeadlineSeconds: 60
      template: {spec: {restartPolicy: Never, containers: [{name: report, image: "registry.example/report:1.0"}]}}
"""


def bundle(text: str, decided: str = "") -> Bundle:
    """All stages over one text; ``decided`` is that of k2l.yaml."""
    chosen = settings.parse(decided) if decided else settings.Settings()
    return pipeline.translate((), nodes(text), chosen, NONE)


def costs(text: str, used: str = "", decided: str = "", table: Prices | None = None) -> Costs:
    """``used`` is the text of usage.yaml."""
    return cost(bundle(text, decided), table or prices.shipped(), usage.read(used))


def of(found: Costs, workload: str = ID) -> WorkloadCost:
    (one,) = (w for w in found.workloads if w.id == workload)
    return one


def line(lines: Iterable[Line], price: str) -> Line:
    """The one line with this price."""
    (found,) = (each for each in lines if each.price == price)
    return found
