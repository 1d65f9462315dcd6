"""Ingress hosts and paths as conditions of a load balancer's rules.

A condition takes ``*`` and ``?`` as wildcards; a path of at most 128 characters is compared with case.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
"""

from __future__ import annotations

import re

from msgspec import Struct

from k2l.converters.paths import PATTERN, literal

_LEGAL = re.compile(r"[A-Za-z0-9_\-.$/~\"'@:+&()]*")


class PathCondition(Struct, frozen=True):
    """``patterns``, of which one has to fit (none: every path does); ``reason`` is a code when they are only close to what was said."""

    patterns: tuple[str, ...]
    reason: str | None = None


def path_condition(path: str, path_type: str, longest: int) -> PathCondition:
    """``path_type`` is Exact, Prefix or ImplementationSpecific; the last is read as a prefix, up to where a pattern begins."""
    if PATTERN.search(path) or not _LEGAL.fullmatch(path) or len(path) + 2 > longest:
        return PathCondition(_prefix(literal(path)[: longest - 2]), "path-pattern-balanced")
    if path_type == "Exact":
        return PathCondition((path,))
    return PathCondition(_prefix(path), None if path_type == "Prefix" else "path-type-by-controller")


def _prefix(path: str) -> tuple[str, ...]:
    """A Prefix matches by path elements: ``/foo`` is ``/foo`` and what is below it, but not ``/foobar``."""
    base = re.sub(r"[^A-Za-z0-9_\-.$/~\"'@:+&()]", "?", path.rstrip("/"))
    return (base, f"{base}/*") if base else ()
