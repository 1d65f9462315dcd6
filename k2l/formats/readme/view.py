"""What the README shows, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.capacity_provider import CapacityProvider
from k2l.aws.configuration import Secret
from k2l.aws.ecs import Service, TaskDefinition
from k2l.aws.expr import Image, Ref
from k2l.aws.function import Alias, Function
from k2l.aws.inputs import Variable
from k2l.aws.schedule import Schedule
from k2l.formats import Format, images
from k2l.formats.readme.calls import Calls, calls
from k2l.formats.readme.losses import Loss, losses
from k2l.formats.readme.questions import Question, questions
from k2l.formats.text import words
from k2l.formats.text.summary import verdict
from k2l.graph import Mode, Workload
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import Plan, built
from k2l.secrets.holdings import holdings, references
from k2l.traced import Traced

HIDDEN = "(sensitive)"
PLATFORMS: Mapping[str, str] = {"x86_64": "linux/amd64", "arm64": "linux/arm64"}
"""Lambda's names of processors, and what docker build calls them."""


class FunctionView(Struct, frozen=True):
    """``reached`` are routes and schedules in words; ``tag``, ``repository`` and ``platform`` are the image's."""

    name: str
    workload: str
    file: str
    memory: str
    timeout: str
    reached: tuple[str, ...]
    repository: str
    tag: str
    platform: str
    buildable: bool


class ProviderView(Struct, frozen=True):
    """Instances that Lambda manages, and the functions on them."""

    name: str
    processor: str
    functions: tuple[str, ...]


class TaskView(Struct, frozen=True):
    """``runs`` says in words what keeps or starts it; ``start`` is the command that starts one, where nothing else does."""

    name: str
    workload: str
    file: str
    size: str
    runs: str
    reached: tuple[str, ...]
    start: str | None


class OnceView(Struct, frozen=True):
    """A function that nothing starts but its command; ``idle`` says that its job was not to run by itself even in the cluster."""

    function: str
    alias: str
    workload: str
    idle: bool


class Staying(Struct, frozen=True):
    workload: str
    target: str
    why: tuple[str, ...]
    where: str
    help: str


class InputView(Struct, frozen=True):
    """What has to be answered before anything is applied; ``address`` is what the format calls it."""

    key: str
    address: str
    type: str
    description: str


class SecretView(Struct, frozen=True):
    """``keys`` are those that a function reads; none when it reads all of them. ``cluster`` is the namespace and name of a
    Secret that is not among the manifests, None for values that are."""

    name: str
    address: str
    description: str
    keys: tuple[str, ...]
    cluster: tuple[str, str] | None


class View(Struct, frozen=True):
    format: str
    verdict: str
    objects: int
    files: int
    fields: str
    functions: tuple[FunctionView, ...]
    once: tuple[OnceView, ...]
    tasks: tuple[TaskView, ...]
    providers: tuple[ProviderView, ...]
    built: bool
    calls: Calls | None
    staying: tuple[Staying, ...]
    secrets: tuple[SecretView, ...]
    by_hand: tuple[str, ...]
    inputs: tuple[InputView, ...]
    questions: tuple[Question, ...]
    losses: tuple[Loss, ...]


def view(bundle: Bundle, output: Format) -> View:
    plan = bundle.plan
    return View(
        format=output.name,
        verdict=verdict(plan.placements),
        objects=bundle.ledger.counts["objects"],
        files=len({m.node.document.file for m in bundle.manifests}),
        fields=words.fields(bundle.ledger.counts),
        functions=tuple(_functions(bundle)),
        once=tuple(_once(bundle)),
        tasks=tuple(_tasks(bundle)),
        providers=tuple(_providers(plan)),
        built=bool(plan.of(BuildContext)),
        calls=calls(plan),
        staying=tuple(_staying(p) for p in plan.placements if p.target not in built()),
        secrets=tuple(_secrets(bundle, output)),
        by_hand=tuple(_by_hand(plan)),
        inputs=tuple(_inputs(plan, output)),
        questions=questions(plan.decisions),
        losses=tuple(losses(bundle)),
    )


def plain(value: Any) -> str:
    """A planned value as a person would say it."""
    if isinstance(value, Traced):
        return HIDDEN if value.sensitive else plain(value.value)
    if isinstance(value, tuple):
        return ", ".join(map(plain, value))
    return "" if value is None else str(value)


def _inputs(plan: Plan, output: Format) -> Iterator[InputView]:
    addresses = output.addresses(plan)
    for variable in sorted(plan.of(Variable), key=lambda v: v.key):
        if variable.required:
            yield InputView(variable.key, addresses(variable, "").rpartition(".")[2], variable.type, plain(variable.description))


def _functions(bundle: Bundle) -> Iterator[FunctionView]:
    plan = bundle.plan
    contexts = {c.key: c for c in plan.of(BuildContext)}
    schedules: dict[str, list[Schedule]] = {}
    for schedule in plan.of(Schedule):
        schedules.setdefault(schedule.home, []).append(schedule)
    workloads = {id(p.workload.manifest.node): p.workload for p in plan.placements}
    for function in sorted(plan.of(Function), key=lambda f: f.key):
        workload = workloads[id(function.origins[0])]
        context = contexts.get(function.key)
        image = function.image.value if isinstance(function.image, Traced) else function.image
        assert isinstance(image, Image)
        yield FunctionView(
            name=function.key,
            workload=workload.id,
            file=workload.manifest.node.document.file,
            memory=f"{plain(function.memory_size)} MB",
            timeout=f"{plain(function.timeout)} s",
            reached=tuple(dict.fromkeys((*_routes(workload), *_times(schedules.get(function.key, ())), *_command(workload)))),
            repository=image.repository,
            tag=image.tag,
            platform=PLATFORMS[plain(function.architectures)],
            buildable=context is not None and images.finished(context),
        )


