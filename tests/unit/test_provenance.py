"""Where things come from, in comments."""

import pytest

from k2l.formats.provenance import Places, identity
from k2l.source import load
from k2l.traced import Traced

DEPLOYMENT, SERVICE, SETTINGS = load(
    """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: {a: x, b: x, c: x, d: x}}
spec: {replicas: 3, minReadySeconds: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, targetPort: 8080}]}
---
assumptions: {memory: 512}
""",
    "shop.yaml",
).objects
PLACES = Places(DEPLOYMENT, {})


def at(root, *paths: str) -> Traced[int]:
    return Traced(1, tuple(leaf for path in paths for leaf in root.leaves() if leaf.path() == path))


def test_an_object_is_named_by_file_kind_namespace_and_name():
    assert PLACES.header((DEPLOYMENT, SERVICE)) == ("shop.yaml Deployment/shop/web", "shop.yaml Service/default/web")


def test_the_records_name_of_an_object_is_preferred():
    assert Places(DEPLOYMENT, {SERVICE: "Service/prod/web"}).header((SERVICE,)) == ("shop.yaml Service/prod/web",)


def test_what_is_no_object_is_named_by_its_file():
    assert PLACES.header((SETTINGS,)) == ("shop.yaml",)
    assert identity(SETTINGS) is None


def test_many_objects_are_counted():
    manifest = "kind: Ingress\nmetadata: {name: %d}\n---\n"
    many = load("".join(manifest % number for number in range(9)), "many.yaml").objects
    assert PLACES.header(many)[3:] == ("many.yaml Ingress/default/3", "and 5 more")


def test_a_path_of_the_blocks_own_object_stands_alone():
    assert PLACES.comments(at(DEPLOYMENT, "spec.replicas")) == ("spec.replicas",)


def test_another_object_is_named_once_before_its_paths():
    value = at(SERVICE, "spec.ports[0].port", "spec.ports[0].targetPort")
    assert PLACES.comments(value) == ("shop.yaml Service/default/web spec.ports[0].port, spec.ports[0].targetPort",)


def test_a_return_to_the_blocks_own_object_needs_no_name():
    found = PLACES.comments(at(SERVICE, "spec.ports[0].port"), at(DEPLOYMENT, "spec.replicas"))
    assert found == ("shop.yaml Service/default/web spec.ports[0].port, shop.yaml Deployment/shop/web spec.replicas",)


def test_a_note_comes_first():
    assert PLACES.comments(at(DEPLOYMENT, "spec.replicas").noted("3 replicas x 10")) == ("3 replicas x 10 - spec.replicas",)
    assert PLACES.comments(Traced(1, note="assumed")) == ("assumed",)


def test_many_places_side_by_side_are_named_by_what_holds_them():
    labels = at(DEPLOYMENT, *(f"metadata.labels.{name}" for name in "abcd"), "spec.replicas")
    assert PLACES.comments(labels) == ("metadata.labels, spec.replicas",)


def test_more_places_than_a_line_holds_are_counted():
    replicas, label, port, memory = (
        at(DEPLOYMENT, "spec.replicas"),
        at(DEPLOYMENT, "metadata.labels.a"),
        at(SERVICE, "spec.ports[0].port"),
        at(SETTINGS, "assumptions.memory"),
    )
    found = PLACES.comments((replicas, label, port, memory))
    assert found == ("spec.replicas, metadata.labels.a, shop.yaml Service/default/web spec.ports[0].port and 1 more",)


@pytest.mark.parametrize("value", [None, 1, "a", (), {}, Traced(1), ("a", {"b": 2})])
def test_what_comes_from_nowhere_has_no_comment(value):
    assert PLACES.comments(value) == ()


def test_every_place_within_a_value_counts_once():
    replicas = at(DEPLOYMENT, "spec.replicas")
    assert PLACES.comments({"a": (replicas, Traced(replicas, replicas.origins))}) == ("spec.replicas",)
