"""The dependencies and waves as a picture: SVG to stand in a page, without script, font, or anything from elsewhere.

Colours are CSS variables of the page (``--k2l-ink`` and others) with values of their own for light and dark. What moves stands in a column
for its wave; links lead from the caller to what it calls. Every box names its object in full to whoever points at it or has it read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from k2l.formats.picture.collapsing import collapsed
from k2l.formats.picture.drawing import Drawing, draw
from k2l.formats.picture.layout import GAP, HEIGHT, MARGIN, WIDTH, Layout, Line, Placed, lay_out
from k2l.formats.text.words import count
from k2l.migration.dependencies import Dependencies, Relation
from k2l.migration.waves import Waves
from k2l.printable import printable

LETTERS, SMALL_LETTERS = 22, 28
"""How many of each fit into a box, of ordinary width."""
KEY = 26
"""Height of a line below the picture."""
_KEYS = ((Relation.CALLS, "calls"), (Relation.ROUTES, "sends requests to"), (Relation.SHARES, "shares"))


def svg(dependencies: Dependencies, waves: Waves) -> str:
    """One ``<svg>`` element; the same text for the same dependencies."""
    drawing = collapsed(draw(dependencies, waves))
    return "\n".join(_picture(drawing, lay_out(drawing), dependencies)) + "\n"


def _picture(drawing: Drawing, layout: Layout, found: Dependencies) -> Iterator[str]:
    height = layout.height + KEY * (1 + len(drawing.notes)) + MARGIN
    width = max(layout.width, 560)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="k2l-picture" role="img" aria-labelledby="k2l-picture-title k2l-picture-desc" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    )
    yield '<title id="k2l-picture-title">Dependencies and waves</title>'
    yield f'<desc id="k2l-picture-desc">{_text(_description(drawing, found))}</desc>'
    yield f"<style>{_style()}</style>"
    yield f"<defs>{''.join(_marker(str(relation)) for relation, _ in _KEYS)}</defs>"
    for place, (left, heading, below) in enumerate(layout.columns):
        yield f'<rect class="band{place % 2}" x="{left - GAP // 4}" y="0" width="{WIDTH + GAP // 2}" height="{layout.height}" rx="8"/>'
        yield f'<text class="head" x="{left}" y="24">{_text(heading)}</text><text class="small" x="{left}" y="40">{_text(below)}</text>'
    for line in layout.lines:
        yield _line(line)
    for caption in layout.captions:
        yield f'<text class="space" x="{caption.x}" y="{caption.y}">{_text(_short(caption.text, SMALL_LETTERS))}</text>'
    for placed in layout.boxes:
        yield _box(placed)
    yield from _key({_kind(link.relation) for link in drawing.links}, layout.height + KEY)
    for place, note in enumerate(drawing.notes):
        yield f'<text class="small" x="{MARGIN}" y="{layout.height + KEY * (2 + place)}">{_text(note)}</text>'
    yield "</svg>"


def _description(drawing: Drawing, found: Dependencies) -> str:
    columns: dict[int, int] = {}
    for box in drawing.boxes:
        columns[box.column] = columns.get(box.column, 0) + box.members
    said = "; ".join(f"{drawing.columns[column][0]}: {columns[column]}" for column in sorted(columns))
    calls = sum(edge.relation is Relation.CALLS for edge in found.edges)
    return f"{said}. {count(calls, 'call')} between them. " + ". ".join(drawing.notes)


def _box(placed: Placed) -> str:
    box, x, y = placed.box, placed.x, placed.y
    behind = f'<rect class="behind" x="{x + 4}" y="{y + 4}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>' if box.members > 1 else ""
    return (
        f'<g class="box {box.look}"><title>{_text(box.title)}</title>{behind}'
        f'<rect class="face" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<rect class="side" x="{x}" y="{y}" width="6" height="{HEIGHT}" rx="3"/>'
        f'<text class="name" x="{x + 14}" y="{y + 16}">{_text(_short(box.label, LETTERS))}</text>'
        f'<text class="small" x="{x + 14}" y="{y + 30}">{_text(_short(box.detail, SMALL_LETTERS))}</text></g>'
    )


def _line(line: Line) -> str:
    link = line.link
    number = f" ({link.number} times)" if link.number > 1 else ""
    title = f"{link.source} {_said(link.relation)} {link.target}{number}"
    return f'<path class="line {_kind(link.relation)}" d="{_path(line)}"><title>{_text(title)}</title></path>'


def _said(relation: Relation) -> str:
    return dict(_KEYS).get(relation, str(relation))


def _kind(relation: Relation) -> str:
    """Mounted or shared: the same to the eye."""
    return str(Relation.SHARES if relation is Relation.MOUNTS else relation)


def _path(line: Line) -> str:
    """Straight along boxes, bent between columns; within a column a bow at its right."""
    (x, y), *rest = line.points
    found = [f"M{x} {y}"]
    if len(rest) == 1 and rest[0][0] == x:
        (to_x, to_y) = rest[0]
        bow = x + GAP // 2 - 6
        return f"M{x} {y}C{bow} {y} {bow} {to_y} {to_x} {to_y}"
    for place, (to_x, to_y) in enumerate(rest):
        middle = (x + to_x) // 2
        found.append(f"C{middle} {y} {middle} {to_y} {to_x} {to_y}" if place % 2 == 0 else f"H{to_x}")
        x, y = to_x, to_y
    return "".join(found)


def _marker(kind: str) -> str:
    return (
        f'<marker id="k2l-end-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        f'<path class="end {kind}" d="M0 0.5L7.5 4L0 7.5z"/></marker>'
    )


def _key(used: set[str], y: int) -> Iterator[str]:
    x = MARGIN
    for relation, said in (key for key in _KEYS if str(key[0]) in used):
        yield f'<path class="line {relation}" d="M{x} {y - 4}H{x + 40}"/><text class="small" x="{x + 48}" y="{y}">{said}</text>'
        x += 170


def _short(text: str, most: int) -> str:
    """No wider than ``most`` ordinary letters; the whole text stands in the title."""
    wide = [_width(letter) for letter in text]
    if sum(wide) <= most:
        return text
    while sum(wide) > most - 1:
        wide.pop()
    return f"{text[: len(wide)]}…"


def _width(letter: str) -> float:
    """In ordinary letters, for any font without serifs; scripts with broad signs (U+1100 and after) take two."""
    if letter >= "\u1100":
        return 2
    return 1.35 if letter.isupper() or letter in "mw@%${}" else 0.6 if letter in "fijlt.,:;|!'()[]" else 1


def _text(text: str) -> str:
    """For SVG's text: nothing of a manifest may become markup, or a character that no XML may hold."""
    return escape(printable(text), quote=True)


@cache
def _style() -> str:
    return Path(__file__).with_name("picture.css").read_text(encoding="utf-8").strip()
