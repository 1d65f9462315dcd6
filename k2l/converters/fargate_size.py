"""The smallest size of a Fargate task that is large enough.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct


class TaskSize(Struct, frozen=True, order=True):
    """``cpu`` in thousandths of a vCPU, ``memory`` in MiB."""

    cpu: int
    memory: int


def smallest(millicores: float, mib: float, sizes: Sequence[Sequence[int]]) -> TaskSize | None:
    """``sizes`` are rows of cpu units (1,024 for a vCPU), least and largest memory and the step between them, in MiB, smallest
    cpu first. None: no task is that large."""
    return next((size for size in _all(sizes) if size.cpu >= millicores and size.memory >= mib), None)


def _all(sizes: Sequence[Sequence[int]]) -> Iterator[TaskSize]:
    for units, least, most, step in sizes:
        for memory in range(least, most + 1, step):
            yield TaskSize(units * 1000 // 1024, memory)
