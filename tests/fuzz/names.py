"""Every name that k2l makes is legal on AWS whatever the object is called, and no two objects of different legal names share one."""

from __future__ import annotations

import re
from collections.abc import Callable

from fuzz import _given
from k2l.converters import names
from k2l.formats.sam.quoting import logical_name
from k2l.formats.terraform.quoting import identifier
from k2l.targets.shared import naming

RULES = naming.rules()
KINDS = ("Deployment", "CronJob", "Job")
_LABEL = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*")
_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")
_PATH = re.compile(r"/?[A-Za-z0-9_./-]+")
Identity = tuple[str, str, str]


def check(data: bytes) -> None:
    """Six lines: namespace, name and key, twice."""
    given = _given.lines(data, 6)
    one, other = (given[0], given[1], given[2]), (given[3], given[4], given[5])
    for identity in (one, other):
        _legal(*identity)
    if one != other and _is_kubernetes(*one) and _is_kubernetes(*other):
        _apart(one, other)


def _is_kubernetes(namespace: str, name: str, key: str) -> bool:
    return bool(_LABEL.fullmatch(namespace) and _SUBDOMAIN.fullmatch(name) and len(name) <= 253 and _KEY.fullmatch(key))


def _legal(namespace: str, name: str, key: str) -> None:
    for kind in KINDS:
        function = names.function_name(kind, namespace, name, RULES)
        assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", function)
        assert names.unfit(function, kind, RULES) is None
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", logical_name(function))
    parameter = names.parameter_name(namespace, name, key, RULES)
    secret = names.secret_name(namespace, name, RULES)
    assert _PATH.fullmatch(parameter)
    assert not re.match(r"/(aws|ssm)", parameter, re.IGNORECASE)
    assert _PATH.fullmatch(secret)
    assert len(secret) <= RULES.secret
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", identifier(key))
    tag = names.tag_key(key, RULES)
    assert 0 < len(tag) <= RULES.tag_key
    assert not tag.lower().startswith("aws:")
    assert len(names.tag_value(key, RULES)) <= RULES.tag_value


def _apart(one: Identity, other: Identity) -> None:
    makers: tuple[Callable[[str, str, str], str], ...] = (
        lambda namespace, name, key: names.parameter_name(namespace, name, key, RULES),
        names.config_input,
    )
    for make in makers:
        assert make(*one) != make(*other)
    if one[:2] != other[:2]:
        assert names.secret_name(*one[:2], RULES) != names.secret_name(*other[:2], RULES)
        assert names.service_input(*one[:2], None) != names.service_input(*other[:2], None)
        assert names.service_input(*one[:2], 80) != names.service_input(*other[:2], None)
    if one[2] != other[2]:
        assert names.tag_key(one[2], RULES) != names.tag_key(other[2], RULES)
        assert logical_name(one[2]) != logical_name(other[2])
