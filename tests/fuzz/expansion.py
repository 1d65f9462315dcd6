"""``$(VAR)`` is expanded as Kubernetes does: checked against its own algorithm, written down once more."""

from __future__ import annotations

from collections.abc import Mapping

from fuzz import _given
from k2l.converters.expansion import expand, names
from k2l.reference import of
from k2l.traced import Traced

SCOPE = {"A": "1", "B": "$(A)", "": "empty", "A B": "$$", "é": "x(y"}


def check(data: bytes) -> None:
    text = _given.text(data)
    scope = {name: Traced(of(value)) for name, value in SCOPE.items()}
    found = expand(Traced(text), scope).value
    assert found.known
    assert found.text == _kubernetes(text, SCOPE)
    assert expand(Traced(text.replace("$", "$$")), scope).value.text == text
    assert all(f"$({name})" in text for name in names(text))


def _kubernetes(text: str, scope: Mapping[str, str]) -> str:
    """https://github.com/kubernetes/kubernetes/blob/v1.34.0/third_party/forked/golang/expansion/expand.go"""
    found, checkpoint, cursor = "", 0, 0
    while cursor < len(text):
        if text[cursor] == "$" and cursor + 1 < len(text):
            found += text[checkpoint:cursor]
            read, is_name, advance = _operator(text[cursor + 1 :])
            found += scope.get(read, f"$({read})") if is_name else read
            cursor += advance
            checkpoint = cursor + 1
        cursor += 1
    return found + text[checkpoint:]


def _operator(rest: str) -> tuple[str, bool, int]:
    """tryReadVariableName: the text or name read, whether it is a name, and by how much to go on."""
    if rest[0] == "$":
        return "$", False, 1
    if rest[0] == "(":
        end = rest.find(")")
        return (rest[1:end], True, end + 1) if end > 0 else ("$(", False, 1)
    return f"${rest[0]}", False, 1
