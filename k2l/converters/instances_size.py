"""The smallest size of an execution environment on Lambda Managed Instances that is large enough: whole vCPUs, with so many GiB for each.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

_MIB_OF_GIB = 1024


class SizeRules(Struct, frozen=True):
    """From the tables: least and most memory in MiB, and the GiB that may come with one vCPU."""

    least: int
    most: int
    ratios: tuple[int, ...]


class EnvironmentSize(Struct, frozen=True, order=True):
    """``memory`` in MiB, ``ratio`` in GiB for each vCPU."""

    memory: int
    vcpus: int
    ratio: int


def smallest(millicores: int, mib: int, rules: SizeRules) -> EnvironmentSize | None:
    """The least memory that comes with enough cpu, then the fewest vCPUs. None: no environment is that large."""
    return next((size for size in _all(rules) if size.vcpus * 1000 >= millicores and size.memory >= mib), None)


def with_memory(mib: int, millicores: int, rules: SizeRules) -> EnvironmentSize | None:
    """The least memory from ``mib`` on, with enough cpu if it comes with that, else with all there is of it. None: as above."""
    fitting = [size for size in _all(rules) if size.memory >= mib]
    same = [size for size in fitting if size.memory == fitting[0].memory]
    return next((size for size in same if size.vcpus * 1000 >= millicores), same[-1] if same else None)


def _all(rules: SizeRules) -> Sequence[EnvironmentSize]:
    """From the least memory to the most; of equals, the one with the fewest vCPUs first."""
    found = (
        EnvironmentSize(vcpus * ratio * _MIB_OF_GIB, vcpus, ratio)
        for ratio in rules.ratios
        for vcpus in range(1, rules.most // (ratio * _MIB_OF_GIB) + 1)
    )
    return sorted(size for size in found if rules.least <= size.memory)
