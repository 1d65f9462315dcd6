"""
An object names another one that is not among the manifests.

An Ingress without its Service, or without the Service's port, leads nowhere, a Service that selects no pods answers nobody, an
autoscaler of nothing scales nothing, a RoleBinding without its Role permits nothing, and a container whose ConfigMap, key or claim is
missing does not start. Often the other object is in a file that was not given to k2l.

Secrets that are missing as a whole have a rule of their own (K2L009), because they are often kept elsewhere on purpose.

Source: https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: shop
          port: {number: 80}

Good:

    env:
      - name: COLOUR
        valueFrom:
          configMapKeyRef: {name: theme, key: colour, optional: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Graph, Route, Workload
from k2l.joins.neighbours import claims
from k2l.joins.unread import Unread
from k2l.manifest.manifest import Manifest
from k2l.manifest.uses import Use, uses

# Every namespace gets it from Kubernetes: https://kubernetes.io/docs/concepts/configuration/configmap/
AUTOMATIC = ("kube-root-ca.crt",)
HELP = "give k2l the file it is in, or correct the name"


def check(graph: Graph) -> Iterator[Problem]:
    unread = Unread(graph)
    for manifest, node, what in graph.dangling:
        if not unread.may_hold(manifest, what):
            yield Problem(node, _message(manifest, what), HELP)
    for workload in graph.workloads:
        for route in workload.routes:
            yield from _port(route, workload)
        for use in uses(workload.pod):
            yield from _used(use, workload, graph)
        yield from _claimed(workload, graph)


def _message(manifest: Manifest, what: str) -> str:
    who = f'{manifest.kind} "{manifest.name}"'
    kind, _, rest = what.partition("/")
    return f'{who} names {kind} "{rest.rpartition("/")[2]}", which is not there' if rest else f"no pods have the labels that {who} selects"


def _port(route: Route, workload: Workload) -> Iterator[Problem]:
    port = route.routes.port
    known = {value.value for p in route.service.exposes.ports for value in (p.port, p.name) if value is not None}
    if port is not None and port.value not in known:
        message = f'Service "{route.service.manifest.name}" has no port "{port.value}"'
        yield Problem(port.origins[0], message, "name one of its ports", workload=workload.id)


def _used(use: Use, workload: Workload, graph: Graph) -> Iterator[Problem]:
    name, at = use.name.value, use.name.origins[0]
    provided = graph.provides(use.kind, workload.manifest.namespace, name)
    if use.optional or name in AUTOMATIC:
        return
    if provided is None:
        if use.kind == "ConfigMap":
            yield Problem(at, f'ConfigMap "{name}" is not there', HELP, workload=workload.id)
        return
    keys = provided[1]
    if use.key is not None and use.key.value not in keys.data and use.key.value not in keys.binary:
        yield Problem(use.key.origins[0], f'{use.kind} "{name}" has no key "{use.key.value}"', "correct the key", workload=workload.id)


def _claimed(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for name in claims(workload.pod).values():
        if f"PersistentVolumeClaim/{workload.manifest.namespace}/{name.value}" not in graph.objects:
            yield Problem(name.origins[0], f'PersistentVolumeClaim "{name.value}" is not there', HELP, workload=workload.id)


RULE = Rule("K2L003", "dangling-reference", Severity.WARNING, check)
