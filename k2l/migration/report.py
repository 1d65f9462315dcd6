"""The migration report as plain values: what the JSON says, word for word, and what every other format shows.

Money is in US dollars a month, rounded to cents; shares of the ledger are counts of leaves. Places are those of the manifests.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

SCHEMA = "k2l-plan/v1"


class Place(Struct, frozen=True, order=True):
    """``object`` is the id of the object, ``path`` the field below it."""

    object: str
    path: str
    file: str
    line: int
    column: int


class Money(Struct, frozen=True):
    """``low`` and ``high`` are the ends when all assumptions are wrong in one direction, ``likely_low`` and ``likely_high`` when they are
    wrong independently of each other; ``assumed`` are the assumptions that it rests on."""

    expected: float
    low: float
    high: float
    likely_low: float
    likely_high: float
    assumed: tuple[str, ...]


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


class BillLine(Struct, frozen=True):
    """``quantity`` of ``unit``, for which ``price`` names the row of the price list; ``quantity_assumed`` are what that rests on."""

    side: str
    item: str
    price: str
    unit: str
    quantity: float
    quantity_assumed: tuple[str, ...]
    amount: Money
    note: str | None


class BreakEvenRate(Struct, frozen=True):
    """Requests per second from which Lambda costs more than ``than``; null with the reason where there is no such rate."""

    than: str
    rate: float | None
    assumed: tuple[str, ...]
    why_not: str | None


class NotPriced(Struct, frozen=True):
    """Something that costs money, and why no amount is known: it is in no sum."""

    side: str
    what: str
    why: str


class Bill(Struct, frozen=True):
    before: Money
    after: Money
    lines: tuple[BillLine, ...]
    break_even: tuple[BreakEvenRate, ...]
    unpriced: tuple[NotPriced, ...]


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


class VertexOf(Struct, frozen=True):
    id: str
    sort: str
    name: str
    target: str | None
    state: bool


class EdgeOf(Struct, frozen=True):
    source: str
    target: str
    relation: str
    places: tuple[Place, ...]


class WaveOf(Struct, frozen=True):
    number: int
    workloads: tuple[str, ...]


class SharedState(Struct, frozen=True):
    """``together``: who uses it cannot move one after the other."""

    state: str
    workloads: tuple[str, ...]
    together: bool


class Order(Struct, frozen=True):
    """``cycles`` are workloads that have to move together."""

    waves: tuple[WaveOf, ...]
    cycles: tuple[tuple[str, ...], ...]
    shared: tuple[SharedState, ...]
    stays: tuple[str, ...]
    needless: tuple[str, ...]
    vertices: tuple[VertexOf, ...]
    edges: tuple[EdgeOf, ...]


class Assumed(Struct, frozen=True):
    """An assumption that touches the bill: its ``default`` with the ``unit``, what the total after is at its ends, and how many workloads
    rest on it. ``said_in`` is the file in which to say it."""

    name: str
    what: str
    why: str
    unit: str
    default: str
    low: str
    high: str
    after_low: float
    after_high: float
    difference_low: float
    difference_high: float
    workloads: int
    said_in: str


class PriceList(Struct, frozen=True):
    """``dated`` are the days between which its rows were read."""

    region: str
    currency: str
    dated: tuple[str, str]
    rows: int


class Costs(Struct, frozen=True):
    """``shared`` are the lines that belong to no single workload; ``nodes`` how many the pods take now, and
    ``nodes_assumed`` what that rests on.

    ``unmatched`` is the part of ``before`` whose replacement has no price: ``difference`` is ``after`` less the rest of ``before``, so that
    what has no price is no saving."""

    before: Money
    after: Money
    unmatched: Money
    difference: Money
    nodes: float
    nodes_assumed: tuple[str, ...]
    shared: tuple[BillLine, ...]
    unpriced: tuple[NotPriced, ...]
    assumptions: tuple[Assumed, ...]
    prices: PriceList


class Level(Struct, frozen=True):
    points: int
    level: str
    meaning: str


class EffortOf(Struct, frozen=True):
    """``shared`` is work that is done once for several workloads."""

    points: int
    shared: tuple[Work, ...]
    scale: tuple[Level, ...]


class Said(Struct, frozen=True):
    """A piece of a sentence; ``assumed`` where it is a figure that rests on assumptions."""

    text: str
    assumed: tuple[str, ...] = ()


class RiskOf(Struct, frozen=True):
    kind: str
    severity: str
    title: str
    sentence: tuple[Said, ...]
    help: str
    source: str
    workloads: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[Place, ...]


class Why(Struct, frozen=True):
    """Why workloads do not move to Lambda: the rule that decided, and how many it decided."""

    target: str
    code: str
    summary: str
    workloads: int


class Verdict(Struct, frozen=True):
    """``targets`` are numbers of workloads; ``open`` are decisions that nobody has confirmed."""

    workloads: int
    targets: Mapping[str, int]
    why: tuple[Why, ...]
    open: int
    findings: Mapping[str, int]


class Moved(Struct, frozen=True):
    """Where a workload was to go and goes now; null: it was or is not there."""

    workload: str
    before: str | None
    after: str | None


class LostBy(Struct, frozen=True):
    workload: str
    disposition: str
    reason: str
    sentence: str


class Changes(Struct, frozen=True):
    """What is another than in an ``older`` report, a file: numbers are this report's less the older one's. ``lost`` is what was not lost
    then, ``regained`` what is no longer lost."""

    older: str
    moved: tuple[Moved, ...]
    cost_before: float
    cost_after: float
    points: int
    open: int
    counts: Mapping[str, int]
    lost: tuple[LostBy, ...]
    regained: tuple[LostBy, ...]


class Report(Struct, frozen=True):
    """``counts`` is the ledger in numbers; ``paths`` and ``files`` are what was read."""

    schema: str
    paths: tuple[str, ...]
    files: tuple[str, ...]
    verdict: Verdict
    counts: Mapping[str, int]
    costs: Costs
    effort: EffortOf
    workloads: tuple[Card, ...]
    order: Order
    risks: tuple[RiskOf, ...]
    changes: Changes | None = None
