"""From a leaf's place to what the tables say of it."""

from __future__ import annotations

import pytest

from k2l import tables
from k2l.resolution import resolve
from k2l.tables import Row

POD = ("spec", "template", "spec")
CRON_POD = ("spec", "jobTemplate", *POD)


def settled(kind, *steps, value="x"):
    """What holds for a leaf that no code carried: verb and reason, or None for unhandled."""
    row = resolve(kind, steps).settle(value)
    return row and (row.verb, row.reason or row.what)


def test_a_field_of_a_container_has_the_container_types_row():
    found = resolve("Deployment", (*POD, "containers", 3, "image"))
    assert (found.type, found.field, found.known) == ("Container", "image", True)
    assert found.row
    assert (found.row.verb, found.row.via) == ("to", "image")


def test_a_promise_that_nobody_kept_is_unhandled():
    assert settled("Deployment", *POD, "containers", 0, "image") is None


def test_what_holds_otherwise_settles_a_promise_that_nobody_kept():
    assert settled("Deployment", "spec", "replicas", value=3) == ("irrelevant", "scales-by-request")


def test_a_dropped_field_says_why():
    assert settled("Service", "spec", "loadBalancerSourceRanges", 0) == ("drop", "no-source-ranges")


def test_a_row_closes_all_that_is_below_it():
    path = (*POD, "affinity", "podAntiAffinity", "preferredDuringSchedulingIgnoredDuringExecution", 0, "weight")
    found = resolve("Deployment", path)
    assert (found.type, found.field, found.known) == ("PodSpec", "affinity", True)
    assert settled("Deployment", *path, value=1) == ("irrelevant", "no-nodes")


def test_what_joins_objects_is_settled_by_being_read():
    assert settled("Service", "spec", "selector", "app") == ("decides", "which workload is served")


def test_what_placement_should_have_read_is_unhandled():
    assert settled("Deployment", *POD, "hostNetwork", value=True) is None


def test_the_value_that_kubernetes_assumes_anyway_is_irrelevant():
    assert settled("Deployment", *POD, "hostNetwork", value=False) == ("irrelevant", "kubernetes-default")


def test_a_number_is_no_default_of_another_type():
    assert settled("Deployment", *POD, "hostNetwork", value=0) is None


def test_a_null_says_nothing():
    assert settled("Deployment", *POD, "containers", 0, "image", value=None) == ("irrelevant", "empty-value")


@pytest.mark.parametrize("value", [{}, [], None])
def test_an_empty_map_or_list_says_nothing(value):
    assert settled("Deployment", *POD, "containers", 0, "securityContext", value=value) == ("irrelevant", "empty-value")


def test_an_empty_object_may_have_a_meaning():
    assert settled("Deployment", *POD, "volumes", 0, "emptyDir", value={}) == ("irrelevant", "scratch-included")


def test_a_word_in_the_place_of_a_map_is_unhandled():
    assert settled("Deployment", *POD, "affinity", value="none") is None


def test_a_list_in_the_place_of_a_map_is_unknown():
    assert not resolve("Deployment", (*POD, "affinity", 0, "nodeAffinity")).known


def test_a_map_in_the_place_of_a_word_is_unknown():
    assert not resolve("Deployment", (*POD, "containers", 0, "image", "tag")).known


def test_a_misspelt_field_is_unknown_and_gets_a_suggestion():
    found = resolve("Deployment", (*POD, "containers", 0, "enviroment", 0, "name"))
    assert (found.known, found.type, found.field, found.row) == (False, "Container", "enviroment", None)
    assert resolve("Deployment", (*POD, "containers", 0, "imagepullpolicy")).suggestion == "imagePullPolicy"


def test_a_field_like_no_other_gets_no_suggestion():
    assert resolve("Deployment", ("spec", "zzz")).suggestion is None


def test_an_unknown_field_below_a_closed_one_is_unknown():
    found = resolve("Deployment", (*POD, "affinity", "nodeAfinity", "x"))
    assert (found.known, found.suggestion) == (False, "nodeAffinity")
    assert settled("Deployment", *POD, "affinity", "nodeAfinity", "x") is None


def test_everything_below_a_status_is_known():
    assert settled("Deployment", "status", "conditions", 0, "type") == ("irrelevant", "exported-state")


def test_a_key_of_a_map_may_have_a_row_of_its_own():
    assert settled("Deployment", *POD, "nodeSelector", "kubernetes.io/os", value="linux") == ("irrelevant", "kubernetes-default")
    assert settled("Deployment", *POD, "nodeSelector", "disktype") == ("irrelevant", "no-nodes")


def test_the_longest_prefix_of_a_key_counts():
    nginx = "nginx.ingress.kubernetes.io/"
    assert settled("Ingress", "metadata", "annotations", f"{nginx}auth-url") == ("drop", "requests-not-authenticated")
    assert settled("Ingress", "metadata", "annotations", f"{nginx}enable-cors") == ("drop", "ingress-controller-setting")
    assert settled("Deployment", "metadata", "annotations", f"{nginx}enable-cors") == ("drop", "annotation-for-other-tools")


def test_a_path_may_have_a_row_of_its_own():
    assert settled("Deployment", *POD, "containers", 0, "livenessProbe", "periodSeconds", value=1) == ("irrelevant", "no-liveness")
    assert settled("CronJob", *CRON_POD, "containers", 0, "livenessProbe", "periodSeconds", value=1) == ("irrelevant", "job-not-probed")


def test_another_target_has_the_common_rows_only():
    assert resolve("Deployment", ("metadata", "uid"), "kubernetes").settle("x")
    assert resolve("Deployment", (*POD, "containers", 0, "image"), "kubernetes").row is None


def test_a_target_that_is_like_another_has_its_rows_where_it_has_none_of_its_own():
    image = (*POD, "containers", 0, "image")
    assert resolve("Deployment", image, "managed-instances").row is resolve("Deployment", image, "lambda").row
    revisions = ("spec", "revisionHistoryLimit")
    assert resolve("Deployment", revisions, "managed-instances").row != resolve("Deployment", revisions, "lambda").row


def test_both_forms_of_old_autoscalers_are_known():
    metric = ("spec", "metrics", 0, "resource")
    assert resolve("HorizontalPodAutoscalerV2beta1", (*metric, "targetAverageUtilization")).known
    assert resolve("HorizontalPodAutoscaler", (*metric, "target", "averageUtilization")).known
    assert not resolve("HorizontalPodAutoscaler", (*metric, "targetAverageUtilization")).known


def test_the_row_of_a_target_is_preferred_to_the_common_one(monkeypatch):
    rows = {"": {"x": {"common": {"drop": "a"}, "lambda": {"drop": "b"}}}}
    monkeypatch.setattr(tables, "table", lambda name: {"like": {}} if name == "targets" else rows)
    assert tables.row("Ranked", "x", target="lambda") == Row("drop", reason="b")
    assert tables.row("Ranked", "x", target="fargate") == Row("drop", reason="a")


def test_the_row_of_the_longest_path_is_preferred(monkeypatch):
    compiled = {path: {"x": {"common": {"drop": reason}}} for path, reason in (("spec", "a"), ("template.spec", "b"), ("", "c"))}
    monkeypatch.setattr(tables, "table", lambda name: {"like": {}} if name == "targets" else compiled)
    assert tables.row("Nested", "x", "Kind.spec.template.spec") == Row("drop", reason="b")
    assert tables.row("Nested", "x", "Kind.spec") == Row("drop", reason="a")
    assert tables.row("Nested", "x", "Kind.inspec") == Row("drop", reason="c")
