"""Texts of which parts are known only when a function starts: a Secret's value, a parameter, a variable that a Secret may define.

The JSON form and the meaning for the init stand in ``mappings/schema/init.schema.json``; ``k2l.contract`` writes it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Store = Literal["ssm", "secretsmanager"]


class Reference(Struct, frozen=True):
    """One value of a store, or every value of a Secret or below an SSM path when ``key`` is None and it is used for several.

    An ``optional`` one that is absent sets no variable and no file; within a text, ``otherwise`` stands in its place."""

    store: Store
    name: str
    key: str | None = None
    optional: bool = False
    otherwise: tuple[Part, ...] = ()

    def __str__(self) -> str:
        """``secretsmanager:shop/db#password?optional``: neither store allows ``#`` or ``?`` in a name or key."""
        key = "" if self.key is None else f"#{self.key}"
        return f"{self.store}:{self.name}{key}{'?optional' if self.optional else ''}"


class Unset(Struct, frozen=True):
    """A variable that may or may not exist at start; when it does not, ``$(name)`` stays as written."""

    name: str


Part = str | Reference | Unset


class Expanded(Struct, frozen=True):
    """A text in parts, written one after another; no two strings are neighbours and none is empty."""

    parts: tuple[Part, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the whole text is known now."""
        return all(isinstance(part, str) for part in self.parts)

    @property
    def text(self) -> str:
        """The text, when it is ``known``."""
        if not self.known:
            raise ValueError("a part of this text is known only when the function starts")
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def reference(self) -> Reference | None:
        """The reference, when the value is exactly one and is absent when that is."""
        only = self.parts[0] if len(self.parts) == 1 else None
        return only if isinstance(only, Reference) and not only.otherwise else None


def of(*parts: Part) -> Expanded:
    """An Expanded of ``parts``, neighbouring strings joined."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return Expanded(tuple(joined))
