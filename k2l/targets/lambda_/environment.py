"""Where each variable of a container lives on Lambda: in the function's environment, or read by the init when the function starts.

Lambda takes 4 KB in all and only some names; Secrets never stand in the function's configuration.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Ref
from k2l.converters import names
from k2l.converters import variables as sizing
from k2l.environment import ConfigKey
from k2l.reference import Expanded, Reference, of
from k2l.targets.shared import assigning
from k2l.targets.shared.assigning import is_dynamic_reference
from k2l.targets.shared.naming import rules
from k2l.traced import Traced


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile(tables.limits("lambda")["environment_name_pattern"])


@cache
def _reserved() -> frozenset[str]:
    return frozenset(tables.limits("lambda")["environment_reserved"])


class Assigner(assigning.Assigner):
    """Assigns the variables of one function."""

    @property
    def reserved(self) -> frozenset[str]:
        return _reserved()

    def finish(self) -> None:
        self._fit()

    def place(self, name: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None = None) -> None:
        """Into the function's environment when the name may be there; a ConfigMap's value through its parameter."""
        parameter = self.parameter(config, value) if config else None
        if not _name_pattern().fullmatch(name) or is_dynamic_reference(value.value):
            self.result.at_start[name] = self._start_value(name, value, parameter)
        elif parameter is not None:
            self.result.variables[name] = Traced(Ref("Parameter", parameter.key, "value"), value.origins)
        else:
            self.result.variables[name] = value

    def _start_value(self, name: str, value: Traced[Expr] | Traced[str], parameter: Parameter | None) -> Traced[Expanded]:
        """What the init does for a variable that the function's environment cannot hold."""
        if parameter is not None:
            return value.map(lambda _: of(Reference("ssm", parameter.key)))
        if isinstance(value.value, str):
            return value.map(lambda text: of(str(text)))
        stored = names.environment_parameter(self._home, name, rules())
        # How long an input is, nobody knows yet.
        self.result.parameters[stored] = Parameter(key=stored, home=self._home, name=stored, value=value, tier="Intelligent-Tiering")
        return value.map(lambda _: of(Reference("ssm", stored)))

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
        stored = names.environment_parameter(self._home, name, rules())
        parameter = self.stored(stored, self._home, value, None)
        self.result.at_start[name] = self._start_value(name, value, parameter)


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
