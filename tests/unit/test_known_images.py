"""Well-known images are recognised on any registry, and others are not."""

from __future__ import annotations

from collections import Counter

import pytest

from k2l import images, tables


@pytest.mark.parametrize(
    ("reference", "what"),
    [
        ("postgres", "PostgreSQL"),
        ("postgres:17-alpine@sha256:" + "0" * 64, "PostgreSQL"),
        ("docker.io/library/postgres:17", "PostgreSQL"),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/mirror/bitnami/postgresql:17", "PostgreSQL"),
        ("localhost:5000/redis", "Redis"),
        ("registry:2", "an image registry"),
        ("registry.k8s.io/metrics-server/metrics-server:v0.8.0", "a source of cluster metrics"),
    ],
)
def test_registry_tag_and_mirror_do_not_matter(reference, what):
    found = images.known(reference)
    assert found
    assert found.what == what


@pytest.mark.parametrize("reference", ["shop/postgres-backup", "shop/registry", "shop/controller", "shop/vector", "${IMAGE}", ""])
def test_images_of_ones_own_are_not_taken_for_others(reference):
    assert images.known(reference) is None


def test_an_image_is_one_thing():
    names = Counter(name for row in tables.table("images")["images"] for name in row["images"])
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("reference", "goes"),
    [
        ("registry.datadoghq.com/agent:7", "none"),
        ("gcr.io/datadoghq/agent:7", "none"),
        ("oliver006/redis_exporter:v1", "none"),
        ("quay.io/strimzi/operator:0.45.0", "none"),
        ("ghcr.io/cloudnative-pg/cloudnative-pg:1.25", "none"),
        ("public.ecr.aws/aws-controllers-k8s/s3-controller:1.0", "kubernetes"),
        ("gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v1", "kubernetes"),
        ("bitnami/kubectl:1.31", "kubernetes"),
        ("apache/airflow:2.10", "managed-service"),
        ("edoburu/pgbouncer:1.23", "managed-service"),
    ],
)
def test_an_image_goes_where_its_row_says(reference, goes):
    found = images.known(reference)
    assert found
    assert found.goes == goes


@pytest.mark.parametrize(
    "reference", ["shop/order-controller", "shop/agent", "registry.example/agent", "registry.example/shop/billing-operator"]
)
def test_an_operator_is_known_by_its_publisher_only(reference):
    assert images.known(reference) is None


@pytest.mark.parametrize(
    "reference", ["wordpress", "ghost", "quay.io/keycloak/keycloak", "clickhouse/clickhouse-server", "couchdb", "nats", "nginx"]
)
def test_what_companies_run_as_an_application_or_aws_does_not_run_is_not_sent_away(reference):
    assert images.known(reference) is None


def test_at_least_150_images_are_known():
    assert sum(len(row["images"]) for row in tables.table("images")["images"]) >= 150
