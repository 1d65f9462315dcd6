"""Load balancers with their security groups, listeners, rules and target groups.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.elb import Condition, HostCertificates, Listener, ListenerRule, LoadBalancer, Redirect
from k2l.aws.expr import Ref
from k2l.aws.network import Ingress, SecurityGroup, of_version
from k2l.aws.resource import Resource
from k2l.converters.host_rules import PathCondition, path_condition
from k2l.joins import routing
from k2l.joins.doors import Speech
from k2l.plan import Concern, Decision, Disposition, Fact, Outcome
from k2l.source import Node
from k2l.targets.fargate import functions
from k2l.targets.fargate.doors import Way, balancer_name, ways
from k2l.targets.fargate.functions import FunctionWay
from k2l.targets.fargate.ingress_settings import idle_timeout, sources
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network
from k2l.targets.shared.tags import tags, untraced
from k2l.traced import Traced, merge

AnyWay = Way | FunctionWay


def decide(site: Site) -> Iterator[Decision]:
    """What is not for everybody stays inside the network."""
    seen: dict[str, Way] = {}
    for way in ways(site):
        seen.setdefault(way.manifest.id, way)
    for way in seen.values():
        wish = site.overrides.exposure
        if way.closed is not None or wish is not None:
            why = way.closed or Traced("it was decided so", wish.origins if wish else ())
            chosen = "private" if way.closed is not None else "public"
            name = f"exposure-{way.manifest.kind}-{way.manifest.name}"
            question = f"May the world reach what {way.manifest.id} leads to?"
            at = merge(why.origins, wish.origins if wish else ())
            by = site.settings.author(wish) if wish is not None else "default"
            text = f"{why.value}; set exposure to change it"
            yield Decision(f"{site.workload.id}:{name}", site.workload.id, question, ("private", "public"), chosen, by, text, at)


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    by_balancer: dict[str, list[AnyWay]] = {}
    every: list[AnyWay] = [way for site in sites for way in ways(site)]
    for way in (*every, *functions.ways(sites)):
        by_balancer.setdefault(way.balancer, []).append(way)
    for key, found in by_balancer.items():
        yield from _balancer(key, found)


def _objects(found: Sequence[AnyWay]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(way.manifest.node for way in found))


def _balancer(key: str, found: Sequence[AnyWay]) -> Iterator[Fact]:
    first, origins, home = found[0], _objects(found), f"balancer-{key}"
    application = first.route is not None
    labels = tags(*dict.fromkeys(way.manifest for way in found))
    settings = first.site.settings
    closed = first.closed
    kinds = merge(*(w.route.routes.ingress_class.origins for w in found if w.route and w.route.routes.ingress_class))
    shown = merge(*((w.service.exposes.type.origins) for w in found if not w.route))
    yield LoadBalancer(
        key=key,
        home=home,
        origins=origins,
        name=Traced(balancer_name(key), kinds),
        type=Traced("application" if application else "network", shown),
        internal=Traced(closed is not None, closed.origins if closed else ()),
        subnets=network.subnets(settings) if closed is not None else network.public_subnets(settings),
        security_groups=(Ref("SecurityGroup", key, "id"),),
        idle_timeout=idle_timeout(found) if application else None,
        drop_invalid_headers=True if application else None,
        tags=labels,
    )
    yield SecurityGroup(
        key=key,
        home=home,
        origins=origins,
        name=f"{balancer_name(key)}-balancer",
        description=f"Who may connect to the load balancer {balancer_name(key)}",
        vpc=network.vpc(settings),
        tags=untraced(labels),
    )
    tasks = [way for way in found if isinstance(way, Way)]
    if application:
        yield from _application(key, home, found)
        yield from functions.build(key, home, [way for way in found if isinstance(way, FunctionWay)])
    else:
        yield from _network(key, home, tasks)
    yield from _members(key, home, tasks)


def _members(key: str, home: str, found: Sequence[Way]) -> Iterator[Fact]:
    """From the load balancer to the ports that it leads to, and to nothing else."""
    seen: dict[tuple[str, int, str], Way] = {}
    for way in found:
        seen.setdefault((way.site.name, way.entrance.number.value, way.entrance.protocol), way)
    for (name, number, protocol), way in seen.items():
        yield Ingress(
            key=f"{name} {protocol}-{number} {key}",
            home=home,
            origins=(way.manifest.node,),
            group=Ref("SecurityGroup", name, "id"),
            description=f"Requests through the load balancer {balancer_name(key)}",
            protocol=protocol,
            from_port=number,
            to_port=number,
            source_group=Ref("SecurityGroup", key, "id"),
        )
    yield from network.outward(key, home, "Requests and health checks go on to tasks")


def _open(key: str, home: str, port: int, protocol: str, found: Sequence[AnyWay]) -> Iterator[Fact]:
    """Who may connect to a port of the load balancer: everybody, unless some addresses are named."""
    for cidr in sources(found):
        yield Ingress(
            key=f"{key} {protocol}-{port} {cidr.value}",
            home=home,
            origins=_objects(found),
            group=Ref("SecurityGroup", key, "id"),
            description="Callers from outside",
            protocol=protocol,
            from_port=port,
            to_port=port,
            cidr_ipv4=of_version(cidr, 4),
            cidr_ipv6=of_version(cidr, 6),
        )


def _network(key: str, home: str, found: Sequence[Way]) -> Iterator[Fact]:
    """A listener for each port of the Service."""
    for way in found:
        port, protocol = way.port.port, way.entrance.protocol
        said = way.port.protocol
        yield Listener(
            key=f"{key}-{protocol}-{port.value}",
            home=home,
            origins=(way.manifest.node,),
            load_balancer=Ref("LoadBalancer", key, "arn"),
            port=port,
            protocol=said.map(str.upper) if said else protocol.upper(),
            target_group=Ref("TargetGroup", way.group, "arn"),
        )
        yield from _open(key, home, port.value, protocol, found)


def _application(key: str, home: str, found: Sequence[AnyWay]) -> Iterator[Fact]:
    ports = tables.limits("elb")
    hosts = tuple(dict.fromkeys(w.route.routes.host.value for w in found if w.route and w.route.routes.host and w.route.routes.host.value))
    at = merge(*(w.route.routes.host.origins for w in found if w.route and w.route.routes.host))
    listener, balancer = Ref("Listener", key, "arn"), Ref("LoadBalancer", key, "arn")
    named = Traced(hosts or (balancer_name(key),), at)
    grpc = [way for way in found if way.speech is Speech.GRPC]
    plain, secure = int(ports["http_port"]), int(ports["https_port"])
    yield Listener(
        key=key,
        home=home,
        origins=_objects(found),
        load_balancer=balancer,
        port=plain,
        protocol="HTTP",
        hosts=named,
        secure_port=secure,
        required=True if grpc else None,
    )
    yield Redirect(key=f"{key}-redirect", home=home, load_balancer=balancer, port=plain, secure_port=str(secure), listener=listener)
    if len(hosts) > 1:
        yield HostCertificates(key=key, home=home, listener=listener, hosts=named.value)
    yield from _open(key, home, plain, "tcp", found)
    yield from _open(key, home, secure, "tcp", found)
    yield from _rules(key, home, found)


def _rules(key: str, home: str, found: Sequence[AnyWay]) -> Iterator[Fact]:
    """One for each host and path; who claims it first keeps it."""
    claims: dict[tuple[str, tuple[str, ...]], AnyWay] = {}
    for way in sorted(found, key=_precedence):
        at = _host(way), _patterns(way)
        if at in claims:
            assert way.route is not None
            yield Outcome(way.route.routes.node, Disposition.DROPPED, "route-claimed-twice")
        else:
            claims[at] = way
    for priority, ((host, patterns), way) in enumerate(claims.items(), 1):
        yield _rule(key, home, way, priority * int(tables.limits("elb")["priority_step"]), host, patterns)


def _rule(key: str, home: str, way: AnyWay, priority: int, host: str, patterns: tuple[str, ...]) -> ListenerRule:
    assert way.route is not None
    said, wanted = way.route.routes, way.route.routes.port
    path = said.path.because(said.path_type)
    reason = _condition(way).reason
    given = Traced(patterns, path.origins, reason=reason)
    conditions = (
        *((Condition(hosts=Traced((host,), said.host.origins if said.host else ())),) if host else ()),
        *((Condition(paths=given),) if patterns else ()),
    )
    own = (way.service.identity, way.port.port.origins, way.port.name.origins if way.port.name else ())
    target = merge(said.service.origins, wanted.origins if wanted else (), *own, () if patterns else path.origins)
    return ListenerRule(
        key=f"{key} {host} {' '.join(patterns)}",
        home=home,
        origins=(way.manifest.node,),
        listener=Ref("Listener", key, "arn"),
        priority=priority,
        target_group=Traced(_group(way), target, reason=None if patterns else reason),
        conditions=conditions or (Condition(paths=Traced(("*",), path.origins, reason=reason)),),
    )


def _group(way: AnyWay) -> Ref:
    if isinstance(way, FunctionWay):
        return Ref("FunctionTargetGroup", f"{way.group} {way.balancer}", "arn")
    return Ref("TargetGroup", way.group, "arn")


def _host(way: AnyWay) -> str:
    host = way.route.routes.host if way.route else None
    return host.value if host else ""


def _condition(way: AnyWay) -> PathCondition:
    assert way.route is not None
    said, longest = way.route.routes, int(tables.limits("elb")["condition_max_characters"])
    return PathCondition(()) if said.fallback else path_condition(said.path.value, said.path_type.value, longest)


def _patterns(way: AnyWay) -> tuple[str, ...]:
    return _condition(way).patterns


def _precedence(way: AnyWay) -> tuple[object, ...]:
    """Named hosts before wildcards before any host; a path before a default backend, an exact one before a prefix, the longest first."""
    host, said = _host(way), way.route.routes if way.route else None
    assert said is not None
    exact, longest = said.path_type.value != "Exact", -len(said.path.value)
    return (not host, host.startswith("*"), -len(host), host, said.fallback, exact, longest, *routing.precedence(said))


def rules_of(site: Site) -> Iterator[Ref]:
    """What has to be there before a service can register with its target groups: whatever leads a load balancer to them."""
    for key, way in {way.balancer: way for way in ways(site)}.items():
        name = key if way.route else f"{key}-{way.entrance.protocol}-{way.port.port.value}"
        yield Ref("Listener", name, "arn")


CONCERN = Concern("balancers", each=decide, shared=build)
