"""Kinds that run pods, other than Deployment and CronJob: where they go, and what becomes of them on Lambda."""

from __future__ import annotations

import textwrap

import pytest

from harness.examples import translated
from harness.stages import Staged, bundle
from k2l import formats
from k2l.aws.function import EventInvokeConfig
from k2l.aws.schedule import Schedule
from k2l.formats import readme
from k2l.traced import Traced

LINE = "\n  "
CONTAINER = '{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}'
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""


def controller(kind: str, spec: str = "", pod: str = "", annotations: str = "{}", api: str = "apps/v1") -> str:
    return textwrap.dedent(f"""
        apiVersion: {api}
        kind: {kind}
        metadata: {{name: web, annotations: {annotations}}}
        spec:
          selector: {{matchLabels: {{app: web}}}}
          {spec.replace(LINE, LINE + 8 * " ")}
          template:
            metadata: {{labels: {{app: web}}}}
            spec: {{containers: [{CONTAINER}], {pod}}}
        """)


def job(spec: str = "", pod: str = "", name: str = "migrate") -> str:
    return textwrap.dedent(f"""
        apiVersion: batch/v1
        kind: Job
        metadata: {{name: {name}, namespace: shop}}
        spec:
          {spec.replace(LINE, LINE + 8 * " ")}
          template: {{spec: {{restartPolicy: Never, containers: [{CONTAINER}], {pod}}}}}
        """)


def pod(spec: str = "", name: str = "web") -> str:
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: {name}, labels: {{app: web}}}}
spec: {{containers: [{CONTAINER}], {spec}}}
"""


def target(text: str) -> tuple[str, set[str]]:
    (placement,) = translated(text).plan.placements
    return str(placement.target), {finding.code for finding in placement.because}


def valued(planned: object) -> object:
    """The value of an attribute that is traced to the manifest."""
    assert isinstance(planned, Traced)
    return planned.value


def retries(found: Staged) -> object:
    return valued(found.one(EventInvokeConfig).maximum_retry_attempts)


def test_a_replica_set_that_stands_alone_becomes_a_function_like_a_deployment():
    found = bundle(controller("ReplicaSet", "replicas: 0") + SERVICE)
    assert found.targets == {"ReplicaSet/default/web": "lambda"}
    assert found.fate("spec.replicas", "ReplicaSet/default/web") == ("mapped", None)


def test_a_stateful_set_with_claims_goes_to_fargate_at_its_claims():
    claims = "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]"
    text = controller("StatefulSet", f"serviceName: web\n  {claims}") + SERVICE
    assert target(text) == ("fargate", {"K2L127", "K2L128"})
    (placement,) = translated(text).plan.placements
    assert {(f.code, f.at.path()) for f in placement.because} == {
        ("K2L127", "spec.volumeClaimTemplates[0]"),
        ("K2L128", "spec.serviceName"),
    }


def test_nobodys_word_makes_a_function_of_claims():
    claims = "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]"
    assert target(controller("StatefulSet", claims, annotations="{k2l.dev/target: lambda}") + SERVICE)[0] == "fargate"


def test_a_stateful_set_without_claims_goes_to_fargate_for_its_names_and_to_lambda_by_the_users_word():
    assert target(controller("StatefulSet", "serviceName: web") + SERVICE) == ("fargate", {"K2L128"})
    wished = bundle(controller("StatefulSet", "serviceName: web", annotations="{k2l.dev/target: lambda}") + SERVICE)
    assert wished.targets == {"StatefulSet/default/web": "lambda"}
    assert wished.fate("spec.serviceName") == ("dropped", "no-ordinals")


def test_a_database_as_a_stateful_set_is_still_a_managed_service():
    text = controller("StatefulSet").replace("registry.example/web:1.0", "postgres:17")
    assert target(text) == ("managed-service", {"K2L118"})


def test_a_daemon_set_stays_where_the_nodes_are_whatever_anybody_wants():
    assert target(controller("DaemonSet")) == ("kubernetes", {"K2L129"})
    assert target(controller("DaemonSet", annotations="{k2l.dev/target: lambda}"))[0] == "kubernetes"
    assert target(controller("DaemonSet", annotations="{k2l.dev/target: fargate}"))[0] == "kubernetes"


def test_an_agent_that_is_known_to_serve_nodes_is_not_needed():
    text = controller("DaemonSet").replace("registry.example/web:1.0", "fluent/fluent-bit:4.0")
    assert target(text) == ("none", {"K2L119"})


def test_a_scaler_finds_its_workload_by_the_old_group_as_by_the_new_one():
    scaler = """
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: extensions/v1beta1, kind: Deployment, name: web}}
"""
    found = bundle(controller("Deployment") + SERVICE + scaler)
    assert found.function.reserved_concurrency is not None
    assert "K2L003" not in found.codes


def test_a_job_is_a_function_of_its_own_name_that_has_no_schedule():
    found = bundle(job("backoffLimit: 1\n  activeDeadlineSeconds: 300\n  ttlSecondsAfterFinished: 60"))
    assert found.function.key == "shop-migrate-job"
    assert found.plan.of(Schedule) == ()
    assert (retries(found), valued(found.function.timeout)) == (1, 300)
    assert found.image.mode == "job"


def test_a_job_is_run_by_the_command_that_the_readme_names():
    text = readme.write(translated(job()), formats.by_name("terraform"))
    assert "\naws lambda invoke --function-name shop-migrate-job --qualifier live --invocation-type Event /dev/null\n" in text


@pytest.mark.parametrize("spec", ["suspend: true", "parallelism: 0", "completions: 0"])
def test_a_job_that_is_not_to_run_yet_is_marked_at_its_command(spec):
    text = readme.write(translated(job(spec)), formats.by_name("terraform"))
    assert "# Job/shop/migrate (suspended: run it when it is wanted)\naws lambda invoke" in text
    assert bundle(job(spec)).fate(f"spec.{spec.partition(':')[0]}") == ("not-applicable", "started-by-command")


def test_without_jobs_the_readme_names_no_command():
    assert "lambda invoke" not in readme.write(translated(controller("Deployment") + SERVICE), formats.by_name("terraform"))


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ("parallelism: 4", "spec.parallelism"),
        ("completions: 4", "spec.completions"),
        ("completionMode: Indexed\n  completions: 1", "spec.completionMode"),
    ],
)
def test_a_job_of_several_pods_goes_to_fargate(spec, path):
    (placement,) = translated(job(spec)).plan.placements
    assert (placement.target, [(f.code, f.at.path()) for f in placement.because]) == ("fargate", [("K2L117", path)])


def test_a_job_that_takes_longer_than_a_function_goes_to_fargate():
    assert target(job("activeDeadlineSeconds: 901")) == ("fargate", {"K2L106"})
    assert target(job(pod="activeDeadlineSeconds: 901")) == ("fargate", {"K2L106"})


def test_a_schedule_whose_jobs_want_no_pods_is_switched_off():
    text = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: night}
        spec:
          schedule: 0 3 * * *
          jobTemplate:
            spec: {parallelism: 0, template: {spec: {restartPolicy: Never, containers: [{name: n, image: "registry.example/n:1.0"}]}}}
        """
    found = bundle(text)
    assert valued(found.one(Schedule).state) == "DISABLED"
    assert found.fate("spec.jobTemplate.spec.parallelism") == ("mapped", None)


