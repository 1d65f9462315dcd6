"""How large and how long: memory, time-out, scratch storage, architecture. What is assumed has no places, and becomes a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.converters import quantity
from k2l.converters.memory import MemoryRules, lambda_memory
from k2l.graph import Mode
from k2l.plan import Decision
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced, merge

_MIB = 1024 * 1024
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "arm64"}


class Asked(Struct, frozen=True):
    """What the pod says of its size: memory in bytes (limits, else requests) and cpu in thousandths (requests, else limits); ``given`` is
    all of it."""

    most: Mapping[str, Traced[str]]
    least: Mapping[str, Traced[str]]
    given: tuple[Traced[str], ...]

    @property
    def memory(self) -> int | None:
        return _bytes(self.most.get("memory")) or _bytes(self.least.get("memory"))

    @property
    def millicores(self) -> int | None:
        return _millicores(self.least.get("cpu")) or _millicores(self.most.get("cpu"))


def asked(ground: Ground) -> Asked:
    container, pod = ground.workload.container, ground.workload.pod
    # What is asked for the pod as a whole governs: the function is its only container.
    most, least = {**container.limits, **pod.limits}, {**container.requests, **pod.requests}
    every = (container.limits, container.requests, pod.limits, pod.requests)
    return Asked(most, least, tuple(group[name] for group in every for name in ("memory", "cpu") if name in group))


def memory(ground: Ground) -> Traced[int]:
    """MiB. The user's word, else the larger of memory and the memory that comes with enough cpu."""
    limits, wanted = tables.limits("lambda"), asked(ground)
    if ground.overrides.memory is not None:
        return ground.overrides.memory.because(*wanted.given).noted("as decided")
    sized = lambda_memory(
        _bytes(wanted.most.get("memory")),
        _bytes(wanted.least.get("memory")),
        _millicores(wanted.least.get("cpu")),
        _millicores(wanted.most.get("cpu")),
        MemoryRules(limits["memory_min_mib"], limits["memory_mib_per_vcpu"], tables.limits("defaults")["memory_mib"]),
    )
    # The curve is not straight at its end: all cpus that there are come with all the memory that there is.
    mb = min(sized.mb, int(limits["memory_max_mib"]))
    note = sized.note if mb == sized.mb else f"{sized.note}; {mb:,} MB have {limits['vcpu_max']} cpus"
    return Traced(mb, () if sized.assumed else merge(*(t.origins for t in wanted.given)), note=note)


def _bytes(value: Traced[str] | None) -> int | None:
    return quantity.bytes_of(value.value) if value else None


def _millicores(value: Traced[str] | None) -> int | None:
    return quantity.millicores(value.value) if value else None


def timeout(ground: Ground) -> Traced[int]:
    """Seconds. HTTP requests end with their route; jobs with their deadline, else as late as Lambda allows."""
    job = ground.workload.runs.job
    deadlines = [d for d in ((job.deadline if job else None), ground.workload.pod.active_deadline) if d is not None]
    if ground.overrides.timeout is not None:
        return ground.overrides.timeout.because(*deadlines).noted("as decided")
    defaults = tables.limits("defaults")
    if ground.workload.runs.mode is Mode.SERVE:
        note = "a request through an HTTP API ends after this" if ground.public else "as for a request through an HTTP API"
        return Traced(int(defaults["http_timeout_seconds"]), note=note)
    if deadlines:
        return min(deadlines, key=lambda d: d.value).because(*deadlines)
    return Traced(int(defaults["job_timeout_seconds"]), note="no activeDeadlineSeconds: as long as Lambda allows")


def storage(ground: Ground) -> Traced[int] | None:
    """MiB of /tmp, when emptyDir volumes or ephemeral-storage ask for a size."""
    limits, container, pod = tables.limits("lambda"), ground.workload.container, ground.workload.pod
    volumes = [t for v in ground.workload.pod.volumes if v.kind == "emptyDir" and v.source and (t := v.source.quantity("sizeLimit"))]
    every = (container.limits, container.requests, pod.limits, pod.requests)
    asked = [group["ephemeral-storage"] for group in every if "ephemeral-storage" in group]
    if not volumes and not asked:
        return None
    total = max(sum(quantity.bytes_of(t.value) for t in volumes), *(quantity.bytes_of(t.value) for t in asked), 0)
    wanted = -(-total // _MIB)
    least, most = int(limits["ephemeral_storage_min_mib"]), int(limits["ephemeral_storage_max_mib"])
    size = Traced(min(max(wanted, least), most), merge(*(t.origins for t in (*volumes, *asked))), note=f"{wanted:,} MiB asked")
    return size.approximately("storage-capped") if wanted > most else size


def architecture(ground: Ground) -> Traced[str]:
    """The user's word, else the node architecture that the pod asks for, else the assumption."""
    asked = [a for a in ground.workload.pod.arch if a.value in _ARCHITECTURES]
    if ground.overrides.architecture is not None:
        return ground.overrides.architecture.because(*asked)
    if asked:
        return asked[0].because(*asked).map(lambda name: _ARCHITECTURES[name])
    chosen = ground.settings.assumption("architecture")
    return Traced(str(chosen.value), chosen.origins)


def decisions(ground: Ground, chosen: Traced[int], limits: Mapping[str, Any], holder: str) -> Iterator[Decision]:
    """What no manifest said and the user may say. ``chosen`` is the memory, ``limits`` its least and most, ``holder`` has it."""
    if not chosen.origins:
        sizes = f"{limits['memory_min_mib']} to {limits['memory_max_mib']}"
        question = f"How much memory does one {holder} need, in MB?"
        yield ground.decision("memory", question, (sizes,), str(chosen.value), None, "neither memory nor cpu is given", "memory")
    limit = timeout(ground)
    if not limit.origins and ground.runs_to_completion:
        question = "How long may one run take, in seconds?"
        options = (f"1 to {limit.value}", "longer, with target: fargate")
        yield ground.decision("timeout", question, options, str(limit.value), None, "there is no activeDeadlineSeconds", "timeout")
    processor = architecture(ground)
    if not ground.workload.pod.arch:
        question, given = "Which processor is the image built for?", processor if processor.origins else None
        yield ground.decision(
            "architecture", question, tuple(_ARCHITECTURES.values()), processor.value, given, "the pod asks for none", "architecture"
        )
