"""What the outside world reaches: an HTTP API for each host of the Ingresses, and one for each Service of type LoadBalancer or NodePort.

Ingresses of several namespaces that name one class and host share one API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from k2l import tables
from k2l.aws.expr import Expr, Join, Ref, Var
from k2l.aws.function import Permission
from k2l.aws.http_api import Domain, HttpApi, Integration, Route, Stage
from k2l.aws.logs import LogGroup
from k2l.aws.resource import Resource
from k2l.converters import names
from k2l.graph import Routes, Service
from k2l.joins import routing
from k2l.joins.exposure import node_port, private
from k2l.manifest.manifest import Manifest
from k2l.plan import Concern, Decision, Disposition, Fact, Outcome
from k2l.source import Node
from k2l.targets.lambda_.site import Site
from k2l.targets.shared.tags import tags
from k2l.traced import Traced, merge


class Door(Struct, frozen=True):
    """One way in: ``routes`` None is everything (a LoadBalancer), else one path of an Ingress. ``key`` says which API it belongs to."""

    key: str
    host: Traced[str] | None
    site: Site
    manifest: Manifest
    service: Service
    routes: Routes | None


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    apis: dict[str, list[Door]] = {}
    for site in sites:
        for door in _doors(site):
            apis.setdefault(door.key, []).append(door)
    claims = {key: _claims(sorted(doors, key=_precedence)) for key, doors in apis.items()}
    hosts: set[str] = set()
    for key, doors in apis.items():
        yield from _api(key, doors, claims[key])
        host = doors[0].host
        # A domain leads to one API, whatever ingress classes share the host.
        if host is not None and host.value and host.value not in hosts:
            hosts.add(host.value)
            api, stage = Ref("HttpApi", key, "id"), Ref("Stage", key, "id")
            yield Domain(key=key, home=f"api-{key}", origins=_objects(doors), host=host, api=api, stage=stage)
    yield from _lost((door for doors in apis.values() for door in doors), claims.values())


def closed(site: Site) -> Iterator[Fact]:
    """What stays private: no API is made for it, and what it said about hosts and paths has no counterpart."""
    for manifest, routes in _ways_in(site).items():
        why = site.closed(manifest, routes)
        reason = why or private(manifest, routes) or node_port(manifest)
        if reason is not None:
            yield _exposure(site, manifest, "private" if why else "public", reason)
    for route in site.routes:
        if site.closed(route.manifest, route.routes) is not None:
            hosts = route.routes.host.origins if route.routes.host else ()
            yield from (Outcome(node, Disposition.DROPPED, "stays-private") for node in (route.routes.node, *hosts))
    for service in site.workload.public:
        if site.closed(service.manifest) is not None:
            yield from (Outcome(node, Disposition.DROPPED, "stays-private") for node in service.exposes.type.origins)


def _ways_in(site: Site) -> Mapping[Manifest, Routes | None]:
    """The Ingresses and public Services in front of a workload, with a route of an Ingress, which all have its class."""
    ingresses: dict[Manifest, Routes | None] = {route.manifest: route.routes for route in site.workload.routes}
    return ingresses | {service.manifest: None for service in site.workload.public}


def _exposure(site: Site, manifest: Manifest, chosen: str, why: Traced[str]) -> Decision:
    question, options = f"May the world reach what {manifest.id} leads to?", ("private", "public")
    made = site.decision(
        f"exposure-{manifest.kind}-{manifest.name}", question, options, chosen, site.overrides.exposure, why.value, "exposure"
    )
    return replace(made, at=merge(made.at, why.origins))


def _doors(site: Site) -> Iterator[Door]:
    for route in site.routes:
        host, kind = route.routes.host, route.routes.ingress_class
        key = _key(kind.value if kind else "", host.value if host and host.value else "any_host")
        if site.closed(route.manifest, route.routes) is None:
            yield Door(key, host, site, route.manifest, route.service, route.routes)
    for service in site.workload.public:
        if site.closed(service.manifest) is None:
            name = names.function_name("Service", service.manifest.namespace, service.manifest.name, site.rules)
            yield Door(_key("service", name), None, site, service.manifest, service, None)


def _key(group: str, host: str) -> str:
    """Neither classes nor hosts can hold an underscore, so that no two pairs share a key; a wildcard is written as one.

    An annotation may name a class that is no name: that key carries a digest, and is as legal for AWS as the others."""
    key = "_".join(filter(None, (group, host.replace("*", "_"))))
    longest = int(tables.limits("apigateway")["api_name_max"])
    plain = len(key) <= longest and "_" not in group and re.fullmatch(r"[a-z0-9._-]+", key)
    return key if plain else names.altered(key, f"{group}\n{host}", longest)


def _api(key: str, doors: list[Door], claims: Mapping[str, Door]) -> Iterator[Fact]:
    home, origins = f"api-{key}", _objects(doors)
    name = Traced(key, merge(*(d.host.origins for d in doors if d.host), *(_class_origins(d) for d in doors)))
    labels = tags(*dict.fromkeys(door.manifest for door in doors))
    yield HttpApi(key=key, home=home, origins=origins, name=name, description=_about(doors[0]), tags=labels)
    yield LogGroup(key=f"api-{key}", home=home, origins=origins, name=_log_group(key), retention=Var("log_retention_in_days"))
    yield Stage(key=key, home=home, origins=origins, api=Ref("HttpApi", key, "id"), log_group=Ref("LogGroup", f"api-{key}", "arn"))
    for site in {door.site.name: door.site for door in claims.values()}.values():
        yield from _integration(key, home, site, [d for d in doors if d.site is site])
    yield from _routes(key, home, claims)


def _lost(doors: Iterable[Door], claims: Iterable[Mapping[str, Door]]) -> Iterator[Outcome]:
    """What others have claimed. A default backend stands for every host, and is lost only if it is for all of them."""
    kept = {door.routes.node for of_api in claims for door in of_api.values() if door.routes}
    every = dict.fromkeys(door.routes.node for door in doors if door.routes)
    yield from (Outcome(node, Disposition.DROPPED, "route-claimed-twice") for node in every if node not in kept)


def _objects(doors: list[Door]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(door.manifest.node for door in doors))


def _log_group(key: str) -> str:
    """Below this path all log groups share an entry of the resource policy, which is soon full otherwise.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html"""
    return f"/aws/vendedlogs/http-api/{key}"


def _about(door: Door) -> str:
    if door.routes is None:
        return f"Requests for {door.manifest.id}"
    return f"Requests for {door.host.value if door.host and door.host.value else 'any host'}"


def _class_origins(door: Door) -> tuple[Node, ...]:
    return door.routes.ingress_class.origins if door.routes and door.routes.ingress_class else ()


def _integration(key: str, home: str, site: Site, doors: list[Door]) -> Iterator[Fact]:
    own = f"{key} {site.name}"
    origins = tuple(dict.fromkeys(door.service.manifest.node for door in doors))
    ports = merge(*(_port_origins(door) for door in doors))
    alias: Expr = Traced(Ref("Alias", site.name, "invoke_arn"), merge(ports, *(d.routes.service.origins for d in doors if d.routes)))
    yield Integration(
        key=own,
        home=home,
        origins=origins,
        api=Ref("HttpApi", key, "id"),
        target=alias,
        timeout=int(tables.limits("apigateway")["timeout_max_milliseconds"]),
    )
    yield Permission(
        key=own,
        home=home,
        origins=origins,
        statement_id=_statement_id(key),
        action="lambda:InvokeFunction",
        function=Ref("Function", site.name, "name"),
        qualifier=Ref("Alias", site.name, "name"),
        principal="apigateway.amazonaws.com",
        source_arn=Join((Ref("HttpApi", key, "execution_arn"), "/*/*")),
    )


def _statement_id(key: str) -> str:
    """Statement ids take no dots, and two APIs may differ in a dot only."""
    plain, longest = f"api-{key}", int(tables.limits("lambda")["statement_id_max"])
    return plain if len(plain) <= longest and "." not in plain else names.altered(plain, key, longest)


def _port_origins(door: Door) -> tuple[Node, ...]:
    """The Service's port that this door uses, and what names it."""
    wanted = door.routes.port if door.routes else None
    used = [p for p in door.service.exposes.ports if wanted is None or wanted.value in (p.port.value, p.name.value if p.name else None)]
    found = merge(*((*p.port.origins, *(p.target.origins if p.target else ()), *(p.name.origins if p.name else ())) for p in used))
    return merge(door.service.identity, found, wanted.origins if wanted else (), door.service.exposes.type.origins)


def _precedence(door: Door) -> tuple[bool, bool, str, int, int]:
    node = door.service.manifest.node
    return routing.precedence(door.routes) if door.routes else (False, False, node.document.file, node.line, node.column)


def _claims(doors: list[Door]) -> Mapping[str, Door]:
    """Route key -> who has it; who claims it first keeps it."""
    claims: dict[str, Door] = {}
    for door in doors:
        for route_key in routing.paths(door.routes).keys if door.routes else ("$default",):
            claims.setdefault(route_key, door)
    return claims


def _routes(key: str, home: str, claims: Mapping[str, Door]) -> Iterator[Route]:
    for route_key, door in claims.items():
        path: Traced[str] = door.service.exposes.type
        if door.routes is not None:
            path, reason = door.routes.path.because(door.routes.path_type), routing.paths(door.routes).reason
            path = path.approximately(reason) if reason else path
        yield Route(
            key=f"{key} {route_key}",
            home=home,
            origins=(door.manifest.node,),
            api=Ref("HttpApi", key, "id"),
            route_key=Traced(route_key, path.origins, reason=path.reason),
            integration=Ref("Integration", f"{key} {door.site.name}", "id"),
        )


CONCERN = Concern("http_api", each=closed, shared=build)
