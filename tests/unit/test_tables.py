"""The tables against the inventory of Kubernetes, the code and each other: nothing missing, nothing too much."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import fields

from k2l import tables
from k2l.aws.resource import Resource
from k2l.dev.tables import MAPPINGS, compile_tables
from k2l.kinds import by_api
from k2l.registry import collect
from k2l.tables import Row

WRITTEN = ("lambda", "fargate", "managed-instances")
CODE = Path(tables.__file__).parent
SOURCES = {file: file.read_text(encoding="utf-8") for file in CODE.rglob("*.py")}


@cache
def field_tables():
    """(target, type) -> table, as written."""
    import yaml

    files = sorted((MAPPINGS / "fields").rglob("*.yaml"))
    return {(file.parent.name, file.stem): yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


@cache
def rows() -> dict[str, Row]:
    """Every row of every table, by ``lambda/Container.image`` (with an exception's path in front of the field)."""
    return {
        ".".join(filter(None, (f"{target}/{name}", suffix, field))): tables.parse_row(row)
        for (target, name), table in field_tables().items()
        for suffix, group in {"": table["fields"], **table.get("exceptions", {})}.items()
        for field, row in group.items()
    }


@cache
def places(target: str = "lambda") -> dict[str, str]:
    """Every path of an object that a target's tables have to settle -> its type, from the kinds that k2l reads."""
    todo = {kind: kind for kind in map(tables.type_of, by_api()) if kind}
    found: dict[str, str] = {}
    while todo:
        path, name = todo.popitem()
        found[path] = name
        for field, form in tables.inventory().types[name].items():
            inner = form.removeprefix("[]")
            if inner in tables.inventory().types and tables.row(name, field, path, target) is None:
                todo[f"{path}.{field}"] = inner
    return found


def resources():
    todo = [Resource]
    while todo:
        kind = todo.pop()
        yield kind
        todo.extend(kind.__subclasses__())


def test_every_kind_that_is_read_is_in_the_inventory():
    assert {api for api in by_api() if tables.type_of(api) is None} == set()


def test_every_field_has_a_row_or_a_type_with_rows_of_its_own():
    types = tables.inventory().types
    missing = {
        f"{target}: {path}.{field}"
        for target in WRITTEN
        for path, name in places(target).items()
        for field, form in types[name].items()
        if tables.row(name, field, path, target) is None and form.removeprefix("[]") not in types
    }
    assert missing == set()


def test_every_table_is_named_after_its_type():
    assert {key for key, table in field_tables().items() if table["type"] != key[1]} == set()


def test_every_table_is_reached_from_a_kind():
    for target in WRITTEN:
        assert {name for of, name in field_tables() if of == target} <= set(places(target).values())


def test_no_row_is_for_a_field_that_kubernetes_lacks():
    known = {f"{name}.{field}" for name, fields in tables.inventory().types.items() for field in (*fields, "{}")}
    written = {(name, field) for (_, name), table in field_tables().items() for group in groups(table) for field in group}
    assert {f"{name}.{field.partition('[')[0]}" for name, field in written} <= known


def groups(table):
    return (table["fields"], *table.get("exceptions", {}).values())


def test_only_a_map_has_rows_for_its_keys():
    keyed = {
        (name, field.partition("[")[0])
        for (_, name), table in field_tables().items()
        for group in groups(table)
        for field in group
        if "[" in field
    }
    assert {f"{name}.{field}" for name, field in keyed if not tables.inventory().types[name][field].startswith("map[string]")} == set()


def test_every_exception_is_for_a_path_that_exists():
    wrong = {
        f"{name}: {suffix}"
        for (target, name), table in field_tables().items()
        for suffix in table.get("exceptions", {})
        if not any(of_type == name and f".{path}".endswith(f".{suffix}") for path, of_type in places(target).items())
    }
    assert wrong == set()


def test_no_target_repeats_a_common_row():
    assert {key for key, row in rows().items() if key.startswith("lambda/") and rows().get(f"common/{key[7:]}") == row} == set()


def test_every_attribute_that_a_row_names_exists():
    collect("k2l.aws", Resource)
    attributes = {f"{kind.__name__}.{field.name}" for kind in resources() for field in fields(kind)}
    assert {to for row in rows().values() for to in row.to} <= attributes


def test_every_converter_that_a_row_names_exists():
    converters = {file.stem for file in (CODE / "converters").glob("*.py")}
    assert {row.via for row in rows().values() if row.via} <= converters


def reasons_of_rows():
    named = (settled.reason for row in rows().values() for settled in (row, row.otherwise) if settled)
    return {code for code in named if code} | {row["reason"] for row in tables.table("sidecars")["left_out"]}


def test_every_reason_that_a_row_gives_has_a_sentence():
    assert reasons_of_rows() <= set(tables.reasons())


def test_every_reason_is_given_by_a_row_or_by_code():
    in_code = {text for source in SOURCES.values() for text in re.findall(r'"([a-z0-9-]+)"', source)}
    assert set(tables.reasons()) <= reasons_of_rows() | in_code


@pytest.mark.parametrize("pattern", [r'\.approximately\("([a-z-]+)"\)', r'Outcome\([^()]*Disposition\.[A-Z_]+, "([a-z-]+)"'])
def test_every_reason_that_code_gives_has_a_sentence(pattern):
    given = {code for source in SOURCES.values() for code in re.findall(pattern, source)}
    assert given
    assert given <= set(tables.reasons())


def test_every_number_that_code_reads_is_in_a_table():
    read = {found for source in SOURCES.values() for found in re.findall(r'limits\("([a-z]+)"\)\["([a-z_]+)"\]', source)}
    assert read
    assert {f"{service}.{name}" for service, name in read if name not in tables.limits(service)} == set()


@pytest.mark.parametrize("file", sorted(MAPPINGS.rglob("*.yaml")), ids=lambda file: file.relative_to(MAPPINGS).as_posix())
def test_rows_are_in_alphabetical_order(file):
    import yaml

    table = yaml.safe_load(file.read_text(encoding="utf-8"))
    ordered = [table] if file.stem == "reasons" else [table.get(name, {}) for name in ("fields", "exceptions", "limits")]
    ordered += table.get("exceptions", {}).values()
    assert [list(group) for group in ordered] == [sorted(group) for group in ordered]


def test_attributes_are_in_alphabetical_order():
    assert {key for key, row in rows().items() if list(row.to) != sorted(row.to)} == set()


def test_the_compiled_tables_are_those_that_make_tables_writes():
    texts, problems = compile_tables()
    compiled = MAPPINGS / "compiled"
    assert problems == []
    assert {file.relative_to(compiled).as_posix(): file.read_text(encoding="utf-8") for file in compiled.rglob("*.json")} == texts
