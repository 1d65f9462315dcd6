"""Writes docs/conversion.md: what becomes of every field of every kind, from the mapping tables.

    python -m k2l.dev.docs           write it
    python -m k2l.dev.docs --check   exit 1 when it is not what would be written

The metadata of objects and the template of pods are the same for many kinds: they have tables of their own, and a kind's table shows only
where it differs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from k2l import tables
from k2l.fields import COLUMNS, SIGNS, Field, markdown_row, walk
from k2l.finding import Target
from k2l.kinds import by_api
from k2l.listing import Listing, as_markdown

INSTANCES = "Lambda Managed Instances"
PAGE = Path(__file__).parents[2] / "docs" / "conversion.md"
SHARED: Mapping[str, str] = {"PodTemplateSpec": "Pod template", "ObjectMeta": "Metadata"}


def page() -> str:
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# What becomes of each Kubernetes field"
    yield ""
    yield f"<!-- Generated from mappings/fields by `python -m k2l.dev.docs`; Kubernetes {tables.inventory().kubernetes}. -->"
    yield ""
    yield "For workloads that move to AWS Lambda. `k2l fields KIND` prints the same offline, and `k2l.json` in the output says which of"
    yield "these came true for each field of your manifests. What is close but not the same is `approximated` there, with its reason."
    yield ""
    yield f"- {SIGNS['mapped']} it becomes an attribute of a resource, or decides something; nothing is lost"
    yield f"- {SIGNS['dropped']} it has no counterpart, and the note says what is lost"
    yield f"- {SIGNS['not needed']} it has no meaning on AWS, so nothing is lost"
    yield f"- {SIGNS['kept']} it stays as it is, and the note says why"
    yield ""
    kinds = _kinds()
    for title in ("Terraform and SAM", *kinds, *SHARED.values(), INSTANCES):
        yield f"- [{title}](#{_anchor(title)})"
    yield ""
    yield "An object of any other kind is kept: it stays in your manifests, and a finding names it."
    yield from _formats()
    for title, (type_name, apis) in kinds.items():
        yield from _section(title, f"`{'`, `'.join(apis)}`", type_name)
    for type_name, title in SHARED.items():
        yield from _section(title, "Shared by the kinds above.", type_name)
    yield from _instances()


def _instances() -> Iterator[str]:
    """Rows of the tables of fields that Managed Instances have instead of Lambda's, by type."""
    yield ""
    yield f"## {INSTANCES}"
    yield ""
    yield "For workloads that go there, these hold in place of what is said above; the first part of a name is the Kubernetes type."
    yield ""
    rows = []
    for file in sorted(tables.path("compiled/fields").iterdir()):
        for suffix, fields in sorted(tables.table(f"fields/{file.stem}").items()):
            for field, targets in sorted(fields.items()):
                raw = targets.get(Target.MANAGED_INSTANCES)
                if raw is not None and raw != targets.get(Target.LAMBDA):
                    rows.append(markdown_row(Field(f"{suffix or file.stem}.{field}", "", tables.parse_row(raw))))
    yield as_markdown(Listing(("field", "becomes on Managed Instances", "note"), tuple(rows))).rstrip("\n")


def _formats() -> Iterator[str]:
    """What the formats call the resources that the tables of fields name."""
    terraform, sam = (tables.table(name)["resources"] for name in ("terraform", "sam"))
    yield ""
    yield "## Terraform and SAM"
    yield ""
    yield "Both come from one plan, so the tables below hold for both. What the plan calls `Function.memory_size` is `memory_size` of an"
    yield "`aws_lambda_function` in Terraform and `MemorySize` of an `AWS::Serverless::Function` in SAM."
    yield ""
    rows = (_format_row(name, terraform[name]["type"], sam[name]) for name in terraform if name in sam)
    yield as_markdown(Listing(("resource", "Terraform", "SAM"), tuple(rows))).rstrip("\n")


def _format_row(name: str, terraform: str, sam: Mapping[str, Any]) -> tuple[str, str, str]:
    place = f"`{sam['type']}`" if "type" in sam else f"within its {sam['within']}"
    return f"`{name}`", f"`{terraform}`", f"{place}, as an event `{sam['event']}`" if "event" in sam else place


def _kinds() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Title -> type and API versions, in the order of the titles."""
    by_type: dict[str, list[str]] = {}
    for api in by_api():
        if found := tables.type_of(api):
            by_type.setdefault(found, []).append(api)
    titled = {_title(type_name, apis): (type_name, tuple(a.partition(" ")[0] for a in sorted(apis))) for type_name, apis in by_type.items()}
    return dict(sorted(titled.items()))


def _title(type_name: str, apis: list[str]) -> str:
    kind = apis[0].rpartition(" ")[2]
    return kind if kind == type_name else f"{kind} {type_name.removeprefix(kind).lower()}"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _section(title: str, about: str, type_name: str) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield about
    yield ""
    rows = tuple(_rows(type_name))
    yield as_markdown(Listing(COLUMNS, rows)).rstrip("\n")


def _rows(type_name: str) -> Iterator[tuple[str, str, str]]:
    everything = tuple(walk(type_name))
    for field in walk(type_name, frozenset(SHARED) - {type_name}):
        shared = field.form.removeprefix("[]")
        if field.row is not None or shared not in SHARED:
            yield markdown_row(field)
            continue
        title = SHARED[shared]
        yield f"`{field.path}`", f"see [{title}](#{_anchor(title)})", "Only what differs is listed here."
        yield from (markdown_row(f) for f in _differing(everything, field.path, shared))


def _differing(everything: tuple[Field, ...], path: str, shared: str) -> Iterator[Field]:
    usual = {f"{path}.{f.path}": f.row for f in walk(shared)}
    return (f for f in everything if f.path.startswith(f"{path}.") and usual.get(f.path) != f.row)


def main() -> int:
    text = page() + "\n"
    if "--check" not in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"docs/{PAGE.name} is stale: run python -m k2l.dev.docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
