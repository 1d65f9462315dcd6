"""What configuration becomes: one parameter for each ConfigMap value in use, one empty secret for each Secret in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from k2l.aws.configuration import Parameter, Secret
from k2l.aws.expr import Var
from k2l.aws.inputs import Variable
from k2l.aws.resource import Resource
from k2l.plan import Concern, Decision, Fact
from k2l.source import Node
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced, merge


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    parameters: dict[str, Parameter] = {}
    inputs: dict[str, Variable] = {}
    secrets: dict[str, Secret] = {}
    for site in sites:
        parameters |= {p.key: p for p in site.parameters.values()}
        inputs |= site.inputs
        for name, at in site.secrets.items():
            known = secrets.get(name)
            secrets[name] = _secret(site, name, at) if known is None else _also(known, at)
    yield from inputs.values()
    yield from parameters.values()
    yield from secrets.values()
    for site in sites:
        yield from _credentials(site)


def _named(at: Traced[str]) -> tuple[Node, ...]:
    """The places of a secret, with the name of the Secret itself when it is in the input."""
    roots = dict.fromkeys(node.root() for node in at.origins)
    metadata = [m for root in roots if (kind := root.get("kind")) and kind.value == "Secret" and (m := root.get("metadata"))]
    return merge(at.origins, tuple(leaf for m in metadata for key in ("name", "namespace") if (leaf := m.get(key)) is not None))


def _secret(site: Site, name: str, at: Traced[str]) -> Secret:
    return Secret(
        key=name,
        home="secrets" if name != site.own_secret else site.name,
        origins=tuple(dict.fromkeys(node.root() for node in at.origins)),
        name=Traced(name, _named(at)),
        description=f"Values that {site.workload.id} had in its environment" if name == site.own_secret else f"The values of {at.value}",
        recovery_window=Var("recovery_window_in_days"),
    )


def _also(secret: Secret, at: Traced[str]) -> Secret:
    assert isinstance(secret.name, Traced)
    origins = merge(secret.name.origins, _named(at))
    return replace(secret, name=replace(secret.name, origins=origins), origins=merge(secret.origins, tuple(n.root() for n in at.origins)))


def _credentials(site: Site) -> Iterator[Decision]:
    for variable, text in site.assigned.credentials.items():
        yield Decision(
            id=f"{site.workload.id}:secret-{variable}",
            workload=site.workload.id,
            question=f"Is the value of {variable} a credential?",
            options=("managed", "literal"),
            chosen="managed",
            by="default",
            why="its name or form says so; it stands in a secret and not in the function's configuration",
            at=text.origins,
        )


CONCERN = Concern("configuration", shared=build)
