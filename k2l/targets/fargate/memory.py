"""How much of its task's memory a container may take, and how much is kept for it: what its pod says, and what our own program needs in it.

A container that takes more than its limit is killed, and the init counts for its container:
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from __future__ import annotations

from k2l import tables
from k2l.converters import quantity
from k2l.targets.fargate.part import Part
from k2l.traced import Traced

_MIB = 1024 * 1024


def limit(part: Part, most: int) -> Traced[int] | None:
    """MiB; ``most`` is what the whole task has, which no container may be given more of."""
    return _within(_asked(part, "limits"), part, most)


def reservation(part: Part, most: int) -> Traced[int] | None:
    """MiB."""
    return _within(_asked(part, "requests"), part, most)


def _asked(part: Part, which: str) -> Traced[str] | None:
    """Of init containers nothing is kept free: they are gone when the others begin."""
    return None if part.before else (part.container.limits if which == "limits" else part.container.requests).get("memory")


def _within(asked: Traced[str] | None, part: Part, most: int) -> Traced[int] | None:
    if asked is None:
        return None
    limits = tables.limits("fargate")
    mib = max(-(-quantity.bytes_of(asked.value) // _MIB), int(limits["container_memory_min_mib"]))
    made = asked.map(lambda _: min(mib + part.ours, most))
    if part.ours:
        return made.noted(f"{mib:,} MiB for the container and {part.ours} MiB for k2l's init in it")
    start = int(limits["init_start_memory_mib"])
    if part.program and mib < start:
        return made.map(lambda _: start).noted(f"{mib:,} MiB for the container, raised to the {start} MiB that k2l's init starts with")
    return made
