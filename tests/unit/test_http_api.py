"""The ways in from outside: one HTTP API for each host, and for each Service that is a door of its own."""

from __future__ import annotations

from harness.stages import bundle
from k2l.aws.function import FunctionUrl, Permission
from k2l.aws.http_api import Domain, HttpApi, Integration, Route
from k2l.aws.resource import Resource

APP = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {space}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: {name}, image: "registry.example/{name}:1", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {space}}}
spec: {{type: {type}, selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""
INGRESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}, namespace: {space}, labels: {{team: {space}}}}}
spec:
  ingressClassName: {kind}
  rules:
    - host: {host}
      http: {{paths: [{{path: {path}, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}]}}
---
"""


def app(name, space="default", kind="ClusterIP"):
    return APP.format(name=name, space=space, type=kind)


def ingress(name, space="default", host="shop.example.com", path="/", kind="nginx"):
    return INGRESS.format(name=name, space=space, host=host, path=path, kind=kind)


def staged(*parts):
    return bundle("".join(parts))


def keys(found, kind: type[Resource]):
    return [resource.key for resource in found.plan.of(kind)]


def test_ingresses_of_several_namespaces_that_share_a_host_share_an_api():
    found = staged(app("web", "shop") + ingress("web", "shop") + app("news", "press") + ingress("news", "press", path="/news"))
    assert keys(found, HttpApi) == ["nginx_shop.example.com"]
    assert keys(found, Integration) == ["nginx_shop.example.com shop-web", "nginx_shop.example.com press-news"]
    assert [(r.route_key.value, r.integration.key.rpartition(" ")[2]) for r in found.plan.of(Route)] == [
        ("$default", "shop-web"),
        ("ANY /news", "press-news"),
        ("ANY /news/{proxy+}", "press-news"),
    ]


def test_every_host_has_an_api_and_a_domain_of_its_own():
    other = ingress("web", host="'*.example.org'").replace("name: web, namespace", "name: other, namespace")
    found = staged(app("web") + ingress("web") + other)
    assert {(d.key, d.host.value) for d in found.plan.of(Domain)} == {
        ("nginx_shop.example.com", "shop.example.com"),
        ("nginx__.example.org", "*.example.org"),
    }
    assert keys(found, HttpApi) == keys(found, Domain)


def test_an_ingress_without_host_has_an_api_without_domain():
    found = staged(app("web") + ingress("web", host="''"))
    assert len(found.plan.of(HttpApi)) == 1
    assert found.plan.of(Domain) == ()


def test_the_api_carries_the_labels_of_its_ingress_as_tags():
    found = staged(app("web") + ingress("web"))
    assert found.entry("metadata.labels.team").to == ('HttpApi(nginx_shop.example.com).tags["team"]',)


def test_a_load_balancer_is_an_api_that_takes_every_request():
    found = staged(app("web", kind="LoadBalancer"))
    assert keys(found, HttpApi) == ["service_web"]
    assert [route.route_key.value for route in found.plan.of(Route)] == ["$default"]
    assert found.plan.of(FunctionUrl) == ()


def test_a_service_of_the_cluster_is_never_public():
    found = staged(app("web"))
    assert found.plan.of(HttpApi) == ()
    assert [url.auth_type.value for url in found.plan.of(FunctionUrl)] == ["AWS_IAM"]


def test_the_api_calls_the_alias_and_nothing_else_may_on_its_behalf():
    found = staged(app("web") + ingress("web"))
    target = found.one(Integration).target.value
    assert (target.type, target.key) == ("Alias", "web")
    permission = found.one(Permission)
    assert (permission.principal, permission.action) == ("apigateway.amazonaws.com", "lambda:InvokeFunction")
    assert permission.source_arn.parts[0].key == "nginx_shop.example.com"


def test_a_port_may_be_named():
    named = ingress("web").replace("number: 80", "name: http")
    found = staged(app("web").replace("port: 80,", "name: http, port: 80,") + named)
    assert found.fate("spec.rules[0].http.paths[0].backend.service.port.name") == ("mapped", None)
