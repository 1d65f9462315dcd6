"""Variables that Kubernetes sets for the Services of a namespace."""

from __future__ import annotations

import pytest

from harness.stages import bundle

SHOP = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      enableServiceLinks: {links}
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          args: ['{argument}']
          env: [{{name: API, value: '{value}'}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: price-list}}
spec:
  selector: {{matchLabels: {{app: price-list}}}}
  template:
    metadata: {{labels: {{app: price-list}}}}
    spec: {{containers: [{{name: api, image: "registry.example/api:1.0", ports: [{{containerPort: 9000}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: price-list}}
spec: {{{address} selector: {{app: price-list}}, ports: [{{name: http, port: 9000}}, {{name: old-api, port: 9001, targetPort: 9000}}]}}
"""


def shop(value="", argument="run", links="true", address=""):
    return bundle(SHOP.format(value=value, argument=argument, links=links, address=address))


def web(found, name="web"):
    (function,) = (f for f in found.plan.resources if type(f).__name__ == "Function" and f.key == name)
    return function.environment["API"].value


def test_the_variables_of_a_service_become_the_way_to_its_function():
    assert web(shop("http://$(PRICE_LIST_SERVICE_HOST):$(PRICE_LIST_SERVICE_PORT)/v1")) == "http://127.0.0.1:18000/v1"


@pytest.mark.parametrize("value", ["$(PRICE_LIST_PORT_9000_TCP_ADDR):$(PRICE_LIST_PORT_9000_TCP_PORT)", "$(PRICE_LIST_SERVICE_HOST):9000"])
def test_the_docker_variables_name_it_as_well(value):
    assert web(shop(value)) == "127.0.0.1:18000"


def test_a_port_has_a_variable_by_its_name():
    assert web(shop("port $(PRICE_LIST_SERVICE_PORT_OLD_API)")) == "port 9001"


def test_the_protocol_is_known():
    assert web(shop("$(PRICE_LIST_PORT_9000_TCP_PROTO)")) == "tcp"


def test_the_command_line_takes_them_too():
    found = shop(argument="--api=http://$(PRICE_LIST_SERVICE_HOST):9000")
    (context,) = (c for c in found.plan.resources if type(c).__name__ == "BuildContext" and c.key == "web")
    assert [argument.value.text for argument in context.args] == ["--api=http://127.0.0.1:18000"]
    assert "K2L220" not in found.codes


def test_without_service_links_the_text_stays_as_in_the_cluster_and_nothing_is_lost():
    found = shop("http://$(PRICE_LIST_SERVICE_HOST):9000", links="false")
    assert web(found) == "http://$(PRICE_LIST_SERVICE_HOST):9000"
    assert "K2L220" not in found.codes


def test_a_headless_service_has_no_variables():
    found = shop("http://$(PRICE_LIST_SERVICE_HOST):9000", address="clusterIP: None,")
    assert web(found) == "http://$(PRICE_LIST_SERVICE_HOST):9000"
    assert "K2L220" in found.codes


@pytest.mark.parametrize("text", ["$PRICE_LIST_SERVICE_HOST", "${PRICE_LIST_SERVICE_HOST}", "$PRICE_LIST_SERVICE_PORT_HTTP"])
def test_what_a_shell_would_expand_is_found(text):
    assert "K2L220" in shop(argument=f"serve {text}").codes


def test_the_address_of_the_cluster_itself_is_found_even_without_service_links():
    assert "K2L220" in shop(argument="serve $KUBERNETES_SERVICE_HOST", links="false").codes


def test_the_name_of_the_service_is_carried_from_the_service():
    found = shop("http://$(PRICE_LIST_SERVICE_HOST):$(PRICE_LIST_SERVICE_PORT)")
    assert "Function(web).environment" in " ".join(found.entry("metadata.name", "Service/default/price-list").to)
