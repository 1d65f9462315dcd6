"""Everything decided about one function on instances: what is as on Lambda, and what the instances change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from k2l import tables
from k2l.aws.expr import Expr, Ref
from k2l.aws.function import Capacity
from k2l.converters.instances_size import EnvironmentSize
from k2l.converters.names import label
from k2l.finding import Target
from k2l.graph import Graph
from k2l.joins.shares import Share
from k2l.placement import Placement
from k2l.settings import Settings
from k2l.targets.lambda_ import site
from k2l.targets.lambda_ import sizing as of_functions
from k2l.targets.managed_instances import sizing
from k2l.traced import Traced


class Site(site.Site, frozen=True, eq=False, dict=True):
    """One workload on Lambda Managed Instances."""

    @property
    def limits(self) -> Mapping[str, Any]:
        return tables.limits("managed_instances")

    @cached_property
    def size(self) -> Traced[EnvironmentSize]:
        return sizing.size(self)

    @property
    def memory(self) -> Traced[int]:
        return self.size.map(lambda size: size.memory)

    @cached_property
    def provider(self) -> str:
        """The name of its capacity provider. Functions of one provider are not kept apart from each other as on Lambda, so that those of
        another namespace have another one; and all instances of one have the same processor.
        https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-best-practices.html"""
        processor = of_functions.architecture(self).value.replace("_", "-")
        return f"{tables.limits('managed_instances')['provider_prefix']}{label(self.workload.manifest.namespace)}-{processor}"

    @cached_property
    def capacity(self) -> Capacity:
        size = self.size
        return Capacity(
            provider=Ref("CapacityProvider", self.provider, "arn"),
            memory_gib_per_vcpu=size.map(lambda size: size.ratio),
            requests=sizing.requests(self, size.value.vcpus),
        )

    @property
    def version(self) -> Expr:
        """The one that is published anew in place of itself: each numbered one would keep its environments beside it."""
        return str(tables.limits("managed_instances")["latest_published"])

    @property
    def in_vpc(self) -> bool:
        """The instances are, whatever the function says."""
        return False

    @property
    def share(self) -> Share | None:
        """None: a function mounts files where it is attached to a VPC itself, which one on instances cannot be."""
        return None


def survey(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Site]:
    """A site for each workload on instances. Raises UserErrors when two workloads that move would share one name."""
    return site.sites(Site, Target.MANAGED_INSTANCES, graph, placements, settings)
