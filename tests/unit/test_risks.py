"""What may go wrong after the move: figures near their limits, and what was assumed for them."""

from __future__ import annotations

import re

import pytest

from harness.bundles import bundle_of, ingress, workload
from k2l import tables
from k2l.finding import Severity
from k2l.images import known
from k2l.migration.dependencies import dependencies
from k2l.migration.risk import Check, Figure, risks
from k2l.registry import collect


def found(text, decided=""):
    bundle = bundle_of(text, decided)
    return risks(bundle, dependencies(bundle))


def of(kind, text, decided=""):
    return next((risk for risk in found(text, decided) if risk.kind == kind), None)


def figures(risk):
    return {figure.name: figure.value for figure in risk.figures}


def scaler(name, most, least=1):
    return f"""
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}, namespace: shop}}
spec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}, minReplicas: {least}, maxReplicas: {most}}}
---
"""


def job(name, deadline=None):
    limit = f"activeDeadlineSeconds: {deadline}, " if deadline else ""
    container = '{name: main, image: "registry.example/x:1.0", command: [run]}'
    template = f"{{spec: {{restartPolicy: Never, containers: [{container}]}}}}"
    return f"""
apiVersion: batch/v1
kind: CronJob
metadata: {{name: {name}, namespace: shop}}
spec: {{schedule: "0 3 * * *", timeZone: UTC, jobTemplate: {{spec: {{{limit}template: {template}}}}}}}
---
"""


NGINX = "nginx.ingress.kubernetes.io/proxy"
EVERYTHING = (
    "".join(workload(f"w{number}") for number in range(50))
    + workload("web", {"DATABASE_URL": "postgres://db.example.com/x", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"},
               container="readinessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 60}")
    + workload("api", {"DB_URL": "postgres://db:80/x"}) + workload("db", image="postgres:16", port=5432)
    + scaler("web", 85, 3) + job("long", 800) + job("endless")
    + ingress("a.example.com", "web", annotations=f'{NGINX}-body-size: 5m, {NGINX}-read-timeout: "28"')
    + ingress("b.example.com", "api", annotations=f'{NGINX}-body-size: 50m, {NGINX}-read-timeout: "300"')
)  # fmt: skip


@pytest.fixture(scope="module")
def everything():
    return found(EVERYTHING)


def test_every_risk_of_the_table_is_found_somewhere(everything):
    assert {risk.kind for risk in everything} == set(tables.table("risks")["risks"])


def test_every_figure_of_a_sentence_is_given_and_none_is_left_over(everything):
    for risk in everything:
        used = [part.name for part in risk.parts if isinstance(part, Figure)]
        wanted = re.findall(r"\{(\w+)\}", tables.table("risks")["risks"][risk.kind]["sentence"])
        assert used == wanted
        assert {figure.name for figure in risk.figures} == set(wanted)
        assert risk.title
        assert risk.help
        assert risk.source.startswith("https://")


def test_the_gravest_comes_first(everything):
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    severities = [order.index(risk.severity) for risk in everything]
    assert severities == sorted(severities)
    assert severities[0] < severities[-1]


def test_every_file_of_the_folder_is_a_check():
    assert len(collect("k2l.migration.risks", Check)) == 7


def test_functions_that_answer_requests_start_cold_unless_that_is_avoided():
    risk = of("cold-starts", workload("web") + workload("api"))
    assert (risk.severity, figures(risk)) == (Severity.NOTE, {"functions": 2, "kept": 0})
    assert of("cold-starts", job("nightly")) is None
    kept = of("cold-starts", workload("web") + scaler("web", 5, 3))
    assert (kept.severity, figures(kept), kept.codes) == (Severity.WARNING, {"functions": 1, "kept": 1}, ("K2L508",))
    assert of("cold-starts", workload("web", annotations="k2l.dev/cold-starts: avoid") + scaler("web", 5, 3)) is None


@pytest.mark.parametrize(
    ("probe", "seconds"),
    [
        ("readinessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 45}", 45),
        ("readinessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 10}", None),
        ("readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 60}", None),
    ],
)
def test_what_a_manifest_gives_a_program_to_start_is_held_against_lambdas_ten_seconds(probe, seconds):
    risk = of("slow-start", workload("web", container=probe))
    assert (risk and figures(risk)["seconds"]) == seconds


@pytest.mark.parametrize(
    ("deadline", "kind"), [(719, None), (720, "run-near-limit"), (900, "run-near-limit"), (901, None), (None, "run-unknown")]
)
def test_a_run_is_near_the_limit_from_four_fifths_on(deadline, kind):
    assert [risk.kind for risk in found(job("nightly", deadline))] == ([kind] if kind else [])


@pytest.mark.parametrize(("seconds", "kind"), [(23, None), (24, "answer-near-limit"), (30, "answer-near-limit"), (31, "answer-too-late")])
def test_an_answer_is_near_the_limit_from_four_fifths_on(seconds, kind):
    note = f'nginx.ingress.kubernetes.io/proxy-read-timeout: "{seconds}"'
    kinds = {risk.kind for risk in found(workload("web") + ingress("a.example.com", "web", annotations=note))}
    assert kinds - {"cold-starts"} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("size", "kind"), [("4m", None), ("5m", "near-oversized"), ("6m", "near-oversized"), ("7m", "oversized"), ("0", "oversized")]
)
def test_a_request_is_near_the_limit_from_four_fifths_on(size, kind):
    note = f'nginx.ingress.kubernetes.io/proxy-body-size: "{size}"'
    kinds = {risk.kind for risk in found(workload("web") + ingress("a.example.com", "web", annotations=note))}
    assert kinds - {"cold-starts"} == ({kind} if kind else set())


