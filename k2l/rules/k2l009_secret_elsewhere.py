"""
A Secret that a workload needs is not among the manifests.

That is as it should be when Secrets are kept out of the repository. The secret is created in Secrets Manager all the same, without a
value, and `k2l secrets push` has none to push: the value has to be put there before anything starts that reads it.

Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-secret-value.html (checked 2026-11-21)

Bad:

    env:
      - name: DB_PASSWORD
        valueFrom:
          secretKeyRef: {name: db, key: password}

Good:

    env:
      - name: DB_PASSWORD
        valueFrom:
          secretKeyRef: {name: db, key: password, optional: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.uses import uses


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    seen: set[str] = set()
    for use in uses(workload.pod):
        name = use.name.value
        if use.kind != "Secret" or use.optional or name in seen or graph.provides("Secret", workload.manifest.namespace, name):
            continue
        seen.add(name)
        yield Problem(use.name.origins[0], f'Secret "{name}" is not among the manifests', "put its value into Secrets Manager yourself")


RULE = Rule("K2L009", "secret-elsewhere", Severity.NOTE, check, only=AWS_COMPUTE)
