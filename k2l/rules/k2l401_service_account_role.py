"""
A workload has an IAM role by its ServiceAccount, which only pods of the cluster can assume.

On EKS the annotation `eks.amazonaws.com/role-arn` lets pods assume a role that trusts the cluster's OIDC provider. A function or a task
has a role of its own, which k2l makes with no more than it needs to run; what the program itself calls on AWS stands in the policies of
the old role.

Source: https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: default
      annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/web"}

Good:

    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: default
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "attach its policies to the role that k2l makes, or let it trust that role (sts:AssumeRole) and assume it in the program"


def check(workload: Workload) -> Iterator[Problem]:
    if workload.role is not None and workload.role.value:
        message = f'pods may use the role "{workload.role.value}", which on AWS has a role of its own'
        yield Problem(workload.role.origins[0], message, HELP)


RULE = Rule("K2L401", "service-account-role", Severity.WARNING, check, only=AWS_COMPUTE)
