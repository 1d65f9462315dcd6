"""Hosts and paths of Ingresses as an HTTP API that AWS takes."""

from __future__ import annotations

import re

import pytest

from harness.stages import bundle
from k2l.aws.function import Permission
from k2l.aws.http_api import Domain, HttpApi, Integration, Route
from k2l.aws.logs import LogGroup
from k2l.converters.paths import route_paths

PART = re.compile("[a-zA-Z0-9.:_-]+")
APP = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: {name}, image: "registry.example/{name}:1", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""
TO = "backend: {{service: {{name: {name}, port: {{number: 80}}}}}}"


def path(text, to="web", kind="Prefix"):
    return f"{{path: {text}, pathType: {kind}, {TO.format(name=to)}}}"


def rule(*paths, host="shop.example.com"):
    return f"{{host: {host}, http: {{paths: [{', '.join(paths)}]}}}}"


def ingress(*rules, name="shop", more=""):
    head = f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}}}\n"
    return f"{head}spec: {{{more} rules: [{', '.join(rules)}]}}\n"


def staged(*ingresses, apps=("web", "news")):
    return bundle("\n---\n".join((*(APP.format(name=name) for name in apps), *ingresses)))


def routes(found):
    """Route key -> function, of all APIs."""
    return {r.route_key.value: r.integration.key.rpartition(" ")[2] for r in found.plan.of(Route)}


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("/", "Prefix", ["$default"]),
        ("/foo", "Prefix", ["ANY /foo", "ANY /foo/{proxy+}"]),
        ("/foo/", "Prefix", ["ANY /foo", "ANY /foo/{proxy+}"]),
        ("/foo/bar.v1", "Prefix", ["ANY /foo/bar.v1", "ANY /foo/bar.v1/{proxy+}"]),
        ("/foo", "Exact", ["ANY /foo"]),
        ("/", "Exact", ["ANY /"]),
        ("/foo", "ImplementationSpecific", ["ANY /foo", "ANY /foo/{proxy+}"]),
        ("/foo//bar", "ImplementationSpecific", ["ANY /foo/bar", "ANY /foo/bar/{proxy+}"]),
        ("/api(/|$)(.*)", "ImplementationSpecific", ["ANY /api", "ANY /api/{proxy+}"]),
        ("/v[0-9]+/x", "ImplementationSpecific", ["$default"]),
    ],
)
def test_a_path_becomes_routes(text, kind, keys):
    assert list(route_paths(text, kind, PART).keys) == keys


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("/foo/", "Exact", ["ANY /foo/{proxy+}"]),
        ("/~user/x", "Prefix", ["ANY /{part1}/x", "ANY /{part1}/x/{proxy+}"]),
        ("/a b", "Exact", ["ANY /{part1}"]),
        ("/x/é", "ImplementationSpecific", ["ANY /x/{part2}", "ANY /x/{part2}/{proxy+}"]),
    ],
)
def test_a_path_that_api_gateway_refuses_becomes_a_wider_one(text, kind, keys):
    found = route_paths(text, kind, PART)
    assert (list(found.keys), found.reason) == (keys, "path-characters")


def test_a_wider_route_is_told():
    found = staged(ingress(rule(path("/~shop"))))
    assert "K2L221" in found.codes
    assert found.fate("spec.rules[0].http.paths[0].path") == ("approximated", "path-characters")


def test_an_exact_path_goes_before_a_prefix_in_whatever_order_they_stand():
    found = staged(ingress(rule(path("/foo"), path("/foo", "news", "Exact"))))
    assert routes(found) == {"ANY /foo": "news", "ANY /foo/{proxy+}": "web"}
    assert "K2L217" not in found.codes


def test_the_default_backend_takes_what_no_path_of_a_host_matches():
    found = staged(ingress(rule(path("/foo")), more=f"defaultBackend: {TO.format(name='news').removeprefix('backend: ')},"))
    assert routes(found) == {"ANY /foo": "web", "ANY /foo/{proxy+}": "web", "$default": "news"}
    assert {api.key for api in found.plan.of(HttpApi)} == {"shop.example.com", "any_host"}


