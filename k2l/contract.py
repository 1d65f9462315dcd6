"""The contract between a function and the init in its image, as JSON: ``images/<function>/init.json``.

What its fields mean, the syntax of references and what the init does with them stand in ``mappings/schema/init.schema.json``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from msgspec import json

from k2l.aws.build_context import Assignment, Assignments, BuildContext, File, Listener, Readiness, Run
from k2l.reference import Expanded, Part, Reference, Unset
from k2l.traced import Traced

SCHEMA = "k2l.init/v1"

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
T = TypeVar("T")


def to_json(context: BuildContext) -> str:
    """The contract as text: keys sorted, lists in the order in which the init goes through them, a newline at the end.

    Raises ValueError when a sensitive value would be written; the message names the place and never the value."""
    text = json.format(json.encode(document(context), order="sorted"), indent=2)
    return f"{text.decode()}\n"


def document(context: BuildContext) -> dict[str, Json]:
    """The contract as plain data. Raises ValueError as ``to_json`` does."""
    return {
        "schema": SCHEMA,
        "function": context.key,
        "mode": context.mode,
        "image": {"source": _open(context.source_image, "image"), "architecture": _open(context.architecture, "image")},
        "command": _texts(context.command, "command"),
        "args": _texts(context.args, "args"),
        "workingDir": None if context.working_directory is None else _text(_open(context.working_directory, "workingDir")),
        "environment": [_variable(entry) for entry in context.environment],
        "files": [_file(file) for file in context.files],
        "writable": [{"path": w.place, "target": w.target} for w in context.writable_paths],
        "links": [{"path": link.place, "target": link.target} for link in context.links],
        "listen": [_listener(entry) for entry in context.listen],
        "http": None if context.port is None else {"port": context.port.value, "readiness": _readiness(context.readiness)},
        "job": _run(context.run),
    }


def baked_files(context: BuildContext) -> dict[str, str | bytes]:
    """The contents that the image takes in, by their path in the build context. Raises ValueError for a sensitive one."""
    found: dict[str, str | bytes] = {}
    for file in context.files:
        content = file.content.value
        if isinstance(content, Reference):
            continue
        if file.content.sensitive:
            raise _refused(f"file {file.place}")
        found[source(file)] = content
    return found


def source(file: File) -> str:
    """Where a baked file lies in the build context: under its own path if any system and any Dockerfile can read that as it stands."""
    if re.fullmatch(r"(/[A-Za-z0-9_.-]{1,100}){1,20}", file.place):
        return f"files{file.place}"
    return f"files/.k2l/{sha256(file.place.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def mode(file: File) -> str:
    """As ``chmod`` takes it: 0644. What is baked into the image belongs to root, and the workload runs as somebody else: it may do with the
    file what the owner may, except write. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"""
    given = file.mode.value & 0o7777
    owners = 0 if isinstance(file.content.value, Reference) else given >> 6 & 0o5
    return f"{given | owners << 3 | owners:04o}"


def _open(value: Traced[T], where: str) -> T:
    if value.sensitive:
        raise _refused(where)
    return value.value


def _refused(where: str) -> ValueError:
    return ValueError(f"the init contract may not hold the sensitive value of {where}")


def _texts(texts: tuple[Traced[Expanded], ...] | None, where: str) -> Json:
    return None if texts is None else [_text(_open(text, f"{where}[{index}]")) for index, text in enumerate(texts)]


def _text(text: Expanded) -> Json:
    return text.text if text.known else {"parts": [_part(part) for part in text.parts]}


def _part(part: Part) -> Json:
    match part:
        case str():
            return part
        case Reference():
            # One that is always there needs nothing in its place.
            return {"from": str(part)} | ({"else": [_part(p) for p in part.otherwise]} if part.optional else {})
        case Unset():
            return {"variable": part.name}


def _variable(entry: Assignment | Assignments) -> Json:
    if isinstance(entry, Assignments):
        return {"prefix": entry.prefix, "from": str(_open(entry.reference, "environment"))}
    value = _open(entry.value, f"environment variable {entry.name}")
    if value.known:
        return {"name": entry.name, "value": value.text}
    if value.reference is not None:
        return {"name": entry.name, "from": str(value.reference)}
    return {"name": entry.name, "parts": [_part(part) for part in value.parts]}


def _file(file: File) -> Json:
    content = file.content.value
    common = {"path": file.place, "mode": mode(file)}
    if isinstance(content, Reference):
        return common | {"from": str(content), "target": file.target}
    return common | {"source": source(file)}


def _listener(entry: Listener) -> Json:
    return {"port": entry.port.value, "target": str(Reference("ssm", entry.target.value)), "timeout": entry.timeout.value}


def _readiness(readiness: Readiness | None) -> Json:
    if readiness is None:
        return None
    return {
        "protocol": readiness.protocol.value,
        "port": readiness.port.value,
        "path": readiness.path.value if readiness.path else None,
        "statuses": readiness.statuses,
        "asyncInit": readiness.async_init.value if readiness.async_init else False,
    }


def _run(run: Run | None) -> Json:
    if run is None:
        return None
    return {
        "timeout": run.timeout.value if run.timeout else None,
        "deadline": run.deadline.value if run.deadline else None,
        "gracePeriod": run.grace_period.value if run.grace_period else None,
    }
