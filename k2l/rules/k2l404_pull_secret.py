"""
An image is pulled with credentials.

Lambda pulls from the account's own ECR with its own permissions. The credentials are needed once more, where the image is built:
log in to its registry there.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    imagePullSecrets:
      - name: registry

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph


def check(graph: Graph) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for workload in graph.workloads:
        for secret in workload.pod.pull_secrets:
            key = (workload.manifest.namespace, secret.value)
            if key not in seen:
                seen.add(key)
                message = f'images are pulled with the credentials in "{secret.value}"'
                yield Problem(secret.origins[0], message, "log in to that registry where the images are built")


RULE = Rule("K2L404", "pull-secret", Severity.NOTE, check)
