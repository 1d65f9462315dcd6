"""Writes ``mappings/schema/plan.schema.json`` from the structs of the report: ``python -m k2l.dev.report_schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from k2l.migration.report.report import SCHEMA, Report

PATH = Path(__file__).parents[2] / "mappings/schema/plan.schema.json"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12). Members may be added within a version; a reader has to change only for another one."""
    (made,), components = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    definitions: dict[str, Any] = dict(sorted(components.items()))
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = " ".join(definition["description"].split())
    definitions["Report"]["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "k2l plan --output FILE.json",
        "description": (Report.__doc__ or "").strip(),
        **made,
        "$defs": definitions,
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8", newline="\n")
