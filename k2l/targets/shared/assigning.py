"""Where each variable of a container goes, whatever the target: what is known of its value, and what it names, decides.

A target says what it does with each of them: see the methods of ``Assigner`` that it overrides."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import names
from k2l.environment import ConfigKey, Environment, Variable
from k2l.plan import Disposition, Outcome
from k2l.reference import Expanded
from k2l.secrets.credentials import looks_secret
from k2l.source import Node
from k2l.targets.shared import missing
from k2l.targets.shared.callees import Callee, Directory, Rewritten
from k2l.targets.shared.naming import rules
from k2l.traced import Traced

_HOST_WORD = re.compile("hostname|host|address|addr|server", re.IGNORECASE)


class Assigned(Struct):
    """``variables`` stand in the environment of what runs, ``at_start`` is read or composed by the init; ``secrets`` is given by the
    platform from where it is kept. ``credentials`` are the literals that look like credentials, by variable, and live in a secret of their
    own."""

    variables: dict[str, Expr] = field(default_factory=dict)
    secrets: dict[str, Traced[Any]] = field(default_factory=dict)
    at_start: dict[str, Traced[Expanded]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    callees: dict[str, Callee] = field(default_factory=dict)
    credentials: dict[str, Traced[str]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


class Assigner(ABC):
    """Assigns the variables of one container. ``home`` is the name of what runs it."""

    def __init__(self, home: str, directory: Directory, kept_literals: Traced[str] | None) -> None:
        self._home, self._directory, self._kept_literals = home, directory, kept_literals
        self._ports: dict[str, Traced[int]] = {}
        self._bare: set[str] = set()
        self.result = Assigned()

    @abstractmethod
    def place(self, name: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None = None) -> None:
        """What is known, or becomes known in an apply: ``config`` is the key of a ConfigMap that it is a copy of."""

    def read(self, name: str, value: Traced[Expanded]) -> None:
        """What is known only when the container starts."""
        self.result.at_start[name] = value

    @property
    def reserved(self) -> frozenset[str]:
        """Variables that the platform sets itself."""
        return frozenset()

    def finish(self) -> None:  # noqa: B027 - most have nothing to do then
        """When every variable has its place."""

    def assign(self, environment: Environment) -> Assigned:
        self._find_ports(environment)
        for variable in environment.variables:
            self._outcomes(variable.overridden, Disposition.NOT_APPLICABLE, "overridden-later")
            self._assign(variable)
        for node, reason in environment.idle:
            self._outcomes((node,), Disposition.NOT_APPLICABLE, reason)
        self.finish()
        return self.result

    def _find_ports(self, environment: Environment) -> None:
        """Variables that hold the port of a function, beside one that holds its host: both change together."""
        known = {v.name: v.value for v in environment.variables if v.missing is None and v.hidden is None and v.value.value.known}
        ports = {name: int(value.value.text) for name, value in known.items() if value.value.text.isdecimal()}
        if not ports:
            return
        for name, value in known.items():
            beside = next((other for other in port_names(name) if other in ports and other not in self._ports), None)
            found = self._directory.port_beside(name, value.value.text) if beside else {}
            if beside is not None and ports[beside] in found:
                self._ports[beside] = Traced(found[ports[beside]]).because(known[beside], value)
                self._bare.add(name)

    def _outcomes(self, at: tuple[Node, ...], disposition: Disposition, reason: str) -> None:
        self.result.outcomes.extend(Outcome(node, disposition, reason) for node in at)

    def _assign(self, variable: Variable) -> None:
        name, value = variable.name, variable.value
        if name in self.reserved:
            self._outcomes(value.origins, Disposition.DROPPED, "reserved-name")
        elif variable.missing == "configuration-missing" and variable.config:
            self.place(name, self._input(variable.config, value))
        elif variable.missing == "optional-and-absent":
            self._outcomes(value.origins, Disposition.NOT_APPLICABLE, variable.missing)
        elif variable.missing:
            self._outcomes(value.origins, Disposition.DROPPED, variable.missing)
        elif variable.hidden is not None:
            self.read(name, value)
            self.result.credentials[name] = variable.hidden
            self.result.outcomes.append(Outcome(variable.hidden.origins[0], Disposition.MAPPED, to=_reference(value), sensitive=True))
        elif name in self._ports:
            self.place(name, self._ports[name].map(str))
        else:
            self._given(name, value, variable.config)

    def _given(self, name: str, value: Traced[Expanded], config: ConfigKey | None) -> None:
        rewritten = self._directory.rewrite(name, value, self._home, bare=name in self._bare)
        if rewritten is not None:
            self.result.callees |= {c.function: c for c in rewritten.callees}
            self.result.inputs |= {i.key: i for i in rewritten.inputs}
            self._rewritten(name, rewritten)
        elif not value.value.known:
            self.read(name, value)
        else:
            text = value.map(lambda expanded: expanded.text)
            kept = self._kept_literals if config is None and self._kept_literals and looks_secret(name, text.value) else None
            self.place(name, text.because(kept), config)

    def _rewritten(self, name: str, rewritten: Rewritten) -> None:
        expression = rewritten.expression()
        if expression is not None and not is_dynamic_reference(expression.value):
            self.place(name, expression)
            return
        value, parameters = rewritten.at_start(self._home)
        self.result.at_start[name] = value
        self.result.parameters |= {p.key: p for p in parameters}

    def parameter(self, config: ConfigKey, value: Traced[Expr] | Traced[str]) -> Parameter | None:
        """One parameter for each key of a ConfigMap, whoever uses it; None for what SSM refuses."""
        name = names.parameter_name(config.namespace, config.name, config.key, rules())
        return self.stored(name, "configuration", value, config)

    def stored(self, name: str, home: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None) -> Parameter | None:
        text = value.value
        limits = tables.limits("ssm")
        if not isinstance(text, str) or not text or "{{" in text or len(text.encode()) > limits["value_max_bytes_advanced"]:
            return None
        leaf = _leaf(config, value)
        made = Parameter(
            key=name,
            home=home,
            origins=(config.manifest.node,) if config and config.manifest else (),
            name=name,
            value=Traced(text, leaf, value.sensitive),
            tier="Standard" if len(text.encode()) <= limits["value_max_bytes_standard"] else "Advanced",
        )
        self.result.parameters[name] = made
        return made

    def _input(self, config: ConfigKey, value: Traced[Expanded]) -> Traced[Expr]:
        made = missing.value(config.namespace, config.name, config.key, self._home)
        self.result.inputs[made.key] = made
        return Traced(Var(made.key), value.origins, reason="configuration-missing")


def port_names(variable: str) -> Iterator[str]:
    """What the variable is called that holds the port of the host in ``variable``: CART_HOST and CART_PORT, cartHost and cartPort."""
    found = list(_HOST_WORD.finditer(variable))
    if found:
        word = found[-1]
        port = "PORT" if word[0].isupper() else "port" if word[0].islower() else "Port"
        yield variable[: word.start()] + port + variable[word.end() :]
    yield f"{variable}_PORT" if variable.isupper() else f"{variable}_port"
    yield from (f"{variable}Port", f"{variable}.port")


def _reference(value: Traced[Expanded]) -> str:
    return str(value.value.reference)


def _leaf(config: ConfigKey | None, value: Traced[Expr] | Traced[str]) -> tuple[Node, ...]:
    """The ConfigMap's own line among the places of a value: the parameter is the ConfigMap's, not the reader's."""
    if config is None or config.manifest is None:
        return value.origins
    return tuple(node for node in value.origins if node.root() is config.manifest.node)


def is_dynamic_reference(value: Expr) -> bool:
    """What CloudFormation would replace, wherever it stands in a function's configuration: only the image can hold such a text."""
    start = str(tables.limits("cloudformation")["dynamic_reference"])
    parts = value.parts if isinstance(value, Join) else (value,)
    return any(isinstance(part, str) and start in part for part in parts)
