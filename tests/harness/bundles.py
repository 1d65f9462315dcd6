"""Whole bundles from text: every stage, as a command runs them, without files or an output format."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from harness.stages import nodes
from k2l import pipeline, settings
from k2l.formats import NONE
from k2l.pipeline import Bundle


def bundle_of(text: str, decided: str = "") -> Bundle:
    """``decided`` is the text of k2l.yaml."""
    chosen = settings.parse(textwrap.dedent(decided)) if decided else settings.Settings()
    return pipeline.translate((), nodes(text), chosen, NONE)


def workload(name: str, env: Mapping[str, str] | None = None, **given: Any) -> str:
    """A Deployment of namespace ``shop`` with a Service of its name on port 80; ``container`` and ``pod`` are more entries of theirs, in
    flow style."""
    chosen = {"namespace": "shop", "kind": "Deployment", "image": "registry.example/x:1.0", "port": 8080, "annotations": ""} | given
    variables = ", ".join(f'{{name: {key}, value: "{value}"}}' for key, value in (env or {}).items())
    container = f", {given['container']}" if "container" in given else ""
    ports = f"[{{containerPort: {chosen['port']}}}]"
    pod = f", {given['pod']}" if "pod" in given else ""
    return f"""
apiVersion: apps/v1
kind: {chosen["kind"]}
metadata: {{name: {name}, namespace: {chosen["namespace"]}, annotations: {{{chosen["annotations"]}}}}}
spec:
  replicas: 1
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      {{containers: [{{name: main, image: "{chosen["image"]}", ports: {ports}, env: [{variables}]{container}}}]{pod}}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {chosen["namespace"]}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: {chosen["port"]}}}]}}
---
"""


def service(name: str, spec: str) -> str:
    """``spec`` in flow style."""
    return f"\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n---\n"


GPU = "resources: {limits: {nvidia.com/gpu: 1}}"
"""What keeps a workload on the cluster."""


def claim(name: str, namespace: str = "shop", modes: str = "ReadWriteMany") -> str:
    return f"""
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: {name}, namespace: {namespace}}}
spec: {{accessModes: [{modes}], resources: {{requests: {{storage: 1Gi}}}}}}
---
"""


def mounted(name: str, *, read_only: bool = False) -> dict[str, Any]:
    """``container`` and ``pod`` entries of a workload that mounts a claim."""
    more = ", readOnly: true" if read_only else ""
    volume = f"volumes: [{{name: data, persistentVolumeClaim: {{claimName: {name}{more}}}}}]"
    return {"container": "volumeMounts: [{name: data, mountPath: /data}]", "pod": volume}


def ingress(host: str, *services: str, namespace: str = "shop", annotations: str = "") -> str:
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
