"""
A webhook changes pods before they start.

What it puts into them stands in no manifest: a sidecar, variables, certificates, a mount. A pod that needs it worked in the cluster
by what somebody else added, and a function lacks it.

Source: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#mutatingadmissionwebhook (checked 2026-11-21)

Bad:

    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingWebhookConfiguration
    metadata: {name: injector}
    webhooks:
      - name: injector.example.com
        clientConfig: {service: {name: injector, namespace: tools, path: /mutate}}
        rules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}

Good:

    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingWebhookConfiguration
    metadata: {name: defaults}
    webhooks:
      - name: defaults.example.com
        clientConfig: {service: {name: defaults, namespace: tools, path: /mutate}}
        rules:
          - {apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [gadgets]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.manifest.hooks import Hook
from k2l.manifest.manifest import Manifest

PODS = ("pods", "*", "*/*", "pods/*")
HELP = "look at a running pod (kubectl get pod -o yaml) for what its manifest does not say"


def check(manifest: Manifest) -> Iterator[Problem]:
    hooks: tuple[Hook, ...] = manifest.body if manifest.type == "MutatingWebhookConfiguration" else ()
    found = [resource for hook in hooks for resource in hook.resources if resource.value in PODS]
    if found:
        message = f'"{manifest.name}" changes pods before they start, and what it adds is in no manifest'
        yield Problem(found[0].origins[0], message, HELP)


RULE = Rule("K2L030", "pods-changed", Severity.WARNING, check)
