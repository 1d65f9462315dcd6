"""Where a field of an object leads in the inventory and the field tables, and what that says of a value there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from k2l.tables import EMPTY_VALUE, KUBERNETES_DEFAULT, Row, inventory, row, row_of_key


class Resolved(Struct, frozen=True):
    """The row of a leaf (None where no table says anything), and the type and field that it is a row of.

    ``known`` is False when Kubernetes has no such field; ``type`` and ``field`` say where it would be, ``suggestion`` what may be meant.
    ``compound`` says that the leaf ends where a map, list or object is expected, so that it can only be empty; ``empty`` is what that
    means, if it means something."""

    row: Row | None
    type: str
    field: str
    known: bool = True
    suggestion: str | None = None
    compound: bool = False
    empty: Row | None = None

    def settle(self, value: Any) -> Row | None:
        """The row that holds when no code carried the leaf: drop, irrelevant, or ``decides`` for what is read with its object (a name,
        a selector). None leaves it unhandled: a promise to carry it, or to place by it, that nobody kept."""
        if not self.known:
            return None
        if self.compound:
            empty = value is None or (isinstance(value, (dict, list)) and not value)
            return _final(self.empty or EMPTY_VALUE) if empty else None
        if value is None:
            return EMPTY_VALUE
        if self.row is None:
            return None
        default = self.row.default
        return KUBERNETES_DEFAULT if default is not None and (type(value), value) == (type(default), default) else _final(self.row)


def _final(row: Row) -> Row | None:
    if row.reason or (row.verb == "decides" and row.what != "placement" and row.otherwise is None):
        return row
    return row.otherwise


def resolve(kind_type: str, steps: tuple[str | int, ...], target: str = "lambda") -> Resolved:
    """Where ``steps`` (keys and indices from the object's root) lead in the inventory, and the row there for ``target``.

    A row on a field of compound type closes all that is below it; a compound field without a row is descended into."""
    way = start(kind_type, target)
    for step in steps:
        way = way.step(step)
    return way.resolved


class Way(Struct, eq=False):
    """Where a walk from an object's root is. What lies below is worked out when somebody goes there, and once: all items of a list are
    one place, so that 1,000 containers ask once."""

    _place: _Place
    _unknown: Resolved | None = None
    _resolved: Resolved | None = None
    _below: dict[str | int, Way] = field(default_factory=dict)

    def step(self, step: str | int) -> Way:
        key = 0 if isinstance(step, int) else step
        found = self._below.get(key)
        if found is None:
            found = self._below[key] = self._entered(key)
        return found

    def _entered(self, step: str | int) -> Way:
        if self._unknown is not None or self._place.form == "object":
            return self
        place = replace(self._place)
        return Way(place) if place.enter(step) else Way(place, place.unknown(str(step)))

    @property
    def resolved(self) -> Resolved:
        """What the tables say of a leaf here: see ``resolve``."""
        if self._resolved is None:
            self._resolved = self._unknown or self._place.resolved()
        return self._resolved


@cache
def start(kind_type: str, target: str = "lambda") -> Way:
    """At the root of an object of this type."""
    return Way(_Place(kind_type, kind_type, target))


class _Place(Struct):
    """Where a walk is: the form there, the dotted ``path`` of fields to it, and the row first met with its type, field and holder."""

    form: str
    path: str
    target: str
    row: Row | None = None
    type: str = ""
    field: str = ""
    holder: str = ""

    def enter(self, step: str | int) -> bool:
        """Goes one step down; False when nothing is there."""
        if isinstance(step, int):
            entered, self.form = self.form.startswith("[]"), self.form.removeprefix("[]")
            return entered
        if self.form.startswith("map[string]"):
            self.form = self.form.removeprefix("map[string]")
            if self.row and self.path == f"{self.holder}.{self.field}":
                self.row = row_of_key(self.type, self.field, step, self.holder, self.target)
            return True
        return self._enter_field(step)

    def _enter_field(self, field: str) -> bool:
        form = inventory().types.get(self.form, {}).get(field)
        if form is None:
            return False
        if self.row is None:
            self.type, self.field, self.holder = self.form, field, self.path
            self.row = row(self.form, field, self.path, self.target)
        self.form, self.path = form, f"{self.path}.{field}"
        return True

    def resolved(self) -> Resolved:
        compound = self.form in inventory().types or self.form.startswith(("[]", "map["))
        return Resolved(self.row, self.type, self.field, compound=compound, empty=row(self.form, "{}", self.path, self.target))

    def unknown(self, step: str) -> Resolved:
        fields = inventory().types.get(self.form)
        if fields is None:
            return Resolved(self.row, self.type, self.field, known=False)
        return Resolved(self.row, self.form, step, known=False, suggestion=_nearest(step, fields))


def _nearest(name: str, fields: Mapping[str, str]) -> str | None:
    from difflib import get_close_matches

    by_lower = {field.lower(): field for field in fields}
    found = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[found[0]] if found else None
