"""Reading never fails, every place lies in the text, and every leaf is counted once, under a path of its own."""

from __future__ import annotations

from typing import Any

from k2l.errors import UserError
from k2l.source import Node, decode, load

FILE = "web.yaml"
# How a value can begin that does not begin with its own characters.
_MARKED = frozenset("\"'|>!&*?")


def check(data: bytes) -> None:
    try:
        text = decode(data, FILE)
    except UserError as error:
        _placed(error, data.decode("latin-1").split("\n"))
        return
    lines = text.removeprefix("\ufeff").split("\n")
    loaded = load(text, FILE)
    for problem in loaded.problems:
        _placed(problem, lines)
    for root in loaded.objects:
        _tree(root, lines)
    assert [root.plain() for root in load(text, FILE).objects] == [root.plain() for root in loaded.objects] or "nan" in text.lower()


def _placed(problem: UserError, lines: list[str]) -> None:
    assert problem.file == FILE
    assert problem.line is not None
    assert problem.column is not None
    assert 1 <= problem.line <= len(lines) + 1
    assert problem.column >= 1
    assert "\n" not in str(problem)


def _tree(root: Node, lines: list[str]) -> None:
    leaves = list(root.leaves())
    assert len(leaves) == _count(root.plain())
    assert len({leaf.steps() for leaf in leaves}) == len(leaves)
    for leaf in leaves:
        assert leaf.root() is root
        assert 1 <= leaf.line <= len(lines)
        assert 1 <= leaf.column <= len(lines[leaf.line - 1]) + 1
        _here(leaf, lines[leaf.line - 1][leaf.column - 1 :])


def _here(leaf: Node, rest: str) -> None:
    """A plain scalar of one line stands where it is said to."""
    written = leaf.text
    if written and rest and rest[0] not in _MARKED and "\n" not in written and " " not in written:
        assert rest.startswith(written)


def _count(value: Any) -> int:
    if isinstance(value, dict) and value:
        return sum(_count(each) for each in value.values())
    return sum(_count(each) for each in value) if isinstance(value, list) and value else 1
