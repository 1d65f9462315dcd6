"""What a CronJob becomes: schedules, the runs they start, and where failed ones go."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.function import EventInvokeConfig
from k2l.aws.iam import RolePolicy
from k2l.aws.queue import Queue
from k2l.aws.schedule import Schedule
from k2l.traced import Traced

NIGHT = """
apiVersion: batch/v1
kind: CronJob
metadata: {{name: night, namespace: shop}}
spec:
  schedule: "{schedule}"
  {spec}
  jobTemplate:
    spec:
      {job}
      template: {{spec: {{restartPolicy: Never, containers: [{{name: night, image: "registry.example/night:1.0"}}]}}}}
"""


def night(schedule="0 3 * * *", spec="", job=""):
    return bundle(NIGHT.format(schedule=schedule, spec=spec, job=job))


def plain(value):
    return value.value if isinstance(value, Traced) else value


def test_a_schedule_starts_the_alias_in_the_zone_of_the_cronjob():
    schedule = night(spec="timeZone: Europe/Berlin").one(Schedule)
    assert (schedule.key, plain(schedule.expression), plain(schedule.timezone)) == ("shop-night-cron", "cron(0 3 * * ? *)", "Europe/Berlin")
    assert (schedule.target.type, schedule.target.key) == ("Alias", "shop-night-cron")


def test_without_a_zone_times_are_utc():
    assert plain(night().one(Schedule).timezone) == "UTC"


def test_a_run_is_told_when_it_was_meant_to_start():
    assert night().one(Schedule).input.value == {"scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": "UTC"}


def test_a_day_of_the_month_or_of_the_week_takes_two_schedules_of_which_one_skips_days():
    first, second = night("0 3 13 * 5").plan.of(Schedule)
    assert (first.key, plain(first.expression)) == ("shop-night-cron-dom", "cron(0 3 13 * ? *)")
    assert (second.key, plain(second.expression)) == ("shop-night-cron-dow", "cron(0 3 ? * FRI *)")
    assert second.input.value["skipDaysOfMonth"] == (13,)


@pytest.mark.parametrize(
    ("spec", "job", "state"),
    [
        ("", "", "ENABLED"),
        ("suspend: false", "", "ENABLED"),
        ("suspend: true", "", "DISABLED"),
        ("", "suspend: true", "DISABLED"),
        ("suspend: false", "suspend: true", "DISABLED"),
    ],
)
def test_a_suspended_cronjob_or_job_has_a_disabled_schedule(spec, job, state):
    assert plain(night(spec=spec, job=job).one(Schedule).state) == state


@pytest.mark.parametrize(("deadline", "age"), [(None, 86400), (600, 600), (10, 60), (100000, 86400)])
def test_a_late_start_is_tried_for_as_long_as_the_deadline_and_scheduler_allow(deadline, age):
    spec = f"startingDeadlineSeconds: {deadline}" if deadline else ""
    assert plain(night(spec=spec).one(Schedule).maximum_event_age) == age


def test_a_deadline_that_scheduler_cannot_keep_is_approximated():
    assert night(spec="startingDeadlineSeconds: 10").fate("spec.startingDeadlineSeconds") == ("approximated", "deadline-clamped")


@pytest.mark.parametrize(("limit", "retries"), [(None, 2), (0, 0), (1, 1), (2, 2), (6, 2)])
def test_a_failed_run_is_tried_again_as_often_as_the_job_and_lambda_allow(limit, retries):
    job = "" if limit is None else f"backoffLimit: {limit}"
    assert plain(night(job=job).one(EventInvokeConfig).maximum_retry_attempts) == retries


def test_what_failed_for_good_goes_to_a_queue_of_its_own():
    found = night()
    assert {queue.key for queue in found.plan.of(Queue)} == {"shop-night-cron-failed", "shop-night-cron-undelivered"}
    assert found.one(EventInvokeConfig).on_failure.key == "shop-night-cron-failed"
    assert found.one(Schedule).dead_letter.key == "shop-night-cron-undelivered"


def test_a_run_that_may_not_overlap_has_a_concurrency_of_one_and_does_not_wait_long():
    found = night(spec="concurrencyPolicy: Forbid")
    assert plain(found.function.reserved_concurrency) == 1
    assert plain(found.one(EventInvokeConfig).maximum_event_age) == 60
    assert found.fate("spec.concurrencyPolicy") == ("approximated", "forbid-waits")


def test_a_run_that_would_replace_the_one_before_is_dropped_with_the_reason():
    found = night(spec="concurrencyPolicy: Replace")
    assert found.function.reserved_concurrency is None
    assert found.fate("spec.concurrencyPolicy") == ("dropped", "runs-not-replaced")


def test_a_schedule_that_never_fires_is_none():
    found = night("0 0 30 2 *", spec="timeZone: Europe/Berlin\n  suspend: true\n  startingDeadlineSeconds: 60", job="suspend: false")
    assert found.plan.of(Schedule) == ()
    assert {queue.key for queue in found.plan.of(Queue)} == {"shop-night-cron-failed"}
    assert {found.fate(f"spec.{field}") for field in ("schedule", "timeZone", "suspend")} == {("not-applicable", "never-fires")}
    assert found.ledger.counts["unhandled"] == 0


@pytest.mark.parametrize(
    ("schedule", "spec"), [("every night", ""), ("@reboot", ""), ("0 3 * * *", "timeZone: Europe/Nowhere"), ("@every 90s", "suspend: true")]
)
def test_a_schedule_that_kubernetes_or_scheduler_refuses_is_none(schedule, spec):
    found = night(schedule, spec)
    assert found.targets["CronJob/shop/night"] == "kubernetes"
    assert found.plan.of(Schedule) == ()
    assert found.fate("spec.schedule") == ("kept", "placed-elsewhere")


def test_scheduler_may_start_this_function_and_send_to_its_queue_only():
    policy = night().one(RolePolicy, "shop-night-cron-schedule")
    assert [(s.actions, s.resources[0].type, s.resources[0].key) for s in policy.statements] == [
        (("lambda:InvokeFunction",), "Alias", "shop-night-cron"),
        (("sqs:SendMessage",), "Queue", "shop-night-cron-undelivered"),
    ]


@pytest.mark.parametrize("version", ["v1", "v1beta1"])
def test_both_versions_of_a_cronjob_are_read(version):
    found = bundle(NIGHT.format(schedule="@daily", spec="", job="").replace("batch/v1", f"batch/{version}"))
    assert plain(found.one(Schedule).expression) == "cron(0 0 * * ? *)"
