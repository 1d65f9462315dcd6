"""What turns a workload's container image into a function's, planned like any resource, and the contract with the init inside it.

The JSON form (``images/<function>/init.json``) is written by ``k2l.contract``; its schema, with the meaning of every field for the init,
is ``mappings/schema/init.schema.json``.
"""

from __future__ import annotations

import posixpath
from typing import Literal

from msgspec import Struct

from k2l.aws.resource import Resource
from k2l.reference import Expanded, Reference
from k2l.traced import Traced

_LAMBDAS_OWN = "/tmp"  # noqa: S108 (the one writable place of a function)
_SCRATCH = f"{_LAMBDAS_OWN}/k2l"


class Assignment(Struct, frozen=True):
    """A variable that the function's own environment cannot hold."""

    name: str
    value: Traced[Expanded]


class Assignments(Struct, frozen=True):
    """A variable for every key of a Secret (or below an SSM path), with ``prefix`` in front; those set otherwise are left alone."""

    reference: Traced[Reference]
    prefix: str = ""


class File(Struct, frozen=True):
    """A file with what is baked into the image, or with what a reference holds.

    A reference to all of a Secret or SSM path is a folder with a file for each key."""

    path: Traced[str]
    mode: Traced[int]
    content: Traced[str] | Traced[bytes] | Traced[Reference]

    @property
    def place(self) -> str:
        """``path`` as an absolute path without dots."""
        return absolute(self.path.value)

    @property
    def target(self) -> str | None:
        """Where the init writes what it reads at start, because the image is read-only; ``place`` is a link to it."""
        return f"{_SCRATCH}/files{self.place}" if isinstance(self.content.value, Reference) else None


class Writable(Struct, frozen=True):
    """A folder that the workload writes to: an emptyDir called ``volume``, whose mounts share their content, or a cache when None."""

    path: Traced[str]
    volume: Traced[str] | None = None
    sub_path: Traced[str] | None = None

    @property
    def place(self) -> str:
        return absolute(self.path.value)

    @property
    def is_there(self) -> bool:
        """Whether Lambda gives this folder, so that nothing has to make it."""
        return self.place == _LAMBDAS_OWN

    @property
    def target(self) -> str:
        """Where ``place`` leads; itself, when that is writable anyway."""
        if self.place == _LAMBDAS_OWN or self.place.startswith(f"{_LAMBDAS_OWN}/"):
            return self.place
        if self.volume is None:
            return f"{_SCRATCH}/paths{self.place}"
        below = absolute(self.sub_path.value) if self.sub_path else ""
        return f"{_SCRATCH}/volumes/{self.volume.value}{below}".rstrip("/")


class Link(Struct, frozen=True):
    """A folder of the file system that the function mounts at ``mounted``: the volume's root, or ``sub_path`` below it, is at ``path``."""

    path: Traced[str]
    mounted: str
    sub_path: Traced[str] | None = None

    @property
    def place(self) -> str:
        return absolute(self.path.value)

    @property
    def target(self) -> str:
        return self.mounted + (absolute(self.sub_path.value) if self.sub_path else "").rstrip("/")


class Listener(Struct, frozen=True):
    """A loopback port on which the init takes plain HTTP for another function; ``target`` is the SSM parameter with that function's URL."""

    port: Traced[int]
    target: Traced[str]
    timeout: Traced[int]


class Readiness(Struct, frozen=True):
    """When the server can take requests: ``statuses`` such as 200-399 for http.

    ``async_init`` lets a slow start go on in the first request."""

    protocol: Traced[Literal["http", "tcp"]]
    port: Traced[int]
    path: Traced[str] | None = None
    statuses: str | None = None
    async_init: Traced[bool] | None = None


class Run(Struct, frozen=True):
    """One run of a job: the function's time-out (None for a task, which has none), activeDeadlineSeconds and
    terminationGracePeriodSeconds, in seconds."""

    timeout: Traced[int] | None = None
    deadline: Traced[int] | None = None
    grace_period: Traced[int] | None = None


class BuildContext(Resource, frozen=True, kw_only=True):
    """``key`` is the function's name, or that of a container of a task, which is no server to the init and no job (mode task).
    ``command`` and ``args`` are None when the manifest gives none: then the image's own hold.

    ``port`` and ``readiness`` are those of a service (mode serve), ``run`` belongs to mode job, and to a task that has a deadline.
    ``streams``: its answers are sent on while they are written."""

    mode: Literal["serve", "job", "task"]
    source_image: Traced[str]
    architecture: Traced[str]
    command: tuple[Traced[Expanded], ...] | None = None
    args: tuple[Traced[Expanded], ...] | None = None
    working_directory: Traced[Expanded] | None = None
    environment: tuple[Assignment | Assignments, ...] = ()
    files: tuple[File, ...] = ()
    writable_paths: tuple[Writable, ...] = ()
    links: tuple[Link, ...] = ()
    listen: tuple[Listener, ...] = ()
    port: Traced[int] | None = None
    readiness: Readiness | None = None
    run: Run | None = None
    streams: bool = False

    @property
    def needs_init(self) -> bool:
        """Whether the image needs our program before the workload's: all jobs do, and services for whatever is known only at start."""
        at_start = any(isinstance(file.content.value, Reference) for file in self.files)
        made = any(not writable.is_there for writable in self.writable_paths)
        prepared = self.environment or made or self.links or self.listen
        return self.mode == "job" or at_start or bool(prepared) or not self._known()

    @property
    def stays(self) -> bool:
        """Whether our program goes on beside the workload's, instead of becoming it."""
        return self.mode == "job" or bool(self.listen) or self.run is not None

    def _known(self) -> bool:
        texts = (*(self.command or ()), *(self.args or ()), *((self.working_directory,) if self.working_directory else ()))
        return all(text.value.known for text in texts)


def absolute(path: str) -> str:
    """``path`` from the root, without ``.``, ``..`` and doubled slashes: it can lead nowhere else."""
    return posixpath.normpath("/" + path.lstrip("/"))
