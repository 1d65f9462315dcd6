"""
A variable that Kubernetes sets for every Service is used.

`WEB_SERVICE_HOST` and `WEB_SERVICE_PORT` are put into every pod of a namespace with a Service `web`. A function or a task has only the
variables that it is given. Where a manifest says `$(WEB_SERVICE_HOST)` and the Service is there, k2l takes its name instead; a shell that
expands `$WEB_SERVICE_HOST` or `${WEB_SERVICE_HOST}` finds nothing, and the name of a Service that is not there stays as it is.

With `enableServiceLinks: false` the cluster sets these variables for its own API only, so that nothing is lost.

Source: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables (checked 2026-11-21)

Bad:

    env:
      - name: API
        value: http://$(API_SERVICE_HOST):80

Bad:

    command: [sh, -c, "serve --api http://$API_SERVICE_HOST:80"]

Good:

    env:
      - name: API
        value: http://api:80
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.joins.servicelinks import linked, links
from k2l.manifest.container import Container
from k2l.rules._environment import names
from k2l.traced import Traced

USE = re.compile(
    r"\$(?P<open>[({]?)(?P<name>[A-Z][A-Z0-9_]*?_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\d+_(?:TCP|UDP)(?:_ADDR|_PORT|_PROTO)?))\b"
)
ALWAYS = "KUBERNETES_"


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    texts = (*(v.value for v in container.env if v.value), *container.command, *container.args)
    used = [(text, found) for text in texts if "$" in text.value for found in USE.finditer(text.value)]
    if not used:
        return
    own, known = {name for name, _ in names(container, workload, graph)}, links(workload, graph)
    for text, found in used:
        name = found["name"]
        set_there = linked(workload) or name.startswith(ALWAYS)
        if name not in own and set_there and not (found["open"] == "(" and name in known):
            yield _problem(text, name)


def _problem(text: Traced[str], variable: str) -> Problem:
    return Problem(text.origins[0], f'nothing sets "{variable}" outside a cluster', "write the Service's name, as in http://api:80")


RULE = Rule("K2L220", "service-variable", Severity.WARNING, check, only=AWS_COMPUTE)
