"""Containers beside an application that AWS makes needless, and those that it needs."""

from __future__ import annotations

import pytest

from harness.stages import bundle

WEB = (
    '{name: web, image: "registry.example/web:1.0", ports: [{name: http, containerPort: 8080}], '
    "volumeMounts: [{name: logs, mountPath: /logs}]}"
)
PROXY = '{name: istio-proxy, image: "docker.io/istio/proxyv2:1.24.0", ports: [{name: http-envoy-prom, containerPort: 15090}]}'
SHIPPER = (
    '{name: shipper, image: "fluent/fluent-bit:3.2", env: [{name: HOST, valueFrom: {configMapKeyRef: {name: shipping, key: host}}}], '
    "volumeMounts: [{name: logs, mountPath: /logs}, {name: settings, mountPath: /etc/fluent}]}"
)
EXPORTER = '{name: exporter, image: "nginx/nginx-prometheus-exporter:1.4", ports: [{name: metrics, containerPort: 9113}]}'
CLOUD_SQL = '{name: cloud-sql-proxy, image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0"}'
WAIT = '{name: wait, image: "busybox:1.36", command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]}'


def pod(
    *containers, init="", volumes="{name: logs, emptyDir: {}}", kind="Deployment", host="", port="{name: http, port: 80, targetPort: http}"
):
    """A Deployment of these containers, its Service, and the ConfigMap of the shipper."""
    return f"""
        apiVersion: apps/v1
        kind: {kind}
        metadata: {{name: web}}
        spec:
          selector: {{matchLabels: {{app: web}}}}
          template:
            metadata: {{labels: {{app: web}}}}
            spec:
              {host}
              initContainers: [{init}]
              containers: [{", ".join(containers)}]
              volumes: [{volumes}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {{name: web}}
        spec: {{selector: {{app: web}}, ports: [{port}]}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {{name: shipping}}
        data: {{host: logs.example}}
        """


def targets(text):
    return list(bundle(text).targets.values())


def left_out(done):
    without = done.graph.workloads[0].without
    return without.containers if without else None


@pytest.mark.parametrize("beside", [PROXY, EXPORTER, SHIPPER.replace(", {name: settings, mountPath: /etc/fluent}", "")])
@pytest.mark.parametrize("first", [False, True])
def test_a_known_sidecar_does_not_keep_an_application_from_lambda_wherever_it_stands(beside, first):
    done = bundle(pod(*((beside, WEB) if first else (WEB, beside))))
    assert list(done.targets.values()) == ["lambda"]
    assert done.image.port is not None
    assert done.image.port.value == 8080


def test_what_is_left_out_is_said_and_its_fields_are_settled_by_what_it_was():
    done = bundle(pod(WEB, PROXY, SHIPPER, volumes="{name: logs, emptyDir: {}}, {name: settings, configMap: {name: shipping}}"))
    assert {"K2L140", "K2L141"} <= done.codes
    containers = "spec.template.spec.containers"
    assert done.fate(f"{containers}[1].image") == ("not-applicable", "mesh-left-out")
    assert done.fate(f"{containers}[2].image") == ("dropped", "shipper-left-out")
    assert done.fate(f"{containers}[2].env[0].valueFrom.configMapKeyRef.key") == ("dropped", "shipper-left-out")
    assert done.fate("spec.template.spec.volumes[1].configMap.name") == ("not-applicable", "volume-left-out")
    assert done.fate("data.host", "ConfigMap/default/shipping") == ("not-applicable", "configuration-left-out")
    assert done.ledger.counts["unhandled"] == 0


def test_configuration_of_what_is_left_out_is_not_called_unused():
    assert "K2L005" not in bundle(pod(WEB, SHIPPER)).codes


def test_a_port_of_a_service_that_leads_to_an_exporter_goes_with_it():
    ports = "{name: http, port: 80, targetPort: http}, {name: stats, port: 9113, targetPort: metrics}"
    done = bundle(pod(WEB, EXPORTER, port=ports))
    assert list(done.targets.values()) == ["lambda"]
    assert done.fate("spec.ports[1].targetPort", "Service/default/web") == ("dropped", "exporter-left-out")


def test_a_pod_of_nothing_else_keeps_its_agents():
    done = bundle(pod(SHIPPER, EXPORTER, kind="DaemonSet"))
    assert list(done.targets.values()) == ["none"]
    assert left_out(done) == ()


def test_a_shipper_that_a_service_leads_to_serves_others_and_stays():
    receiver = '{name: shipper, image: "fluent/fluentd:v1.18", ports: [{containerPort: 24224}]}'
    done = bundle(pod(WEB, receiver, port="{name: forward, port: 24224}"))
    assert list(done.targets.values()) == ["fargate"]


