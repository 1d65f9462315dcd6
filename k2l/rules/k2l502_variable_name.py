"""
A variable has a name that Lambda refuses.

Names are two or more letters, digits and underscores, and begin with a letter. Kubernetes takes nearly everything
(`spring.datasource.url`, `_DEBUG`, `X`). The init that k2l puts into the image sets such a variable before the program starts; that
makes each start a little slower.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (checked 2026-11-21)

Bad:

    env:
      - name: spring.datasource.url
        value: jdbc:postgresql://db/shop

Good:

    env:
      - name: SPRING_DATASOURCE_URL
        value: jdbc:postgresql://db/shop
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container
from k2l.rules._environment import names


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    limits = tables.limits("lambda")
    pattern = re.compile(limits["environment_name_pattern"])
    for name, at in names(container, workload, graph):
        if not pattern.fullmatch(name) and name not in limits["environment_reserved"]:
            yield Problem(
                at, f'Lambda refuses the name "{name}", so it is set when the program starts', "use letters, digits and underscores"
            )


RULE = Rule("K2L502", "variable-name", Severity.NOTE, check, only=FUNCTIONS)
