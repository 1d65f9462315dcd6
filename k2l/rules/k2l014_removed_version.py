"""
An object has a version that clusters no longer serve.

k2l reads it as it was meant and converts it like its successor, but `kubectl apply` refuses it. Where the fields changed, the API
server can no longer convert the object: most have only to name the new version, an Ingress writes its backends differently, and a
workload has to name the labels that it selects, which the first versions took from the pod template.

Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ (checked 2026-11-21)

Bad:

    apiVersion: extensions/v1beta1
    kind: Deployment
    metadata: {name: web}
    spec:
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}

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
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from k2l import tables
from k2l.finding import Edit, Part, Problem, Rule, Severity
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

# What else has to change: the selector became required, and an Ingress's backends are written in another way.
WORKLOADS = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"})
BACKENDS = "write each backend as service: {name, port: {number}}, and give each path a pathType"


class Removed(Struct, frozen=True):
    """``by`` is the successor (empty: none), served from release ``since``; ``gone`` is the first release without the version.

    ``same``: nothing else has to change."""

    by: str
    since: str
    gone: str
    same: bool


def check(manifest: Manifest) -> Iterator[Problem]:
    removed = _table().get((manifest.api_version, manifest.kind))
    at = Cursor(manifest.node).at("apiVersion")
    if removed is not None and at is not None:
        message = f"{manifest.api_version} {manifest.kind} is gone since Kubernetes {removed.gone}"
        if removed.by:
            message = f"{message}: {removed.by} took its place in {removed.since}"
        yield Problem(at, message, "; ".join(_steps(manifest, removed)), fix=(Edit(at, Part.VALUE, removed.by),) if removed.same else ())


def _steps(manifest: Manifest, removed: Removed) -> Iterator[str]:
    yield f'write "apiVersion: {removed.by}"' if removed.by else "remove it, nothing takes its place"
    spec = Cursor(manifest.node).child("spec")
    if manifest.kind in WORKLOADS and (spec is None or not spec.has("selector")):
        yield "name the labels of the pod template in spec.selector.matchLabels"
    if manifest.kind == "Ingress":
        yield BACKENDS


@cache
def _table() -> Mapping[tuple[str, str], Removed]:
    rows = tables.table("removed")["versions"]
    found = ((row, Removed(row["by"], row["since"], row["gone"], row.get("same", False))) for row in rows)
    return {(row["api"], kind): removed for row, removed in found for kind in row["kinds"]}


RULE = Rule("K2L014", "removed-version", Severity.WARNING, check)
