"""
A pod is given a token of the cluster as a file.

A projected token proves to somebody outside who the pod is: Vault, a cloud, the API server. On AWS the execution role does that,
and there is no such file.

Source: https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken (checked 2026-11-21)

Bad:

    volumes:
      - name: token
        projected:
          sources:
            - serviceAccountToken: {path: token, audience: vault}

Good:

    volumes:
      - name: settings
        projected:
          sources:
            - downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Confidence, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "let the program use the role it has on AWS, and say with k2l.dev/target where it may go"


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        for kind in volume.other:
            yield Problem(volume.node, f'volume "{volume.name.value}" holds a "{kind}", which only a cluster gives', HELP)


RULE = Rule("K2L406", "token-file", Severity.WARNING, check, Confidence.MEDIUM, blocks=AWS_COMPUTE)
