"""A CloudFormation template as typed values. Knows neither AWS services nor Kubernetes.

A ``str`` is always a literal: what refers to something has a type of its own, so no text can become a function.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

from msgspec import Struct


class Ref(Struct, frozen=True):
    """``!Ref name``: a parameter, a pseudo parameter, or a resource, with what SAM makes of it behind a dot (``WebFunction.Alias``)."""

    name: str


class GetAtt(Struct, frozen=True):
    name: str
    attribute: str


class Sub(Struct, frozen=True):
    """Parts written one after another; literals among them hold no ``$``, so that nothing in them needs to be escaped."""

    parts: tuple[str | Ref | GetAtt, ...]


class Join(Struct, frozen=True):
    """Parts written one after another, whatever they are."""

    parts: tuple[Value, ...]


class If(Struct, frozen=True):
    condition: str
    yes: Value
    no: Value


class Select(Struct, frozen=True):
    """One entry of a list, by its number from 0."""

    index: int
    items: Value


class Equals(Struct, frozen=True):
    left: Value
    right: Value


class Not(Struct, frozen=True):
    operand: Value


class Entry(Struct, frozen=True):
    """Comments stand above the key."""

    key: str
    value: Value
    comments: tuple[str, ...] = ()


class Map(Struct, frozen=True):
    entries: tuple[Entry, ...] = ()


class List(Struct, frozen=True):
    items: tuple[Value, ...] = ()


Value = str | int | float | bool | None | Ref | GetAtt | Sub | Join | If | Select | Equals | Not | Map | List


def mapping(**entries: Value) -> Map:
    return Map(tuple(Entry(key, value) for key, value in entries.items()))
