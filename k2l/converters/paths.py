"""Ingress paths as HTTP API route keys.

A ``Prefix`` matches by path elements: ``/foo`` is ``/foo``, ``/foo/`` and all below it, but not ``/foobar``.
https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types

API Gateway refuses a route that ends in a slash, and takes few characters between slashes; ``{proxy+}`` matches ``/foo/`` too.
https://github.com/aws/serverless-application-model/issues/1949
"""

from __future__ import annotations

import re

from msgspec import Struct

# What turns a path into a pattern for the controllers that read it as one; a dot alone does not.
PATTERN = re.compile(r"[\[\](){}*+?|^$\\]")


class RoutePaths(Struct, frozen=True):
    """Route keys, most specific first; ``reason`` is a code when they are only close to what the Ingress said."""

    keys: tuple[str, ...]
    reason: str | None = None


def route_paths(path: str, path_type: str, part: re.Pattern[str]) -> RoutePaths:
    """``path_type`` is Exact, Prefix or ImplementationSpecific; the last is read as a prefix, up to where a pattern begins.

    ``part`` is what API Gateway takes between two slashes; any other part becomes a variable, which matches every part."""
    if PATTERN.search(path):
        return RoutePaths(_prefix(_parts(literal(path), part)), "path-pattern")
    parts = _parts(path, part)
    altered = "path-characters" if any(p.startswith("{") for p in parts) else None
    if path_type != "Exact":
        return RoutePaths(_prefix(parts), altered or (None if path_type == "Prefix" else "path-type-by-controller"))
    if path.endswith("/") and parts:
        return RoutePaths(_prefix(parts)[1:], "path-characters")
    return RoutePaths((f"ANY /{'/'.join(parts)}",), altered)


def _parts(path: str, part: re.Pattern[str]) -> tuple[str, ...]:
    given = [text for text in path.split("/") if text]
    return tuple(text if part.fullmatch(text) else f"{{part{index}}}" for index, text in enumerate(given, 1))


def _prefix(parts: tuple[str, ...]) -> tuple[str, ...]:
    base = "/".join(parts)
    return (f"ANY /{base}", f"ANY /{base}/{{proxy+}}") if base else ("$default",)


def literal(pattern: str) -> str:
    """The whole path elements before the first special character."""
    found = PATTERN.search(pattern)
    head = pattern[: found.start()] if found else pattern
    rest = pattern[found.start() :] if found else ""
    # "/api(/|$)(.*)" is about /api itself; "/v[0-9]+" is about everything below /.
    return head if rest.startswith(("(/", "/?", "(?:/")) or head.endswith("/") or not rest else head.rpartition("/")[0]
