"""What becomes of probes that nobody asks: neither a load balancer, nor ECS by a command in the container."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.manifest.container import Probe
from k2l.plan import Concern, Disposition, Outcome
from k2l.targets.fargate import health, targets
from k2l.targets.fargate.part import Part
from k2l.targets.fargate.site import Site

NETWORKED = ("httpGet", "tcpSocket")


def build(site: Site) -> Iterator[Outcome]:
    balanced = {probe.node for way in targets.groups(site).values() if (probe := targets.probe(way)) is not None}
    for part in site.parts:
        yield from _unasked(part, {*balanced, *part.asked})


def _unasked(part: Part, known: set[object]) -> Iterator[Outcome]:
    container = part.container
    for probe in (container.liveness, container.readiness):
        if probe is not None and probe.node not in known:
            yield Outcome(probe.node, Disposition.DROPPED, _reason(part, probe))
    startup = container.startup
    if startup is None or startup.node in known:
        return
    action = startup.node.get(startup.action) if startup.action else None
    if action is not None and any(p is not None and p.node in known for p in (container.liveness, container.readiness)):
        # Its numbers are those of the start: what it asks is asked by the other probe.
        yield Outcome(action, Disposition.APPROXIMATED, "startup-in-grace")
    else:
        yield Outcome(startup.node, Disposition.DROPPED, _reason(part, startup))


def _reason(part: Part, probe: Probe) -> str:
    if probe is part.container.readiness:
        return "readiness-not-asked"
    if health.confidential(probe):
        return "probe-needs-secret"
    if probe.action == "grpc":
        return "probe-not-grpc"
    if probe.action in NETWORKED and not part.program:
        return "probe-needs-program"
    return "startup-alone" if probe is part.container.startup else "probe-not-asked"


CONCERN = Concern("probes", each=build)
