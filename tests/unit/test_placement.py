"""Where workloads go, through the real rules."""

from __future__ import annotations

import textwrap

import pytest

from harness.examples import translated
from k2l.aws.function import Function
from k2l.traced import Traced


def workload(
    name="web", pod="", container="ports: [{containerPort: 8080}]", image="registry.example/web:1.0", annotations="{}", service=True
):
    """A Deployment, in flow style where it is filled in, and its Service."""
    deployment = f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: {name}, annotations: {annotations}}}
        spec:
          selector: {{matchLabels: {{app: {name}}}}}
          template:
            metadata: {{labels: {{app: {name}}}}}
            spec:
              {pod}
              containers:
                - name: {name}
                  image: {image}
                  {container}
        """
    exposed = f"""
        ---
        apiVersion: v1
        kind: Service
        metadata: {{name: {name}}}
        spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
        """
    return textwrap.dedent(deployment) + (textwrap.dedent(exposed) if service else "")


def cron_job(spec="", job=""):
    return textwrap.dedent(f"""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {{name: report}}
        spec:
          schedule: "0 3 * * *"
          {spec}
          jobTemplate:
            spec:
              {job}
              template: {{spec: {{restartPolicy: Never, containers: [{{name: report, image: "registry.example/report:1.0"}}]}}}}
        """)


def place(text):
    (placement,) = translated(text).plan.placements
    return placement


def because(text):
    placement = place(text)
    return placement.target, {finding.code for finding in placement.because}


def test_a_web_server_goes_to_lambda_and_nothing_speaks_against_it():
    assert because(workload()) == ("lambda", set())


def test_a_short_job_goes_to_lambda():
    assert because(cron_job(job="activeDeadlineSeconds: 900")) == ("lambda", set())


@pytest.mark.parametrize(
    ("manifests", "codes"),
    [
        (workload(container="resources: {limits: {memory: 12Gi}}"), {"K2L103", "K2L151"}),
        (workload(container="resources: {requests: {cpu: 8}}"), {"K2L103", "K2L151"}),
        (workload(pod="initContainers: [{name: wait, image: busybox}]"), {"K2L109"}),
        (workload(pod="initContainers: [{name: wait, image: busybox, restartPolicy: Always}]"), {"K2L110"}),
        (workload(pod="nodeSelector: {kubernetes.io/os: windows}"), {"K2L114"}),
        (workload(name="order-worker", service=False), {"K2L115"}),
        (workload(container="args: []", service=False), {"K2L116"}),
        (workload(container="ports: [{containerPort: 8080, name: grpc}]"), {"K2L203"}),
        (workload(container="ports: [{containerPort: 80}]"), {"K2L205"}),
        (workload(pod="volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"), {"K2L301"}),
        (cron_job(job="activeDeadlineSeconds: 901"), {"K2L106"}),
        (cron_job(job="parallelism: 2"), {"K2L117"}),
    ],
)
def test_what_a_function_cannot_do_goes_to_fargate(manifests, codes):
    assert because(manifests) == ("fargate", codes)


@pytest.mark.parametrize(
    ("manifests", "codes"),
    [
        (workload(container="resources: {limits: {nvidia.com/gpu: 1}}"), {"K2L101"}),
        (workload(pod="hostNetwork: true"), {"K2L111"}),
        (workload(container="securityContext: {privileged: true}"), {"K2L112"}),
        (workload(container="securityContext: {capabilities: {add: [NET_ADMIN]}}"), {"K2L113"}),
        (workload(pod="volumes: [{name: logs, hostPath: {path: /var/log}}]"), {"K2L302"}),
        (workload(container="resources: {requests: {memory: 300Gi}}"), {"K2L103", "K2L104", "K2L105"}),
    ],
)
def test_what_needs_a_node_stays_on_kubernetes(manifests, codes):
    assert because(manifests) == ("kubernetes", codes)


LARGE = "resources: {limits: {memory: 12Gi}}"
BEARS = '{k2l.dev/requests-per-pod: "20"}'


def test_a_service_too_large_for_lambda_goes_to_instances_when_its_owner_says_what_it_bears():
    placement = place(workload(container=LARGE, annotations=BEARS))
    assert (placement.target, [finding.code for finding in placement.because]) == ("managed-instances", ["K2L103"])
    assert place(workload(annotations=BEARS)).target == "lambda"


def test_a_run_too_large_for_lambda_goes_to_fargate_whatever_it_bears():
    text = cron_job().replace("name: report, image", "name: report, resources: {limits: {memory: 12Gi}}, image")
    text = text.replace("{name: report}", f"{{name: report, annotations: {BEARS}}}", 1)
    assert because(text) == ("fargate", {"K2L103", "K2L151"})


@pytest.mark.parametrize("container", ["", LARGE])
def test_the_users_word_sends_a_service_to_instances(container):
    placement = place(workload(container=container, annotations="{k2l.dev/target: managed-instances}"))
    assert (placement.target, placement.refused) == ("managed-instances", False)


def test_what_instances_cannot_do_is_stronger_than_the_users_word():
    gpu = workload(container="resources: {limits: {nvidia.com/gpu: 1}}", annotations="{k2l.dev/target: managed-instances}")
    assert (place(gpu).target, place(gpu).refused) == ("kubernetes", True)
    long = cron_job(job="activeDeadlineSeconds: 3600").replace(
        "{name: report}", "{name: report, annotations: {k2l.dev/target: managed-instances}}", 1
    )
    assert (place(long).target, place(long).refused) == ("fargate", True)


def test_memory_that_the_user_gives_may_be_more_than_lambda_has():
    assert because(workload(annotations='{k2l.dev/memory: "16384"}')) == ("fargate", {"K2L103", "K2L151"})


def test_a_database_belongs_on_a_managed_service_although_fargate_could_run_it():
    assert because(workload(image="mirror.example/library/postgres:17")) == ("managed-service", {"K2L118"})


def test_an_ingress_controller_is_not_needed():
    assert because(workload(image="registry.k8s.io/ingress-nginx/controller:v1.13.0")) == ("none", {"K2L119"})


def test_a_job_that_only_uses_a_database_client_is_a_job():
    assert because(cron_job().replace("registry.example/report:1.0", "postgres:17")) == ("lambda", set())


def test_the_users_word_wins_over_preference():
    assert place(workload(annotations="{k2l.dev/target: fargate}")).target == "fargate"


def test_the_users_word_wins_over_a_managed_service():
    assert place(workload(image="redis:8", annotations="{k2l.dev/target: fargate}")).target == "fargate"


def test_the_users_word_wins_over_a_guess():
    wished = workload(name="order-worker", service=False, annotations="{k2l.dev/target: lambda}")
    assert (place(wished).target, place(wished).refused) == ("lambda", False)


def test_the_users_word_does_not_win_over_an_impossibility():
    wished = workload(pod="hostNetwork: true", annotations="{k2l.dev/target: lambda}")
    assert (place(wished).target, place(wished).refused) == ("kubernetes", True)
    assert "K2L125" in {finding.code for finding in translated(wished).findings}


def test_memory_that_the_user_gives_counts_instead_of_the_manifests():
    wished = workload(container="resources: {limits: {memory: 12Gi}}", annotations='{k2l.dev/memory: "2048"}')
    assert place(wished).target == "lambda"


def test_capabilities_that_engines_give_anyway_forbid_nothing():
    assert place(workload(container="securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}")).target == "lambda"


def test_what_rejects_the_other_targets_is_kept():
    rejected = place(workload(pod="hostNetwork: true")).rejected
    assert {target.value for target in rejected} == {"lambda", "managed-instances", "fargate"}


def test_a_refused_schedule_runs_nowhere_on_aws():
    assert because(cron_job().replace("0 3 * * *", "0 3 * * 7")) == ("kubernetes", {"K2L601"})


def test_the_most_cpu_of_a_function_comes_with_its_most_memory():
    (function,) = translated(workload(container="resources: {requests: {cpu: 6}}")).plan.of(Function)
    assert isinstance(function.memory_size, Traced)
    assert function.memory_size.value == 10240
