"""What is known about one workload on Lambda before anything is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from k2l import tables
from k2l.aws.function import Capacity
from k2l.environment import Environment
from k2l.joins.shares import Share, mountable
from k2l.targets.lambda_ import sizing
from k2l.targets.shared import ground
from k2l.traced import Traced


class Ground(ground.Ground, frozen=True, eq=False, dict=True):
    """One workload that goes to Lambda."""

    @cached_property
    def resolved(self) -> Environment:
        return self.resolve(self.workload.container)

    @property
    def limits(self) -> Mapping[str, Any]:
        """What bounds its size and its start: ``memory_min_mib``, ``memory_max_mib``, ``init_max_seconds``."""
        return tables.limits("lambda")

    @cached_property
    def memory(self) -> Traced[int]:
        """MiB."""
        return sizing.memory(self)

    @property
    def capacity(self) -> Capacity | None:
        """The instances that it runs on; None on those of Lambda."""
        return None

    @cached_property
    def share(self) -> Share | None:
        """The shared files that the function mounts."""
        return mountable(self.workload, self.graph, self.settings)

    @property
    def mounted_at(self) -> Traced[str] | None:
        """Where it mounts them: one name below /mnt."""
        if self.share is None:
            return None
        limits = tables.limits("efs")
        path = f"{limits['mount_root']}/{self.share.claim.value}"[: int(limits["mount_path_max_characters"])]
        source = self.share.volume.source
        return Traced(path).because(self.share.claim, self.share.volume.name, source.boolean("readOnly") if source else None)

    @property
    def in_vpc(self) -> bool:
        wished = self.overrides.vpc is not None and self.overrides.vpc.value
        refused = self.overrides.vpc is not None and not wished
        return self.settings.vpc is not None and (wished or self.share is not None or (self.calls_tasks and not refused))

    @cached_property
    def calls_tasks(self) -> bool:
        """Whether it names a Service whose pods are tasks on Fargate, which only a network leads to."""
        return self.directory.names_tasks(self.resolved)

    @property
    def streaming(self) -> Traced[bool] | None:
        """The user's word, where it can be followed: an HTTP API waits for the whole answer.
        https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html"""
        return None if self.public else self.overrides.streaming
