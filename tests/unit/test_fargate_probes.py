"""Probes as health checks of a task, which are commands, and the deadline of a job: what the init does where it is in the image."""

from __future__ import annotations

from typing import Any

import pytest

from harness.stages import Staged, bundle
from k2l import contract, tables
from k2l.aws.build_context import BuildContext
from k2l.aws.ecs import Container, TaskDefinition
from k2l.traced import Traced

AT_START = '{name: P, valueFrom: {secretKeyRef: {name: db, key: pw}}}, {name: DSN, value: "pg://$(P)@db.example"}'
"""Variables that only the init can make."""
INGRESS = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
"""


def web(probes: str, env: str = AT_START, more: str = "", resources: str = "") -> Staged:
    return bundle(f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{k2l.dev/target: fargate}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{name: http, containerPort: 8080}}]
          env: [{env}]
          resources: {{{resources}}}
          {probes}
{more}""")


def job(spec: str, env: str = AT_START, pod: str = "") -> Staged:
    return bundle(f"""
apiVersion: batch/v1
kind: Job
metadata: {{name: once, annotations: {{k2l.dev/target: fargate}}}}
spec:
  {spec}
  template:
    spec: {{restartPolicy: Never, {pod} containers: [{{name: once, image: "registry.example/n:1", command: [run], env: [{env}]}}]}}
""")


def container(found: Staged) -> Container:
    (only,) = found.one(TaskDefinition).containers
    return only


def plain(value: Any) -> Any:
    if isinstance(value, Traced):
        return plain(value.value)
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def asked(found: Staged) -> tuple[str, ...] | None:
    check = container(found).health_check
    return None if check is None else plain(check.command)


def reasons(found: Staged, below: str) -> set[tuple[str, str | None]]:
    return {(str(e.disposition), e.reason) for e in found.ledger.entries if f".{below}." in e.path}


@pytest.mark.parametrize(
    ("probe", "command"),
    [
        ("httpGet: {path: /healthz, port: http}", ("1", "http://127.0.0.1:8080/healthz")),
        ("httpGet: {port: 8080}, timeoutSeconds: 3", ("3", "http://127.0.0.1:8080/")),
        ("httpGet: {path: 'a b?c=d', port: 9000, scheme: HTTPS}", ("1", "https://127.0.0.1:9000/a%20b?c=d")),
        ("httpGet: {port: 8080, host: erp.example}", ("1", "http://erp.example:8080/")),
        ("httpGet: {port: 8080, httpHeaders: [{name: Host, value: shop.example}]}", ("1", "http://127.0.0.1:8080/", "Host:shop.example")),
        ("tcpSocket: {port: 5432}", ("1", "tcp://127.0.0.1:5432")),
    ],
)
def test_the_init_asks_for_a_liveness_probe_by_http_or_tcp(probe, command):
    found = web(f"livenessProbe: {{{probe}}}")
    assert asked(found) == ("CMD", "/opt/k2l/init", "probe", *command)
    assert reasons(found, "livenessProbe") <= {("mapped", None), ("approximated", "health-clamped")}


def test_an_image_without_the_init_is_not_asked_and_somebody_hears_of_it():
    found = web("livenessProbe: {httpGet: {path: /healthz, port: http}}", env="{name: A, value: b}")
    assert asked(found) is None
    assert reasons(found, "livenessProbe") == {("dropped", "probe-needs-program")}
    assert "K2L150" in found.codes


@pytest.mark.parametrize(("name", "value"), [("Authorization", "Basic YTpi"), ("X-Token", "ghp_0123456789abcdefghijklmnopqrstuvwxyz")])
def test_a_header_with_a_credential_stands_in_no_task_definition(name, value):
    found = web(f"livenessProbe: {{httpGet: {{port: 8080, httpHeaders: [{{name: {name}, value: {value}}}]}}}}")
    assert asked(found) is None
    assert reasons(found, "livenessProbe") == {("dropped", "probe-needs-secret")}


def test_an_init_asks_no_grpc():
    found = web("livenessProbe: {grpc: {port: 8080}}")
    assert asked(found) is None
    assert reasons(found, "livenessProbe") == {("dropped", "probe-not-grpc")}


