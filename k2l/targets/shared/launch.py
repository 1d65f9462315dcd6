"""What a container starts: command and args with ``$(VAR)`` expanded and the names of Services replaced, as in its environment."""

from __future__ import annotations

from msgspec import Struct, field

from k2l.aws.configuration import Parameter
from k2l.aws.inputs import Variable as Input
from k2l.converters import expansion
from k2l.environment import Environment
from k2l.manifest.container import Container
from k2l.reference import Expanded
from k2l.targets.shared.assigning import Assigned
from k2l.targets.shared.callees import Callee, Directory
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced


class Launch(Struct):
    """``parameters`` hold inputs that an argument needs: an image is built before they are given, so the init reads them at start."""

    command: tuple[Traced[Expanded], ...] | None = None
    args: tuple[Traced[Expanded], ...] | None = None
    callees: dict[str, Callee] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)


def launch(ground: Ground, container: Container, environment: Environment, assigned: Assigned, directory: Directory) -> Launch:
    # The environment's callees have their ports already; an argument that names one of them uses the same.
    made = Launch(callees=dict(assigned.callees))
    made.command = tuple(_expanded(ground.name, text, environment, directory, made) for text in container.command) or None
    made.args = tuple(_expanded(ground.name, text, environment, directory, made) for text in container.args) or None
    return made


def _expanded(home: str, text: Traced[str], environment: Environment, directory: Directory, made: Launch) -> Traced[Expanded]:
    expanded = expansion.expand(text, environment.scope(), complete=environment.complete)
    rewritten = directory.rewrite(None, expanded, home)
    if rewritten is None:
        return expanded
    made.callees |= {c.function: c for c in rewritten.callees}
    made.inputs |= {i.key: i for i in rewritten.inputs}
    value, parameters = rewritten.at_start(home)
    made.parameters |= {p.key: p for p in parameters}
    return value
