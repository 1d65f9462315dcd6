"""
A workload's variables are more than a function's environment holds.

All names and values together have 4 KB, written as one JSON object. What does not fit, the largest first, is read by the init when
the function starts; the fewer, the faster the start. Large values are better files.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    env:
      - name: PRICES
        value: <5000 characters>

Good:

    env:
      - name: PI
        value: "3.14159"
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.converters import variables as sizing
from k2l.environment import Stores, Variable, resolve
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.rules._environment import values


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    container, most = workload.container, tables.limits("lambda")["environment_max_bytes"]
    written = tuple(values(container, workload, graph))
    size = sizing.total(sizing.member(name, text.value) for name, text in written)
    # Resolving takes time, and what is written is no less than what results, unless it refers to something.
    if size <= most and not any("$(" in text.value for _, text in written):
        return
    environment = resolve(workload, container, graph, Stores())
    sizes = {v.name: _size(v) for v in environment.variables}
    total = sizing.total(sizes.values())
    if total > most:
        largest = max(sizes, key=lambda name: (sizes[name], name))
        message = f'variables of {total:,} bytes, a function holds {most:,}; the largest is "{largest}" with {sizes[largest]:,}'
        yield Problem(container.node, message, "make large values files; else the largest are read when the function starts")


def _size(variable: Variable) -> int:
    """What it adds, as far as it is known and not secret."""
    known = variable.value.value.known and variable.missing is None
    return sizing.member(variable.name, variable.value.value.text) if known else 0


RULE = Rule("K2L503", "large-environment", Severity.NOTE, check, only=FUNCTIONS)
