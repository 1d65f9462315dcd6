"""Catalogue of output formats: one folder each, fed with the same plan.

Adding a format is adding a folder with a ``FORMAT`` constant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from k2l.aws.resource import Resource
from k2l.plan import Plan
from k2l.registry import collect


@dataclass(frozen=True, slots=True)
class Format:
    """``write`` gives the files of the output folder by path; ``address`` names an attribute as the format spells it,
    e.g. ``aws_lambda_function.shop_web.memory_size``."""

    name: str
    write: Callable[[Plan], Mapping[str, str]]
    address: Callable[[Resource, str], str]


def by_name(name: str) -> Format:
    """Raises KeyError when there is no such format."""
    return {f.name: f for f in collect("k2l.formats", Format)}[name]
