"""Gives the boxes and links of a drawing their places, in layers as Sugiyama has them: https://doi.org/10.1109/TSMC.1981.4308636

The columns are given. A link over several columns has a lane in each of those between, which all links of one kind to the same box
share, so that they come as one line. Boxes of a namespace stay together; they and the lanes are ordered by the mean of their neighbours'
places, to and fro, which leaves few crossings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from k2l.formats.picture.drawing import Box, Drawing, Link

WIDTH, HEIGHT, GAP = 184, 38, 72
"""Of a box, and between columns."""
ROW, LANE, CAPTION, HEAD, MARGIN = 10, 9, 18, 58, 16
"""Between boxes, for a line between them, for a namespace, for a column's heading, around everything."""
SWEEPS, SETTLING = 12, 8


class Placed(Struct, frozen=True):
    """``x`` and ``y`` are those of the upper left corner."""

    box: Box
    x: int
    y: int


class Caption(Struct, frozen=True):
    text: str
    x: int
    y: int


class Line(Struct, frozen=True):
    """``points`` are the ends of straight pieces, two by two: out of a box, along each lane, into a box."""

    link: Link
    points: tuple[tuple[int, int], ...]


class Layout(Struct, frozen=True):
    """``columns`` are left edge, heading, and what stands below it."""

    width: int
    height: int
    columns: tuple[tuple[int, str, str], ...]
    boxes: tuple[Placed, ...]
    captions: tuple[Caption, ...]
    lines: tuple[Line, ...]


class _Item(Struct):
    """A box, or a lane of the lines to ``id``; ``block`` is what has to stay together. ``y`` is its middle; ``kin`` says that some of
    those ``near`` are in its own column."""

    id: str
    block: str
    size: int
    box: Box | None = None
    y: float = 0.0
    near: list[_Item] = []
    kin: bool = False


def lay_out(drawing: Drawing) -> Layout:
    """Pure, and the same for the same drawing."""
    used = sorted({box.column for box in drawing.boxes})
    places = {column: place for place, column in enumerate(used)}
    made = _Columns(drawing, places)
    made.order()
    made.settle()
    lines = tuple(made.line(link) for link in drawing.links)
    boxes = tuple(Placed(i.box, _left(c), round(i.y - HEIGHT / 2)) for c, column in enumerate(made.columns) for i in column if i.box)
    headings = tuple((_left(place), *drawing.columns[column]) for column, place in places.items())
    height = max((box.y for box in boxes), default=0) + HEIGHT + MARGIN
    width = _left(len(used) - 1) + WIDTH + MARGIN if used else 2 * MARGIN
    return Layout(width, height, headings, boxes, tuple(made.captions()), lines)


def _left(column: int) -> int:
    return MARGIN + column * (WIDTH + GAP)


