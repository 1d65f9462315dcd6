"""Which port of a pod the web adapter passes requests to, and when it may."""

from __future__ import annotations

import pytest

from harness.stages import bundle

WORKLOAD = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: "web:1", ports: [{ports}] {more}}}]}}
"""
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: web}}, ports: [{ports}]}}
"""


def staged(ports, *services, more=""):
    found = (SERVICE.format(name=f"web-{number}", ports=entrances) for number, entrances in enumerate(services))
    return bundle(WORKLOAD.format(ports=ports, more=more) + "".join(found))


PORTS = "{name: metrics, containerPort: 9090}, {name: http, containerPort: 8080}"


@pytest.mark.parametrize(
    ("ports", "services", "port"),
    [
        (PORTS, [], 8080),
        (PORTS, ["{name: metrics, port: 9090}", "{name: http, port: 80, targetPort: http}"], 8080),
        (PORTS, ["{name: metrics, port: 9090}, {name: http, port: 80, targetPort: 8080}"], 8080),
        (PORTS, ["{name: http, port: 80, targetPort: 8080}", "{name: metrics, port: 9090}"], 8080),
        ("", ["{port: 80, targetPort: 5000}"], 5000),
        ("", ["{port: 8000}"], 8000),
        (
            "{containerPort: 8443, name: https}, {containerPort: 8080}",
            ["{name: tls, port: 443, targetPort: https}, {port: 80, targetPort: 8080, name: http}"],
            8080,
        ),
        ("{containerPort: 8080}", ["{port: 443, targetPort: 8080}"], 8080),
    ],
)
def test_requests_go_to_the_port_that_callers_mean(ports, services, port):
    assert staged(ports, *services).image.port.value == port


def test_readiness_is_asked_at_the_probes_own_port():
    probe = ", readinessProbe: {httpGet: {path: /ready, port: management}}"
    found = staged("{name: http, containerPort: 8080}, {name: management, containerPort: 8081}", "{port: 80, targetPort: http}", more=probe)
    assert (found.image.port.value, found.image.readiness.port.value) == (8080, 8081)


def test_a_slow_start_goes_on_in_the_first_request_whatever_asks_for_readiness():
    slow = ", readinessProbe: {exec: {command: [x]}}, startupProbe: {httpGet: {port: 8080}, periodSeconds: 10, failureThreshold: 30}"
    found = staged("{containerPort: 8080}", "{port: 80, targetPort: 8080}", more=slow)
    assert found.image.readiness.async_init.value is True


@pytest.mark.parametrize(
    ("ports", "service", "more", "target"),
    [
        ("{name: https, containerPort: 8443}", "{port: 443, targetPort: https}", "", "fargate"),
        ("{containerPort: 8443}", "{port: 443, targetPort: 8443}", "", "fargate"),
        ("{containerPort: 8080}", "{port: 443, targetPort: 8080}", "", "lambda"),
        ("{containerPort: 8080}", "{port: 80}", ", readinessProbe: {httpGet: {port: 8080, scheme: HTTPS}}", "fargate"),
        ("{containerPort: 8080}", "{port: 80, targetPort: 8080}", ", readinessProbe: {httpGet: {port: 8080, scheme: HTTP}}", "lambda"),
    ],
)
def test_what_speaks_tls_itself_is_no_function(ports, service, more, target):
    found = staged(ports, service, more=more)
    assert found.targets == {"Deployment/default/web": target}
    assert ("K2L230" in found.codes) is (target == "fargate")
