"""A pod's needs against what a target gives at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from k2l.finding import Problem
from k2l.graph import Workload
from k2l.joins import demand

_MIB = 1024 * 1024


def beyond(workload: Workload, target: str, limits: Mapping[str, Any], help_: str) -> Iterator[Problem]:
    """A Problem for memory and one for cpu, where ``memory_max_mib`` or ``vcpu_max`` of ``limits`` is not enough."""
    memory, cpu = demand.memory(workload.pod), demand.cpu(workload.pod)
    if memory is not None and memory.value > limits["memory_max_mib"] * _MIB:
        mib = -(-memory.value // _MIB)
        message = f"{mib:,} MiB of memory are needed, {target} gives {limits['memory_max_mib']:,} at most"
        yield Problem(memory.origins[0], message, help_)
    if cpu is not None and cpu.value > limits["vcpu_max"] * 1000:
        cores = float(Fraction(cpu.value, 1000))
        yield Problem(cpu.origins[0], f"{cores:g} cpus are needed, {target} gives {limits['vcpu_max']:g} at most", help_)


def scratch(workload: Workload, target: str, limits: Mapping[str, Any], help_: str) -> Iterator[Problem]:
    """A Problem where ``ephemeral_storage_max_mib`` of ``limits`` is not enough."""
    needed = demand.scratch(workload.pod)
    if needed is not None and needed.value > limits["ephemeral_storage_max_mib"] * _MIB:
        mib = -(-needed.value // _MIB)
        message = f"{mib:,} MiB of scratch space are needed, {target} has {limits['ephemeral_storage_max_mib']:,} at most"
        yield Problem(needed.origins[0], message, help_)
