"""HCL as typed values. Knows neither AWS nor Kubernetes.

A ``str`` is always a literal: what refers to something has a type of its own, so no text can become an expression.
https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Splat(Enum):
    """The index ``[*]``: every element of a list."""

    ALL = "*"


class Index(Struct, frozen=True):
    key: str | int | Splat


class Traversal(Struct, frozen=True):
    """``aws_lambda_function.web.arn``, ``var.weights["web"]``: identifiers and indexes, the first one an identifier."""

    parts: tuple[str | Index, ...]


class Call(Struct, frozen=True):
    name: str
    args: tuple[Expr, ...]


class Template(Struct, frozen=True):
    """A string made of literals and expressions written one after another."""

    parts: tuple[Expr, ...]


class Tuple(Struct, frozen=True):
    items: tuple[Expr, ...]


class Entry(Struct, frozen=True):
    """``key`` is a literal when it is a ``str``, else an expression. Comments are lost where an object stands on one line."""

    key: str | Traversal | Template
    value: Expr
    comments: tuple[str, ...] = ()


class Object(Struct, frozen=True):
    entries: tuple[Entry, ...]


class Conditional(Struct, frozen=True):
    condition: Expr
    yes: Expr
    no: Expr


class Not(Struct, frozen=True):
    operand: Expr


class Binary(Struct, frozen=True):
    """``operator`` is one of + - * / % == != < <= > >= && ||; operands that are operations themselves get parentheses."""

    operator: str
    left: Expr
    right: Expr


class For(Struct, frozen=True):
    """A ``for`` expression over ``source``: an object when there is a ``key``, else a tuple. ``names`` are one or two identifiers."""

    names: tuple[str, ...]
    source: Expr
    value: Expr
    key: Expr | None = None
    condition: Expr | None = None


Expr = str | int | float | bool | None | Traversal | Call | Template | Tuple | Object | Conditional | Not | Binary | For


class Attribute(Struct, frozen=True):
    name: str
    value: Expr
    comments: tuple[str, ...] = ()


class Block(Struct, frozen=True):
    type: str
    labels: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    comments: tuple[str, ...] = ()


class Blank(Struct, frozen=True):
    """An empty line between attributes; between blocks there is one anyway."""


Item = Attribute | Block | Blank


def ref(*parts: str | Index) -> Traversal:
    return Traversal(parts)


def json(value: Expr) -> Call:
    return Call("jsonencode", (value,))
