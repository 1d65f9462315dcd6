"""
A controller of the cluster made an object from another one.

Such objects come along when a cluster is exported: the ReplicaSets of a Deployment, the Pods of those, the Jobs of a CronJob. They say
again what their owner says, and k2l looks at the owner. Without the owner there is nothing to convert, since its pods do not
hold all that it says.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/ (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Pod
    metadata:
      name: web-5d9c7b6f8-x2x7k
      ownerReferences:
        - {apiVersion: apps/v1, kind: ReplicaSet, name: web-5d9c7b6f8, uid: 1d1c1a1e-0000-4000-8000-000000000000, controller: true}
    spec:
      containers:
        - {name: web, image: "registry.example/web:1.0"}

Good:

    apiVersion: v1
    kind: Pod
    metadata:
      name: alone
    spec:
      containers:
        - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph
from k2l.manifest.manifest import Manifest


def check(manifest: Manifest, graph: Graph) -> Iterator[Problem]:
    owner = manifest.owner
    if owner is not None:
        there = graph.owned(manifest)
        message = f'{manifest.kind} "{manifest.name}" was made from {owner.kind} "{owner.name}", '
        help_ = "leave it out, together with what else a controller made" if there else f"give k2l the {owner.kind}, or what it came from"
        yield Problem(owner.node, message + ("which counts instead" if there else "which is not there"), help_)


RULE = Rule("K2L015", "made-by-controller", Severity.NOTE, check)
