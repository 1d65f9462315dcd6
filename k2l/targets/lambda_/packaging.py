"""The image of a function: what to start, what the init brings in at start, what is baked in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from k2l import tables
from k2l.aws.build_context import Assignment, Assignments, BuildContext, Listener, Readiness, Run
from k2l.converters import expansion, names
from k2l.graph import Mode
from k2l.joins.doors import Speech, doors
from k2l.manifest.container import Container, Probe
from k2l.targets.lambda_ import sizing, volumes
from k2l.targets.lambda_.ground import Ground
from k2l.targets.shared.assigning import Assigned
from k2l.targets.shared.launch import Launch
from k2l.targets.shared.naming import rules
from k2l.targets.shared.volumes import Mounted
from k2l.traced import Traced


class Packaged(Struct, frozen=True):
    context: BuildContext
    mounted: Mounted


def package(ground: Ground, assigned: Assigned, launch: Launch) -> Packaged:
    container, serving = ground.workload.container, ground.workload.runs.mode is Mode.SERVE
    mounted = volumes.mounted(ground, container)
    port = serving_port(ground, container) if serving else None
    context = BuildContext(
        key=ground.name,
        home=ground.name,
        origins=ground.origins,
        mode="serve" if serving else "job",
        source_image=ground.source_image,
        architecture=sizing.architecture(ground),
        command=launch.command,
        args=launch.args,
        working_directory=expansion.literal(container.working_dir) if container.working_dir else None,
        environment=tuple(_environment(ground, assigned)),
        files=tuple(mounted.files),
        writable_paths=tuple(mounted.writable),
        links=tuple(mounted.links),
        listen=tuple(_listeners(launch)),
        port=port,
        readiness=_readiness(ground, container, port) if port else None,
        run=None if serving else _run(ground),
        streams=bool(serving and ground.streaming and ground.streaming.value),
    )
    return Packaged(context, mounted)


def _environment(ground: Ground, assigned: Assigned) -> Iterator[Assignment | Assignments]:
    for whole in ground.resolved.wholes:
        yield Assignments(whole.reference, whole.prefix)
    for name, value in assigned.at_start.items():
        yield Assignment(name, value)


def _listeners(launch: Launch) -> Iterator[Listener]:
    timeout = int(tables.limits("defaults")["http_timeout_seconds"])
    for callee in launch.callees.values():
        yield Listener(Traced(callee.port), Traced(names.url_parameter(callee.function, rules())), Traced(timeout))


def serving_port(ground: Ground, container: Container) -> Traced[int]:
    """The port the application listens on: where its Services lead, else one of the container's, else the adapter's default."""
    nameless: list[Traced[int | str]] = []
    found: list[Traced[int]] = []
    for port in (port for service in ground.workload.services for port in service.exposes.ports):
        same: Traced[int | str] = Traced(port.port.value, port.port.origins)
        wanted = port.target or same
        number = container.port_number(wanted)
        if number is None:
            nameless.append(wanted)
            continue
        declared = next((p for p in container.ports if p.number.value == number.value), None)
        found.append(number.because(port.port, declared.number if declared else None, declared.name if declared else None))
    ranks = _ranks(ground)
    if found:
        return min(found, key=lambda number: ranks[number.value])
    declared_ones = sorted((port.number for port in container.ports), key=lambda number: ranks[number.value])
    assumed = declared_ones[0] if declared_ones else Traced(int(tables.limits("adapter")["default_port"]))
    return assumed.because(*nameless).approximately("no-such-port") if nameless else assumed


def _ranks(ground: Ground) -> Mapping[int, tuple[int, bool]]:
    """Ports by how likely callers mean them: plain HTTP before TLS, metrics last; of equals the one that an Ingress leads to."""
    plain = (Speech.HTTP, Speech.UNKNOWN)
    order = {speech: 0 if speech in plain else 2 if speech is Speech.METRICS else 1 for speech in Speech}
    return {d.number: (order[d.says().speech], not d.routed) for d in doors(ground.workload) if d.number is not None}


def _readiness(ground: Ground, container: Container, port: Traced[int]) -> Readiness:
    """The readiness probe, else the startup probe, else that the port takes connections."""
    probe = container.readiness or container.startup
    slow = _slow_start(container.startup, int(ground.limits["init_max_seconds"])) if container.startup else None
    if probe is None or probe.action not in ("httpGet", "tcpSocket"):
        return Readiness(Traced("tcp"), port, async_init=slow)
    number = (container.port_number(probe.port) or port.because(probe.port).approximately("no-such-port")) if probe.port else port
    if probe.action == "tcpSocket":
        return Readiness(Traced("tcp"), number, async_init=slow)
    path = probe.path or Traced("/")
    return Readiness(Traced("http"), number, path, str(tables.limits("adapter")["healthy_status"]), slow)


def _slow_start(probe: Probe, most: int) -> Traced[bool] | None:
    """Whether the start may take longer than Lambda's initialisation, of ``most`` seconds: then it goes on in the first request."""
    period, failures, delay = probe.period or Traced(10), probe.failures or Traced(3), probe.initial_delay or Traced(0)
    budget = delay.value + period.value * failures.value
    if budget <= most:
        return None
    return Traced(True).because(probe.period, probe.failures, probe.initial_delay)


def _run(ground: Ground) -> Run:
    job = ground.workload.runs.job
    return Run(sizing.timeout(ground), job.deadline if job else None, ground.workload.pod.grace_period)
