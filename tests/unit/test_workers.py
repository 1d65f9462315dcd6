"""Workloads that pull their work instead of being called, and those that only look like it."""

from __future__ import annotations

import json

import pytest

from harness.stages import bundle


def worker(name="orders", run=(), ports="", probe="", services=(), ingress=False, annotations="{}"):
    """A Deployment; ``ports`` are its container's, ``services`` those of Services that lead to it, all in flow style."""
    exposed = "".join(
        f"""
        ---
        apiVersion: v1
        kind: Service
        metadata: {{name: service-{number}}}
        spec: {{selector: {{app: orders}}, ports: [{port}]}}"""
        for number, port in enumerate(services)
    )
    routed = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: orders}
        spec: {defaultBackend: {service: {name: service-0, port: {number: 80}}}}"""
    return f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: {name}}}
        spec:
          selector: {{matchLabels: {{app: orders}}}}
          template:
            metadata: {{labels: {{app: orders}}, annotations: {annotations}}}
            spec:
              containers: [{{name: main, image: "registry.example/orders:1.0", args: {json.dumps(list(run))}, ports: [{ports}] {probe}}}]
        {exposed}{routed if ingress else ""}
        """


HTTP, UNNAMED = "{name: http, port: 80, targetPort: 8080}", "{port: 80, targetPort: 8080}"
METRICS, HEALTH = "{name: metrics, port: 9090}", "{name: http-health, port: 8081}"


def codes(text):
    done = bundle(text)
    return next(iter(done.targets.values())), {c for c in done.codes if c in ("K2L115", "K2L116")}


@pytest.mark.parametrize(
    "run",
    [
        ("celery", "-A", "shop", "worker"),
        ("bundle", "exec", "sidekiq"),
        ("php", "artisan", "queue:work"),
        ("sh", "-c", "rq worker high low"),
    ],
)
@pytest.mark.parametrize("services", [(), (HTTP,), (METRICS,)])
def test_a_command_that_starts_a_worker_proves_it_whatever_leads_to_it(run, services):
    assert codes(worker(run=run, services=services)) == ("fargate", {"K2L115"})


@pytest.mark.parametrize("services", [(), (METRICS,), (HEALTH,), (METRICS, HEALTH)])
def test_a_name_is_a_sign_where_only_metrics_and_health_are_asked(services):
    assert codes(worker(name="order-worker", services=services)) == ("fargate", {"K2L115"})


@pytest.mark.parametrize("services", [(HTTP,), (UNNAMED,), (METRICS, HTTP)])
def test_a_name_is_no_sign_where_a_service_leads_to_more(services):
    assert codes(worker(name="order-worker", services=services)) == ("lambda", set())


def test_a_name_is_no_sign_behind_an_ingress():
    health = "{name: health, port: 80, targetPort: 8080}"
    assert codes(worker(name="order-worker", services=(health,)))[1] == {"K2L115"}
    assert "K2L115" not in codes(worker(name="order-worker", services=(health,), ingress=True))[1]


def test_a_port_without_a_name_is_for_metrics_where_the_pod_says_so():
    port, scraped = "{port: 9100}", '{prometheus.io/port: "9100"}'
    assert codes(worker(name="order-worker", services=(port,), annotations=scraped)) == ("fargate", {"K2L115"})
    assert codes(worker(name="order-worker", services=(port,))) == ("lambda", set())


@pytest.mark.parametrize("name", ["message-consumer-api", "worker-dashboard", "networker", "beatles"])
def test_a_name_that_says_more_than_worker_is_no_sign(name):
    assert codes(worker(name=name, ports="{containerPort: 8080}")) == ("lambda", set())


@pytest.mark.parametrize(
    "run", [("node", "dist/worker.js"), ("python", "-m", "shop.worker"), ("dotnet", "Shop.Worker.dll"), ("./server", "worker")]
)
def test_a_program_called_worker_is_a_sign(run):
    assert codes(worker(run=run, ports="{containerPort: 8080}")) == ("fargate", {"K2L115"})


@pytest.mark.parametrize(
    "run",
    [
        ("gunicorn", "-k", "uvicorn.workers.UvicornWorker", "shop:app"),
        ("gunicorn", "shop.worker"),
        ("node", "server.js", "--mode", "worker"),
        ("./server", "--workers=4", "role=worker"),
        ("./server", "--with-worker"),
        ("celery", "-A", "shop", "flower"),
    ],
)
def test_a_word_for_something_else_is_no_sign(run):
    assert codes(worker(run=run, ports="{containerPort: 8080}")) == ("lambda", set())


@pytest.mark.parametrize("ports", ["", "{name: metrics, containerPort: 9090}", "{name: healthz, containerPort: 8081}"])
def test_without_a_port_for_callers_nothing_calls_it(ports):
    assert codes(worker(ports=ports)) == ("fargate", {"K2L116"})


def test_a_probe_of_its_health_port_does_not_show_that_it_answers_and_one_of_another_port_does():
    probe = ", livenessProbe: {httpGet: {path: /, port: %s}}"
    assert codes(worker(ports="{name: health, containerPort: 8081}", probe=probe % "health"))[1] == {"K2L116"}
    assert codes(worker(ports="{name: health, containerPort: 8081}", probe=probe % "8080")) == ("lambda", set())


def test_an_exporter_only_offers_metrics():
    assert codes(worker(name="shop-exporter", services=("{port: 9388}",))) == ("fargate", {"K2L116"})
    assert codes(worker(name="shop-exporter", services=("{name: http, port: 9388}",))) == ("lambda", set())


def test_an_image_shared_with_a_worker_is_no_sign_where_the_workload_says_what_it_is():
    shared = worker(ports="{containerPort: 8080}").replace("registry.example/orders", "registry.example/worker")
    assert codes(shared) == ("fargate", {"K2L115"})
    assert codes(shared.replace("{name: orders}", "{name: orders-api}", 1)) == ("lambda", set())
