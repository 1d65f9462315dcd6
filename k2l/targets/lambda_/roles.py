"""One role for each function, with only what that function needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Expr, Join, Pseudo, Ref, arn
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.aws.policy_size import longest
from k2l.converters import names
from k2l.plan import Concern, Decision, Fact
from k2l.shares import Share
from k2l.targets.lambda_ import files
from k2l.targets.lambda_.site import ALIAS, Site
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
    yield from _parameters(parameters)
    if site.secrets:
        arns = tuple(Ref("Secret", key, "arn") for key in site.secrets)
        yield Statement("ReadSecrets", ("secretsmanager:GetSecretValue",), arns)
    if site.callees:
        yield from _calls(site)
    if site.runs_to_completion:
        yield Statement("SendFailures", ("sqs:SendMessage",), (Ref("Queue", f"{site.name}{names.ON_FAILURE_QUEUE}", "arn"),))
    if site.in_vpc:
        yield from _network()
    if site.share is not None:
        yield _files(site.share)


def _calls(site: Site) -> Iterator[Statement]:
    """Since October 2025 calling a function URL takes both permissions: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"""
    aliases = tuple(dict.fromkeys(callee.function for callee in site.callees.values()))
    targets: tuple[Expr, ...] = tuple(arn("lambda", f"function:{name}:{ALIAS}") for name in aliases)
    yield Statement("CallServices", ("lambda:InvokeFunctionUrl",), targets, {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}})
    yield Statement("CallServicesThroughUrl", ("lambda:InvokeFunction",), targets, {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}})


def _parameters(read: Sequence[str]) -> Iterator[Statement]:
    """Whoever may read a path may read all below it: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html"""
    single = [name for name in read if not name.endswith("/")]
    paths = [name for name in read if name.endswith("/")]
    if single:
        yield Statement("ReadParameters", ("ssm:GetParameters",), tuple(_parameter(name) for name in single))
    if paths:
        below = tuple(_parameter(text) for path in paths for text in (path.rstrip("/"), f"{path}*"))
        yield Statement("ReadParametersByPath", ("ssm:GetParametersByPath",), below)


def _parameter(name: str) -> Expr:
    return arn("ssm", f"parameter{name}")


def _files(share: Share) -> Statement:
    """Through its access point only: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"""
    actions = ("elasticfilesystem:ClientMount", *(() if share.read_only.value else ("elasticfilesystem:ClientWrite",)))
    conditions = {"StringEquals": {"elasticfilesystem:AccessPointArn": Ref("AccessPoint", files.key(share), "arn")}}
    return Statement("UseFiles", actions, (Ref("FileSystem", files.key(share), "arn"),), conditions)


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
