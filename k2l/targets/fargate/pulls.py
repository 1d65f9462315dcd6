"""Credentials for a registry that is not the account's own: ECS takes a secret of its own form, which nobody can make of a cluster's.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
"""

from __future__ import annotations

from k2l.aws.expr import Var
from k2l.aws.inputs import Variable
from k2l.converters import image, names
from k2l.targets.fargate.part import Part
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced


def credentials(ground: Ground) -> Traced[Var] | None:
    """The input with the secret; Kubernetes tries one pull secret after the other, ECS has one."""
    given = ground.workload.pod.pull_secrets
    return given[0].because(*given[1:]).map(lambda _: Var(key(ground))) if given else None


def needed(part: Part) -> bool:
    """Whether the image is pulled from outside of ECR, which the execution role reads without further credentials."""
    source = part.source.value
    return part.context is None and image.is_reference(source) and ".dkr.ecr." not in image.parse(source).registry


def key(ground: Ground) -> str:
    name = ground.workload.pod.pull_secrets[0].value
    return names.pull_input(ground.workload.manifest.namespace, name)


def variable(ground: Ground) -> Variable:
    name, namespace = ground.workload.pod.pull_secrets[0].value, ground.workload.manifest.namespace
    text = f"The ARN of a secret in Secrets Manager with username and password for the registry of Secret/{namespace}/{name}"
    return Variable(key=key(ground), home=ground.name, origins=ground.origins, description=text, required=True)
