"""The build contexts of the functions' images, written by every output format: ``images/<function>/``.

Each holds the contract with the init (``init.json``) and the files that are baked in. A Dockerfile is written for services that need
nothing else than the web adapter; a function that needs the init or the job runner gets none, because an image without that program could
not start: ``finished`` tells which is which, and the output's README says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.contract import baked_files, to_json
from k2l.formats.images import dockerfile


def write(context: BuildContext) -> Mapping[str, str | bytes]:
    """Path below the output folder -> content."""
    files: dict[str, str | bytes] = {"init.json": to_json(context), **baked_files(context)}
    if finished(context):
        adapter = tables.limits("adapter")
        files["Dockerfile"] = dockerfile.render(context, f"{adapter['image']}:{adapter['version']}")
    return {f"{folder(context)}/{name}": content for name, content in sorted(files.items())}


def finished(context: BuildContext) -> bool:
    """Whether the folder holds everything that it takes to build the image."""
    return not context.needs_init and dockerfile.can_say(context)


def folder(context: BuildContext) -> str:
    return f"images/{context.key}"


_NAMES = {
    "source_image": "image/source",
    "architecture": "image/architecture",
    "working_directory": "workingDir",
    "writable_paths": "writable",
    "port": "http/port",
    "readiness": "http/readiness",
    "run": "job",
}


def address(context: BuildContext, field: str) -> str:
    """How the record names an attribute: a place in the contract."""
    return f"{folder(context)}/init.json#/{_NAMES.get(field, field)}"
