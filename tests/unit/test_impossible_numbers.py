"""Numbers that Kubernetes refuses reach no attribute, where AWS would refuse them."""

from __future__ import annotations

import pytest

from harness.stages import bundle

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: "web:1", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: {target}}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: web}}
spec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}, minReplicas: {low}, maxReplicas: {high}}}
"""
JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {{name: job}}
spec:
  schedule: "0 1 * * *"
  startingDeadlineSeconds: {start}
  jobTemplate:
    spec:
      backoffLimit: {backoff}
      activeDeadlineSeconds: {deadline}
      template: {{spec: {{restartPolicy: Never, containers: [{{name: job, image: "job:1"}}]}}}}
"""
SERVER = {"replicas": 1, "target": 8080, "low": 1, "high": 3}
RUN = {"start": 0, "backoff": 0, "deadline": 1}


@pytest.mark.parametrize("wrong", [{"replicas": -1}, {"target": -1}, {"target": 70000}, {"high": 0}, {"low": 4}, {"low": -1}])
def test_a_server_with_an_impossible_number_stays_where_it_is(wrong):
    found = bundle(DEPLOYMENT.format(**SERVER | wrong))
    assert found.targets == {"Deployment/default/web": "kubernetes"}
    assert "K2L013" in found.codes


@pytest.mark.parametrize("wrong", [{"start": -1}, {"backoff": -1}, {"deadline": 0}, {"deadline": -5}])
def test_a_job_with_an_impossible_number_stays_where_it_is(wrong):
    found = bundle(JOB.format(**RUN | wrong))
    assert found.targets == {"CronJob/default/job": "kubernetes"}
    assert "K2L013" in found.codes


def test_the_least_that_kubernetes_takes_is_taken():
    assert bundle(DEPLOYMENT.format(**SERVER | {"replicas": 0, "low": 0, "high": 1})).targets == {"Deployment/default/web": "lambda"}
    assert bundle(JOB.format(**RUN)).targets == {"CronJob/default/job": "lambda"}
