"""What a function finds in its file system: ConfigMaps baked into the image, Secrets written at start, scratch space under /tmp."""

from __future__ import annotations

from k2l.aws.build_context import Link, Writable
from k2l.manifest.container import Container
from k2l.plan import Disposition, Outcome
from k2l.targets.lambda_.ground import Ground
from k2l.targets.shared.volumes import Mounted, bare, expanded, project


def mounted(ground: Ground, container: Container) -> Mounted:
    made = Mounted()
    for written in container.mounts:
        volume = ground.workload.pod.volume(written.volume.value)
        mount = expanded(ground.resolved, written)
        if volume is None or mount is None:
            made.outcomes.append(Outcome(written.node, Disposition.DROPPED, "no-such-volume" if mount else "path-known-at-start"))
        elif volume.kind == "persistentVolumeClaim" and ground.mounted_at is not None:
            made.links.append(Link(mount.path.because(mount.volume), ground.mounted_at.value, mount.sub_path))
        elif volume.kind == "emptyDir":
            made.writable.append(Writable(mount.path.because(mount.volume, bare(volume)), volume.name, mount.sub_path))
        else:
            project(made, ground, volume, mount)
    used = {mount.volume.value for mount in container.mounts}
    idle = [volume for volume in ground.workload.pod.volumes if volume.name.value not in used]
    made.outcomes += (Outcome(volume.node, Disposition.NOT_APPLICABLE, "volume-unmounted") for volume in idle)
    return made
