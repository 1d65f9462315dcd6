"""The workloads that a service of AWS is to replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from k2l.finding import Target
from k2l.graph import Graph
from k2l.placement import Placement
from k2l.settings import Settings
from k2l.targets.shared.ground import Ground


def survey(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Ground]:
    chosen = [w for w in graph.workloads if placements[w.id].target is Target.MANAGED_SERVICE]
    return [Ground(w, graph, placements, settings, {}) for w in chosen]