@pytest.mark.parametrize("action", ["exec: {command: [ok]}", "httpGet: {port: 8080}"])
def test_readiness_is_no_health_check_because_that_replaces_the_task(action):
    found = web(f"readinessProbe: {{{action}}}")
    assert asked(found) is None
    assert reasons(found, "readinessProbe") == {("dropped", "readiness-not-asked")}


def test_behind_a_load_balancer_readiness_is_asked_from_outside_and_liveness_inside():
    probes = "readinessProbe: {httpGet: {path: /ready, port: 8080}}\n          livenessProbe: {httpGet: {path: /alive, port: 8080}}"
    found = web(probes, more=INGRESS)
    assert asked(found) == ("CMD", "/opt/k2l/init", "probe", "1", "http://127.0.0.1:8080/alive")
    assert {disposition for disposition, _ in reasons(found, "readinessProbe")} == {"mapped"}


def test_a_startup_probe_gives_time_and_is_not_asked():
    probes = "startupProbe: {httpGet: {path: /up, port: 8080}, periodSeconds: 5, failureThreshold: 6}"
    both = web(f"{probes}\n          livenessProbe: {{tcpSocket: {{port: 8080}}}}")
    check = container(both).health_check
    assert check is not None
    assert plain(check.start_period) == 30
    assert ("approximated", "startup-in-grace") in reasons(both, "startupProbe")
    assert reasons(web(probes), "startupProbe") == {("dropped", "startup-alone")}


def test_a_probe_by_the_init_takes_memory_of_its_container():
    probe = "livenessProbe: {tcpSocket: {port: 8080}}"
    ours = int(tables.limits("fargate")["init_start_memory_mib"])
    assert plain(container(web(probe, resources="limits: {memory: 20Mi}")).memory) == 20 + ours
    assert plain(container(web(probe, "{name: A, value: b}", resources="limits: {memory: 20Mi}")).memory) == 20


def test_the_init_ends_a_run_at_its_deadline():
    found = job("activeDeadlineSeconds: 7200", pod="activeDeadlineSeconds: 3600, terminationGracePeriodSeconds: 5,")
    assert contract.document(found.one(BuildContext))["job"] == {"timeout": None, "deadline": 3600, "gracePeriod": 5}
    assert {e.reason for e in found.ledger.entries if e.path.endswith("activeDeadlineSeconds")} == {"deadline-of-container"}


def test_without_the_init_nothing_ends_a_run():
    found = job("activeDeadlineSeconds: 7200", env="{name: A, value: b}")
    assert found.plan.of(BuildContext) == ()
    assert {(e.disposition, e.reason) for e in found.ledger.entries if e.path.endswith("activeDeadlineSeconds")} == {
        ("dropped", "no-run-deadline")
    }


def test_an_init_that_keeps_a_deadline_stays_and_takes_memory():
    found = bundle("""
apiVersion: batch/v1
kind: Job
metadata: {name: once, annotations: {k2l.dev/target: fargate}}
spec:
  activeDeadlineSeconds: 60
  template: {spec: {restartPolicy: Never, containers: [{name: once, image: "registry.example/n:1", command: ["$(P)"],
    env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: pw}}}], resources: {limits: {memory: 20Mi}}}]}}
""")
    assert plain(container(found).memory) == 20 + int(tables.limits("fargate")["init_memory_mib"])


def test_the_probes_of_one_container_that_nobody_asks_are_one_finding():
    probes = "readinessProbe: {exec: {command: [ok]}}\n          livenessProbe: {grpc: {port: 8080}, successThreshold: 1}"
    found = web(probes)
    (only,) = (f for f in found.findings if f.code == "K2L150")
    assert only.at.key == "livenessProbe"
    assert [note.at.key for note in only.problem.related] == ["readinessProbe"]
    assert "K2L034" not in found.codes


def test_one_success_is_what_a_health_check_wants_anyway():
    found = web("livenessProbe: {tcpSocket: {port: 8080}, successThreshold: 1}")
    assert [str(e.disposition) for e in found.ledger.entries if e.path.endswith("successThreshold")] == ["not-applicable"]
