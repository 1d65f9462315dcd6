"""What a container starts: command and args with ``$(VAR)`` expanded and the names of Services replaced, as in its environment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import expansion, names
from k2l.reference import Expanded, Part, Reference, of
from k2l.targets.lambda_.callees import Callee, Rewritten
from k2l.targets.lambda_.naming import rules
from k2l.traced import Traced

if TYPE_CHECKING:
    from k2l.targets.lambda_.site import Site


@dataclass(slots=True)
class Launch:
    """``parameters`` hold inputs that an argument needs: an image is built before they are given, so the init reads them at start."""

    command: tuple[Traced[Expanded], ...] | None = None
    args: tuple[Traced[Expanded], ...] | None = None
    callees: dict[str, Callee] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)


def launch(site: Site) -> Launch:
    # The environment's callees have their ports already; an argument that names one of them uses the same.
    made = Launch(callees=dict(site.assigned.callees))
    container = site.workload.container
    made.command = tuple(_expanded(site, text, made) for text in container.command) or None
    made.args = tuple(_expanded(site, text, made) for text in container.args) or None
    return made


def _expanded(site: Site, text: Traced[str], made: Launch) -> Traced[Expanded]:
    expanded = expansion.expand(text, site.resolved.scope(), complete=site.resolved.complete)
    if not expanded.value.known:
        return expanded
    rewritten = site.directory.rewrite(None, expanded.map(lambda e: e.text), site.name)
    if rewritten is None:
        return expanded
    made.callees |= {c.function: c for c in rewritten.callees}
    made.inputs |= {i.key: i for i in rewritten.inputs}
    return Traced(of(*_parts(site, rewritten, made)), rewritten.value.origins)


def _parts(site: Site, rewritten: Rewritten, made: Launch) -> Iterator[Part]:
    value: Expr = rewritten.value.value
    for part in value.parts if isinstance(value, Join) else (value,):
        if isinstance(part, Var):
            name = names.environment_parameter(site.name, part.name, rules())
            made.parameters[name] = Parameter(key=name, home=site.name, origins=site.origins, name=name, value=part)
            yield Reference("ssm", name)
        else:
            assert isinstance(part, str)
            yield part
