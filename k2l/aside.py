"""Work done beside other work, on a second processor where there is one. What comes of it is the same either way.

A fork costs milliseconds and copies nothing that is not written to. Elsewhere than on Linux it is not safe beside the system's own threads
(https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods), and the work waits until it is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from msgspec import msgpack

Files = Mapping[str, str | bytes]


def aside(work: Callable[[], Files], *, worth: bool) -> Callable[[], Files]:
    """A function that gives what ``work`` returns. It is begun at once if it is ``worth`` a process, else when it is asked for.

    A process that fails says nothing: then the work is done again here, and raises what it has to raise."""
    if not worth or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return work
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        _send(work, writing)
    os.close(writing)
    return lambda: _received(process, reading) or work()


def _send(work: Callable[[], Files], writing: int) -> None:
    """Does the work and ends this process, whose parent's buffers and locks are none of its business."""
    code = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgpack.encode(work()))
        code = 0
    finally:
        os._exit(code)


def _received(process: int, reading: int) -> Files | None:
    """None when the process did not come to its end."""
    with os.fdopen(reading, "rb") as pipe:
        sent = pipe.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        return None
    files: Files = msgpack.decode(sent)
    return files
