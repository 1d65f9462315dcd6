"""
Objects are of a kind that k2l does not convert.

There is one finding for each kind, at the first object of it. Nothing of them is lost: they stay as they are, and the record says
so for each of their fields. But nothing on AWS takes their place either, so what they did for the others has to be looked at by hand.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/ (checked 2026-11-21)

Bad:

    apiVersion: monitoring.coreos.com/v1
    kind: ServiceMonitor
    metadata:
      name: web
    spec: {}

Good:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Note, Problem, Rule, Severity
from k2l.graph import Graph
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.source import Node

SHOWN = 5


def check(graph: Graph) -> Iterator[Problem]:
    kinds: dict[str, list[Manifest]] = {}
    for manifest in graph.manifests:
        if manifest.type is None:
            kinds.setdefault(f'"{manifest.api_version} {manifest.kind}"', []).append(manifest)
    for kind, (first, *others) in kinds.items():
        what = f"all {len(others) + 1} objects stay as they are" if others else "the object stays as it is"
        also = tuple(Note(_at(other), f'"{other.name}" is one too') for other in others[:SHOWN])
        help_ = "keep it in the cluster, or replace by hand what it does"
        yield Problem(_at(first), f"k2l does not convert {kind}, {what}", help_, also)


def _at(manifest: Manifest) -> Node:
    return Cursor(manifest.node).at("kind") or manifest.node


RULE = Rule("K2L002", "unknown-kind", Severity.WARNING, check)
