"""HCL as typed values. Knows neither AWS nor Kubernetes.

A ``str`` is always a literal: what refers to something has a type of its own, so no text can become an expression.
https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Splat(Enum):
    """The index ``[*]``: every element of a list."""

    ALL = "*"


@dataclass(frozen=True, slots=True)
class Index:
    key: str | int | Splat


@dataclass(frozen=True, slots=True)
class Traversal:
    """``aws_lambda_function.web.arn``, ``var.weights["web"]``: identifiers and indexes, the first one an identifier."""

    parts: tuple[str | Index, ...]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A string made of literals and expressions written one after another."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Tuple:
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """``key`` is a literal when it is a ``str``, else an expression. Comments are lost where an object stands on one line."""

    key: str | Traversal | Template
    value: Expr
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Object:
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Expr
    yes: Expr
    no: Expr


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary:
    """``operator`` is one of + - * / % == != < <= > >= && ||; operands that are operations themselves get parentheses."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class For:
    """A ``for`` expression over ``source``: an object when there is a ``key``, else a tuple. ``names`` are one or two identifiers."""

    names: tuple[str, ...]
    source: Expr
    value: Expr
    key: Expr | None = None
    condition: Expr | None = None


Expr = str | int | float | bool | None | Traversal | Call | Template | Tuple | Object | Conditional | Not | Binary | For


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    value: Expr
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    type: str
    labels: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line between attributes; between blocks there is one anyway."""


Item = Attribute | Block | Blank


def ref(*parts: str | Index) -> Traversal:
    return Traversal(parts)


def json(value: Expr) -> Call:
    return Call("jsonencode", (value,))
