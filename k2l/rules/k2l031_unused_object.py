"""
Nothing in the manifests has to do with an object.

No pod mounts the claim, no workload runs as the account that has the role, no pod has the labels that the policy selects, or there is
no workload in the namespace at all. Nothing is made of such an object. Often whatever uses it is in a file that was not given to k2l.

ConfigMaps and Secrets have a rule of their own (K2L005).

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/ (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 1Gi}}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: db}
    spec:
      containers:
        - name: db
          image: registry.example/db:1.0
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      resources: {requests: {storage: 1Gi}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.ledger import Ledger

CONFIGURATION = ("ConfigMap", "Secret")


def check(ledger: Ledger) -> Iterator[Problem]:
    for manifest in {entry.manifest: None for entry in ledger.entries if entry.reason == "nothing-reads-it"}:
        if manifest.kind not in CONFIGURATION:
            at = manifest.metadata.at("name") or manifest.node
            message = f'nothing in the manifests has to do with {manifest.kind} "{manifest.name}"'
            yield Problem(at, message, "give k2l the file of whatever uses it, or remove it")


RULE = Rule("K2L031", "unused-object", Severity.NOTE, check)
