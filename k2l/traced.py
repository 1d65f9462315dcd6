"""A value and every manifest place it came from; origins and secrecy are infectious, like the marks of go-cty.

https://github.com/zclconf/go-cty/blob/main/docs/marks.md
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from msgspec import Struct

from k2l.source import Node

T = TypeVar("T")
U = TypeVar("U")


class Traced(Struct, Generic[T], frozen=True):
    """``value`` with its ``origins`` (leaf nodes). ``sensitive`` values are never written, printed or logged.

    ``reason`` is a code of ``mappings/reasons.yaml`` when the value is only close to what the manifest said;
    ``note`` is the arithmetic or assumption behind it, shown beside the attribute.
    """

    value: T
    origins: tuple[Node, ...] = ()
    sensitive: bool = False
    reason: str | None = None
    note: str | None = None

    def __repr__(self) -> str:
        return "Traced(<sensitive>)" if self.sensitive else f"Traced({self.value!r})"

    def map(self, function: Callable[[T], U]) -> Traced[U]:
        """The same place, another value."""
        return Traced(function(self.value), self.origins, self.sensitive, self.reason, self.note)

    def because(self, *others: Traced[Any] | None) -> Traced[T]:
        """The same value, decided by these as well."""
        given = [other for other in others if other is not None]
        if not given:
            return self
        origins = merge(self.origins, *[other.origins for other in given])
        return Traced(self.value, origins, self.sensitive or any(other.sensitive for other in given), self.reason, self.note)

    def approximately(self, reason: str) -> Traced[T]:
        return Traced(self.value, self.origins, self.sensitive, reason, self.note)

    def noted(self, note: str) -> Traced[T]:
        return Traced(self.value, self.origins, self.sensitive, self.reason, note)


def merge(*origins: tuple[Node, ...]) -> tuple[Node, ...]:
    """All of these places once each, in order."""
    return tuple(dict.fromkeys([node for group in origins for node in group]))


def join(function: Callable[..., U], *parts: Traced[T]) -> Traced[U]:
    """``function`` of several traced values, from all their places, secret if one of them is."""
    return Traced(
        function(*(p.value for p in parts)),
        merge(*(p.origins for p in parts)),
        any(p.sensitive for p in parts),
        next((p.reason for p in parts if p.reason), None),
    )