def _providers(plan: Plan) -> Iterator[ProviderView]:
    of: dict[str, list[str]] = {}
    for function in sorted(plan.of(Function), key=lambda f: f.key):
        if function.capacity is not None and isinstance(function.capacity.provider, Ref):
            of.setdefault(function.capacity.provider.key, []).append(function.key)
    for provider in sorted(plan.of(CapacityProvider), key=lambda p: p.key):
        yield ProviderView(plain(provider.name), plain(provider.architectures), tuple(of.get(provider.key, ())))


def _tasks(bundle: Bundle) -> Iterator[TaskView]:
    plan = bundle.plan
    workloads = {p.workload.manifest.node: p.workload for p in plan.placements}
    services = {service.key: service for service in plan.of(Service)}
    schedules: dict[str, list[Schedule]] = {}
    for schedule in plan.of(Schedule):
        schedules.setdefault(schedule.home, []).append(schedule)
    for task in sorted(plan.of(TaskDefinition), key=lambda t: t.key):
        workload, service = workloads[task.origins[0]], services.get(task.key)
        once = service is None and workload.runs.mode is Mode.ONCE
        yield TaskView(
            name=task.key,
            workload=workload.id,
            file=workload.manifest.node.document.file,
            size=f"{int(plain(task.cpu)) / 1024:g} vCPU, {int(plain(task.memory)):,} MiB",
            runs=f"a service of {plain(service.desired_count)}" if service else "once" if once else "at its times",
            reached=tuple(dict.fromkeys((*_routes(workload), *_times(schedules.get(task.key, ()))))),
            start=_start(task.key, workload) if once else None,
        )


def _start(task: str, workload: Workload) -> str:
    """https://docs.aws.amazon.com/cli/latest/reference/ecs/run-task.html"""
    cluster = f"{tables.limits('fargate')['cluster_prefix']}{workload.manifest.namespace}"
    network = "awsvpcConfiguration={subnets=[SUBNET],securityGroups=[GROUP]}"
    return f"aws ecs run-task --cluster {cluster} --task-definition {task} --launch-type FARGATE --network-configuration '{network}'"


def _routes(workload: Workload) -> Iterator[str]:
    for route in workload.routes:
        yield f"{route.routes.host.value if route.routes.host else '*'}{route.routes.path.value}"
    yield from (service.manifest.id for service in workload.services)


def _command(workload: Workload) -> Iterator[str]:
    if workload.runs.mode is Mode.ONCE:
        yield "aws lambda invoke"


def _once(bundle: Bundle) -> Iterator[OnceView]:
    aliases = {alias.key: alias for alias in bundle.plan.of(Alias)}
    for placement in bundle.plan.placements:
        workload = placement.workload
        function = next((r for r in bundle.plan.owned.get(workload.id, ()) if isinstance(r, Function)), None)
        if function is not None and workload.runs.mode is Mode.ONCE:
            job = workload.runs.job
            yield OnceView(plain(function.name), plain(aliases[function.key].name), workload.id, bool(job and job.idle))


def _times(schedules: Any) -> Iterator[str]:
    for schedule in schedules:
        zone = plain(schedule.timezone)
        yield f"{plain(schedule.expression)}{f' {zone}' if zone else ''}"


def _staying(placement: Placement) -> Staying:
    why = tuple(f"{f.code} {f.problem.message}" for f in placement.because) or ("as you asked",)
    helps = dict.fromkeys(f.problem.help for f in placement.because if f.problem.help)
    return Staying(placement.workload.id, words.TARGETS[placement.target], why, _where(placement), "; ".join(helps))


def _where(placement: Placement) -> str:
    """File, object and path of what decided."""
    if placement.because:
        first = placement.because[0]
        return " ".join(filter(None, (first.at.document.file, first.object, first.at.path())))
    if placement.wish and placement.wish.origins:
        at = placement.wish.origins[0]
        return f"{at.document.file} {at.path()}"
    return placement.workload.manifest.node.document.file


def _secrets(bundle: Bundle, output: Format) -> Iterator[SecretView]:
    addresses = output.addresses(bundle.plan)
    made = {secret.key: secret for secret in bundle.plan.of(Secret)}
    for holding in holdings(bundle.plan, bundle.graph):
        secret = made[holding.name]
        _, namespace, name = holding.object.split("/", 2)
        cluster = (namespace, name) if holding.kubernetes and not holding.values else None
        yield SecretView(plain(secret.name), addresses(secret, ""), plain(secret.description), holding.keys or (), cluster)


def _by_hand(plan: Plan) -> Iterator[str]:
    """Paths of SSM below which every parameter is read: of ConfigMaps that are not among the manifests."""
    found = (r for context in plan.of(BuildContext) for r in references(context, "ssm") if r.name.endswith("/"))
    yield from sorted({r.name for r in found})
