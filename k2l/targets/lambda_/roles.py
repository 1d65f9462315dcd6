"""One role for each function, with only what that function needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Join, Pseudo, Ref
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.aws.policy_size import longest
from k2l.converters import names
from k2l.plan import Concern, Decision, Fact
from k2l.targets.lambda_ import files
from k2l.targets.lambda_.site import Site
from k2l.targets.shared import permissions
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    yield Role(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=Join((names.role_prefix(site.name), Pseudo("region"))),
        description=f"Runs the function {site.name}",
        service="lambda.amazonaws.com",
        tags=site.tags,
    )
    yield RolePolicy(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=site.name,
        role=Ref("Role", site.name, "name"),
        statements=_fitting(site),
    )
    if site.workload.role is not None:
        yield _former_role(site, site.workload.role)


def _former_role(site: Site, role: Traced[str]) -> Decision:
    """The role of the ServiceAccount is shared and trusts the cluster; taking it over changes who may use it, so the user does that."""
    return Decision(
        id=f"{site.workload.id}:role",
        workload=site.workload.id,
        question=f"Which permissions of {role.value} does the function need?",
        options=(
            "attach the policies it needs to the function's own role",
            "use that role: its trust policy must allow sts:AssumeRole to lambda.amazonaws.com in place of the cluster's OIDC provider",
        ),
        chosen="none: the function has a role of its own",
        by="default",
        why="a role for a ServiceAccount trusts the cluster's OIDC provider, which a function does not use",
        at=role.because(site.workload.pod.service_account).origins,
    )


def _fitting(site: Site) -> tuple[Statement, ...]:
    """What the function needs and no more, as long as IAM takes it; then parameters of one path are read by that path."""
    statements = tuple(_statements(site, site.parameters_read))
    if longest(statements) <= int(tables.limits("iam")["inline_policies_max_characters"]):
        return statements
    return tuple(_statements(site, tuple(dict.fromkeys(_joined(name) for name in site.parameters_read))))


def _joined(name: str) -> str:
    return name if name.endswith("/") else f"{name.rpartition('/')[0]}/*"


def _statements(site: Site, parameters: Sequence[str]) -> Iterator[Statement]:
    group = Join((Ref("LogGroup", site.name, "arn"), ":*"))
    yield Statement("WriteLogs", ("logs:CreateLogStream", "logs:PutLogEvents"), (group,))
    yield from permissions.read_parameters(parameters)
    yield from permissions.read_secrets(site.secrets)
    if site.callees:
        yield from permissions.call_functions(site.callees.values())
    if site.runs_to_completion:
        yield Statement("SendFailures", ("sqs:SendMessage",), (Ref("Queue", f"{site.name}{names.ON_FAILURE_QUEUE}", "arn"),))
    if site.in_vpc:
        yield from _network()
    if site.share is not None:
        key = files.key(site.share)
        yield permissions.use_files("UseFiles", key, key, write=not site.share.read_only.value)


def _network() -> Iterator[Statement]:
    """EC2 actions for network interfaces take no resource: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"""
    actions = (
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    )
    yield Statement("AttachToNetwork", actions, ("*",))


CONCERN = Concern("roles", each=build)
