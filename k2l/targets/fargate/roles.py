"""Two roles for each task: one with which ECS starts it, and one that its containers have; each with only what it needs.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k2l.aws.expr import Expr, Join, Pseudo, Ref, arn
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.converters import names
from k2l.plan import Concern, Decision, Fact
from k2l.targets.fargate import pulls
from k2l.targets.fargate.site import Site
from k2l.targets.shared import permissions
from k2l.traced import Traced

SERVICE = "ecs-tasks.amazonaws.com"
EXECUTION = "-execution"


def build(site: Site) -> Iterator[Fact]:
    yield from _role(site, EXECUTION, f"Starts tasks of {site.name}", tuple(_starting(site)))
    yield from _role(site, "", f"What the containers of {site.name} may do", tuple(_running(site)))
    if site.workload.role is not None:
        yield _former_role(site, site.workload.role)


def policies_of(site: Site) -> Iterator[Ref]:
    """What has to be there before a task starts: one that may not yet pull or read fails, and failures roll a service back."""
    for suffix, statements in ((EXECUTION, _starting(site)), ("", _running(site))):
        if any(True for _ in statements):
            yield Ref("RolePolicy", f"{site.name}{suffix}", "id")


def _role(site: Site, suffix: str, description: str, statements: tuple[Statement, ...]) -> Iterator[Fact]:
    key = f"{site.name}{suffix}"
    yield Role(
        key=key,
        home=site.name,
        origins=site.origins,
        name=Join((names.fitting_role_prefix(site.name, suffix, site.rules), Pseudo("region"))),
        description=description,
        service=SERVICE,
        trust_conditions=_this_account(),
        tags=site.tags,
    )
    if statements:
        role = Ref("Role", key, "name")
        yield RolePolicy(key=key, home=site.name, origins=site.origins, name=key, role=role, statements=statements)


def _this_account() -> Mapping[str, Mapping[str, Expr]]:
    """Against the confused deputy: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"""
    return {"StringEquals": {"aws:SourceAccount": Pseudo("account")}, "ArnLike": {"aws:SourceArn": arn("ecs", "*")}}


def _starting(site: Site) -> Iterator[Statement]:
    yield Statement("WriteLogs", ("logs:CreateLogStream", "logs:PutLogEvents"), (Join((Ref("LogGroup", site.name, "arn"), ":*")),))
    if site.built:
        # The one action of ECR that takes no resource.
        yield Statement("EnterRegistry", ("ecr:GetAuthorizationToken",), ("*",))
        pulled = ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
        yield Statement("PullImages", pulled, tuple(arn("ecr", f"repository/{part.repository}") for part in site.built))
    credentials = pulls.credentials(site)
    if credentials is not None and any(pulls.needed(part) for part in site.parts):
        yield Statement("ReadRegistryCredentials", ("secretsmanager:GetSecretValue",), (credentials.value,))
    secrets = [each.value.name for each in site.injected if each.value.store == "secretsmanager"]
    parameters = [each.value.name for each in site.injected if each.value.store == "ssm"]
    yield from permissions.read_secrets(dict.fromkeys(secrets))
    yield from permissions.read_parameters(tuple(sorted(set(parameters))))


def _running(site: Site) -> Iterator[Statement]:
    secrets = [each.value.name for each in site.at_start if each.value.store == "secretsmanager"]
    yield from permissions.read_secrets(dict.fromkeys(secrets))
    yield from permissions.read_parameters(site.parameters_read)
    if site.callees:
        yield from permissions.call_functions(tuple(site.callees.values()))
    shares = {at: share for part in site.parts for at, share in part.mounts.shares.items()}
    for number, ((key, below), share) in enumerate(shares.items()):
        sid = f"UseFiles{number or ''}"
        yield permissions.use_files(sid, f"{key}{below}", key, write=not share.read_only.value)


def _former_role(site: Site, role: Traced[str]) -> Decision:
    """The role of the ServiceAccount is shared and trusts the cluster; taking it over changes who may use it, so the user does that."""
    return Decision(
        id=f"{site.workload.id}:role",
        workload=site.workload.id,
        question=f"Which permissions of {role.value} do the containers need?",
        options=(
            "attach the policies they need to the task's own role",
            f"use that role: its trust policy must allow sts:AssumeRole to {SERVICE} in place of the cluster's OIDC provider",
        ),
        chosen="none: the task has a role of its own",
        by="default",
        why="a role for a ServiceAccount trusts the cluster's OIDC provider, which a task does not use",
        at=role.because(site.workload.pod.service_account).origins,
    )


CONCERN = Concern("roles", each=build)
