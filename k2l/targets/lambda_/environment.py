"""Where each variable of a container lives on Lambda: in the function's environment, or read by the init when the function starts.

Lambda takes 4 KB in all and only some names; Secrets never stand in the function's configuration.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct, field

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Ref, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import names
from k2l.converters import variables as sizing
from k2l.credentials import looks_secret
from k2l.environment import ConfigKey, Environment, Variable
from k2l.plan import Disposition, Outcome
from k2l.reference import Expanded, Reference, of
from k2l.source import Node
from k2l.targets.lambda_ import missing
from k2l.targets.lambda_.callees import Callee, Directory, Rewritten
from k2l.targets.lambda_.naming import rules
from k2l.traced import Traced

_HOST_WORD = re.compile("hostname|host|address|addr|server", re.IGNORECASE)


class Assigned(Struct):
    """``variables`` stand in the function's environment, ``at_start`` is read or composed by the init; ``credentials`` are the literals
    that look like credentials, by variable, and live in a secret of their own."""

    variables: dict[str, Expr] = field(default_factory=dict)
    at_start: dict[str, Traced[Expanded]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    callees: dict[str, Callee] = field(default_factory=dict)
    credentials: dict[str, Traced[str]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile(tables.limits("lambda")["environment_name_pattern"])


@cache
def _reserved() -> frozenset[str]:
    return frozenset(tables.limits("lambda")["environment_reserved"])


class Assigner:
    """Assigns the variables of one function."""

    def __init__(self, function: str, directory: Directory, kept_literals: Traced[str] | None) -> None:
        self._function, self._directory, self._kept_literals = function, directory, kept_literals
        self._ports: dict[str, Traced[int]] = {}
        self._bare: set[str] = set()
        self.result = Assigned()

    def assign(self, environment: Environment) -> Assigned:
        self._find_ports(environment)
        for variable in environment.variables:
            self._outcomes(variable.overridden, Disposition.NOT_APPLICABLE, "overridden-later")
            self._assign(variable)
        for node, reason in environment.idle:
            self._outcomes((node,), Disposition.NOT_APPLICABLE, reason)
        self._fit()
        return self.result

    def _find_ports(self, environment: Environment) -> None:
        """Variables that hold the port of a function, beside one that holds its host: both change together."""
        known = {v.name: v.value for v in environment.variables if v.missing is None and v.hidden is None and v.value.value.known}
        ports = {name: int(value.value.text) for name, value in known.items() if value.value.text.isdecimal()}
        if not ports:
            return
        for name, value in known.items():
            beside = next((other for other in port_names(name) if other in ports and other not in self._ports), None)
            found = self._directory.port_beside(name, value.value.text) if beside else None
            if beside is not None and found is not None and ports[beside] in found[1]:
                self._ports[beside] = Traced(found[0]).because(known[beside], value)
                self._bare.add(name)

    def _outcomes(self, at: tuple[Node, ...], disposition: Disposition, reason: str) -> None:
        self.result.outcomes.extend(Outcome(node, disposition, reason) for node in at)

    def _assign(self, variable: Variable) -> None:
        name, value = variable.name, variable.value
        if name in _reserved():
            self._outcomes(value.origins, Disposition.DROPPED, "reserved-name")
        elif variable.missing == "configuration-missing" and variable.config:
            self._place(name, self._input(variable.config, value))
        elif variable.missing == "optional-and-absent":
            self._outcomes(value.origins, Disposition.NOT_APPLICABLE, variable.missing)
        elif variable.missing:
            self._outcomes(value.origins, Disposition.DROPPED, variable.missing)
        elif variable.hidden is not None:
            self.result.at_start[name] = value
            self.result.credentials[name] = variable.hidden
            self.result.outcomes.append(Outcome(variable.hidden.origins[0], Disposition.MAPPED, to=_reference(value), sensitive=True))
        elif name in self._ports:
            self._place(name, self._ports[name].map(str))
        else:
            self._given(name, value, variable.config)

    def _given(self, name: str, value: Traced[Expanded], config: ConfigKey | None) -> None:
        rewritten = self._directory.rewrite(name, value, self._function, bare=name in self._bare)
        if rewritten is not None:
            self.result.callees |= {c.function: c for c in rewritten.callees}
            self.result.inputs |= {i.key: i for i in rewritten.inputs}
            self._rewritten(name, rewritten)
        elif not value.value.known:
            self.result.at_start[name] = value
        else:
            text = value.map(lambda expanded: expanded.text)
            kept = self._kept_literals if config is None and self._kept_literals and looks_secret(name, text.value) else None
            self._place(name, text.because(kept), config)

    def _rewritten(self, name: str, rewritten: Rewritten) -> None:
        expression = rewritten.expression()
        if expression is not None and not _is_dynamic_reference(expression.value):
            self._place(name, expression)
            return
        value, parameters = rewritten.at_start(self._function)
        self.result.at_start[name] = value
        self.result.parameters |= {p.key: p for p in parameters}

    def _place(self, name: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None = None) -> None:
        """Into the function's environment when the name may be there; a ConfigMap's value through its parameter."""
        parameter = self._parameter(config, value) if config else None
        if not _name_pattern().fullmatch(name) or _is_dynamic_reference(value.value):
            self.result.at_start[name] = self._start_value(name, value, parameter)
        elif parameter is not None:
            self.result.variables[name] = Traced(Ref("Parameter", parameter.key, "value"), value.origins)
        else:
            self.result.variables[name] = value

    def _parameter(self, config: ConfigKey, value: Traced[Expr] | Traced[str]) -> Parameter | None:
        """One parameter for each key of a ConfigMap, whoever uses it; None for what SSM refuses."""
        name = names.parameter_name(config.namespace, config.name, config.key, rules())
        return self._stored(name, "configuration", value, config)

    def _stored(self, name: str, home: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None) -> Parameter | None:
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

    def _start_value(self, name: str, value: Traced[Expr] | Traced[str], parameter: Parameter | None) -> Traced[Expanded]:
        """What the init does for a variable that the function's environment cannot hold."""
        if parameter is not None:
            return value.map(lambda _: of(Reference("ssm", parameter.key)))
        if isinstance(value.value, str):
            return value.map(lambda text: of(str(text)))
        stored = names.environment_parameter(self._function, name, rules())
        # How long an input is, nobody knows yet.
        self.result.parameters[stored] = Parameter(key=stored, home=self._function, name=stored, value=value, tier="Intelligent-Tiering")
        return value.map(lambda _: of(Reference("ssm", stored)))

    def _input(self, config: ConfigKey, value: Traced[Expanded]) -> Traced[Expr]:
        made = missing.value(config.namespace, config.name, config.key, self._function)
        self.result.inputs[made.key] = made
        return Traced(Var(made.key), value.origins, reason="configuration-missing")

    def _fit(self) -> None:
        """Over 4 KB the largest values move out first, ConfigMaps' before literals, until the rest fits."""
        most = int(tables.limits("lambda")["environment_max_bytes"])
        sizes = {name: sizing.member(name, _text(value, self.result.parameters)) for name, value in self.result.variables.items()}
        total = sizing.total(sizes.values())
        movable = sorted(sizes, key=lambda n: (not _is_parameter(self.result.variables[n]), -sizes[n], n))
        for name in movable:
            if total <= most:
                return
            self._move(name)
            total -= sizes[name]

    def _move(self, name: str) -> None:
        value = self.result.variables.pop(name)
        assert isinstance(value, Traced)
        if isinstance(value.value, Ref):
            key = value.value.key
            self.result.at_start[name] = value.map(lambda _: of(Reference("ssm", key)))
            return
        stored = names.environment_parameter(self._function, name, rules())
        parameter = self._stored(stored, self._function, value, None)
        self.result.at_start[name] = self._start_value(name, value, parameter)


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


def _is_dynamic_reference(value: Expr) -> bool:
    """What CloudFormation would replace, wherever it stands in a function's configuration: only the image can hold such a text."""
    start = str(tables.limits("cloudformation")["dynamic_reference"])
    parts = value.parts if isinstance(value, Join) else (value,)
    return any(isinstance(part, str) and start in part for part in parts)


def _is_parameter(value: Expr) -> bool:
    return isinstance(value, Traced) and isinstance(value.value, Ref)


def _text(value: Expr, parameters: Mapping[str, Parameter]) -> str:
    """The value as far as it is known before an apply; an input is taken to be as long as a host name can be."""
    if isinstance(value, Traced):
        return _text(value.value, parameters)
    if isinstance(value, Ref) and value.type == "Parameter":
        return _text(parameters[value.key].value, parameters)
    if isinstance(value, Join):
        return "".join(_text(part, parameters) for part in value.parts)
    return value if isinstance(value, str) else "?" * int(tables.limits("defaults")["input_bytes"])
