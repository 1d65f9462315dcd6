"""What a container finds in place of the names of Services: loopback ports, inputs, names elsewhere."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.build_context import BuildContext
from k2l.aws.expr import Join, Var
from k2l.aws.function import Function
from k2l.aws.http_api import HttpApi
from k2l.aws.inputs import Variable
from k2l.targets.shared.assigning import port_names

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: {name}, image: "{image}", ports: [{{containerPort: {port}}}], env: [{env}]}}]}}
"""
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: {port}, targetPort: {target}}}]}}
"""
ALIAS = """
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{type: ExternalName, externalName: {to}}}
"""
JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: "0 1 * * *"
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: cart}}
        spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1"}]}
"""


def app(name, env="", image="registry.example/app:1", port=8080, entrance=80):
    return DEPLOYMENT.format(name=name, env=env, image=image, port=port) + SERVICE.format(name=name, port=entrance, target=port)


CART = app("cart")
REDIS = app("redis", image="redis:7", port=6379, entrance=6379)


def staged(*others, port=8080, **env):
    variables = ", ".join(f'{{name: {name}, value: "{value}"}}' for name, value in env.items())
    return bundle("\n---\n".join((app("web", variables, port=port), *others)))


def environment(found):
    return {name: shown(value) for name, value in found.one(Function, "web").environment.items()}


def shown(value):
    given = getattr(value, "value", value)
    parts = given.parts if isinstance(given, Join) else (given,)
    return "".join(f"<{part.name}>" if isinstance(part, Var) else str(part) for part in parts)


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("http://cart", "http://127.0.0.1:18000"),
        ("http://cart:80/items", "http://127.0.0.1:18000/items"),
        ("http://cart.default.svc.cluster.local", "http://127.0.0.1:18000"),
        ("https://cart/items", "http://127.0.0.1:18000/items"),
        ("https://user@cart:443,cart:80/x", "http://user@127.0.0.1:18000,127.0.0.1:18000/x"),
        ("cart:80,web:80", "127.0.0.1:18000,127.0.0.1:18001"),
        ("http://web", "http://127.0.0.1:18000"),
    ],
)
def test_a_function_is_called_by_plain_http_through_a_loopback_port(value, becomes):
    assert environment(staged(CART, PEER=value)) == {"PEER": becomes}


def test_a_port_that_the_application_listens_on_is_no_loopback_port():
    assert environment(staged(CART, port=18000, CART_URL="http://cart")) == {"CART_URL": "http://127.0.0.1:18001"}


def test_host_and_port_in_two_variables_change_together():
    found = staged(CART, CART_HOST="cart", CART_PORT="80", CART_URL="http://$(CART_HOST):$(CART_PORT)/x")
    assert environment(found) == {"CART_HOST": "127.0.0.1", "CART_PORT": "18000", "CART_URL": "http://127.0.0.1:18000/x"}
    assert "K2L228" not in found.codes


def test_a_port_that_is_not_the_services_stays():
    found = staged(CART, CART_HOST="cart", CART_PORT="9999")
    assert environment(found) == {"CART_HOST": "127.0.0.1:18000", "CART_PORT": "9999"}


def test_a_host_that_gets_a_port_is_told():
    found = staged(CART, CART_HOST="cart")
    assert environment(found) == {"CART_HOST": "127.0.0.1:18000"}
    assert "K2L228" in found.codes
    assert found.fate("spec.template.spec.containers[0].env[0].value") == ("approximated", "port-added")


@pytest.mark.parametrize(
    ("host", "port"),
    [("CART_HOST", "CART_PORT"), ("cartHost", "cartPort"), ("CART_HOSTNAME", "CART_PORT"), ("HOST", "PORT"), ("CART", "CART_PORT")],
)
def test_the_port_of_a_host_is_called_like_it(host, port):
    assert port in port_names(host)


def test_each_port_of_a_service_elsewhere_is_an_input_of_its_own():
    found = staged(REDIS, A_HOST="redis", BB="redis:6379", CC="redis://redis:6380/0")
    assert environment(found) == {
        "A_HOST": "<service_default_redis>",
        "BB": "<service_default_redis_6379>",
        "CC": "redis://<service_default_redis_6380>/0",
    }
    asked = {v.key: v.description.partition(": ")[2] for v in found.plan.of(Variable)}
    assert asked == {
        "service_default_redis": "host, in place of redis",
        "service_default_redis_6379": "host and port, in place of redis:6379",
        "service_default_redis_6380": "host and port, in place of redis:6380",
    }


def test_a_service_whose_name_ends_in_a_number_is_no_port_of_another():
    found = staged(REDIS, app("redis-6379", image="redis:7", port=6379), A_HOST="redis-6379", BB="redis:6379")
    assert len({v.key for v in found.plan.of(Variable)}) == 2


def test_an_alias_of_a_name_elsewhere_is_that_name():
    assert environment(staged(ALIAS.format(name="pay", to="pay.example.com"), PAY="https://pay:8443/x")) == {
        "PAY": "https://pay.example.com:8443/x"
    }


def test_an_alias_of_a_service_of_the_cluster_is_that_service():
    alias = ALIAS.format(name="basket", to="cart.default.svc.cluster.local")
    assert environment(staged(CART, alias, CART="http://basket/x")) == {"CART": "http://127.0.0.1:18000/x"}


def test_aliases_of_each_other_end_as_an_input():
    one, two = ALIAS.format(name="one", to="two.default.svc"), ALIAS.format(name="two", to="one.default.svc")
    assert environment(staged(one, two, AA="http://one/x")) == {"AA": "http://<service_default_one>/x"}


def test_a_name_of_the_cluster_that_is_not_among_the_manifests_is_an_input():
    found = staged(AA="http://billing.finance.svc.cluster.local:8080/x")
    assert environment(found) == {"AA": "http://<service_finance_billing_8080>/x"}
    assert "which is not among the manifests" in found.one(Variable).description
    assert "K2L227" in found.codes


def test_a_short_name_that_is_not_among_the_manifests_is_told_and_stays():
    found = staged(AA="http://model/v1", BB="s3://bucket/x", CC="http://localhost:8080")
    assert environment(found) == {"AA": "http://model/v1", "BB": "s3://bucket/x", "CC": "http://localhost:8080"}
    assert [f.problem.message for f in found.findings if f.code == "K2L227"] == [
        'no Service "model" of namespace "default" is among the manifests'
    ]


def test_a_service_over_two_workloads_is_called_in_the_first():
    second = DEPLOYMENT.format(name="next", env="", image="registry.example/app:2", port=8080).replace("app: next", "app: cart")
    found = staged(CART, second, CART_URL="http://cart")
    assert environment(found) == {"CART_URL": "http://127.0.0.1:18000"}
    assert [listener.target.value for listener in found.one(BuildContext, "web").listen] == ["/k2l.url/cart"]
    assert "K2L226" in found.codes


def test_a_job_with_the_labels_of_a_server_answers_nobody():
    public = CART.replace("spec: {selector: {app: cart}", "spec: {type: LoadBalancer, selector: {app: cart}")
    found = bundle(f"{JOB}\n---\n{public}")
    assert "K2L226" not in found.codes
    assert [api.key for api in found.plan.of(HttpApi)] == ["service_cart"]
    assert found.one(Function, "nightly-cron").environment == {}
