"""What the items of a bill are computed from: each workload with its size and its load, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from k2l import tables
from k2l.aws.ecs import TaskDefinition
from k2l.aws.expr import Expr, Ref
from k2l.aws.function import Function, ProvisionedConcurrency
from k2l.aws.http_api import Integration
from k2l.aws.resource import Resource
from k2l.aws.scaling import ScalableTarget
from k2l.converters.fargate_size import TaskSize, smallest
from k2l.finding import Target
from k2l.graph import Mode, Workload
from k2l.joins import demand
from k2l.migration import load
from k2l.migration.cost.line import Line, Side
from k2l.migration.estimate import Estimate, assume, combine, sure, total
from k2l.migration.figures import Figures
from k2l.migration.prices import Prices
from k2l.migration.usage import EC2
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.traced import Traced

MIB, GIB = 1024**2, 1024**3
SECONDS_OF_HOUR = 3600
_UNITS_OF_VCPU = 1024
_MIB_OF_GIB = 1024
_ARCHITECTURES = {"amd64": "x86_64", "arm64": "arm64"}


class Subject(Struct, frozen=True, eq=False, dict=True):
    """One workload. ``hours`` are those of a month, ``resources`` what is made for it alone; ``has_api``: an HTTP API leads to it;
    ``nodes`` is how many pods a DaemonSet has."""

    placement: Placement
    figures: Figures
    hours: float
    resources: tuple[Resource, ...] = ()
    has_api: bool = False
    nodes: Estimate | None = None

    @property
    def workload(self) -> Workload:
        return self.placement.workload

    @property
    def id(self) -> str:
        return self.workload.id

    @property
    def target(self) -> Target:
        return self.placement.target

    @cached_property
    def function(self) -> Function | None:
        return next((r for r in self.resources if isinstance(r, Function)), None)

    @property
    def serves(self) -> bool:
        return self.workload.runs.mode is Mode.SERVE

    @cached_property
    def pods(self) -> Estimate:
        """Those that run on average."""
        return self.nodes if self.nodes is not None else load.pods(self.workload, self.figures, self.hours)

    @cached_property
    def invocations(self) -> Estimate:
        """Requests, or pods run to completion, in a month."""
        if self.serves:
            return load.rate(self.workload, self.figures) * (self.hours * SECONDS_OF_HOUR)
        return load.runs(self.workload, self.figures, self.hours) * load.pods_per_run(self.workload)

    @cached_property
    def seconds_each(self) -> Estimate:
        if self.serves:
            return load.busy_seconds(self.workload, self.figures)
        return load.run_seconds(self.workload, self.figures)

    @cached_property
    def busy_seconds(self) -> Estimate:
        """Seconds of a month that requests or runs take, one after the other."""
        return self.invocations * self.seconds_each

    @cached_property
    def function_gib(self) -> Estimate:
        """Memory of the function in GB of 1,024 MB; as assumed where the manifest gives neither memory nor cpu."""
        size = self.function.memory_size if self.function is not None else None
        if not isinstance(size, Traced):
            return self.memory_gib
        mib = float(size.value)
        assumed = self.figures.default("memory")
        if size.origins or not assumed.moved:
            return sure(mib / _MIB_OF_GIB)
        return assume("memory", mib, min(mib, assumed.low), max(mib, assumed.high)) / _MIB_OF_GIB

    @cached_property
    def cores(self) -> Estimate:
        """What the whole pod asks its node for."""
        found = demand.cpu(self.workload.whole)
        return sure(found.value / 1000) if found is not None else self.figures.of(self.workload, "cpu")

    @cached_property
    def memory_gib(self) -> Estimate:
        """What the whole pod asks its node for."""
        found = demand.reserved_memory(self.workload.whole)
        return sure(found.value / GIB) if found is not None else self.figures.of(self.workload, "memory") / _MIB_OF_GIB

    @cached_property
    def task(self) -> tuple[Estimate, Estimate] | None:
        """Size of the Fargate task in vCPU and GB: of the one that is written where the manifest says both, else the smallest for cpu
        requests and memory limits; None: no task is that large."""
        written = next((r for r in self.resources if isinstance(r, TaskDefinition)), None)
        said = [value for value in (written.cpu, written.memory) if isinstance(value, Traced) and value.origins] if written else []
        if len(said) == 2:
            return sure(said[0].value / _UNITS_OF_VCPU), sure(said[1].value / _MIB_OF_GIB)
        pod, sizes = self.workload.pod, tables.limits("fargate")["task_sizes"]
        cpu, memory = demand.cpu(pod), demand.memory(pod)
        millicores = sure(float(cpu.value)) if cpu is not None else self.figures.of(self.workload, "cpu") * 1000
        mib = sure(memory.value / MIB) if memory is not None else self.figures.of(self.workload, "memory")

        if smallest(millicores.expected, mib.expected, sizes) is None:
            return None
        largest = TaskSize(sizes[-1][0] * 1000 // 1024, sizes[-1][2])

        def size(part: Callable[[TaskSize], int]) -> Callable[[float, float], float]:
            return lambda cores, memory: float(part(smallest(cores, memory, sizes) or largest))

        vcpu = combine(size(lambda found: found.cpu), millicores, mib) / 1000
        return vcpu, combine(size(lambda found: found.memory), millicores, mib) / _MIB_OF_GIB

    @cached_property
    def architecture(self) -> tuple[str, bool]:
        """x86_64 or arm64, and whether that is assumed."""
        settings = self.figures.settings
        decided = settings.overrides(self.workload).architecture
        asked = [_ARCHITECTURES[a.value] for a in self.workload.pod.arch if a.value in _ARCHITECTURES]
        if decided is None and asked:
            return asked[0], False
        chosen = decided or settings.assumption("architecture")
        return str(chosen.value), not chosen.origins

    @cached_property
    def warm(self) -> Estimate | None:
        """Environments with provisioned concurrency, on average; what scales them is where an autoscaler of pods would be."""
        kept = next((r for r in self.resources if isinstance(r, ProvisionedConcurrency)), None)
        if kept is None:
            return None
        scaled = next((r for r in self.resources if isinstance(r, ScalableTarget)), None)
        least = _number(kept.executions)
        most = max(_number(scaled.max_capacity), least) if scaled is not None else least
        if most == least:
            return sure(least)
        return self.figures.bundle("scaling-position").map(lambda position: least + position * (most - least))


def _number(value: Expr) -> float:
    plain = value.value if isinstance(value, Traced) else value
    assert isinstance(plain, int | float)
    return float(plain)


class Situation(Struct, frozen=True, eq=False, dict=True):
    """All workloads, by id, with prices and figures."""

    bundle: Bundle
    prices: Prices
    figures: Figures
    subjects: tuple[Subject, ...]

    @property
    def hours(self) -> float:
        return self.prices.hours

    @cached_property
    def by_id(self) -> Mapping[str, Subject]:
        return {subject.id: subject for subject in self.subjects}

    @cached_property
    def stays(self) -> bool:
        """Whether anything stays on Kubernetes, and the cluster with it."""
        return any(subject.target is Target.KUBERNETES for subject in self.subjects)

    def line(
        self, side: Side, item: str, price: str, quantity: Estimate | float, *, rate: Estimate | None = None, note: str | None = None
    ) -> Line:
        """A quantity at its price, or at that of an estimated ``rate`` for a unit."""
        number = quantity if isinstance(quantity, Estimate) else sure(float(quantity))
        return Line(side, item, price, number, number * (rate if rate is not None else self.prices[price].unit_price), note)

    def by_architecture(self, subject: Subject, item: str, price: str, quantity: Estimate) -> Line:
        """A line after the move whose price is ``<price>-<architecture>``."""
        name = f"{price}-{subject.architecture[0]}"
        return self.line(Side.AFTER, item, name, quantity, rate=self.architecture_price(subject, price))

    def architecture_price(self, subject: Subject, price: str) -> Estimate:
        """Of one unit. An assumed architecture is an assumption as any other."""
        chosen, assumed = subject.architecture
        found = self.prices[f"{price}-{chosen}"].unit_price
        if not assumed:
            return sure(found)
        both = [self.prices[f"{price}-{name}"].unit_price for name in _ARCHITECTURES.values()]
        return assume("architecture", found, min(both), max(both))

    def instance(self, choice: str) -> Instance:
        """The EC2 instance that was chosen, or is assumed."""
        chosen = self.figures.choice(choice)
        if isinstance(chosen, str):
            row = self.prices[f"{EC2}{chosen}"]
            return Instance(row.id, sure(row.unit_price), sure(row.provides["vcpu"]), sure(row.provides["memory_gib"]))
        rows = [self.prices[f"{EC2}{name}"] for name in chosen]
        price, vcpu, memory = (
            assume(choice, *values)
            for values in (
                [row.unit_price for row in rows],
                [row.provides["vcpu"] for row in rows],
                [row.provides["memory_gib"] for row in rows],
            )
        )
        return Instance(rows[0].id, price, vcpu, memory)

    @cached_property
    def node(self) -> Instance:
        return self.instance("node-type")

    def nodes_for(self, subject: Subject) -> Estimate:
        """Nodes that the pods of a workload take: the larger share of a node's cpu and memory that they request, times the pods, by how
        well nodes are filled."""
        share = combine(max, subject.cores / self.node.vcpu, subject.memory_gib / self.node.memory_gib)
        return subject.pods * share / self.figures.bundle("node-utilisation")

    @cached_property
    def nodes(self) -> Estimate:
        return total(self.nodes_for(subject) for subject in self.subjects)


class Instance(Struct, frozen=True):
    """``price`` of an hour, ``vcpu`` and ``memory_gib``; ``id`` is the price's."""

    id: str
    price: Estimate
    vcpu: Estimate
    memory_gib: Estimate


