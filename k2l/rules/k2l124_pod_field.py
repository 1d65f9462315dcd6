"""
A variable holds something that only a pod has.

The name, uid, addresses and node of a pod exist while it runs in a cluster. Neither a function nor a task on Fargate is told anything like
them in a variable, and k2l leaves the variable out. What the manifest knows (namespace, labels, annotations, ServiceAccount, requests and
limits) is filled in.

Source: https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ (checked 2026-11-21)

Bad:

    env:
      - name: NODE
        valueFrom: {fieldRef: {fieldPath: spec.nodeName}}

Good:

    env:
      - name: NAMESPACE
        valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.podfields import pod_field
from k2l.manifest.container import Container, FieldRef

NAMED = "to tell copies apart, a function has AWS_LAMBDA_LOG_STREAM_NAME, and a task asks at ECS_CONTAINER_METADATA_URI_V4"


def check(container: Container, workload: Workload) -> Iterator[Problem]:
    for variable in container.env:
        source = variable.source
        if isinstance(source, FieldRef) and pod_field(source, workload, container) is None:
            path = source.path.value
            help_ = NAMED if path in ("metadata.name", "metadata.uid") else "give it a value, or let the program do without"
            yield Problem(source.path.origins[0], f'"{variable.name.value}" is "{path}", which only a pod has', help_)
        elif variable.unknown is not None:
            message = f'"{variable.name.value}" comes from "{variable.unknown}", which k2l does not know'
            yield Problem(variable.node, message, "give it a value")


RULE = Rule("K2L124", "pod-field", Severity.WARNING, check, only=AWS_COMPUTE)
