"""Ingress paths as routes of an HTTP API, and which of them counts where several claim one."""

from __future__ import annotations

import re
from functools import cache

from k2l import tables
from k2l.converters.paths import RoutePaths, route_paths
from k2l.graph import Routes


def paths(routes: Routes) -> RoutePaths:
    """The route keys of one path of an Ingress."""
    return route_paths(routes.path.value, routes.path_type.value, _part())


def precedence(routes: Routes) -> tuple[bool, bool, str, int, int]:
    """What comes first keeps a route: a path before a default backend, an exact one before a prefix, as Kubernetes has it; then the
    first in the input, because no manifest tells which Ingress is the oldest."""
    node = routes.node
    return routes.fallback, routes.path_type.value != "Exact", node.document.file, node.line, node.column


@cache
def _part() -> re.Pattern[str]:
    return re.compile(tables.limits("apigateway")["route_part_pattern"])