def test_concurrency_is_held_against_what_the_account_has():
    assert of("concurrency", workload("web") + scaler("web", 71)) is None
    near = of("concurrency", workload("web") + scaler("web", 72) + workload("api"))
    assert figures(near) == {"reserved": 720, "limit": 900, "share": 80, "unreserved": 1, "free": 280}
    assert {f.name: f.assumed for f in near.figures}["share"] == ("requests_per_pod", "account_concurrency")
    assert near.severity is Severity.WARNING
    assert of("concurrency", workload("web") + scaler("web", 91)).severity is Severity.ERROR
    assert of("concurrency", workload("web") + scaler("web", 72), "assumptions: {account-concurrency: 3000}") is None


def test_an_account_limit_that_was_given_is_no_assumption():
    risk = of("concurrency", workload("web") + scaler("web", 36), "assumptions: {account-concurrency: 500, requests-per-pod: 10}")
    assert {f.name: f.assumed for f in risk.figures}["limit"] == ()


def test_every_environment_has_its_own_connection_to_a_database():
    database = workload("db", image="postgres:16", port=5432)
    risk = of("database-connections", workload("web", {"DB_URL": "postgres://db:80/x"}) + scaler("web", 12) + database)
    assert figures(risk) == {"connections": 120, "database": "db", "pods": 1}
    assert risk.severity is Severity.WARNING
    assert set(risk.workloads) == {"Deployment/shop/db", "Deployment/shop/web"}
    assert set(risk.figures[0].assumed) == {"requests_per_pod", "connections_per_environment"}
    assert of("database-elsewhere", workload("web", {"DB_URL": "postgres://db:80/x"}) + database) is None
    few = of("database-connections", workload("web", {"DB_URL": "postgres://db:80/x"}) + database)
    assert (figures(few)["connections"], few.severity) == (10, Severity.NOTE)


@pytest.mark.parametrize(
    "web",
    [
        workload("web", {"ANYTHING": "postgresql+asyncpg://db.example.com/x"}),
        workload("web", {"X": "jdbc:mysql://db.abc.eu-west-1.rds.amazonaws.com:3306/x"}),
        workload("web", container="env: [{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: s, key: u}}}]"),
        workload("web", container="env: [{name: X, valueFrom: {secretKeyRef: {name: s, key: db-host}}}]"),
    ],
    ids=["scheme", "jdbc", "variable", "key"],
)
def test_a_database_outside_the_manifests_is_known_by_what_names_it(web):
    web = web.replace("env: [], env:", "env:")
    risk = of("database-elsewhere", web)
    assert figures(risk) == {"functions": 1, "connections": 10}
    assert risk.at


@pytest.mark.parametrize("env", [{"DB_NAME": "shop"}, {"API_URL": "https://api.pay.example.com"}, {"DASHBOARD_URL": "x"}])
def test_what_is_no_address_of_a_database_is_no_risk(env):
    assert of("database-elsewhere", workload("web", env)) is None


def test_many_functions_take_time_to_create():
    assert of("function-sprawl", "".join(workload(f"w{number}") for number in range(49))) is None
    risk = of("function-sprawl", "".join(workload(f"w{number}") for number in range(52)))
    said = figures(risk)
    assert said["functions"] == 52
    assert said["calls"] >= 100
    assert said["seconds"] == -(-said["calls"] // 15)


@pytest.mark.parametrize(
    ("web", "severity"),
    [
        (workload("web", {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}), Severity.NOTE),
        (
            workload("web").replace(
                "labels: {app: web}}\n    spec:", 'labels: {app: web}, annotations: {prometheus.io/scrape: "true"}}\n    spec:'
            ),
            Severity.NOTE,
        ),
        (workload("web").replace("}]}\n---", '}, {name: log, image: "docker.io/fluent/fluent-bit:3.2"}]}\n---', 1), Severity.WARNING),
        (workload("web"), None),
    ],
    ids=["exporter", "scraped", "shipper", "none"],
)
def test_what_is_left_to_do_to_see_how_a_function_does(web, severity):
    risk = of("observability", web)
    assert (risk and risk.severity) == severity
    assert risk is None or risk.at


def test_a_workload_that_is_no_function_is_no_risk():
    assert found(workload("web", annotations="k2l.dev/target: fargate")) == ()


def test_every_database_of_the_table_is_one_that_images_name():
    named = {row.get("to") for row in tables.table("images")["images"]}
    assert set(tables.table("risks")["databases"]) <= named
    image = known("postgres:16")
    assert image is not None
    assert image.to in tables.table("risks")["databases"]


def test_every_threshold_is_used_and_has_a_reason():
    folder = tables.path("..") / "k2l/migration/risks"
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    for name, row in (tables.table("risks")["thresholds"] | tables.table("risks")["assumptions"]).items():
        assert f'"{name}"' in text or name in text
        assert row["why"]
