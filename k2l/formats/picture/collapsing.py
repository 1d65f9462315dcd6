"""Makes a crowded drawing readable: boxes of a column become one box with their number, as little as is needed.

First those of a namespace that have no links, then those with the same links, then whole namespaces, and last the smallest namespaces
together. The notes say what was put together, and the box's title names all of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from k2l.formats.picture.drawing import Box, Drawing, Link
from k2l.formats.text.words import count
from k2l.migration.dependencies import Relation

MOST = 24
"""Boxes of one column that still can be read."""

NAMED = 3
"""Members that a box names."""

Key = Callable[[Box], Hashable]


def collapsed(drawing: Drawing) -> Drawing:
    """The same drawing when no column is crowded."""
    for step in (_unlinked, _twins, _namespaces, _rest):
        drawing = _collapse(drawing, step(drawing))
    made = [box for box in drawing.boxes if box.members > 1]
    if not made:
        return drawing
    note = f"Put together, because there are many: {count(sum(box.members for box in made), 'item')} in {count(len(made), 'box', 'boxes')}"
    return replace(drawing, notes=(*drawing.notes, f"{note}; each is named in the title of its box"))


def _unlinked(drawing: Drawing) -> Key:
    linked = {end for link in drawing.links for end in (link.source, link.target)}
    return lambda box: None if box.id in linked else (box.group, box.noun)


def _twins(drawing: Drawing) -> Key:
    """Boxes with the same neighbours, in the same way."""
    around: dict[str, set[tuple[str, str, str]]] = {}
    for link in drawing.links:
        around.setdefault(link.source, set()).add((">", link.relation, link.target))
        around.setdefault(link.target, set()).add(("<", link.relation, link.source))
    return lambda box: (box.group, box.noun, frozenset(around.get(box.id, ())))


def _namespaces(_: Drawing) -> Key:
    return lambda box: (box.group, box.noun)


def _rest(drawing: Drawing) -> Key:
    """What stands behind the largest boxes of its column."""
    kept: set[str] = set()
    for column in _by_column(drawing.boxes).values():
        kept.update(box.id for box in sorted(column, key=lambda box: (-box.members, box.id))[: MOST - 1])
    return lambda box: None if box.id in kept else box.noun


def _by_column(boxes: Iterable[Box]) -> Mapping[int, list[Box]]:
    found: dict[int, list[Box]] = {}
    for box in boxes:
        found.setdefault(box.column, []).append(box)
    return found


def _collapse(drawing: Drawing, key: Key) -> Drawing:
    """Boxes of a crowded column with the same key become one; None is the key of those that stay."""
    into: dict[str, str] = {}
    made: list[Box] = []
    for boxes in _by_column(drawing.boxes).values():
        same: dict[Hashable, list[Box]] = {}
        for box in boxes:
            same.setdefault(key(box) if len(boxes) > MOST else None, []).append(box)
        for value, members in same.items():
            if value is None or len(members) == 1:
                made += members
            else:
                made.append(_together(members))
                into.update((member.id, made[-1].id) for member in members)
    return replace(drawing, boxes=tuple(made), links=_relinked(drawing.links, into)) if into else drawing


def _together(members: Sequence[Box]) -> Box:
    first = members[0]
    number = sum(member.members for member in members)
    groups = {member.group for member in members}
    looks = {member.look for member in members}
    names = tuple(name for member in members for name in member.names)
    detail = ", ".join((*names[:NAMED], *(("…",) if len(names) > NAMED else ())))
    return Box(
        id=f"{first.id} +{number - 1}",
        column=first.column,
        group=first.group if len(groups) == 1 else "",
        label=count(number, first.noun, _plural(first.noun)) + ("" if len(groups) == 1 else f" in {len(groups)} namespaces"),
        detail=detail,
        look=first.look if len(looks) == 1 else "mixed",
        title="; ".join(member.title for member in members),
        noun=first.noun,
        members=number,
        names=names,
    )


def _plural(noun: str) -> str:
    return {"way in": "ways in", "configuration": "configurations"}.get(noun, f"{noun}s")


def _relinked(links: Iterable[Link], into: Mapping[str, str]) -> tuple[Link, ...]:
    """Each pair once; what is within one box is gone with its boxes."""
    found: dict[tuple[str, str, Relation], int] = {}
    for link in links:
        key = into.get(link.source, link.source), into.get(link.target, link.target), link.relation
        if key[0] != key[1]:
            found[key] = found.get(key, 0) + link.number
    return tuple(Link(*key, number) for key, number in found.items())
