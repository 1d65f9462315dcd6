"""What a container finds in its file system beside its image: ConfigMaps baked into it, Secrets written at start."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from k2l.aws.build_context import File, Link, Writable
from k2l.aws.configuration import Parameter
from k2l.aws.inputs import Variable as Input
from k2l.converters import expansion
from k2l.environment import Environment
from k2l.manifest.container import Mount
from k2l.manifest.volume import Volume
from k2l.plan import Disposition, Outcome
from k2l.targets.shared.ground import Ground
from k2l.targets.shared.projections import Entry, entries
from k2l.traced import Traced


class Mounted(Struct):
    """``inputs`` are values of files that nobody gave, ``parameters`` what the init reads them from."""

    files: list[File] = field(default_factory=list)
    writable: list[Writable] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


def bare(volume: Volume) -> Traced[str] | None:
    """``emptyDir: {}`` says no more than that there is one."""
    return Traced("", (volume.source.node,)) if volume.source and not volume.source.node.children() else None


def expanded(environment: Environment, mount: Mount) -> Mount | None:
    """The mount with its ``subPathExpr`` as a path; None when only a Secret says which."""
    if mount.sub_path_expr is None:
        return mount
    path = expansion.expand(mount.sub_path_expr, environment.scope(), complete=environment.complete)
    return replace(mount, sub_path=path.map(lambda expanded: expanded.text)) if path.value.known else None


def project(made: Mounted, ground: Ground, volume: Volume, mount: Mount) -> None:
    """The files that a volume of a pod's configuration puts where it is mounted."""
    outcomes, files = len(made.outcomes), len(made.files)
    for fact in entries(ground, volume, mount.sub_path.value.strip("/") if mount.sub_path else None):
        match fact:
            case Entry():
                made.files.extend(_files(volume, mount, fact))
                if fact.path and mount.sub_path is None:
                    made.outcomes.append(Outcome(mount.path.origins[0], Disposition.APPROXIMATED, "beside-image"))
            case Outcome():
                made.outcomes.append(fact)
            case Input():
                made.inputs[fact.key] = fact
            case Parameter():
                made.parameters[fact.key] = fact
    if len(made.files) == files:
        fate = next(iter(made.outcomes[outcomes:]), Outcome(mount.node, Disposition.NOT_APPLICABLE, "no-such-file"))
        made.outcomes += (replace(fate, at=node) for node in (mount.node, volume.node))


def _files(volume: Volume, mount: Mount, entry: Entry) -> Iterator[File]:
    place = _place(mount, entry.path)
    if place is not None:
        path = Traced(place).because(mount.path, mount.volume, mount.sub_path, mount.sub_path_expr, volume.name, *entry.at)
        yield File(path, entry.mode, entry.content)


def _place(mount: Mount, path: str) -> str | None:
    """Where a file of a volume appears: with subPath only that file or folder of the volume is mounted."""
    base = mount.path.value.rstrip("/")
    if not path:
        return base or "/"
    if mount.sub_path is None:
        return f"{base}/{path}"
    sub = mount.sub_path.value.strip("/")
    if path == sub:
        return mount.path.value
    return f"{base}/{path.removeprefix(sub + '/')}" if path.startswith(sub + "/") else None