def test_a_lone_pod_that_is_always_started_again_serves():
    found = bundle(pod() + SERVICE)
    assert found.targets == {"Pod/default/web": "lambda"}
    assert found.image.mode == "serve"
    assert found.fate("metadata.labels.app", "Pod/default/web") == ("mapped", None)


def test_a_lone_pod_that_ends_runs_once_and_is_never_tried_again():
    found = bundle(pod("restartPolicy: Never, activeDeadlineSeconds: 60"))
    assert (found.image.mode, retries(found), valued(found.function.timeout)) == ("job", 0, 60)
    assert found.fate("spec.restartPolicy") == ("mapped", None)
    assert found.fate("spec.containers[0].ports[0].containerPort") == ("not-applicable", "job-not-served")


def test_a_lone_pod_that_runs_until_it_succeeds_is_tried_as_often_as_lambda_tries():
    found = bundle(pod("restartPolicy: OnFailure"))
    assert retries(found) == 2
    assert found.fate("spec.restartPolicy") == ("approximated", "retries-capped")


def test_what_a_lone_pod_asks_its_container_counts_only_where_it_serves():
    container = '{name: web, image: "registry.example/web:1.0", readinessProbe: {periodSeconds: 7, httpGet: {path: /ready, port: 8080}}}'
    probe = f"spec: {{containers: [{container}]"
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n" + probe
    path, every = "spec.containers[0].readinessProbe.httpGet.path", "spec.containers[0].readinessProbe.periodSeconds"
    serving, ending = bundle(text + "}" + SERVICE), bundle(text + ", restartPolicy: Never}" + SERVICE)
    assert (serving.fate(path), serving.fate(every)) == (("mapped", None), ("not-applicable", "readiness-polled"))
    assert (ending.fate(path), ending.fate(every)) == 2 * (("not-applicable", "job-not-probed"),)


def test_a_job_is_not_behind_the_service_whose_labels_it_has():
    assert bundle(pod("restartPolicy: Never") + SERVICE).fate("spec.selector.app", "Service/default/web") == ("kept", "partner-missing")