def test_a_path_claimed_twice_goes_to_the_first_and_is_told():
    found = staged(ingress(rule(path("/"))), ingress(rule(path("/", "news")), name="other"))
    assert routes(found) == {"$default": "web"}
    assert "K2L217" in found.codes
    assert found.fate("spec.rules[0].http.paths[0].path", "Ingress/default/other") == ("dropped", "route-claimed-twice")


def test_what_gets_no_route_gets_no_integration_and_no_permission():
    found = staged(ingress(rule(path("/"))), ingress(rule(path("/", "news")), name="other"))
    assert [i.key for i in found.plan.of(Integration)] == [p.key for p in found.plan.of(Permission)] == ["shop.example.com web"]


def test_a_host_of_two_classes_has_one_domain():
    found = staged(ingress(rule(path("/")), more="ingressClassName: nginx,"), ingress(rule(path("/x", "news")), name="other"))
    assert len(found.plan.of(HttpApi)) == 2
    assert [domain.host.value for domain in found.plan.of(Domain)] == ["shop.example.com"]
    assert "K2L222" in found.codes


def test_an_api_and_a_function_are_told_apart_from_others_whose_names_join_alike():
    """web-a + b and web + a-b."""
    hosts = (rule(path("/", "b"), host="web-a"), rule(path("/", "a-b"), host="web"))
    found = staged(ingress(*hosts), apps=("b", "a-b"))
    assert len({i.key for i in found.plan.of(Integration)}) == 2


def test_access_logs_lie_where_the_resource_policy_never_fills_up():
    """AWS refuses a stage once the log groups of others fill the 5,120 characters of that policy."""
    found = staged(ingress(rule(path("/"))))
    names = {group.name for group in found.plan.of(LogGroup)}
    assert "/aws/vendedlogs/http-api/shop.example.com" in names


def opened(found):
    """The public ways in."""
    return {api.key for api in found.plan.of(HttpApi)}


@pytest.mark.parametrize(
    "annotation",
    [
        "nginx.ingress.kubernetes.io/auth-url: https://login.example/check",
        "nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8",
        "haproxy.org/auth-type: basic-auth",
    ],
)
def test_an_ingress_that_not_everybody_may_use_becomes_no_public_api(annotation):
    found = staged(f"{ingress(rule(path('/')))}".replace("{name: shop}", f"{{name: shop, annotations: {{{annotation}}}}}"))
    assert opened(found) == set()
    assert "K2L213" in found.codes
    assert [d.chosen for d in found.plan.decisions if "exposure" in d.id] == ["private"]


def test_allowed_addresses_that_leave_nobody_out_keep_an_ingress_public():
    annotation = 'nginx.ingress.kubernetes.io/whitelist-source-range: "0.0.0.0/0, ::/0"'
    found = staged(f"{ingress(rule(path('/')))}".replace("{name: shop}", f"{{name: shop, annotations: {{{annotation}}}}}"))
    assert opened(found) == {"shop.example.com"}


def node_ports(text):
    return text.replace("spec: {selector", "spec: {type: NodePort, selector")


def test_a_node_port_behind_an_ingress_gets_no_api_of_its_own():
    internal = ingress(rule(path("/"))).replace("{name: shop}", "{name: shop, annotations: {alb.ingress.kubernetes.io/scheme: internal}}")
    found = bundle(f"{node_ports(APP.format(name='web'))}\n---\n{internal}")
    assert opened(found) == set()
    assert "K2L225" not in found.codes


def test_a_node_port_by_itself_is_public_and_a_question():
    found = bundle(node_ports(APP.format(name="web")))
    assert opened(found) == {"service_web"}
    assert "K2L225" in found.codes
    assert [(d.id, d.chosen) for d in found.plan.decisions if "exposure" in d.id] == [
        ("Deployment/default/web:exposure-Service-web", "public")
    ]
