"""
A workload is too large for Lambda, and nobody said that its program takes requests side by side.

Lambda Managed Instances have larger functions, whose environments serve several requests at once. Whether a program bears that stands in no
manifest: `k2l.dev/requests-per-pod` says how many one pod serves at the same time, and sends a service there that is too large for Lambda.
Without it the workload goes to Fargate, and so do runs that end by themselves, because instances are there all the time.
`k2l.dev/target: managed-instances` is your word for it as well.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html (checked 2026-11-21)

Bad:

    resources:
      limits: {memory: 16Gi}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations: {k2l.dev/requests-per-pod: "20"}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              resources:
                limits: {memory: 16Gi}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Mode
from k2l.finding import Confidence, Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules import k2l103_beyond_lambda as large
from k2l.rules import k2l104_beyond_managed_instances as larger
from k2l.settings import Settings

HELP = "set k2l.dev/requests-per-pod to as many as it bears and it goes to Lambda Managed Instances; else it goes to Fargate"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    beyond = tuple(large.check(workload, settings))
    serves = workload.runs.mode is Mode.SERVE
    known = serves and settings.overrides(workload).requests_per_pod is not None
    if not beyond or known or any(larger.check(workload)):
        return
    message = "nobody said that it takes several requests at once" if serves else "it runs and ends, and instances are there all the time"
    yield from (Problem(found.at, message, HELP if serves else "it goes to Fargate") for found in beyond)


RULE = Rule("K2L151", "concurrency-unknown", Severity.NOTE, check, Confidence.MEDIUM, blocks=frozenset({Target.MANAGED_INSTANCES}))
