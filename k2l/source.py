"""YAML as kubectl reads it, as a tree of located nodes. Knows no Kubernetes but its lists.

The text is cut at ``---`` lines, as kubectl cuts it, and each part is parsed by itself: a broken document does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import force_setattr, replace
from yaml.events import DocumentStartEvent

from k2l.errors import UserError
from k2l.syntax import jsontext, messages, remarks
from k2l.syntax.encoding import decode
from k2l.syntax.node import Document, Node, Remark, Scalar, step_of
from k2l.syntax.tree import Memory, Tree

__all__ = ["Document", "Loaded", "Node", "Remark", "Scalar", "decode", "load", "step_of"]

_Parser: Any = yaml._yaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # noqa: SLF001 - public in its own package, without an export
_BREAK = re.compile(r"\n(?=---(?:[ \t\r\n]|\Z))")
_DIRECTIVES = re.compile(r"(?:[ \t]*(?:#.*)?\n)*%.*\n(?:(?:%|[ \t]*#).*\n|[ \t]*\n)*\Z")
_TEMPLATE = re.compile(r"(?:---.*\n)?(?:[ \t]*(?:#.*)?\n)*?# Source: (\S.*)")


class Loaded(Struct, frozen=True):
    """``objects`` are the roots of all documents that could be read, without empty ones, the members of lists each on its own;
    ``problems`` say why the others could not be. A document with a problem gives no object."""

    objects: tuple[Node, ...]
    problems: tuple[UserError, ...] = ()


def load(text: str, file: str, template: str | None = None) -> Loaded:
    """The objects of a YAML or JSON stream, with every position; ``file`` is what Document.file and problems call it, ``template`` what
    all of it was rendered from (a document may name its own).

    Members of a ``kind: List`` (or ``*List``) are objects of their own (``parent`` None). Lines and columns count characters from 1.
    Never raises for what the text says: see Loaded.problems."""
    objects: list[Node] = []
    problems: list[UserError] = []
    memory = Memory()
    index = 0
    parts = tuple(_parts(text, template))
    said = remarks.find((part.text, part.first) for part in parts)
    for part in (replace(part, remarks=said) for part in parts) if said else parts:
        for found in _documents(part, file, index, memory):
            index += 1
            problems += found.problems
            for root in found.objects:
                _unpack(root, objects, problems)
    return Loaded(tuple(objects), tuple(problems))


class _Part(Struct, frozen=True):
    """A piece of a file that can be parsed by itself; ``first`` is the number of its first line."""

    text: str
    first: int
    whole: str | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def template(self) -> str | None:
        found = _TEMPLATE.match(self.text) if "# Source: " in self.text else None
        return found[1].rstrip() if found else self.whole


def _parts(text: str, template: str | None) -> Iterator[_Part]:
    # A file put together from several may have byte order marks inside.
    text = re.sub("^\ufeff", "", text, flags=re.MULTILINE) if "\ufeff" in text else text
    # kubectl ends every line, and a block scalar keeps that line end.
    text = text if text.endswith("\n") else text + "\n"
    start, line = 0, 1
    breaks = [match.end() for match in _BREAK.finditer(text)]
    for end in (*breaks, len(text)):
        part = _Part(text[start:end], line, template)
        if end < len(text) and "%" in part.text and _DIRECTIVES.match(part.text):
            continue
        yield part
        line += part.text.count("\n")
        start = end


def _documents(part: _Part, file: str, index: int, memory: Memory) -> list[Loaded]:
    """Every document of ``part``, each with its object or its problems, up to the first place where YAML cannot go on."""
    found: list[Loaded] = []
    try:
        found.extend(_read(_Parser(part.text).get_event, part, file, index, memory))
    except yaml.YAMLError as error:
        if part.text.lstrip().startswith(("{", "[")):
            with suppress(jsontext.NotJson):
                return list(_read(jsontext.events(part.text).__next__, part, file, index, memory))
        found.append(Loaded((), (messages.explain(error, part.text, file, part.first),)))
    return found


def _read(events: Callable[[], Any], part: _Part, file: str, index: int, memory: Memory) -> Iterator[Loaded]:
    events()
    while type(events()) is DocumentStartEvent:
        event = events()
        document = Document(file, index, event.start_mark.line + part.first, part.template, part.remarks)
        tree = Tree(events, document, part.first, memory)
        try:
            root = tree.build(event)
        except UserError as error:
            template = messages.template(part.text, (error.line or part.first) - part.first, file, part.first)
            yield Loaded((), (*tree.problems, template or error))
            return
        events()
        if tree.problems:
            yield Loaded((), tuple(tree.problems))
        elif root.value is not None:
            yield Loaded((root,))
        index += 1


def _unpack(root: Node, objects: list[Node], problems: list[UserError]) -> None:
    """Appends ``root``, or the members of the list that it is."""
    kind, items = root.get("kind"), root.get("items")
    if kind is None or items is None or not isinstance(kind.value, str) or not kind.value.endswith("List"):
        objects.append(root)
        return
    if items.value is not None and not items.is_list:
        problems.append(_problem(items, "items of a list must be a YAML list; write each item with '- '"))
    for item in items.children() if items.is_list else ():
        if item.is_map:
            _free(item, root, kind)
            _unpack(item, objects, problems)
        else:
            problems.append(_problem(item, "an item of a list must be an object; remove it or write the object"))


def _free(item: Node, owner: Node, kind: Node) -> None:
    """Makes a member an object. In a typed list (``ConfigMapList``) members need not say what they are: then the list says it."""
    force_setattr(item, "parent", None)
    force_setattr(item, "key", None)
    api_version = owner.get("apiVersion")
    if item.get("kind") or item.get("apiVersion") or kind.value == "List" or api_version is None:
        return
    said = {
        "apiVersion": replace(api_version, parent=item),
        "kind": replace(kind, value=str(kind.value).removesuffix("List"), parent=item),
    }
    force_setattr(item, "value", {**said, **(item.value if isinstance(item.value, dict) else {})})


def _problem(node: Node, message: str) -> UserError:
    return UserError(message, node.document.file, node.line, node.column)
