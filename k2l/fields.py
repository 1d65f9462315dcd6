"""What becomes of each field of a kind, as the mapping tables say it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l import tables
from k2l.errors import UserError
from k2l.listing import Listing, code, escaped
from k2l.tables import Row

COLUMNS = ("field", "becomes on Lambda", "note")
SIGNS = {"mapped": "✓", "dropped": "✗", "not needed": "○", "kept": "=", "unhandled": "?"}


class Field(Struct, frozen=True):
    """``path`` is ``spec.template.spec.containers[].image``, ``form`` the type of its value; without a ``row`` no table says anything."""

    path: str
    form: str
    row: Row | None

    @property
    def fate(self) -> str:
        """A key of SIGNS."""
        if self.row is None:
            return "unhandled"
        return {"drop": "dropped", "irrelevant": "not needed", "keep": "kept"}.get(self.row.verb, "mapped")


def type_named(name: str) -> str:
    """The type of a kind (``Deployment``, or ``autoscaling/v1 HorizontalPodAutoscaler``) or the type itself (``Container``)."""
    inventory = tables.inventory()
    if name in inventory.kinds:
        return inventory.kinds[name]
    by_lower = {t.lower(): t for t in inventory.types}
    if name.lower() not in by_lower:
        raise UserError(f"Kubernetes {inventory.kubernetes} has no kind or type {name!r}{_meant(name)}")
    return by_lower[name.lower()]


def _meant(name: str) -> str:
    from difflib import get_close_matches

    inventory = tables.inventory()
    kinds = {kind.rpartition(" ")[2] for kind in inventory.kinds}
    names = {n.lower(): n for n in (*inventory.types, *kinds)}
    found = get_close_matches(name.lower(), names, n=1)
    return f"; did you mean {names[found[0]]}?" if found else ""


def walk(type_name: str, stops: frozenset[str] = frozenset()) -> Iterator[Field]:
    """Every field down to the row that settles it. A field of a type in ``stops`` is given as one without a row, and not entered."""
    yield from _walk(type_name, "", type_name, stops)


def _walk(type_name: str, path: str, parents: str, stops: frozenset[str]) -> Iterator[Field]:
    for name, form in tables.inventory().types[type_name].items():
        here = f"{path}.{name}" if path else name
        row = tables.row(type_name, name, parents)
        inner = form.removeprefix("[]")
        if row is None and inner in tables.inventory().types:
            below = f"{here}[]" if form.startswith("[]") else here
            if inner in stops:
                yield Field(below, form, None)
            else:
                yield from _walk(inner, below, f"{parents}.{name}", stops)
        else:
            yield Field(here, form, row)
        for key in _keys(type_name, name):
            if found := tables.row(type_name, key, parents):
                yield Field(f"{path}.{key}" if path else key, form, found)


def _keys(type_name: str, field: str) -> list[str]:
    """Rows of single keys, such as ``annotations[k2l.dev/*]``."""
    try:
        compiled = tables.table(f"fields/{type_name}")
    except FileNotFoundError:
        return []
    return sorted({name for fields in compiled.values() for name in fields if name.startswith(f"{field}[")})


def becomes(row: Row | None) -> str:
    """What takes the field's place, in words."""
    if row is None:
        return "unhandled: reported as such"
    if row.verb == "to":
        return ", ".join(row.to)
    if row.verb == "decides":
        return f"decides {row.what}"
    return {"drop": "nothing", "keep": "stays as it is"}.get(row.verb, "not needed")


def notes(row: Row | None, *, links: bool = False) -> Iterator[str]:
    """Sentences, in Markdown: why nothing takes its place, or when nothing does."""
    if row is None:
        return
    if row.reason:
        yield _sentence(row.reason, links=links)
    if row.via:
        yield f"Converted by `{row.via}`."
    if row.default is not None:
        yield f"{code(_written(row.default))} is the default and needs nothing."
    if row.otherwise and row.otherwise.reason:
        yield f"Where nothing follows from it: {_sentence(row.otherwise.reason, links=links)}"


def _sentence(reason: str, *, links: bool) -> str:
    found = tables.reason(reason)
    return f"{escaped(found.sentence)} ([source](<{found.source}>))" if links else found.sentence


def _written(default: str | int | bool) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def markdown_row(field: Field) -> tuple[str, str, str]:
    """Cells of field, what it becomes, and note."""
    return code(field.path), f"{SIGNS[field.fate]} {_cell(field.row)}", " ".join(notes(field.row, links=True))


def _cell(row: Row | None) -> str:
    return ", ".join(map(code, row.to)) if row is not None and row.verb == "to" else escaped(becomes(row))


def listing(name: str, form: str) -> Listing:
    """The table of one kind or type."""
    found = tuple(walk(type_named(name)))
    if form == "markdown":
        return Listing(COLUMNS, tuple(map(markdown_row, found)))
    if form == "json":
        return Listing(
            ("field", "type", "fate", "becomes", "reason", "note"),
            tuple((f.path, f.form, f.fate, becomes(f.row), _reason(f.row), " ".join(notes(f.row))) for f in found),
        )
    return Listing(("field", "", "becomes on Lambda"), tuple((f.path, SIGNS[f.fate], _short(f.row)) for f in found))


def _reason(row: Row | None) -> str:
    return "" if row is None else row.reason or (row.otherwise.reason if row.otherwise else "") or ""


def _short(row: Row | None) -> str:
    said = becomes(row)
    return f"{said}: {tables.reason(row.reason).sentence}" if row and row.reason else said
