"""
A function may read or call more than the policy of its role can say.

The inline policies of a role have 10,240 characters, and each secret and each function that is called stands there with its ARN. AWS
refuses a longer one in the middle of an apply. (Parameters of one ConfigMap are joined to their path before that.)

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (checked 2026-11-21)

Bad:

    env:
      - {name: "KEY_#", valueFrom: {secretKeyRef: {name: "key-#", key: key}}} <150 times>

Good:

    env:
      - {name: "KEY_#", valueFrom: {secretKeyRef: {name: keys, key: "key-#"}}} <150 times>
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.iam import RolePolicy
from k2l.aws.policy_size import longest
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan

HELP = "join Secrets that are read together, or make it several workloads"


def check(plan: Plan) -> Iterator[Problem]:
    most = tables.limits("iam")["inline_policies_max_characters"]
    for policy in plan.of(RolePolicy):
        size = longest(policy.statements)
        if size > most:
            yield Problem(policy.origins[0], f"the policy of its role takes up to {size:,} characters, IAM takes {most:,}", HELP)


RULE = Rule("K2L510", "large-policy", Severity.ERROR, check)