class _Columns:
    def __init__(self, drawing: Drawing, places: Mapping[int, int]) -> None:
        self.columns: list[list[_Item]] = [[] for _ in places]
        self._named = len({box.group for box in drawing.boxes if box.group}) > 1
        self._at = {box.id: places[box.column] for box in drawing.boxes}
        self._items: dict[tuple[str, int], _Item] = {}
        for box in sorted(drawing.boxes, key=lambda box: (box.group, box.id)):
            self._add(
                _Item(box.id, f"namespace {box.group}" if box.group else f"box {box.id}", HEIGHT + ROW, box, near=[]), self._at[box.id]
            )
        for link in drawing.links:
            way = list(self._way(link))
            for one, other in pairwise(way):
                one.near.append(other)
                other.near.append(one)
                if self._at[link.source] == self._at[link.target]:
                    one.kin = other.kin = True

    def _add(self, item: _Item, column: int) -> _Item:
        self._items[item.id, column] = item
        self.columns[column].append(item)
        return item

    def _way(self, link: Link) -> Iterator[_Item]:
        """The items that a link passes: its ends, and a lane in each column between."""
        start, end = self._at[link.source], self._at[link.target]
        step = 1 if end > start else -1
        yield self._items[link.source, start]
        for column in range(start + step, end, step):
            lane = f"{link.relation} to {link.target} {'>' if step > 0 else '<'}"
            yield self._items.get((lane, column)) or self._add(_Item(lane, f"lane {lane}", LANE, near=[]), column)
        if start != end or link.source != link.target:
            yield self._items[link.target, end]

    def order(self) -> None:
        """Sorts columns from left to right and back."""
        for column in self.columns:
            _stack(column)
        for sweep in range(SWEEPS):
            there = self.columns if sweep % 2 == 0 else self.columns[::-1]
            for column in there:
                _sort(column)
                _stack(column)

    def settle(self) -> None:
        """Moves what has room towards its neighbours, and everything as far up as it goes."""
        tallest = max((sum(item.size for item in column) for column in self.columns), default=0)
        for step in range(SETTLING):
            for column in self.columns if step % 2 == 0 else self.columns[::-1]:
                _pull(column, tallest)
        top = min((item.y - item.size / 2 for column in self.columns for item in column), default=0)
        for column in self.columns:
            shift = 0
            for item, first in _with_first(column):
                shift += CAPTION if self._captioned(item, first=first) else 0
                item.y += HEAD - top + shift

    def _captioned(self, item: _Item, *, first: bool) -> bool:
        return self._named and first and item.box is not None and bool(item.box.group)

    def captions(self) -> Iterator[Caption]:
        """Again where a gap parts a namespace."""
        for place, column in enumerate(self.columns):
            before = 0.0
            for item, first in _with_first(column):
                parted = first or item.y - before > 2 * item.size
                if item.box is not None and self._captioned(item, first=parted):
                    yield Caption(item.box.group, _left(place), round(item.y - HEIGHT / 2 - 5))
                before = item.y

    def line(self, link: Link) -> Line:
        start, end = self._at[link.source], self._at[link.target]
        way = list(self._way(link))
        if start == end:
            right = _left(start) + WIDTH
            return Line(link, ((right, round(way[0].y)), (right, round(way[-1].y))))
        step = 1 if end > start else -1
        points = []
        for place, item in enumerate(way):
            column = start + place * step
            enter, leave = _left(column) + (0 if step > 0 else WIDTH), _left(column) + (WIDTH if step > 0 else 0)
            points += [(enter, round(item.y))] * (place > 0) + [(leave, round(item.y))] * (place < len(way) - 1)
        return Line(link, tuple(points))


def _with_first(column: Sequence[_Item]) -> Iterator[tuple[_Item, bool]]:
    """Each item, and whether it is the first of its block."""
    before: str | None = None
    for item in column:
        yield item, item.block != before
        before = item.block


def _mean(item: _Item) -> float:
    """Of two in one column, each would take the other's place; half the way is enough."""
    wanted = [other.y for other in item.near]
    if item.kin or not wanted:
        wanted.append(item.y)
    return sum(wanted) / len(wanted)


def _sort(column: list[_Item]) -> None:
    """Blocks by the mean of their items' wishes, and items within a block by theirs."""
    wishes = {item.id: _mean(item) for item in column}
    blocks: dict[str, list[float]] = {}
    for item in column:
        blocks.setdefault(item.block, []).append(wishes[item.id])
    means = {block: sum(values) / len(values) for block, values in blocks.items()}
    column.sort(key=lambda item: (means[item.block], item.block, wishes[item.id], item.id))


def _stack(column: Iterable[_Item]) -> None:
    """One below the other, around the middle."""
    items = list(column)
    y = -sum(item.size for item in items) / 2
    for item in items:
        item.y = y + item.size / 2
        y += item.size


def _pull(column: Sequence[_Item], tallest: float) -> None:
    """Each item as near to the mean of its neighbours as its column allows, which keeps within the tallest one's height."""
    lowest = [0.0] * len(column)
    free = tallest / 2
    for place in range(len(column) - 1, -1, -1):
        free -= column[place].size
        lowest[place] = free + column[place].size / 2
    above = -tallest / 2
    for place, item in enumerate(column):
        item.y = min(max(_mean(item), above + item.size / 2), max(lowest[place], above + item.size / 2))
        above = item.y + item.size / 2
