"""What serves a cluster or works with its API, by its image, its command and what it is told."""

from __future__ import annotations

import pytest

from harness.stages import bundle


def job(image="registry.example/tools:1.0", command="[./run]"):
    return f"""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {{name: tidy}}
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{{name: tidy, image: "{image}", command: {command}}}]
        """


def server(args="[]", env="[]"):
    return f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: web}}
        spec:
          selector: {{matchLabels: {{app: web}}}}
          template:
            metadata: {{labels: {{app: web}}}}
            spec:
              containers: [{{name: web, image: "registry.example/web:1.0", args: {args}, env: {env}, ports: [{{containerPort: 8080}}]}}]
        """


def target(text):
    (found,) = bundle(text).targets.values()
    return found


@pytest.mark.parametrize(
    "image", ["registry.k8s.io/descheduler/descheduler:v0.36.0", "registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.5"]
)
def test_a_job_of_the_cluster_is_needless_too(image):
    assert target(job(image)) == "none"


def test_a_job_that_uses_a_database_s_image_is_still_a_job():
    assert target(job("postgres:17", "[pg_dump, shop]")) == "lambda"


@pytest.mark.parametrize(
    "command",
    [
        "[kubectl, delete, pods, --all]",
        "[/usr/local/bin/helm, upgrade, shop]",
        '[sh, -c, "set -e; now=$(date); kubectl rollout restart deployment/web"]',
    ],
)
def test_a_job_that_starts_kubectl_or_helm_stays_with_the_cluster(command):
    assert target(job(command=command)) == "kubernetes"


@pytest.mark.parametrize("command", ["[echo, kubectl]", '[sh, -c, "echo kubectl get pods"]', "[./kubectl-less]"])
def test_a_word_that_is_no_program_keeps_nothing_in_the_cluster(command):
    assert target(job(command=command)) == "lambda"


@pytest.mark.parametrize("args", ["[--leader-elect]", "[--enable-leader-election=true]", "[-leader-elect, --v=2]"])
def test_who_elects_a_leader_is_a_controller(args):
    assert target(server(args)) == "kubernetes"


@pytest.mark.parametrize("args", ["[--leader-elect=false]", "[--elect]", "[leader-elect]"])
def test_who_does_not_elect_a_leader_is_none(args):
    assert target(server(args)) == "lambda"


def test_an_operator_is_told_what_to_watch():
    assert target(server(env="[{name: WATCH_NAMESPACE, value: shop}]")) == "kubernetes"
