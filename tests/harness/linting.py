"""Manifests to lint, and what came of it."""

from __future__ import annotations

import json
from typing import Any

from harness.command import Ran

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
WARNED = WEB.replace("web:1.2", "web:latest")
WRONG = WARNED + "---\n" + WEB.replace("web", "api").replace("containerPort: 8080", "containerPort: 80800")
SECRET = """\
---
apiVersion: v1
kind: ConfigMap
metadata: {name: keys, namespace: shop}
data:
  DB_PASSWORD: magpie-in-the-clear
"""
HOSTILE = WRONG.replace("{name: web,", "{name: 'exa::mple,<b>|`%0A',", 1)


def read(done: Ran) -> Any:
    return json.loads(done.stdout)


def codes(done: Ran) -> list[str]:
    return [found["code"] for found in read(done)["findings"]]
