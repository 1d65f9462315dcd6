"""A container's environment as Kubernetes would build it: precedence, prefixes, references, ``$(VAR)``.

``env`` beats ``envFrom``; within each the later one wins. ``$(VAR)`` in ``env[].value`` sees all of ``envFrom`` and what stands before it.
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from k2l.converters import expansion
from k2l.converters.expansion import Scope
from k2l.graph import Graph, Workload
from k2l.joins.podfields import pod_field
from k2l.joins.servicelinks import links
from k2l.manifest.container import Container, EnvFrom, EnvVar, FieldRef, KeyRef
from k2l.manifest.manifest import Manifest
from k2l.reference import Expanded, Reference, Store, Unset, of
from k2l.source import Node
from k2l.traced import Traced, merge


class Stores(Struct, frozen=True):
    """Where values are kept: ``name`` (kind, namespace, name) is that of a Secret, or the path of a parameter for each key of a ConfigMap;
    ``hide`` (variable, text) says where a literal goes that looks like a credential, None for one that may be seen."""

    name: Callable[[str, str, str], str] = lambda *_: ""
    hide: Callable[[str, str], Reference | None] = lambda *_: None


class ConfigKey(Struct, frozen=True):
    """One key of a ConfigMap; ``manifest`` is None when the ConfigMap or the key is not in the input."""

    namespace: str
    name: str
    key: str
    manifest: Manifest | None


class Variable(Struct, frozen=True):
    """``config`` says which ConfigMap key the value is a copy of, ``hidden`` is the literal that its reference stands for.

    ``missing`` is a reason code: there is no value outside a cluster, or none given. ``overridden`` are the places of earlier definitions
    of the same name."""

    name: str
    value: Traced[Expanded]
    config: ConfigKey | None = None
    hidden: Traced[str] | None = None
    missing: str | None = None
    overridden: tuple[Node, ...] = ()

    @property
    def seen(self) -> Traced[Expanded] | None:
        """What ``$(NAME)`` stands for; None where that stays as it is written."""
        if self.missing == "configuration-missing":
            return self.value.map(lambda _: of(Unset(self.name)))
        return self.value if self.missing is None else None


class Whole(Struct, frozen=True):
    """Every key of a Secret or ConfigMap that is not in the input, each with ``prefix`` in front: which keys is known only at start."""

    reference: Traced[Reference]
    prefix: str


class Environment(Struct, frozen=True):
    """In the order of the definitions that count. Variables win over ``wholes``; ``idle`` are places that lead to no variable, with the
    reason; ``links`` are the variables for Services, which anything else of their name replaces."""

    variables: tuple[Variable, ...]
    wholes: tuple[Whole, ...]
    idle: tuple[tuple[Node, str], ...] = ()
    links: dict[str, Traced[Expanded]] = field(default_factory=dict)

    def scope(self) -> Scope:
        """What command and args may refer to."""
        return ChainMap(_scope(self.variables), self.links)

    @property
    def complete(self) -> bool:
        """Whether every variable's name is known."""
        return not self.wholes


def _scope(variables: Iterable[Variable]) -> dict[str, Traced[Expanded]]:
    return {variable.name: seen for variable in variables if (seen := variable.seen) is not None}


def resolve(workload: Workload, container: Container, graph: Graph, stores: Stores) -> Environment:
    """The variables that the container would start with."""
    resolver = _Resolver(workload, container, graph, stores)
    for source in container.env_from:
        resolver.add_all(source)
    for variable in container.env:
        resolver.add(variable)
    return Environment(tuple(resolver.found.values()), tuple(resolver.wholes), tuple(resolver.idle), resolver.links)


class _Resolver:
    def __init__(self, workload: Workload, container: Container, graph: Graph, stores: Stores) -> None:
        self._workload, self._container, self._graph, self._stores = workload, container, graph, stores
        self._namespace = workload.manifest.namespace
        self.links = links(workload, graph)
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
            self.idle += [(node, "holds-nothing") for node in at.origins]
        else:
            for key, text in provided[1].data.items():
                if source.kind == "Secret":
                    self._put(self._secret(prefix + key, at.because(text), key, optional=optional))
                else:
                    self._put(self._config(prefix + key, at, key, provided[0], text))

    def _add_unknown(self, kind: str, at: Traced[str], prefix: str, *, optional: bool) -> None:
        """A Secret is often kept elsewhere; an optional ConfigMap that is not in the input is taken to be absent."""
        if kind == "ConfigMap" and optional:
            self.idle += [(node, "optional-and-absent") for node in at.origins]
            return
        where = at if kind == "Secret" else at.approximately("read-at-path")
        store: Store = "secretsmanager" if kind == "Secret" else "ssm"
        reference = Reference(store, self._stores.name(kind, self._namespace, at.value), None, optional)
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
            self._put(self._literal(name, variable.value, variable.value.because(variable.name)))

    def _literal(self, name: str, written: Traced[str], given: Traced[str]) -> Variable:
        scope: Scope = ChainMap(_scope(self.found.values()), self.links) if "$" in given.value else {}
        text = expansion.expand(given, scope, complete=not self.wholes)
        reference = self._stores.hide(name, text.value.text) if text.value.known else None
        if reference is None:
            return Variable(name, text)
        return Variable(name, text.map(lambda _: of(reference)), hidden=replace(written, sensitive=True))

    def _keyed(self, variable: EnvVar, ref: KeyRef) -> Variable:
        name, key = variable.name.value, ref.key.value
        provided = self._graph.provides(ref.kind, self._namespace, ref.name.value)
        at = ref.name.because(variable.name, ref.key, ref.optional)
        optional = bool(ref.optional and ref.optional.value)
        text = provided[1].data.get(key) if provided else None
        if text is None and optional and (provided or ref.kind == "ConfigMap"):
            return Variable(name, at.map(of), missing="optional-and-absent")
        if ref.kind == "Secret":
            return self._secret(name, at.because(text), key, optional=optional)
        return self._config(name, at, key, provided[0] if provided else None, text)

    def _secret(self, name: str, at: Traced[str], key: str, *, optional: bool) -> Variable:
        """``at`` names the Secret. The reference may be shown; only the value behind it is secret."""
        reference = Reference("secretsmanager", self._stores.name("Secret", self._namespace, at.value), key, optional)
        return Variable(name, Traced(of(reference), at.origins))

    def _config(self, name: str, at: Traced[str], key: str, manifest: Manifest | None, text: Traced[str] | None) -> Variable:
        """``at`` names the ConfigMap."""
        config = ConfigKey(self._namespace, at.value, key, manifest if text else None)
        if text is None:
            return Variable(name, at.map(of), config, missing="configuration-missing")
        return Variable(name, at.because(text).map(lambda _: of(text.value)), config)

    def _put(self, variable: Variable) -> None:
        before = self.found.pop(variable.name, None)
        if before is not None:
            lost = tuple(n for n in merge(before.overridden, before.value.origins) if n not in variable.value.origins)
            variable = replace(variable, overridden=lost)
        self.found[variable.name] = variable
