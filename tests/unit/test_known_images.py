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
