"""
A workload cannot go where it was told to.

The annotation `k2l.dev/target` or `k2l.yaml` wins over what k2l would prefer, but not over what is impossible. The findings named
beside say why.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations: {k2l.dev/target: lambda}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          hostNetwork: true
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations: {k2l.dev/target: fargate}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Finding, Note, Problem, Rule, Severity, Target
from k2l.plan import Plan


def check(plan: Plan) -> Iterator[Problem]:
    for placement in plan.placements:
        wish = placement.wish
        if wish is None or not placement.refused:
            continue
        against: tuple[Finding, ...] = placement.rejected.get(Target(wish.value), ())
        codes = ", ".join(dict.fromkeys(f.code for f in against))
        notes = tuple(Note(f.at, f.problem.message) for f in against)
        message = f'{placement.workload.id} cannot go to "{wish.value}" ({codes}), it goes to "{placement.target.value}"'
        manifest = placement.workload.manifest
        at = wish.origins[0] if wish.origins else manifest.metadata.at("name") or manifest.node
        yield Problem(at, message, "change what forbids it, or take the wish back", notes, placement.workload.id)


RULE = Rule("K2L125", "impossible-wish", Severity.ERROR, check)
