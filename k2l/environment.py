"""A container's environment as Kubernetes would build it: precedence, prefixes, references and ``$(VAR)``.

``env`` beats ``envFrom``; within each the later one wins. ``$(VAR)`` in ``env[].value`` sees all of ``envFrom`` and the variables before it.
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from k2l.converters import expansion
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container, EnvFrom, EnvVar, FieldRef, KeyRef
from k2l.manifest.manifest import Manifest
from k2l.podfields import pod_field
from k2l.reference import Expanded, Reference, of
from k2l.source import Node
from k2l.traced import Traced, merge

StoreName = Callable[[str, str, str], str]
"""Where a Secret or a ConfigMap (kind, namespace, name) is kept: a secret's name, or the path of a parameter for each key."""


@dataclass(frozen=True, slots=True)
class ConfigKey:
    """One key of a ConfigMap; ``manifest`` is None when the ConfigMap or the key is not in the input."""

    namespace: str
    name: str
    key: str
    manifest: Manifest | None


@dataclass(frozen=True, slots=True)
class Variable:
    """``config`` says which ConfigMap key the value is a copy of. ``missing`` is a reason code: there is no value outside a cluster, or none given.

    ``overridden`` are the places of earlier definitions of the same name."""

    name: str
    value: Traced[Expanded]
    config: ConfigKey | None = None
    missing: str | None = None
    overridden: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """Every key of a Secret or ConfigMap that is not in the input, each with ``prefix`` in front: which keys is known only at start."""

    reference: Traced[Reference]
    prefix: str


@dataclass(frozen=True, slots=True)
class Environment:
    """In the order of first definition. Variables win over ``wholes``; ``idle`` are places that lead to no variable, each with a reason code."""

    variables: tuple[Variable, ...]
    wholes: tuple[Whole, ...]
    idle: tuple[tuple[Node, str], ...] = ()

    def scope(self) -> dict[str, Traced[Expanded]]:
        """What command and args may refer to."""
        return {v.name: v.value for v in self.variables if v.missing is None}

    @property
    def complete(self) -> bool:
        """Whether every variable's name is known."""
        return not self.wholes


def resolve(workload: Workload, container: Container, graph: Graph, store: StoreName) -> Environment:
    """The variables that the container would start with."""
    resolver = _Resolver(workload, container, graph, store)
    for source in container.env_from:
        resolver.add_all(source)
    for variable in container.env:
        resolver.add(variable)
    return Environment(tuple(resolver.found.values()), tuple(resolver.wholes), tuple(resolver.idle))


class _Resolver:
    def __init__(self, workload: Workload, container: Container, graph: Graph, store: StoreName) -> None:
        self._workload, self._container, self._graph, self._store = workload, container, graph, store
        self._namespace = workload.manifest.namespace
        self.found: dict[str, Variable] = {}
        self.wholes: list[Whole] = []
        self.idle: list[tuple[Node, str]] = []

    def add_all(self, source: EnvFrom) -> None:
        provided = self._graph.provides(source.kind, self._namespace, source.name.value)
        at = source.name.because(source.prefix, source.optional)
        prefix = source.prefix.value if source.prefix else ""
        optional = bool(source.optional and source.optional.value)
        if provided is None:
            self._add_unknown(source.kind, at, prefix, optional=optional)
        elif not provided[1].data:
            self.idle += [(node, "empty-value") for node in at.origins]
        else:
            for key, text in provided[1].data.items():
                self._put(self._one(prefix + key, source.kind, source.name.value, key, at.because(text), provided[0], text, optional))

    def _add_unknown(self, kind: str, at: Traced[str], prefix: str, *, optional: bool) -> None:
        """A Secret is often kept elsewhere; an optional ConfigMap that is not in the input is taken to be absent."""
        if kind == "ConfigMap" and optional:
            self.idle += [(node, "optional-and-absent") for node in at.origins]
            return
        where = at if kind == "Secret" else at.approximately("read-at-path")
        reference = Reference("secretsmanager" if kind == "Secret" else "ssm", self._store(kind, self._namespace, at.value), None, optional)
        self.wholes.append(Whole(where.map(lambda _: reference), prefix))

    def add(self, variable: EnvVar) -> None:
        name, source = variable.name.value, variable.source
        if isinstance(source, KeyRef):
            self._put(self._keyed(variable, source))
        elif isinstance(source, FieldRef):
            text = pod_field(source, self._workload, self._container)
            at = source.path.because(variable.name, source.container, source.divisor)
            self._put(Variable(name, expansion.literal(text.because(at))) if text else Variable(name, at.map(of), missing="no-pod"))
        elif variable.value is None:
            at = Traced("", tuple(variable.node.leaves()))
            self._put(Variable(name, at.map(of), missing="unknown-source"))
        else:
            scope = {n: v.value for n, v in self.found.items() if v.missing is None} if "$" in variable.value.value else {}
            self._put(Variable(name, expansion.expand(variable.value.because(variable.name), scope, complete=not self.wholes)))

    def _keyed(self, variable: EnvVar, ref: KeyRef) -> Variable:
        provided = self._graph.provides(ref.kind, self._namespace, ref.name.value)
        at = ref.name.because(variable.name, ref.key, ref.optional)
        optional = bool(ref.optional and ref.optional.value)
        text = provided[1].data.get(ref.key.value) if provided else None
        if text is None and optional and (provided or ref.kind == "ConfigMap"):
            return Variable(variable.name.value, at.map(of), missing="optional-and-absent")
        manifest = provided[0] if provided and text is not None else None
        return self._one(variable.name.value, ref.kind, ref.name.value, ref.key.value, at.because(text), manifest, text, optional)

    def _one(
        self, name: str, kind: str, source: str, key: str, at: Traced[str], manifest: Manifest | None, text: Traced[str] | None, optional: bool
    ) -> Variable:
        if kind == "Secret":
            reference = Reference("secretsmanager", self._store(kind, self._namespace, source), key, optional)
            # The reference may be shown; only the value behind it is secret.
            return Variable(name, Traced(of(reference), at.origins))
        config = ConfigKey(self._namespace, source, key, manifest)
        if text is None:
            return Variable(name, at.map(of), config, missing="configuration-missing")
        return Variable(name, at.map(lambda _: of(text.value)), config)

    def _put(self, variable: Variable) -> None:
        before = self.found.pop(variable.name, None)
        if before is not None:
            lost = tuple(n for n in merge(before.overridden, before.value.origins) if n not in variable.value.origins)
            variable = Variable(variable.name, variable.value, variable.config, variable.missing, lost)
        self.found[variable.name] = variable
