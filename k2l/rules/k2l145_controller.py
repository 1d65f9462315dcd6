"""
A workload is a controller of the cluster, by what it is told.

Of several copies of a controller one works at a time: they elect it by a Lease of the Kubernetes API, which `--leader-elect` and its
relatives ask for. Operators made with the Operator SDK are told which namespace to watch. Neither has an object to watch on AWS.

Source: https://kubernetes.io/docs/concepts/architecture/leases/#leader-election (checked 2026-11-21)

Bad:

    args: [--leader-elect]

Good:

    args: [--port=8080]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.source import Node

ELECTS = ("leader-elect", "leader-election", "enable-leader-election", "leader-election-enabled", "leaderelect")
# https://sdk.operatorframework.io/docs/building-operators/golang/operator-scope/
WATCHES = "WATCH_NAMESPACE"


def check(workload: Workload) -> Iterator[Problem]:
    for at, words in _signs(workload.container):
        yield Problem(
            at, f"it is a controller of the cluster: {words}", "keep it in the cluster; if it is none, say so with k2l.dev/target"
        )
        return


def _signs(container: Container) -> Iterator[tuple[Node, str]]:
    for part in (*container.command, *container.args):
        for word in part.value.split():
            option, _, value = word.lower().partition("=")
            if option.startswith("-") and option.lstrip("-") in ELECTS and value not in ("false", "0", "no"):
                yield part.origins[0], f'"{word}" makes it elect a leader'
    for variable in container.env:
        if variable.name.value == WATCHES:
            yield variable.node, f'"{WATCHES}" tells it what to watch'


RULE = Rule("K2L145", "controller", Severity.WARNING, check, Confidence.MEDIUM, blocks=AWS_COMPUTE)
