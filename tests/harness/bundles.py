"""Whole bundles from text: every stage, as a command runs them, without files or an output format."""

from __future__ import annotations

import textwrap

from harness.stages import nodes
from k2l import pipeline, settings
from k2l.formats import NONE
from k2l.pipeline import Bundle


def bundle_of(text: str, decided: str = "") -> Bundle:
    """``decided`` is the text of k2l.yaml."""
    chosen = settings.parse(textwrap.dedent(decided)) if decided else settings.Settings()
    return pipeline.translate((), nodes(text), chosen, NONE)


def workload(
    name, env=None, namespace="shop", kind="Deployment", image="registry.example/x:1.0", port=8080, container="", pod="", annotations=""
):
    """A Deployment with a Service of its name on port 80; ``container`` and ``pod`` are more entries of theirs, in flow style."""
    variables = ", ".join(f'{{name: {key}, value: "{value}"}}' for key, value in (env or {}).items())
    return f"""
apiVersion: apps/v1
kind: {kind}
metadata: {{name: {name}, namespace: {namespace}, annotations: {{{annotations}}}}}
spec:
  replicas: 1
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: main, image: "{image}", ports: [{{containerPort: {port}}}], env: [{variables}]{", " if container else ""}{container}}}]{", " if pod else ""}{pod}}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {namespace}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: {port}}}]}}
---
"""


GPU = "resources: {limits: {nvidia.com/gpu: 1}}"
"""What keeps a workload on the cluster."""


def claim(name, namespace="shop", modes="ReadWriteMany"):
    return f"""
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: {name}, namespace: {namespace}}}
spec: {{accessModes: [{modes}], resources: {{requests: {{storage: 1Gi}}}}}}
---
"""


def mounted(name, *, read_only=False):
    """``container`` and ``pod`` entries of a workload that mounts a claim."""
    more = ", readOnly: true" if read_only else ""
    volume = f"volumes: [{{name: data, persistentVolumeClaim: {{claimName: {name}{more}}}}}]"
    return {"container": "volumeMounts: [{name: data, mountPath: /data}]", "pod": volume}


def ingress(host, *services, namespace="shop", annotations=""):
    """One path for each Service."""
    paths = ", ".join(
        f"{{path: /{name}, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}" for name in services
    )
    return f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {host.replace(".", "-")}, namespace: {namespace}, annotations: {{{annotations}}}}}
spec: {{tls: [{{hosts: [{host}]}}], rules: [{{host: {host}, http: {{paths: [{paths}]}}}}]}}
---
"""
