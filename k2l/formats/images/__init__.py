"""The build contexts of the functions' images, written by every output format: ``images/<function>/``.

Each holds the Dockerfile, the contract with the init (``init.json``) and the files that are baked in. The docker context of every one is
the folder ``images`` and not the function's own, so that all share the source of our programs, ``images/k2l.init/``: it is written once,
and compiled once for each architecture. ``context`` says both paths, for ``sam build`` and whoever else builds.

``images/build.sh`` builds and pushes them, several at once by ``images/docker-bake.hcl``. A function whose manifest leaves its command to
the image cannot be built by its Dockerfile alone, because an ENTRYPOINT of ours takes the place of the image's: the script reads that
first. ``finished`` tells which is which. The Dockerfiles need BuildKit (``docker buildx build``, ``sam build --use-buildkit``).
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l.adapters import dockerfile, source
from k2l.aws.build_context import BuildContext
from k2l.contract import baked_files, to_json
from k2l.converters import image
from k2l.formats.images import bake, script
from k2l.formats.images.build import Build, builds
from k2l.formats.scanners import skips
from k2l.plan import Plan

ROOT = "images"
SKIPS = ".trivyignore"


def write(plan: Plan, *, built_elsewhere: bool = False) -> Mapping[str, str | bytes]:
    """Path below the output folder -> content. ``built_elsewhere`` says that the format's own tool builds and pushes what is ``finished``
    and takes no digests: the script is then for the others only."""
    contexts = plan.of(BuildContext)
    files = {path: content for context in contexts for path, content in write_one(context).items()}
    if any(dockerfile.needs_program(context) for context in contexts):
        files |= {f"{ROOT}/{dockerfile.SHARED}/{name}": text for name, text in source.files().items()}
    scripted = [b for b in builds(plan) if not (built_elsewhere and finished(b.context))]
    if scripted:
        files |= _scripts(scripted, digests=not built_elsewhere)
    return {**files, SKIPS: _skips()} if contexts else files


def _skips() -> str:
    """What trivy is told to skip in every Dockerfile; of these checks no line could carry it.

    https://trivy.dev/latest/docs/configuration/filtering/#by-finding-ids"""
    return "".join(f"# Dockerfiles of images/: {skip.reason}.\n{skip.check}\n" for skip in skips("images", "Dockerfile", ()))


def _scripts(scripted: list[Build], *, digests: bool) -> dict[str, str]:
    return {f"{ROOT}/{bake.FILE}": bake.render(scripted), f"{ROOT}/{script.FILE}": script.render(scripted, digests=digests)}


def write_one(context: BuildContext) -> Mapping[str, str | bytes]:
    """The function's own folder."""
    files = {"init.json": to_json(context), "Dockerfile": dockerfile.render(context), **baked_files(context)}
    return {f"{folder(context)}/{name}": content for name, content in sorted(files.items())}


def finished(context: BuildContext) -> bool:
    """Whether the Dockerfile alone is enough to build the image: nothing has to be asked of the source image, which has a name; and
    whether a tool that knows functions only can do so."""
    return context.mode != "task" and not dockerfile.asks_image(context) and image.is_reference(context.source_image.value)


def folder(context: BuildContext) -> str:
    return f"{ROOT}/{context.key}"


def context(of: BuildContext) -> tuple[str, str]:
    """The docker context below the output folder, and the Dockerfile below that."""
    return ROOT, f"{of.key}/Dockerfile"


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
