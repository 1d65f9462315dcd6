"""
A value has no counterpart, and nothing else says so.

Most of what cannot be taken along has a rule of its own. This one names the rest, so that every loss is a finding: what is dropped without
a word is what a migration fails on.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          hostAliases: [{ip: 10.0.0.5, hostnames: [mail.example]}]
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 8080}]}

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
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Note, Problem, Rule, Severity
from k2l.losses import Loss


def check(loss: Loss) -> Iterator[Problem]:
    first, *others = loss.nodes
    reason = tables.reason(loss.reason)
    message = f'"{first.path()}" is lost: {reason.sentence.rstrip(".")}'
    yield Problem(first, message, reason.instead, tuple(Note(node, "and this") for node in others))


RULE = Rule("K2L034", "lost-value", Severity.NOTE, check)
