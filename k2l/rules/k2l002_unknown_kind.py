"""
An object is of a kind that k2l does not convert.

Nothing of it is lost: the object stays as it is, and the record says so for each of its fields. But nothing on AWS takes its place
either, so what it did for the others has to be looked at by hand.

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

from k2l.finding import Problem, Rule, Severity
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest


def check(manifest: Manifest) -> Iterator[Problem]:
    if manifest.type is None:
        at = Cursor(manifest.node).at("kind") or manifest.node
        what = f'"{manifest.api_version} {manifest.kind}"'
        yield Problem(
            at, f"k2l does not convert {what}, the object stays as it is", "keep it in the cluster, or replace by hand what it does"
        )


RULE = Rule("K2L002", "unknown-kind", Severity.WARNING, check)
