"""Which service takes the place of a database, a cache or a broker, and how those who call it find it then."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import images
from k2l.converters import names
from k2l.plan import Concern, Decision
from k2l.targets.shared.ground import Ground


def decide(ground: Ground) -> Iterator[Decision]:
    container = ground.workload.container
    known = images.known(container.image.value) if container.image else None
    if known is None or known.to is None:
        return
    inputs = ", ".join(_inputs(ground))
    told = f"; who calls it by name and port gets its endpoint from the input {inputs}" if inputs else ""
    yield Decision(
        id=f"{ground.workload.id}:service",
        workload=ground.workload.id,
        question=f"What takes the place of {container.name.value}, {known.what}?",
        options=(known.to, "target: fargate, with files on EFS", "target: kubernetes"),
        chosen=known.to,
        by="default",
        why=f"AWS keeps it running, patched and backed up; its size and its data are yours to decide, so that none is made{told}; "
        "let the security groups of its callers in, and keep its password in the secret that they read",
    )


def _inputs(ground: Ground) -> Iterator[str]:
    for service in ground.workload.services:
        yield from (names.service_input(service.manifest.namespace, service.manifest.name, p.port.value) for p in service.exposes.ports)


CONCERN = Concern("decisions", each=decide)
