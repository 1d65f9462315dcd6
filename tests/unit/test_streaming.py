"""Answers that are sent on while they are written, which is the user's to choose."""

from harness.stages import bundle
from k2l.adapters import dockerfile
from k2l.aws.function import FunctionUrl

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{k2l.dev/streaming: "{streaming}"}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}]}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{type: {type}, selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""
ANNOTATION = "metadata.annotations[k2l.dev/streaming]"
SETTING = "ENV AWS_LWA_INVOKE_MODE=response_stream"


def test_a_service_of_the_account_streams_where_that_is_asked_for() -> None:
    found = bundle(WEB.format(streaming="true", type="ClusterIP"))
    assert getattr(found.one(FunctionUrl).invoke_mode, "value", None) == "RESPONSE_STREAM"
    assert SETTING in dockerfile.render(found.image).splitlines()
    assert found.fate(ANNOTATION) == ("mapped", None)


def test_it_does_not_without_being_asked() -> None:
    found = bundle(WEB.format(streaming="false", type="ClusterIP"))
    assert getattr(found.one(FunctionUrl).invoke_mode, "value", None) == "BUFFERED"
    assert SETTING not in dockerfile.render(found.image).splitlines()


def test_behind_an_http_api_the_wish_is_dropped_with_the_reason() -> None:
    found = bundle(WEB.format(streaming="true", type="LoadBalancer"))
    assert SETTING not in dockerfile.render(found.image).splitlines()
    assert found.fate(ANNOTATION) == ("dropped", "streaming-not-here")


def test_the_adapter_gives_a_service_the_authorization_of_its_callers() -> None:
    found = bundle(WEB.format(streaming="false", type="ClusterIP"))
    assert "ENV AWS_LWA_AUTHORIZATION_SOURCE=X-Forwarded-Authorization" in dockerfile.render(found.image).splitlines()
