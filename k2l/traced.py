"""A value and every manifest place it came from; origins and secrecy are infectious, like the marks of go-cty.

https://github.com/zclconf/go-cty/blob/main/docs/marks.md
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from k2l.source import Node

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Traced(Generic[T]):
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
        more = [o for other in others if other is not None for o in other.origins]
        hidden = self.sensitive or any(other.sensitive for other in others if other is not None)
        return replace(self, origins=merge(self.origins, tuple(more)), sensitive=hidden)

    def approximately(self, reason: str) -> Traced[T]:
        return replace(self, reason=reason)

    def noted(self, note: str) -> Traced[T]:
        return replace(self, note=note)


def merge(*origins: tuple[Node, ...]) -> tuple[Node, ...]:
    """All of these places once each, in order."""
    return tuple(dict.fromkeys(node for group in origins for node in group))


def join(function: Callable[..., U], *parts: Traced[T]) -> Traced[U]:
    """``function`` of several traced values, from all their places, secret if one of them is."""
    return Traced(
        function(*(p.value for p in parts)),
        merge(*(p.origins for p in parts)),
        any(p.sensitive for p in parts),
        next((p.reason for p in parts if p.reason), None),
    )
