"""How large, how long and on which processor: what the manifest says, else what is assumed and may be decided."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.build_context import BuildContext
from k2l.traced import Traced

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      {pod}
      containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}], resources: {{{resources}}}}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""
NIGHT = """
apiVersion: batch/v1
kind: CronJob
metadata: {{name: night}}
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      {job}
      template: {{spec: {{restartPolicy: Never, {pod} containers: [{{name: night, image: "registry.example/night:1.0"}}]}}}}
"""


ARM = "{matchExpressions: [{key: kubernetes.io/arch, operator: In, values: [arm64]}]}"


def web(resources="", pod="", annotations="", decided=""):
    return bundle(WEB.format(resources=resources, pod=pod, annotations=annotations), decided)


def night(job="", pod=""):
    return bundle(NIGHT.format(job=job, pod=pod))


def plain(value):
    return value.value if isinstance(value, Traced) else value


def questions(found):
    return {d.id.rpartition(":")[2]: (d.chosen, d.by) for d in found.plan.decisions}


@pytest.mark.parametrize(
    ("resources", "mib"),
    [
        ("limits: {memory: 300Mi}, requests: {memory: 100Mi}", 300),
        ("requests: {memory: 300Mi}", 300),
        ("limits: {memory: 300M}", 287),
        ("limits: {memory: 64Mi}", 128),
        ("limits: {memory: 64Mi}, requests: {cpu: 500m}", 885),
        ("limits: {cpu: '1'}", 1769),
    ],
)
def test_memory_is_what_is_asked_for_or_what_comes_with_enough_processor(resources, mib):
    assert plain(web(resources).function.memory_size) == mib


def test_what_is_asked_for_the_pod_as_a_whole_governs():
    found = web("limits: {memory: 256Mi}", pod="resources: {limits: {memory: 1Gi}}")
    assert plain(found.function.memory_size) == 1024
    assert found.fate("spec.template.spec.containers[0].resources.limits.memory") == ("mapped", None)


def test_without_a_size_memory_is_assumed_and_a_decision():
    found = web()
    assert plain(found.function.memory_size) == 512
    assert questions(found)["memory"] == ("512", "default")


def test_the_users_word_on_memory_wins_and_nothing_is_unhandled():
    found = web("limits: {memory: 300Mi}", annotations='k2l.dev/memory: "2048"')
    assert plain(found.function.memory_size) == 2048
    assert "memory" not in questions(found)
    assert found.ledger.counts["unhandled"] == 0


def test_a_request_ends_with_its_route():
    assert plain(web().function.timeout) == 30
    assert web().function.timeout.note == "as for a request through an HTTP API"


@pytest.mark.parametrize(
    ("job", "pod", "seconds"),
    [
        ("", "", 900),
        ("activeDeadlineSeconds: 120", "", 120),
        ("", "activeDeadlineSeconds: 120,", 120),
        ("activeDeadlineSeconds: 600", "activeDeadlineSeconds: 120,", 120),
    ],
)
def test_a_run_ends_with_its_nearest_deadline_else_as_late_as_lambda_allows(job, pod, seconds):
    assert plain(night(job, pod).function.timeout) == seconds


def test_a_run_without_deadline_is_a_decision():
    assert questions(night())["timeout"] == ("900", "default")
    assert "timeout" not in questions(night("activeDeadlineSeconds: 120"))


@pytest.mark.parametrize(
    ("resources", "pod", "mib"),
    [
        ("", "", None),
        ("", "volumes: [{name: a, emptyDir: {}}]", None),
        ("limits: {ephemeral-storage: 2Gi}", "", 2048),
        ("requests: {ephemeral-storage: 100Mi}", "", 512),
        ("", "volumes: [{name: a, emptyDir: {sizeLimit: 1Gi}}, {name: b, emptyDir: {sizeLimit: 2Gi}}]", 3072),
    ],
)
def test_scratch_space_is_as_large_as_volumes_or_the_container_ask_for(resources, pod, mib):
    assert plain(web(resources, pod).function.ephemeral_storage) == mib


@pytest.mark.parametrize(
    ("pod", "architecture"),
    [
        ("nodeSelector: {kubernetes.io/arch: arm64}", "arm64"),
        ("nodeSelector: {beta.kubernetes.io/arch: amd64}", "x86_64"),
        (f"affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: [{ARM}]}}}}}}", "arm64"),
    ],
)
def test_the_processor_is_that_of_the_nodes_that_the_pod_asks_for(pod, architecture):
    found = web(pod=pod)
    assert plain(found.function.architectures[0]) == architecture
    assert plain(found.one(BuildContext).architecture) == architecture
    assert "architecture" not in questions(found)


def test_without_a_word_on_nodes_the_processor_is_a_decision():
    assert questions(web())["architecture"] == ("x86_64", "default")
    assert questions(web(annotations="k2l.dev/architecture: arm64"))["architecture"] == ("arm64", "annotation")
    assert questions(web(decided="workloads: {Deployment/default/web: {architecture: arm64}}"))["architecture"] == ("arm64", "k2l.yaml")


def test_a_workload_for_a_processor_that_aws_lacks_stays_in_the_cluster():
    found = web(pod="nodeSelector: {kubernetes.io/arch: s390x}")
    assert found.targets == {"Deployment/default/web": "kubernetes"}
    assert found.fate("spec.template.spec.nodeSelector[kubernetes.io/arch]") == ("kept", "placed-elsewhere")
