"""What configuration becomes: one parameter for each ConfigMap value in use, one empty secret for each Secret in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec.structs import replace

from k2l.aws.configuration import Parameter, Secret
from k2l.aws.expr import Expr, Var
from k2l.aws.inputs import Variable
from k2l.aws.resource import Resource
from k2l.graph import Graph, Workload
from k2l.manifest.manifest import Manifest
from k2l.plan import Decision, Fact
from k2l.source import Node
from k2l.targets.shared.callees import Directory
from k2l.targets.shared.ground import store
from k2l.targets.shared.tags import tags, untraced
from k2l.traced import Traced, merge


class Configured(Protocol):
    """What has configuration: a workload that moves, with what its containers read."""

    @property
    def workload(self) -> Workload: ...
    @property
    def graph(self) -> Graph: ...
    @property
    def name(self) -> str: ...
    @property
    def own_secret(self) -> str: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def inputs(self) -> Mapping[str, Variable]: ...
    @property
    def parameters(self) -> Mapping[str, Parameter]: ...
    @property
    def secrets(self) -> Mapping[str, Traced[str]]: ...
    @property
    def credentials(self) -> Mapping[str, Traced[str]]: ...


def build(sites: Sequence[Configured], _: Sequence[Resource]) -> Iterator[Fact]:
    parameters: dict[str, Parameter] = {}
    inputs: dict[str, Variable] = {}
    secrets: dict[str, Secret] = {}
    every = sites[0].graph.configuration if sites else {}
    given = {store(kind, *name): manifest for (kind, *name), (manifest, _) in every.items() if kind == "Secret"}
    for site in sites:
        parameters |= {p.key: p for p in site.parameters.values()}
        inputs |= site.inputs
        for name, at in site.secrets.items():
            known, named = secrets.get(name), at.because(*_identity(given.get(name)))
            secrets[name] = _secret(site, name, named) if known is None else _also(known, named)
    yield from inputs.values()
    yield from _tagged(parameters, {manifest.node: manifest for manifest, _ in every.values()})
    for name, secret in secrets.items():
        yield replace(secret, tags=tags(given[name])) if name in given else secret
    for site in sites:
        yield from _credentials(site)


def _tagged(parameters: Mapping[str, Parameter], owners: Mapping[Node, Manifest]) -> Iterator[Parameter]:
    """Each with the labels of its ConfigMap; the first one of a ConfigMap carries their places."""
    made: dict[Manifest, Mapping[str, Expr]] = {}
    for parameter in parameters.values():
        owner = owners.get(parameter.origins[0]) if parameter.origins else None
        if owner is None:
            yield parameter
        elif owner in made:
            yield replace(parameter, tags=untraced(made[owner]))
        else:
            made[owner] = tags(owner)
            yield replace(parameter, tags=made[owner])


def _identity(manifest: Manifest | None) -> tuple[Traced[str] | None, ...]:
    """What a Secret that is in the input is called there."""
    return (manifest.metadata.text("name"), manifest.metadata.text("namespace")) if manifest else ()


def _secret(site: Configured, name: str, at: Traced[str]) -> Secret:
    return Secret(
        key=name,
        home="secrets" if name != site.own_secret else site.name,
        origins=tuple(dict.fromkeys(node.root() for node in at.origins)),
        name=Traced(name, at.origins),
        description=f"Values that {site.workload.id} had in its environment" if name == site.own_secret else f"The values of {at.value}",
        recovery_window=Var("recovery_window_in_days"),
    )


def _also(secret: Secret, at: Traced[str]) -> Secret:
    assert isinstance(secret.name, Traced)
    origins = merge(secret.name.origins, at.origins)
    return replace(secret, name=replace(secret.name, origins=origins), origins=merge(secret.origins, tuple(n.root() for n in at.origins)))


def _credentials(site: Configured) -> Iterator[Decision]:
    for variable, text in site.credentials.items():
        yield Decision(
            id=f"{site.workload.id}:secret-{variable}",
            workload=site.workload.id,
            question=f"Is the value of {variable} a credential?",
            options=("managed", "literal"),
            chosen="managed",
            by="default",
            why=_why(site, variable, text.value),
            at=text.origins,
        )


def _why(site: Configured, variable: str, text: str) -> str:
    services = dict.fromkeys(named.id for _, named in site.directory.services(variable, text))
    names = f"; it names {', '.join(services)}, which has to be replaced in the secret's value" if services else ""
    return f"its name or form says so, so that it stands in a secret and not in the function's configuration{names}"
