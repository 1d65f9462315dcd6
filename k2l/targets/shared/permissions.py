"""Statements that what runs needs, whatever runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from k2l.aws.expr import Expr, Ref, arn
from k2l.aws.iam import Statement
from k2l.targets.shared.callees import Callee

ALIAS = "live"
"""The alias through which a function is called."""


def read_secrets(keys: Iterable[str]) -> Iterator[Statement]:
    arns = tuple(Ref("Secret", key, "arn") for key in keys)
    if arns:
        yield Statement("ReadSecrets", ("secretsmanager:GetSecretValue",), arns)


def read_parameters(read: Sequence[str]) -> Iterator[Statement]:
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


def call_functions(callees: Iterable[Callee]) -> Iterator[Statement]:
    """Since October 2025 calling a function URL takes both permissions: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"""
    aliases = tuple(dict.fromkeys(callee.function for callee in callees))
    targets: tuple[Expr, ...] = tuple(arn("lambda", f"function:{name}:{ALIAS}") for name in aliases)
    yield Statement("CallServices", ("lambda:InvokeFunctionUrl",), targets, {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}})
    yield Statement("CallServicesThroughUrl", ("lambda:InvokeFunction",), targets, {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}})


def use_files(sid: str, access_point: str, file_system: str, *, write: bool) -> Statement:
    """Through its access point only: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html"""
    actions = ("elasticfilesystem:ClientMount", *(("elasticfilesystem:ClientWrite",) if write else ()))
    conditions = {"StringEquals": {"elasticfilesystem:AccessPointArn": Ref("AccessPoint", access_point, "arn")}}
    return Statement(sid, actions, (Ref("FileSystem", file_system, "arn"),), conditions)
