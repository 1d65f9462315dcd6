"""Configuration that containers need and that is not among the manifests: each value becomes an input of the output, never a gap."""

from __future__ import annotations

from k2l.aws.configuration import Parameter
from k2l.aws.expr import Var
from k2l.aws.inputs import Variable
from k2l.converters import names
from k2l.targets.shared.naming import rules


def value(namespace: str, configmap: str, key: str, home: str) -> Variable:
    """The input for one value of a ConfigMap."""
    return Variable(
        key=names.config_input(namespace, configmap, key),
        home=home,
        description=f"The value of {key} in ConfigMap/{namespace}/{configmap}, which was not among the manifests",
        required=True,
    )


def parameter(namespace: str, configmap: str, key: str, given: Variable) -> Parameter:
    """Where the init finds the value of an input that a file holds."""
    name = names.parameter_name(namespace, configmap, key, rules())
    return Parameter(
        key=name, home="configuration", name=name, value=Var(given.key), tier="Intelligent-Tiering", description=given.description
    )
