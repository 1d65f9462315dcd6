"""How large a task is: the smallest size that Fargate has for what its pod asks for, and its scratch space."""

from __future__ import annotations

from collections.abc import Iterator
from sys import maxsize

from k2l import tables
from k2l.converters.fargate_size import TaskSize, smallest
from k2l.joins import demand
from k2l.plan import Decision
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced

_MIB, _GIB = 1024 * 1024, 1024 * 1024 * 1024
_ARCHITECTURES = {"amd64": "X86_64", "arm64": "ARM64", "x86_64": "X86_64"}


def needed(ground: Ground) -> tuple[Traced[int] | None, Traced[int] | None]:
    """Thousandths of a vCPU, and MiB; None where nothing says so."""
    memory = demand.memory(ground.workload.pod)
    mib = memory.map(lambda amount: -(-amount // _MIB)) if memory else None
    wish = ground.overrides.memory
    return demand.cpu(ground.workload.pod), wish.because(memory) if wish else mib


def size(ground: Ground, ours: int = 0) -> tuple[Traced[int], Traced[int]]:
    """Cpu units and MiB of the task. What no container asks for has no places. ``ours`` are MiB that programs of our own take besides, of
    which a decision about all of the task's memory is made in full knowledge."""
    cpu, memory = needed(ground)
    more = ours if memory is not None and ground.overrides.memory is None else 0
    mib = min(memory.value + more, max(memory.value, int(tables.limits("fargate")["memory_max_mib"]))) if memory else 0
    found = chosen(cpu.value if cpu else 0, mib, windows=system(ground).value != "LINUX")
    asked = ", ".join(filter(None, (f"{cpu.value / 1000:g} vCPU" if cpu else "", f"{memory.value:,} MiB" if memory else "")))
    asked += f" (and {more} MiB for k2l's init beside them)" if more else ""
    what = "the containers ask for" if ground.overrides.memory is None else "as decided,"
    note = f"{what} {asked}: the smallest size with that is {found.cpu / 1000:g} vCPU with {found.memory:,} MiB"
    note = note if asked else "the smallest size: no container asks for any"
    units = Traced(found.cpu * 1024 // 1000, cpu.origins if cpu else (), note=note)
    return units, Traced(found.memory, memory.origins if memory else ())


def chosen(millicores: int, mib: int, *, windows: bool = False) -> TaskSize:
    """Raises ValueError for what is larger than any task, which rules keep away."""
    least, most = tables.limits("fargate")["windows_cpu_units"] if windows else (0, maxsize)
    sizes = [row for row in tables.limits("fargate")["task_sizes"] if least <= row[0] <= most]
    found = smallest(millicores, mib, sizes)
    if found is None:
        raise ValueError(f"no task has {millicores} thousandths of a vCPU and {mib} MiB")
    return found


def storage(ground: Ground) -> Traced[int] | None:
    """GiB of scratch space, where what every task has is not enough."""
    limits, pod = tables.limits("fargate"), ground.workload.pod
    wanted = demand.scratch(pod)
    if wanted is None:
        return None
    gib = -(-wanted.value // _GIB)
    note = f"{-(-wanted.value // _MIB):,} MiB asked"
    if wanted.value <= int(limits["storage_included_mib"]) * _MIB:
        return None
    return Traced(max(gib, int(limits["storage_min_gib"])), wanted.origins, note=note)


def system(ground: Ground) -> Traced[str]:
    """LINUX, or the family of Windows for a pod that asks for it."""
    pod = ground.workload.pod
    asked = [given for given in (pod.os, *pod.systems) if given is not None and given.value == "windows"]
    family = str(tables.limits("fargate")["windows_family"])
    return asked[0].because(*asked).map(lambda _: family).approximately("windows-version") if asked else Traced("LINUX")


def architecture(ground: Ground) -> Traced[str]:
    """X86_64 or ARM64: the user's word, else what the pod asks of a node, else the assumption."""
    asked = [a for a in ground.workload.pod.arch if a.value in _ARCHITECTURES]
    if ground.overrides.architecture is not None:
        found = ground.overrides.architecture.because(*asked)
    elif asked:
        found = asked[0].because(*asked)
    else:
        assumed = ground.settings.assumption("architecture")
        found = Traced(str(assumed.value), assumed.origins)
    return found.map(lambda name: _ARCHITECTURES[name])


def decisions(ground: Ground) -> Iterator[Decision]:
    """What no manifest said and the user may say."""
    cpu, memory = needed(ground)
    if cpu is None and memory is None:
        units, mib = size(ground)
        least = int(tables.limits("fargate")["task_sizes"][0][1])
        shown, why = f"{units.value / 1024:g} vCPU, {mib.value} MiB", "no container asks for memory or cpu"
        question = "How much memory does one task need, in MiB?"
        yield ground.decision("memory", question, (f"{least} and more",), shown, None, why, "memory")
    if not ground.workload.pod.arch:
        processor, names = architecture(ground), ("x86_64", "arm64")
        given = processor if processor.origins else None
        question = "Which processor is the image built for?"
        yield ground.decision("architecture", question, names, processor.value.lower(), given, "the pod asks for none", "architecture")