def situation(bundle: Bundle, prices: Prices, figures: Figures) -> Situation:
    """Linear in the workloads. DaemonSets come last: they have a pod on each of the nodes that the others need, and on one at least."""
    called = _called(bundle)

    def subject(placement: Placement, nodes: Estimate | None = None) -> Subject:
        found = Subject(placement, figures, prices.hours, bundle.plan.owned.get(placement.workload.id, ()), nodes=nodes)
        return replace(found, has_api=found.function is not None and found.function.key in called)

    placements = sorted(bundle.plan.placements, key=lambda placement: placement.workload.id)
    apart = [subject(placement) for placement in placements if not placement.workload.runs.per_node]
    nodes = Situation(bundle, prices, figures, tuple(apart)).nodes.map(lambda number: max(number, 1.0))
    everywhere = [subject(placement, nodes) for placement in placements if placement.workload.runs.per_node]
    return Situation(bundle, prices, figures, tuple(sorted((*apart, *everywhere), key=lambda one: one.id)))


def _called(bundle: Bundle) -> frozenset[str]:
    """The keys of functions that an HTTP API leads to."""
    targets = (i.target.value if isinstance(i.target, Traced) else i.target for i in bundle.plan.of(Integration))
    return frozenset(target.key for target in targets if isinstance(target, Ref))