@pytest.mark.parametrize(
    "given",
    [
        {"host": "hostPID: true"},
        {"volumes": "{name: logs, hostPath: {path: /var/log}}"},
    ],
)
def test_an_agent_of_the_node_is_not_beside_an_application(given):
    done = bundle(pod(WEB, SHIPPER, **given))
    assert list(done.targets.values()) == ["kubernetes"]
    assert left_out(done) == ()


def test_a_container_that_only_copies_a_log_file_to_its_output_is_a_shipper():
    tail = '{name: log, image: "busybox:1.36", args: [/bin/sh, -c, "tail -n+1 -F /logs/web.log"]}'
    done = bundle(pod(WEB, tail))
    assert list(done.targets.values()) == ["lambda"]
    assert done.fate("spec.template.spec.containers[1].args[2]") == ("dropped", "shipper-left-out")


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (CLOUD_SQL, "Amazon RDS Proxy"),
        ('{name: auth, image: "quay.io/oauth2-proxy/oauth2-proxy:v7.7.1"}', "JWT authorizer"),
        ('{name: pool, image: "edoburu/pgbouncer:1.23"}', "Amazon RDS Proxy"),
        ('{name: cache, image: "redis:7"}', "Amazon ElastiCache"),
        ('{name: front, image: "nginx:1.27"}', "HTTP API"),
        ('{name: agent, image: "hashicorp/vault:1.18"}', "AWS Secrets Manager"),
    ],
)
def test_a_sidecar_that_the_application_needs_still_forbids_a_function_and_is_told_what_replaces_it(beside, words):
    done = bundle(pod(WEB, beside))
    (found,) = (f for f in done.findings if f.code == "K2L108")
    assert list(done.targets.values()) == ["fargate"]
    assert words in (found.problem.help or "")


def test_an_unknown_sidecar_forbids_a_function():
    assert targets(pod(WEB, '{name: helper, image: "registry.example/helper:1.0"}')) == ["fargate"]


def test_a_proxy_that_stands_first_is_not_the_application():
    database = '{name: db, image: "postgres:17"}'
    assert targets(pod(CLOUD_SQL, database)) == ["managed-service"]


@pytest.mark.parametrize("native", [True, False])
def test_a_known_sidecar_among_init_containers_is_left_out_where_it_keeps_running(native):
    agent = EXPORTER.replace("{name", "{restartPolicy: Always, name", 1) if native else EXPORTER
    assert targets(pod(WEB, init=agent)) == ["lambda" if native else "fargate"]


def test_an_init_container_of_a_mesh_is_left_out_with_its_capabilities():
    init = (
        '{name: istio-init, image: "docker.io/istio/proxyv2:1.24.0", args: [istio-iptables], '
        "securityContext: {capabilities: {add: [NET_ADMIN]}, privileged: true}}"
    )
    assert targets(pod(WEB, PROXY, init=init)) == ["lambda"]


def test_an_init_container_that_only_waits_is_left_out():
    done = bundle(pod(WEB, init=WAIT))
    assert list(done.targets.values()) == ["lambda"]
    assert "K2L142" in done.codes
    assert done.fate("spec.template.spec.initContainers[0].command[2]") == ("not-applicable", "waiting-left-out")


def test_a_run_of_a_job_that_would_have_waited_loses_that():
    job = f"""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {{name: report}}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  initContainers: [{WAIT}]
                  containers: [{{name: report, image: "registry.example/report:1.0"}}]
        """
    done = bundle(job)
    assert list(done.targets.values()) == ["lambda"]
    assert done.fate("spec.jobTemplate.spec.template.spec.initContainers[0].image") == ("dropped", "waiting-run-left-out")


def test_an_init_container_that_does_more_than_wait_forbids_a_function():
    assert targets(pod(WEB, init=WAIT.replace("; done", "; done; ./migrate"))) == ["fargate"]


def test_fields_of_a_container_that_would_be_left_out_are_kept_where_the_pod_stays():
    done = bundle(pod(WEB, PROXY, volumes="{name: logs, hostPath: {path: /var/log}}"))
    assert list(done.targets.values()) == ["kubernetes"]
    assert done.fate("spec.template.spec.containers[1].image") == ("kept", "placed-elsewhere")


def test_configuration_of_a_container_that_is_left_out_is_needed_by_no_task_either():
    done = bundle(pod(WEB, SHIPPER, '{name: helper, image: "registry.example/helper:1.0"}'))
    assert list(done.targets.values()) == ["fargate"]
    assert done.fate("data.host", "ConfigMap/default/shipping") == ("not-applicable", "configuration-left-out")
