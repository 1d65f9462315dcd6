"""What the user decided: k2l.yaml, and ``k2l.dev/*`` annotations on a workload or its pod template (the file wins).

jsonschema is imported only when there is a k2l.yaml to check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from k2l import tables, validation
from k2l.errors import UserError, UserErrors
from k2l.graph import Workload
from k2l.source import Node, load
from k2l.traced import Traced

ANNOTATION = "k2l.dev/"
FILE = "k2l.yaml"


class Overrides(Struct, frozen=True):
    """What was decided for one workload; None where nothing was. ``memory`` in MiB, ``timeout`` in seconds.

    ``cold_starts`` is ``allow`` or ``avoid`` (provisioned concurrency), ``secrets`` is ``literal`` to keep what looks like a credential
    as it is; ``image`` is what the main container runs; ``streaming`` says that answers are sent on while they are written; ``exposure``
    is ``public`` for what was private, or ``private`` for what was public."""

    target: Traced[str] | None = None
    memory: Traced[int] | None = None
    timeout: Traced[int] | None = None
    requests_per_pod: Traced[int] | None = None
    architecture: Traced[str] | None = None
    cold_starts: Traced[str] | None = None
    vpc: Traced[bool] | None = None
    name: Traced[str] | None = None
    secrets: Traced[str] | None = None
    exposure: Traced[str] | None = None
    image: Traced[str] | None = None
    streaming: Traced[bool] | None = None

    def __or__(self, stronger: Overrides) -> Overrides:
        names = self.__struct_fields__
        return Overrides(**{n: getattr(self, n) if getattr(stronger, n) is None else getattr(stronger, n) for n in names})


class Ignore(Struct, frozen=True):
    """Findings that are accepted: ``codes`` are codes or beginnings of them, ``globs`` what the object's kind, namespace, name and file
    look like, ``at`` the entry's place."""

    codes: tuple[str, ...]
    globs: Mapping[str, str]
    reason: str
    at: Node


class Vpc(Struct, frozen=True):
    """``subnet_ids`` are private ones, for functions and tasks, ``public_subnet_ids`` those for load balancers that the Internet
    reaches."""

    subnet_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]
    id: str | None = None
    public_subnet_ids: tuple[str, ...] = ()


class Settings(Struct, frozen=True):
    """``workloads`` are the entries of k2l.yaml by workload id; ``assumptions`` the bundle-wide numbers given there; ``target`` is the wish
    for every workload about which nothing else says one."""

    workloads: Mapping[str, Overrides] = field(default_factory=dict)
    assumptions: Mapping[str, Traced[Any]] = field(default_factory=dict)
    vpc: Vpc | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    file: str | None = None
    target: Traced[str] | None = None

    def check(self, workloads: Iterable[Workload]) -> None:
        """Raises UserErrors that name every annotation whose value it cannot have, so that all are mended at once."""
        wrong: dict[Node, UserError] = {}
        for workload in workloads:
            for key, value in (entry for given in _annotated(workload) for entry in given.items() if entry[0].startswith(ANNOTATION)):
                try:
                    _from_annotations({key: value})
                except UserError as error:
                    wrong[value.origins[0]] = error
        if wrong:
            raise UserErrors(wrong[at] for at in sorted(wrong, key=lambda at: (at.document.file, at.line, at.column)))

    def overrides(self, workload: Workload) -> Overrides:
        """Annotations of the pod template, then of the workload itself, then the file: the later one wins. Raises UserError for what
        ``check`` refuses."""
        found = Overrides(target=self.target)
        for given in _annotated(workload):
            if any(key.startswith(ANNOTATION) for key in given):
                found |= _from_annotations(given)
        return found | self.workloads[workload.id] if workload.id in self.workloads else found

    def author(self, value: Traced[Any]) -> str:
        """Who said so: a place in k2l.yaml, or an annotation of the manifest."""
        return FILE if value.origins[0].document.file == self.file else "annotation"

    def assumption(self, name: str) -> Traced[Any]:
        """A number that no manifest can know: the user's, else the default of ``mappings/aws/defaults.yaml`` (then without origins)."""
        return self.assumptions.get(name) or Traced(tables.limits("defaults")[name])


