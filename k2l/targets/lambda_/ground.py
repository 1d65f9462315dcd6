"""What is known about one workload on Lambda before anything is decided about it."""

from __future__ import annotations

from functools import cached_property

from k2l import tables
from k2l.environment import Environment
from k2l.shares import Share, mountable
from k2l.targets.shared import ground
from k2l.traced import Traced


class Ground(ground.Ground, frozen=True, eq=False, dict=True):
    """One workload that goes to Lambda."""

    @cached_property
    def resolved(self) -> Environment:
        return self.resolve(self.workload.container)

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

    @cached_property
    def public(self) -> bool:
        """Whether an HTTP API, or a load balancer, leads to it."""
        routes = any(self.closed(r.manifest, r.routes) is None for r in self.workload.routes)
        return routes or any(self.closed(s.manifest) is None for s in self.workload.public)

    @property
    def streaming(self) -> Traced[bool] | None:
        """The user's word, where it can be followed: an HTTP API waits for the whole answer.
        https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html"""
        return None if self.public else self.overrides.streaming
