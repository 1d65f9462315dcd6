"""How long a policy can get: IAM counts the characters of an inline policy without white space, with every reference put in.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from k2l import tables
from k2l.aws.expr import Expr, Join, Pseudo, Ref
from k2l.aws.function import Permission
from k2l.aws.iam import Statement
from k2l.traced import Traced

_PSEUDO = {"account": "1" * 12, "partition": "aws-us-gov", "dns_suffix": "amazonaws.com.cn"}
# What an ARN ends in behind a resource's own name: secrets get a dash and six characters, log groups a colon and a star.
_API = "a" * 10
_ARN = "arn:aws-us-gov:secretsmanager:{region}:111111111111:log-group:/aws/lambda/{key}-AbCdEf"


def longest(statements: Iterable[Statement]) -> int:
    """Characters of the document where every name in it is as long as it can be."""
    written = [
        {"Sid": s.sid, "Effect": "Allow", "Action": s.actions, "Resource": [_text(r) for r in s.resources]}
        | ({"Condition": _conditions(s.conditions)} if s.conditions else {})
        for s in statements
    ]
    return len(json.dumps({"Version": "2012-10-17", "Statement": written}, separators=(",", ":")))


def longest_statement(permission: Permission) -> int:
    """Bytes of the statement that Lambda writes into a function's policy for an HTTP API, with the comma behind it."""
    place = f"{_region()}:{_PSEUDO['account']}"
    written = {
        "Sid": permission.statement_id,
        "Effect": "Allow",
        "Principal": {"Service": permission.principal},
        "Action": permission.action,
        "Resource": f"arn:aws-us-gov:lambda:{place}:function:{_key(permission.function)}:{_key(permission.qualifier)}",
        "Condition": {"ArnLike": {"AWS:SourceArn": f"arn:aws-us-gov:execute-api:{place}:{_API}/*/*"}},
    }
    return len(json.dumps(written, separators=(",", ":"), default=_text).encode()) + 1


def _key(value: Expr) -> str:
    return value.key if isinstance(value, Ref) else _text(value)


def _conditions(given: Mapping[str, Mapping[str, Expr]]) -> dict[str, dict[str, str]]:
    return {operator: {key: _text(value) for key, value in keys.items()} for operator, keys in given.items()}


def _text(value: Expr) -> str:
    match value:
        case Traced():
            return _text(value.value)
        case Join():
            return "".join(_text(part) for part in value.parts)
        case Pseudo():
            return _PSEUDO.get(value.name) or _region()
        case Ref():
            return _ARN.format(region=_region(), key=value.key)
        case _:
            return str(value)


def _region() -> str:
    return "r" * int(tables.limits("names")["region"])