def parse(text: str, file: str = FILE) -> Settings:
    """k2l.yaml checked against its JSON Schema. Raises UserErrors that name every wrong place."""
    loaded = load(text, file)
    if loaded.problems:
        raise UserErrors(loaded.problems)
    if not loaded.objects:
        return Settings()
    root = loaded.objects[0]
    validation.check(root, schema())
    plain = root.value if isinstance(root.value, dict) else {}
    vpc = plain.get("vpc")
    return Settings(
        workloads={name: _from_map(entry) for name, entry in _entries(plain.get("workloads"))},
        assumptions={_python(k): Traced(n.value, (n,)) for k, n in _entries(plain.get("assumptions"))},
        vpc=Vpc(_strings(vpc, "subnet_ids"), _strings(vpc, "security_group_ids"), _text(vpc, "id"), _strings(vpc, "public_subnet_ids"))
        if vpc
        else None,
        select=_strings(root, "select"),
        ignore=_strings(root, "ignore"),
        ignores=tuple(_ignore(node) for node in _items(root.get("per-object-ignores"))),
        file=file,
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of k2l.yaml (2020-12), for editors too."""
    return validation.schema("k2l")


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    if node is not None and isinstance(node.value, dict):
        yield from node.value.items()


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.children() if node is not None and node.is_list else ()


def _ignore(node: Node) -> Ignore:
    said = {key: str(value.value) for key, value in _entries(node) if key != "codes"}
    return Ignore(_strings(node, "codes"), {key: glob for key, glob in said.items() if key != "reason"}, said["reason"].strip(), node)


def _strings(node: Node | None, key: str) -> tuple[str, ...]:
    found = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
    return tuple(str(n.value) for n in found.value) if found is not None and isinstance(found.value, tuple | list) else ()


def _text(node: Node, key: str) -> str | None:
    found = node.get(key)
    return str(found.value) if found is not None else None


def _python(name: str) -> str:
    return name.replace("-", "_")


def _from_map(node: Node) -> Overrides:
    found: dict[str, Traced[Any]] = {_python(key): Traced(n.value, (n,)) for key, n in _entries(node)}
    return Overrides(**found)


def _annotated(workload: Workload) -> tuple[Mapping[str, Traced[str]], ...]:
    """Its annotations, the stronger ones last."""
    return workload.pod.annotations, workload.manifest.metadata.strings("annotations")


def _from_annotations(annotations: Mapping[str, Traced[str]]) -> Overrides:
    """Annotation values are text; numbers and booleans are read by the same schema that checks the file."""
    properties = schema_of_overrides()
    found: dict[str, Traced[Any]] = {}
    for key, value in annotations.items():
        name = key.removeprefix(ANNOTATION)
        if not key.startswith(ANNOTATION) or name not in properties:
            continue
        found[_python(name)] = Traced(_typed(value, key, properties[name]), value.origins)
    return Overrides(**found)


def _typed(value: Traced[str], key: str, expected: Mapping[str, Any]) -> str | int | bool:
    at = value.origins[0]
    text = value.value.strip()
    if expected["type"] == "integer":
        if not text.isdigit() or not expected.get("minimum", 0) <= int(text) <= expected.get("maximum", int(text)):
            low, high = expected.get("minimum", 0), expected.get("maximum", "any")
            raise UserError(f"annotation {key} must be a whole number from {low} to {high}", at.document.file, at.line, at.column)
        return int(text)
    if expected["type"] == "boolean":
        if text not in ("true", "false"):
            raise UserError(f"annotation {key} must be true or false", at.document.file, at.line, at.column)
        return text == "true"
    if "enum" in expected and text not in expected["enum"]:
        raise UserError(f"annotation {key} must be one of {', '.join(expected['enum'])}", at.document.file, at.line, at.column)
    return text


@cache
def schema_of_overrides() -> Mapping[str, Any]:
    """What may be decided for one workload: name -> JSON Schema."""
    found: Mapping[str, Any] = schema()["$defs"]["workload"]["properties"]
    return found
