"""
A workload calls a Service that is not among the manifests.

A name that ends in `.svc` or `.svc.cluster.local`, and a URL without a dot in its host, are names of the cluster. What no longer runs in
it cannot look them up. A full name becomes an input of the output, which asks where the Service is; a short one stays as it is, because it
may be something else.

Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ (checked 2026-11-21)

Bad:

    env:
      - name: BILLING
        value: http://billing.finance.svc.cluster.local:8080

Good:

    env:
      - name: BILLING
        value: https://billing.example.com
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.hosts import HostRef
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.joins.mentions import named
from k2l.rules._environment import values
from k2l.traced import Traced

HELP = "give k2l its manifests, or write an address that can be reached from AWS"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for name, text in _texts(workload, graph):
        if "svc" not in text.value and "://" not in text.value:
            continue
        for reference, service in named(text.value, name, workload, graph):
            if service is None and text.origins and (reference.of_cluster or _short(reference)):
                namespace = reference.namespace or workload.manifest.namespace
                message = f'no Service "{reference.service}" of namespace "{namespace}" is among the manifests'
                yield Problem(text.origins[0], message, HELP)


def _short(reference: HostRef) -> bool:
    """Other schemes are used for all kinds of names."""
    return reference.scheme in ("http", "https") and reference.namespace is None


def _texts(workload: Workload, graph: Graph) -> Iterator[tuple[str | None, Traced[str]]]:
    for container in (*workload.pod.init_containers, *workload.pod.containers):
        yield from values(container, workload, graph)
        yield from ((None, text) for text in (*container.command, *container.args))


RULE = Rule("K2L227", "unknown-service", Severity.WARNING, check, only=AWS_COMPUTE)
