"""What a container mounts: scratch space of its task, files on EFS, and files of ConfigMaps and Secrets, which go into its image.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html
"""

from __future__ import annotations

from msgspec import Struct, field

from k2l.aws.ecs import MountPoint, Volume
from k2l.aws.expr import Ref
from k2l.converters.names import digest
from k2l.environment import Environment
from k2l.joins.shares import Share
from k2l.kinds.persistentvolumeclaim import Claim
from k2l.manifest import volume as pod
from k2l.manifest.container import Container, Mount
from k2l.plan import Disposition, Outcome
from k2l.targets.shared import files
from k2l.targets.shared.ground import Ground
from k2l.targets.shared.volumes import Mounted, bare, expanded, project
from k2l.traced import Traced

BLOCK = "Block"
SCRATCH = ("emptyDir", "ephemeral")


class Mounts(Struct):
    """``volumes`` by their name in the task, ``shares`` by theirs, with the folder below that is mounted."""

    points: list[MountPoint] = field(default_factory=list)
    volumes: dict[str, Volume] = field(default_factory=dict)
    shares: dict[tuple[str, str], Share] = field(default_factory=dict)
    inside: Mounted = field(default_factory=Mounted)


def mounts(ground: Ground, container: Container, environment: Environment) -> Mounts:
    made = Mounts()
    for written in container.mounts:
        volume, mount = ground.workload.pod.volume(written.volume.value), expanded(environment, written)
        share = claimed(ground, volume) if volume else _own(ground, written)
        if share is not None and mount is not None:
            _mount_files(made, share, mount)
        elif volume is None or mount is None:
            made.inside.outcomes.append(Outcome(written.node, Disposition.DROPPED, "no-such-volume" if mount else "path-known-at-start"))
        elif volume.kind in SCRATCH:
            _mount_scratch(made, volume, mount)
        elif volume.kind == "persistentVolumeClaim":
            made.inside.outcomes.append(Outcome(written.node, Disposition.DROPPED, "no-such-claim"))
        else:
            project(made.inside, ground, volume, mount)
    return made


def claimed(ground: Ground, volume: pod.Volume) -> Share | None:
    """The claim of a volume that is among the manifests: on EFS every claim is one that many may use."""
    name = volume.source.text("claimName") if volume.kind == "persistentVolumeClaim" and volume.source else None
    manifest = ground.graph.objects.get(f"PersistentVolumeClaim/{ground.workload.manifest.namespace}/{name.value}") if name else None
    claim: Claim | None = manifest.body if manifest else None
    if name is None or manifest is None or claim is None or (claim.mode is not None and claim.mode.value == BLOCK):
        return None
    said = volume.source.boolean("readOnly") if volume.source else None
    return Share(volume, manifest, name, claim.access, Traced(bool(said and said.value)).because(said))


def _own(ground: Ground, mount: Mount) -> Share | None:
    """The claim that a StatefulSet makes for its only pod: rules keep those with several where they are."""
    for template in ground.workload.runs.claims:
        metadata, spec = template.child("metadata"), template.child("spec")
        name = metadata.text("name") if metadata else None
        if name is not None and name.value == mount.volume.value:
            modes = spec.texts("accessModes") if spec else ()
            manifest = ground.workload.manifest
            volume = pod.Volume(template.node, name, "persistentVolumeClaim", None)
            return Share(volume, manifest, name, modes, Traced(False), f"{name.value}-{manifest.name}-0")
    return None


def _below(mount: Mount) -> str:
    """The folder of the volume that is mounted."""
    path = mount.sub_path.value.strip("/") if mount.sub_path else ""
    return f"/{path}" if path else ""


def _mount_files(made: Mounts, share: Share, mount: Mount) -> None:
    below = _below(mount)
    name = _name(share.volume, below)
    made.shares[files.key(share), below] = share
    made.volumes[name] = Volume(
        name=Traced(name).because(share.volume.name, share.claim, *share.access, mount.sub_path, mount.sub_path_expr),
        file_system=Ref("FileSystem", files.key(share), "id"),
        access_point=Ref("AccessPoint", f"{files.key(share)}{below}", "id"),
        encryption="ENABLED",
        authorization="ENABLED",
    )
    _point(made, name, mount, read_only=share.read_only)


def _mount_scratch(made: Mounts, volume: pod.Volume, mount: Mount) -> None:
    """A folder within a volume is a volume of its own: ECS mounts whole ones only."""
    below = _below(mount)
    name = _name(volume, below)
    traced = Traced(name).because(volume.name, mount.sub_path, mount.sub_path_expr, bare(volume))
    made.volumes[name] = Volume(name=traced.approximately("sub-path-apart") if below else traced)
    _point(made, name, mount)


def _name(volume: pod.Volume, below: str) -> str:
    return f"{volume.name.value}-{digest(below)}" if below else volume.name.value


def _point(made: Mounts, name: str, mount: Mount, read_only: Traced[bool] | None = None) -> None:
    said = mount.read_only
    closed = Traced(True).because(said, read_only) if (said and said.value) or (read_only and read_only.value) else said or read_only
    path = mount.path.because(mount.volume)
    made.points.append(MountPoint(source_volume=name, container_path=path, read_only=closed if closed and closed.origins else None))
