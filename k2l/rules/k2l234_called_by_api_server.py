"""
The Kubernetes API server calls a workload.

A webhook of the cluster leads to its Service: the API server asks it about objects before it stores them. It can only ask what it
reaches inside the cluster, by TLS with a certificate of its own, and signs no requests for a function's URL.

Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: checker}
    spec:
      selector: {matchLabels: {app: checker}}
      template:
        metadata: {labels: {app: checker}}
        spec:
          containers:
            - {name: checker, image: "registry.example/checker:1.0", ports: [{containerPort: 8443}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: checker}
    spec: {selector: {app: checker}, ports: [{port: 443, targetPort: 8443}]}
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata: {name: checker}
    webhooks:
      - name: checker.example.com
        clientConfig: {service: {name: checker, namespace: default}}
        rules:
          - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}

Good:

    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata: {name: checker}
    webhooks:
      - name: checker.example.com
        clientConfig: {url: "https://checker.example.com/check"}
        rules:
          - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Note, Problem, Rule, Severity
from k2l.graph import Graph
from k2l.manifest.hooks import Hook

HELP = "keep it in the cluster, beside the API server that calls it"


def check(graph: Graph) -> Iterator[Problem]:
    for manifest in graph.resident:
        for hook in manifest.body if isinstance(manifest.body, tuple) else ():
            if not isinstance(hook, Hook):
                continue
            service = graph.service(hook.namespace.value, hook.service.value) if hook.namespace and hook.service else None
            for workload in graph.behind(service) if service else ():
                message = f'the Kubernetes API server calls "{workload.manifest.name}", as {manifest.kind} "{manifest.name}" says'
                at, note = workload.manifest.metadata.at("name"), Note(manifest.node, "this names its Service")
                yield Problem(at or workload.manifest.node, message, HELP, (note,), workload.id)


RULE = Rule("K2L234", "called-by-api-server", Severity.WARNING, check, blocks=AWS_COMPUTE)
