"""What the report says of one workload."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from k2l.migration.report.money import Bill
from k2l.migration.report.place import Place


class Reason(Struct, frozen=True):
    """``code`` of a rule, with what it says here."""

    code: str
    message: str
    help: str | None
    place: Place


class Rejected(Struct, frozen=True):
    target: str
    reasons: tuple[Reason, ...]


class Size(Struct, frozen=True):
    """``cpu`` in cores and ``memory`` in MiB of a pod (null: the manifest says nothing), ``becomes`` what takes its place, ``how`` the
    arithmetic."""

    cpu: float | None
    memory: float | None
    becomes: str | None
    how: str | None


class Concurrency(Struct, frozen=True):
    """``reserved`` requests at once; null: as many as the account has left. ``how`` is the arithmetic, ``assumed`` what it rests on."""

    reserved: int | None
    how: str | None
    assumed: tuple[str, ...]


class Part(Struct, frozen=True):
    """What becomes of one object that belongs to a workload: ``leaves`` and how many of them had each disposition."""

    object: str
    leaves: int
    counts: Mapping[str, int]


class Lost(Struct, frozen=True):
    """Leaves that are ``dropped``, ``approximated`` or ``unhandled`` for one reason."""

    disposition: str
    reason: str
    sentence: str
    places: tuple[Place, ...]


class Work(Struct, frozen=True):
    """One task with its story points. ``code`` is a rule's, ``target:<target>`` or ``decision:<name>``."""

    code: str
    points: int
    sentence: str
    help: str | None
    places: tuple[Place, ...]


class Choice(Struct, frozen=True):
    """A decision; ``open`` while it is k2l's and nobody has confirmed it."""

    id: str
    question: str
    options: tuple[str, ...]
    chosen: str
    by: str
    why: str
    open: bool


class Condition(Struct, frozen=True):
    """What has to be true on the day that the workload moves."""

    code: str
    sentence: str
    help: str
    source: str
    places: tuple[Place, ...]


class Card(Struct, frozen=True):
    """One workload. ``wave`` is null for what does not move; ``after`` and ``together`` are the ids of workloads that move before it or
    with it. ``command`` is what to run next."""

    id: str
    kind: str
    namespace: str
    name: str
    place: Place
    target: str
    wished: bool
    because: tuple[Reason, ...]
    rejected: tuple[Rejected, ...]
    size: Size
    concurrency: Concurrency | None
    parts: tuple[Part, ...]
    lost: tuple[Lost, ...]
    points: int
    work: tuple[Work, ...]
    decisions: tuple[Choice, ...]
    bill: Bill
    wave: int | None
    after: tuple[str, ...]
    together: tuple[str, ...]
    conditions: tuple[Condition, ...]
    command: str
