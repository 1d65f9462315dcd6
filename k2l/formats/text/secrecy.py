"""What must not be shown of a manifest: values of Secrets, and every other value that looks like a credential."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from k2l import tables
from k2l.converters.credential import Patterns, credential, read
from k2l.pipeline import Bundle
from k2l.source import Node

IDENTITY = "K2L4"
"""Rules with such a code are about identity and secrets: the value that one of them is about is not shown either."""


@cache
def _patterns() -> Patterns:
    return read(tables.table("credentials"))


class Secrecy:
    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @cached_property
    def _known(self) -> frozenset[Node]:
        found = {e.node for e in self._bundle.ledger.entries if e.sensitive}
        every = (*self._bundle.findings, *(each.finding for each in self._bundle.suppressed))
        return frozenset(found | {f.at for f in every if f.code.startswith(IDENTITY)})

    def hides(self, leaf: Node) -> bool:
        text = leaf.text if leaf.text is not None else str(leaf.value)
        return leaf in self._known or any(credential(name, value, _patterns()) for name, value in _readings(leaf, text))


def _readings(leaf: Node, text: str) -> Iterator[tuple[str, str]]:
    """The value under every name that it may have: its key, the name of a variable, the argument before it or in front of its ``=``."""
    name = leaf.parent.get("name") if leaf.parent is not None and leaf.key == "value" else None
    yield str(name.value) if name is not None else str(leaf.key or ""), text
    if isinstance(leaf.key, int) and leaf.parent is not None:
        before = leaf.parent.children()[leaf.key - 1] if leaf.key else None
        yield str(before.value) if before is not None else "", text
        option, _, value = text.partition("=")
        yield option, value
