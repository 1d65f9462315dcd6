"""What becomes of containers that a function does without, of what only they use, and of the Services' ports that lead to them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.joins.sidecars import LeftOut, Without
from k2l.manifest.manifest import Manifest
from k2l.manifest.uses import uses
from k2l.plan import Disposition, Outcome
from k2l.source import Node
from k2l.targets.shared.ground import Ground


def build(site: Ground) -> Iterator[Outcome]:
    without = site.workload.without
    if without is None or not without.containers:
        return
    for one in without.containers:
        yield _outcome(one.container.node, one)
    for volume in without.volumes:
        yield Outcome(volume.node, Disposition.NOT_APPLICABLE, "volume-left-out")
    for service in site.workload.services:
        for port in service.exposes.ports:
            if (served := without.reached_by(port)) is not None:
                yield _outcome(port.node, served)
    yield from (Outcome(node, Disposition.NOT_APPLICABLE, "configuration-left-out") for node in _values(site, without))


def _outcome(at: Node, one: LeftOut) -> Outcome:
    return Outcome(at, Disposition.DROPPED if one.lost else Disposition.NOT_APPLICABLE, one.reason)


def _values(site: Ground, without: Without) -> Iterator[Node]:
    """The values of ConfigMaps and Secrets that the function does not read and the whole pod would."""
    namespace = site.workload.manifest.namespace
    read = {(use.kind, use.name.value, use.key.value if use.key else None) for use in uses(site.workload.pod)}
    for use in uses(without.pod):
        name, key = use.name.value, use.key.value if use.key else None
        found = site.graph.provides(use.kind, namespace, name)
        if found is not None and not {(use.kind, name, key), (use.kind, name, None)} & read:
            taken = {known for kind, of, known in read if (kind, of) == (use.kind, name)}
            yield from _nodes(found[0], {key} if key else None, taken)


def _nodes(manifest: Manifest, wanted: set[str] | None, taken: set[str | None]) -> Iterator[Node]:
    """The values of these keys, or of every key, that the function does not take itself."""
    values = {**manifest.body.data, **manifest.body.binary}
    yield from (value.origins[0] for key, value in values.items() if key not in taken and (wanted is None or key in wanted))
