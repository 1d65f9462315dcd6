"""Checks the tables of mappings/ and writes the JSON that the program reads, mappings/compiled/.

    python -m k2l.dev.tables

What is wrong is said as ``mappings/fields/lambda/Container.yaml:11: ...`` and nothing is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from k2l.source import Node, load

MAPPINGS = Path(__file__).parents[2] / "mappings"
Problems = list[str]


def compile_tables(folder: Path = MAPPINGS) -> tuple[dict[str, str], Problems]:
    """File name below ``compiled/`` -> text, and what is wrong with the tables."""
    problems: Problems = []
    made: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for file in sorted(folder.rglob("*.yaml")):
        parts = file.relative_to(folder).with_suffix("").parts
        root, unreadable = _read(file, folder)
        problems += unreadable
        if root is None:
            continue
        raw = plain(root)
        problems += _check(root, raw, folder, _schema(parts))
        if parts[0] != "fields":
            made["/".join(parts)] = raw
        elif not problems:
            _merge(types.setdefault(parts[2], {}), raw, parts[1])
    made |= {f"fields/{name}": table for name, table in types.items()}
    return {f"{name}.json": json.dumps(raw, indent=1, sort_keys=True) + "\n" for name, raw in made.items()}, problems


def _read(file: Path, folder: Path) -> tuple[Node | None, Problems]:
    loaded = load(file.read_text(encoding="utf-8"), file.relative_to(folder.parent).as_posix())
    problems = [str(problem) for problem in loaded.problems]
    return (loaded.objects[0] if loaded.objects and not problems else None), problems


def plain(node: Node) -> Any:
    """The values below a node, without their places."""
    if isinstance(node.value, Mapping):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(value) for value in node.value] if isinstance(node.value, list | tuple) else node.value


def _schema(parts: tuple[str, ...]) -> str:
    """``fields`` and ``aws`` have one schema for all their files, any other table one of its name, if there is one."""
    name = {"fields": "fields", "aws": "limits"}.get(parts[0], parts[-1])
    return f"schema/{name}.schema.json"


def _check(root: Node, raw: Any, folder: Path, schema: str) -> Iterator[str]:
    if not (folder / schema).exists():
        return
    validator = Draft202012Validator(json.loads((folder / schema).read_text(encoding="utf-8")))
    for error in sorted(validator.iter_errors(raw), key=lambda e: [str(step) for step in e.absolute_path]):
        at = _descend(root, error.absolute_path)
        yield f"{at.document.file}:{at.key_line or at.line}: {_said(error)}"


def _said(error: ValidationError) -> str:
    """The schema's own words where the validator's cannot say what is wanted."""
    words: str | None = error.schema.get("description") if isinstance(error.schema, Mapping) else None
    return words if words and error.validator in _VAGUE else error.message


_VAGUE = ("anyOf", "dependentRequired", "oneOf", "pattern")


def _descend(node: Node, path: Iterable[str | int]) -> Node:
    for step in path:
        if isinstance(node.value, Mapping):
            node = node.value[str(step)]
        elif isinstance(node.value, list | tuple) and isinstance(step, int):
            node = node.value[step]
    return node


def _merge(into: dict[str, Any], table: Mapping[str, Any], target: str) -> None:
    """One target's rows into those of a type: path suffix ("" for the type) -> field -> target -> row."""
    for suffix, rows in {"": table.get("fields", {}), **table.get("exceptions", {})}.items():
        for field, row in rows.items():
            into.setdefault(suffix, {}).setdefault(field, {})[target] = row


def write(texts: Mapping[str, str], folder: Path) -> None:
    """Exactly these files, and no others, below ``folder``."""
    for old in folder.rglob("*.json"):
        if old.relative_to(folder).as_posix() not in texts:
            old.unlink()
    for name, text in texts.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def main() -> int:
    texts, problems = compile_tables()
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    write(texts, MAPPINGS / "compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
