"""usage.yaml: what counts as said, what stays assumed, and what the manifests say instead."""

from __future__ import annotations

import re

import pytest

from harness.costs import ID, bundle, web
from k2l import tables, validation
from k2l.converters.cron_frequency import runs_per_day
from k2l.errors import UserErrors
from k2l.migration import load, usage, usage_file
from k2l.migration.figures import Figures
from k2l.migration.usage import Usage

SCALER = """
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 2, maxReplicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
JOB = """
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec:
  activeDeadlineSeconds: 30
  %s
  template: {spec: {restartPolicy: Never, containers: [{name: a, image: "registry.example/migrate:1.0"}]}}
"""


def resolved(text, used="", decided=""):
    """The one workload of a text, with its figures."""
    (workload,) = (found := bundle(text, decided)).graph.workloads
    return workload, Figures(usage.read(used), found.settings)


def ends(name: str) -> tuple[float, float, float]:
    """An assumption's low end, default and high end."""
    figure = usage.figures()[name]
    assert figure.low is not None
    assert figure.default is not None
    assert figure.high is not None
    return figure.low, figure.default, figure.high


def problems(text):
    with pytest.raises(UserErrors) as caught:
        usage.read(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_first_file_says_nothing_and_is_right():
    found = usage.read(usage_file.template(bundle(web() + SCALER + "---" + JOB % "")))
    assert (found.bundle, found.defaults, found.workloads, found.free_tier, found.extended_support) == ({}, {}, {}, False, False)
    assert list(found.at) == [ID, "Job/shop/migrate"]


def test_a_first_file_is_the_same_for_the_same_manifests():
    assert usage_file.template(bundle(web() + SCALER)) == usage_file.template(bundle(web() + SCALER))


def test_every_line_of_a_first_file_can_be_uncommented():
    """What stands behind the comment sign is then what the user said, and changes nothing but who said it."""
    found = bundle(web() + SCALER + "---" + JOB % "")
    text = re.sub(r"^( *)# ((?:[a-z]+-)*[a-z]+: \S)", r"\1\2", usage_file.template(found), flags=re.MULTILINE)
    said, silent = Figures(usage.read(text), found.settings), Figures(Usage(), found.settings)
    for workload in found.graph.workloads:
        for read in (load.replicas, load.rate, load.run_seconds, lambda w, f: load.runs(w, f, 730)):
            assert read(workload, said).expected == pytest.approx(read(workload, silent).expected)
            assert read(workload, said).assumed == ()
    assert set(said.usage.defaults) == {f.name for f in usage.figures().values() if f.of != "bundle" and f.default is not None}
    bundle_wide = {f.name for f in usage.figures().values() if f.of == "bundle"}
    assert set(said.usage.bundle) == {*bundle_wide, "node-type", "instance-type"}


def test_a_first_file_asks_for_what_differs_from_workload_to_workload():
    text = usage_file.template(bundle(web() + SCALER + "---" + JOB % ""))
    assert (
        "  Deployment/shop/web:  # lambda\n    # average-replicas: 4  # pods\n    # requests-per-second: 4  # requests per second\n" in text
    )
    assert "    # duration: 100  # milliseconds\n" in text
    assert "  Job/shop/migrate:  # lambda\n    # runs-per-month: 4  # runs\n    # run-duration: 30  # seconds\n" in text


def test_a_figure_stands_there_with_its_unit_its_ends_and_its_reason():
    text = usage_file.template(bundle(web()))
    about = "  # How long one request takes on average (milliseconds, between 50 and 300). Assumed: an ordinary answer from a"
    assert f"{about}\n  # database or a cache.\n  # duration: 100\n" in text


def test_a_figure_that_k2l_yaml_says_is_not_called_assumed():
    text = usage_file.template(bundle(web(), "assumptions: {requests-per-pod: 25}"))
    assert "at the same time (requests). As k2l.yaml says.\n  # requests-per-pod: 25\n" in text


def test_what_stays_on_kubernetes_is_not_asked_for_its_requests():
    text = usage_file.template(bundle(web("k2l.dev/target: kubernetes")))
    assert text.endswith("workloads:\n  Deployment/shop/web:  # kubernetes\n")


def test_the_nearer_word_wins():
    """A workload's entry, its own word in k2l.yaml, the defaults of usage.yaml, the assumptions of k2l.yaml, the table."""
    own = f"workloads: {{{ID}: {{requests-per-pod: 2}}}}"
    defaults = "defaults: {requests-per-pod: 3}"
    decided_own = f"workloads: {{{ID}: {{requests-per-pod: 4}}}}"
    decided = "assumptions: {requests-per-pod: 5}"
    for used, k2l_yaml, wanted in (
        (f"{own}\n{defaults}", f"{decided_own}\n{decided}", 2),
        (defaults, f"{decided_own}\n{decided}", 4),
        (defaults, decided, 3),
        ("", decided, 5),
        ("", "", 10),
    ):
        workload, figures = resolved(web(), used, k2l_yaml)
        found = figures.of(workload, "requests-per-pod")
        assert found.expected == wanted
        assert found.assumed == (() if wanted != 10 else ("requests-per-pod",))


def test_a_default_that_k2l_uses_elsewhere_is_the_same_there():
    assert usage.figures()["requests-per-pod"].default == tables.limits("defaults")["requests_per_pod"]
    assert usage.figures()["memory"].default == tables.limits("defaults")["memory_mib"]
    assert usage.choices()["architecture"].default == tables.limits("defaults")["architecture"]


def test_an_autoscaler_says_between_how_many_pods_it_is():
    """2 + 0.25 x (10 - 2) = 4, from 2 to 10"""
    found = load.replicas(*resolved(web() + SCALER))
    assert (found.expected, found.low, found.high, found.assumed) == (4.0, 2.0, 10.0, ("scaling-position",))


def test_how_many_pods_run_on_average_can_be_said():
    found = load.replicas(*resolved(web() + SCALER, f"workloads: {{{ID}: {{average-replicas: 3.5}}}}"))
    assert (found.expected, found.assumed) == (3.5, ())


def test_replicas_are_no_assumption():
    found = load.replicas(*resolved(web(replicas=3)))
    assert (found.expected, found.assumed) == (3.0, ())


def test_nothing_runs_without_replicas_whatever_scales_them():
    workload, figures = resolved(web(replicas=0) + SCALER)
    assert load.replicas(workload, figures).expected == 0.0
    assert load.rate(workload, figures).bounds == (0.0, 0.0)


def test_requests_are_assumed_for_each_pod():
    found = load.rate(*resolved(web(replicas=3)))
    (low, high) = found.moved["requests-per-second-per-replica"]
    assert (low, found.expected, high) == tuple(3 * value for value in ends("requests-per-second-per-replica"))


def test_no_more_requests_are_assumed_than_the_pods_can_answer():
    """3 pods x 2 at once / 4 s = 1.5 a second, and not 3"""
    used = f"workloads: {{{ID}: {{requests-per-pod: 2, duration: 4000}}}}"
    found = load.rate(*resolved(web(replicas=3), used))
    assert (found.expected, found.high) == (1.5, 1.5)


def test_a_bound_that_rests_on_assumptions_says_so():
    found = load.rate(*resolved(web(), f"workloads: {{{ID}: {{duration: 20000}}}}"))
    assert found.expected == 0.5
    assert found.assumed == ("requests-per-pod", "requests-per-second-per-replica")


def test_requests_that_were_measured_are_not_bounded():
    found = load.rate(*resolved(web(), f"workloads: {{{ID}: {{requests-per-second: 1000, duration: 20000}}}}"))
    assert (found.expected, found.assumed) == (1000.0, ())


def test_the_busiest_hour_is_rate_times_duration_times_peak():
    """10 x 0.2 s x 3 = 6 at once"""
    found = load.peak_concurrency(*resolved(web(), f"workloads: {{{ID}: {{requests-per-second: 10, duration: 200, peak-factor: 3}}}}"))
    assert found.expected == pytest.approx(6.0)


def test_a_run_takes_no_longer_than_its_deadline():
    found = load.run_seconds(*resolved(JOB % ""))
    assert found.bounds == (ends("run-duration")[0], 30.0)


@pytest.mark.parametrize(
    "text", [web(replicas=-3), web() + SCALER.replace("maxReplicas: 10", "maxReplicas: -1"), JOB.replace("30", "-30") % ""]
)
def test_what_is_impossible_counts_as_none(text):
    workload, figures = resolved(text)
    assert load.pods(workload, figures, 730).bounds == (0.0, 0.0)


def test_a_suspended_job_does_not_run():
    workload, figures = resolved(JOB % "suspend: true")
    assert load.runs(workload, figures, 730).expected == 0.0
    assert load.pods(workload, figures, 730).expected == 0.0


def test_a_job_runs_as_many_pods_as_it_has_to_complete():
    assert load.pods_per_run(resolved(JOB % "completions: 5, parallelism: 2".replace(", ", "\n  "))[0]) == 5


@pytest.mark.parametrize(
    ("schedule", "a_year"),
    [
        ("* * * * *", 365.2425 * 1440),
        ("*/5 * * * *", 365.2425 * 288),
        ("0 3 * * *", 365.2425),
        ("0 0 * * 0", 365.2425 / 7),
        ("0 0 1 * *", 12),
        ("0 0 29 2 *", 97 / 400),
        ("0 0 31 2 *", 0),
        ("0 0 31 * *", 7),
        ("@hourly", 365.2425 * 24),
        ("@every 90s", 365.2425 * 960),
        # Either day: 12 of the month, and of the other days the seventh that are Fridays.
        ("0 0 13 * 5", 12 + (365.2425 - 12) / 7),
        ("TZ=Europe/Berlin 0 0 1 1 *", 1),
    ],
)
def test_a_schedule_says_how_often_it_fires(schedule, a_year):
    assert runs_per_day(schedule) * 365.2425 == pytest.approx(a_year)


def test_workloads_that_are_not_there_are_noticed_with_their_place():
    found = usage.read("workloads:\n  Deployment/shop/gone:\n    duration: 1\n  Deployment/shop/web:\n")
    assert [str(notice) for notice in usage.notices(found, [ID])] == [
        "usage.yaml:2:3: there is no workload Deployment/shop/gone among the manifests"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("defaults:\n  duration: fast\n", "usage.yaml:2:13: 'fast' is not of type 'number', 'null'"),
        ("defaults:\n  duration: 0\n", "usage.yaml:2:13: 0 is less than or equal to the minimum of 0"),
        ("default:\n  duration: 1\n", "usage.yaml:1:1: Additional properties are not allowed ('default' was unexpected)"),
        ("workloads:\n  web: {duration: 1}\n", "usage.yaml:2:3: 'web' does not match"),
        ("cluster: {node-type: m1.tiny}\n", "usage.yaml:1:22: there is no price for m1.tiny; there are m6g.xlarge, m6i.xlarge, "),
        ("cluster: {node-utilisation: 2}\n", "usage.yaml:1:29: 2 is greater than the maximum of 1"),
        ("a: [\n", "usage.yaml:"),
    ],
)
def test_a_wrong_file_says_where(text, said):
    (found,) = problems(text)
    assert found.startswith(said), found


def test_every_figure_can_be_said_somewhere_and_nothing_else():
    sections = validation.schema("usage-file")
    workload, defaults = (set(s["properties"]) for s in (sections["$defs"]["workload"], sections["properties"]["defaults"]))
    of_all = set(sections["properties"]["cluster"]["properties"]) | set(sections["properties"]["aws"]["properties"])
    figures = usage.figures().values()
    assert defaults == {f.name for f in figures if f.of != "bundle" and f.default is not None}
    assert workload == {f.name for f in figures if f.of != "bundle"} - {"requests-per-second-per-replica"}
    choices = {c.name for c in usage.choices().values() if c.said_in == usage.FILE}
    assert of_all == {f.name for f in figures if f.of == "bundle"} | choices | {"extended-support"}
