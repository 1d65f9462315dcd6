"""Where each variable of a container lives on Fargate: in the task definition, put in by ECS when a task starts, or read by the init.

ECS takes a whole value from a key of a secret or from a parameter. What is composed of several, or may be absent, only a program can make.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from k2l.aws.ecs import Injected
from k2l.aws.expr import Expr, Join, Ref
from k2l.environment import ConfigKey
from k2l.reference import Expanded, Reference, of
from k2l.targets.shared import assigning
from k2l.targets.shared.assigning import is_dynamic_reference
from k2l.targets.shared.callees import Directory
from k2l.traced import Traced

Keys = AbstractSet[tuple[str, str]]


class Assigner(assigning.Assigner):
    """Assigns the variables of one container. ``certain`` are the keys of secrets, by the secret's name, that are there for sure."""

    def __init__(self, home: str, directory: Directory, kept_literals: Traced[str] | None, certain: Keys) -> None:
        super().__init__(home, directory, kept_literals)
        self._certain = certain

    def place(self, name: str, value: Traced[Expr] | Traced[str], config: ConfigKey | None = None) -> None:
        """Into the task definition; a ConfigMap's value from its parameter, when a task starts."""
        parameter = self.parameter(config, value) if config else None
        if parameter is not None:
            injected = Injected(Reference("ssm", parameter.key), Ref("Parameter", parameter.key, "arn"))
            self.result.secrets[name] = Traced[Any](injected, value.origins, reason=value.reason)
        elif is_dynamic_reference(value.value) and isinstance(value.value, str):
            self.result.at_start[name] = value.map(lambda text: of(str(text)))
        else:
            self.result.variables[name] = value

    def read(self, name: str, value: Traced[Expanded]) -> None:
        reference = value.value.reference
        if reference is None or reference.key is None or not self._is_there(reference):
            self.result.at_start[name] = value
            return
        arn = Ref("Secret", reference.name, "arn")
        self.result.secrets[name] = Traced[Any](Injected(reference, Join((arn, f":{reference.key}::"))), value.origins)

    def _is_there(self, reference: Reference) -> bool:
        return reference.store == "secretsmanager" and (not reference.optional or (reference.name, reference.key) in self._certain)
