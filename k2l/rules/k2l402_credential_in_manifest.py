"""
A variable looks like a credential, and its value stands in the manifest.

Who may read the repository, the cluster or the function's configuration can read it. k2l makes it a secret in Secrets Manager,
which the function reads when it starts; `k2l.dev/secrets: literal` keeps it as it is. Since it has been readable, it should be
changed.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (checked 2026-11-21)

Bad:

    env:
      - name: DB_PASSWORD
        value: correct-horse-battery

Good:

    env:
      - name: DB_PASSWORD
        valueFrom:
          secretKeyRef: {name: db, key: password}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.secrets.credentials import looks_secret
from k2l.settings import Settings


def check(container: Container, workload: Workload, settings: Settings) -> Iterator[Problem]:
    wish = None
    for variable in container.env:
        why = looks_secret(variable.name.value, variable.value.value) if variable.value else None
        if why is None or variable.value is None:
            continue
        wish = wish or settings.overrides(workload).secrets
        if wish is None or wish.value != "literal":
            message = f'"{variable.name.value}" looks like a credential: {why}'
            yield Problem(variable.value.origins[0], message, "move it to a Secret, and change it")


RULE = Rule("K2L402", "credential-in-manifest", Severity.WARNING, check)
