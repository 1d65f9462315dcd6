"""
Nothing reads a ConfigMap or Secret, or some of its keys.

No parameter and no secret is made for a value that no workload reads. If something outside these manifests reads it, it has to be
given to that by hand; if nothing does, it can go.

Source: https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: theme}
    data: {colour: red}

Good:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: theme}
    data: {colour: red}
    ---
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
              envFrom:
                - configMapRef: {name: theme}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph, Provides
from k2l.joins.unread import Unread
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.uses import uses

Name = tuple[str, str, str]

# Of these types a cluster makes use by itself, or an Ingress or image pull does.
ELSEWHERE = ("kubernetes.io/tls", "kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg", "kubernetes.io/service-account-token")


def check(graph: Graph) -> Iterator[Problem]:
    read, unread = _read(graph), Unread(graph)
    for name, (manifest, provides) in graph.configuration.items():
        keys = read.get(name, frozenset())
        if keys is None or _elsewhere(manifest):
            continue
        idle = sorted({*provides.data, *provides.binary} - keys)
        if idle and manifest.name not in unread.words:
            yield _problem(manifest, provides, idle, whole=not keys)


def _problem(manifest: Manifest, provides: Provides, idle: list[str], *, whole: bool) -> Problem:
    what = f'{manifest.kind} "{manifest.name}"'
    at = (provides.data.get(idle[0]) or provides.binary[idle[0]]).origins[0]
    if whole:
        return Problem(
            Cursor(manifest.node).at("metadata") or at, f"no workload reads {what}", "remove it, or move it to whatever reads it"
        )
    listed = ", ".join(f'"{key}"' for key in idle)
    return Problem(at, f"no workload reads {listed} of {what}", "remove what is not needed")


def _read(graph: Graph) -> Mapping[Name, frozenset[str] | None]:
    """The keys that workloads read; None for all of them."""
    found: dict[Name, frozenset[str] | None] = {}
    for workload in graph.workloads:
        for use in uses(workload.whole):
            name = (use.kind, workload.manifest.namespace, use.name.value)
            known = found.get(name, frozenset())
            found[name] = None if use.key is None or known is None else known | {use.key.value}
    return found


def _elsewhere(manifest: Manifest) -> bool:
    kind = Cursor(manifest.node).text("type") if manifest.kind == "Secret" else None
    return kind is not None and kind.value in ELSEWHERE


RULE = Rule("K2L005", "unused-configuration", Severity.NOTE, check)
