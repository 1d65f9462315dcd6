"""
A file holds a patch and no object.

Kustomize lays such parts over whole objects: a Deployment with three replicas and nothing else, a list with `$patch: delete` in it.
By itself a patch runs nothing, so k2l converts nothing of it and leaves it as it is. What the overlay means is known when it is
rendered.

Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/ (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 3

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 3
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Confidence, Problem, Rule, Severity
from k2l.manifest.manifest import Manifest


def check(manifest: Manifest) -> Iterator[Problem]:
    if manifest.patch is not None:
        message = f'{manifest.kind} "{manifest.name}" looks like a kustomize patch, nothing is made of it'
        yield Problem(manifest.patch, message, "render the overlay: kubectl kustomize FOLDER | k2l convert -")


RULE = Rule("K2L016", "patch", Severity.WARNING, check, Confidence.MEDIUM)
