"""
A value in a ConfigMap looks like a credential.

ConfigMaps become parameters of type String, which are stored as they are, and whoever may read the configuration reads them. A
Secret becomes a secret in Secrets Manager.

Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: db}
    data: {DB_PASSWORD: correct-horse-battery}

Good:

    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {DB_PASSWORD: correct-horse-battery}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph
from k2l.secrets.credentials import looks_secret


def check(graph: Graph) -> Iterator[Problem]:
    for manifest, provides in graph.configuration.values():
        for key, text in () if provides.secret else provides.data.items():
            why = looks_secret(key, text.value)
            if why is not None:
                message = f'"{key}" of ConfigMap "{manifest.name}" looks like a credential: {why}'
                yield Problem(text.origins[0], message, "move it to a Secret, and change it")


RULE = Rule("K2L407", "credential-in-configmap", Severity.WARNING, check)
