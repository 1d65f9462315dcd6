"""Ingress paths as HTTP API route keys.

A ``Prefix`` matches by path elements: ``/foo`` is ``/foo``, ``/foo/`` and all below it, but not ``/foobar``.
https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What turns a path into a pattern for the controllers that read it as one; a dot alone does not.
_PATTERN = re.compile(r"[\[\](){}*+?|^$\\]")


@dataclass(frozen=True, slots=True)
class RoutePaths:
    """Route keys, most specific first; ``reason`` is a code when they are only close to what the Ingress said."""

    keys: tuple[str, ...]
    reason: str | None = None


def route_paths(path: str, path_type: str) -> RoutePaths:
    """``path_type`` is Exact, Prefix or ImplementationSpecific; the last is read as a prefix, up to where a pattern begins."""
    if path_type == "Exact":
        return RoutePaths((f"ANY {path}",)) if not _PATTERN.search(path) else RoutePaths(_prefix(_literal(path)), "path-pattern")
    if path_type == "Prefix" and not _PATTERN.search(path):
        return RoutePaths(_prefix(path))
    if _PATTERN.search(path):
        return RoutePaths(_prefix(_literal(path)), "path-pattern")
    return RoutePaths(_prefix(path), "path-type-by-controller")


def _prefix(path: str) -> tuple[str, ...]:
    base = path.rstrip("/")
    return (f"ANY {base}", f"ANY {base}/", f"ANY {base}/{{proxy+}}") if base else ("$default",)


def _literal(pattern: str) -> str:
    """The whole path elements before the first special character."""
    found = _PATTERN.search(pattern)
    head = pattern[: found.start()] if found else pattern
    rest = pattern[found.start() :] if found else ""
    # "/api(/|$)(.*)" is about /api itself; "/v[0-9]+" is about everything below /.
    return head if rest.startswith(("(/", "/?", "(?:/")) or head.endswith("/") or not rest else head.rpartition("/")[0]
