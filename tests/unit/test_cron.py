from datetime import date

import pytest

from firing import added, kubernetes_times, local_days, moments, scheduler_times, without
from k2l.converters.cron import Difference, Expression, InexpressibleError, ScheduleError, Skip, input_for, to_scheduler
from k2l.converters.cron_fields import parse


@pytest.mark.parametrize(
    ("schedule", "expression"),
    [
        ("* * * * *", "cron(* * * * ? *)"),
        ("? ? ? ? ?", "cron(* * * * ? *)"),
        ("*/5 * * * *", "cron(0/5 * * * ? *)"),
        ("5/20 * * * *", "cron(5/20 * * * ? *)"),
        ("*/30 * * * *", "cron(0,30 * * * ? *)"),
        ("*/90 * * * *", "cron(0 * * * ? *)"),
        ("0-20/5 8-18 * * *", "cron(0,5,10,15,20 8-18 * * ? *)"),
        ("0,1,2,3,10 * * * *", "cron(0-3,10 * * * ? *)"),
        ("00 08 01 01 *", "cron(0 8 1 1 ? *)"),
        ("0 9 * * 1-5", "cron(0 9 ? * MON-FRI *)"),
        ("0 9 * * 0,6", "cron(0 9 ? * SUN,SAT *)"),
        ("0 9 * * */2", "cron(0 9 ? * SUN,TUE,THU,SAT *)"),
        ("0 9 */2 * *", "cron(0 9 1/2 * ? *)"),
        ("0 9 * */3 *", "cron(0 9 * 1/3 ? *)"),
        ("@yearly", "cron(0 0 1 1 ? *)"),
        ("@monthly", "cron(0 0 1 * ? *)"),
        ("@weekly", "cron(0 0 ? * SUN *)"),
        ("@midnight", "cron(0 0 * * ? *)"),
        ("@hourly", "cron(0 * * * ? *)"),
        ("0 0 29 2 *", "cron(0 0 29 2 ? *)"),
    ],
)
def test_a_schedule_becomes_an_expression_that_fires_at_the_same_times(schedule, expression):
    assert to_scheduler(schedule, "UTC").expressions == (Expression(expression),)


@pytest.mark.parametrize("schedule", ["0 0 1-31 * 5", "0 0 13 * 0-6", "0 0 1-29 2 5", "0 0 13 * 1/1,0"])
def test_one_of_two_day_fields_that_allows_every_day_makes_one_daily_schedule(schedule):
    (expression,) = to_scheduler(schedule).expressions
    assert expression.text.split()[2::2] == ["*", "?"]
    assert expression.skip is None


@pytest.mark.parametrize("schedule", ["0 0 31 2 5", "0 0 , * 5"])
def test_a_day_of_month_that_never_comes_leaves_the_weekday(schedule):
    (expression,) = to_scheduler(schedule).expressions
    assert expression.text.endswith("FRI *)")
    assert expression.skip is None


def test_a_weekday_field_without_values_leaves_the_days_of_the_month():
    assert to_scheduler("0 0 13 * ,").expressions == (Expression("cron(0 0 13 * ? *)"),)


def test_two_restricted_day_fields_become_two_schedules_of_which_the_second_skips_the_days_of_the_first():
    assert to_scheduler("0 0 13,14 * 5").expressions == (
        Expression("cron(0 0 13,14 * ? *)", "-dom"),
        Expression("cron(0 0 ? * FRI *)", "-dow", Skip((13, 14))),
    )


def test_a_step_in_a_day_field_restricts_it():
    assert len(to_scheduler("0 0 */2 * 5").expressions) == 2
    assert len(to_scheduler("0 0 */1 * 5").expressions) == 1


def test_on_friday_the_thirteenth_two_schedules_run_the_job_once():
    start, end = date(2026, 11, 12), date(2026, 11, 22)
    first, second = to_scheduler("0 6 13 * 5", "Asia/Tokyo").expressions
    by_day = scheduler_times(first.text, "Asia/Tokyo", start, end)
    by_weekday = without(scheduler_times(second.text, "Asia/Tokyo", start, end), local_days([13], "Asia/Tokyo", start, end))
    runs = moments(added([by_day, by_weekday], start, end), start)
    assert [run.isoformat() for run in runs] == ["2026-11-12T21:00:00+00:00", "2026-11-19T21:00:00+00:00"]


def test_the_input_of_the_second_schedule_says_when_it_was_due_and_which_days_to_skip():
    _, second = to_scheduler("0 6 1,15 * 5").expressions
    assert input_for(second, "Europe/Berlin") == {
        "scheduledTime": "<aws.scheduler.scheduled-time>",
        "timeZone": "Europe/Berlin",
        "skipDaysOfMonth": [1, 15],
    }


def test_the_input_of_any_other_schedule_skips_nothing():
    (only,) = to_scheduler("@daily").expressions
    assert input_for(only, "UTC") == {"scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": "UTC"}


@pytest.mark.parametrize(
    "schedule",
    ["0 0 31 2 *", "0 0 30,31 2 *", "0 0 31 4,6,9,11 *", ", * * * *", "0 , * * *", "0 0 , * *", "0 0 * , *", "0 0 * * ,"],
)
def test_a_schedule_that_never_fires_becomes_no_schedule(schedule):
    translation = to_scheduler(schedule, "Europe/Berlin")
    assert (translation.expressions, translation.findings) == ((), (Difference.NEVER_FIRES,))


@pytest.mark.parametrize(
    ("schedule", "expression"),
    [
        ("@every 1m", "rate(1 minute)"),
        ("@every 90m", "rate(90 minutes)"),
        ("@every 1h30m", "rate(90 minutes)"),
        ("@every 1.5h", "rate(90 minutes)"),
        ("@every 60m", "rate(1 hour)"),
        ("@every 36h", "rate(36 hours)"),
        ("@every 24h", "rate(1 day)"),
        ("@every 48h", "rate(2 days)"),
        ("@every 2m0.9s", "rate(2 minutes)"),
    ],
)
def test_an_interval_of_whole_minutes_becomes_a_rate_with_another_first_run(schedule, expression):
    translation = to_scheduler(schedule)
    assert (translation.expressions, translation.findings) == ((Expression(expression),), (Difference.ANCHOR,))


@pytest.mark.parametrize("schedule", ["@every 30s", "@every 90s", "@every 1h0m1s", "@every 500ms", "@every 0", "@every -5m"])
def test_an_interval_that_is_not_of_whole_minutes_cannot_be_expressed(schedule):
    with pytest.raises(InexpressibleError, match="whole minutes only"):
        to_scheduler(schedule)


def test_the_time_zone_is_that_of_the_manifest():
    translation = to_scheduler("0 9 * * *", "Asia/Seoul")
    assert (translation.time_zone, translation.zone_assumed, translation.zone_from_prefix) == ("Asia/Seoul", False, False)


@pytest.mark.parametrize("schedule", ["TZ=Asia/Seoul 0 9 * * *", "CRON_TZ=Asia/Seoul @daily", "TZ=Asia/Seoul @every 1h"])
def test_a_time_zone_before_the_schedule_is_split_off(schedule):
    translation = to_scheduler(schedule)
    assert (translation.time_zone, translation.zone_assumed, translation.zone_from_prefix) == ("Asia/Seoul", False, True)


def test_without_a_time_zone_the_controllers_is_assumed_to_be_utc():
    translation = to_scheduler("0 9 * * *")
    assert (translation.time_zone, translation.zone_assumed, translation.zone_from_prefix) == ("UTC", True, False)


def test_nothing_is_assumed_about_the_zone_of_an_interval():
    assert not to_scheduler("@every 1h").zone_assumed


@pytest.mark.parametrize(
    "zone",
    ["Asia/DoesNotExist", "", "Local", "local", "../etc/passwd", "/etc/localtime", "Europe", "UTC+2", "Europe/\0"],
)
def test_what_is_no_time_zone_is_refused(zone):
    with pytest.raises(ScheduleError) as caught:
        to_scheduler("0 9 * * *", zone)
    assert caught.value.field == "timeZone"


def test_a_time_zone_in_both_places_is_refused_as_kubernetes_does():
    with pytest.raises(ScheduleError, match="cannot be used together"):
        to_scheduler("TZ=UTC 0 9 * * *", "UTC")


@pytest.mark.parametrize(
    ("schedule", "zone"),
    [
        ("30 2 * * *", "Europe/Berlin"),
        ("* * * * *", "Europe/Berlin"),
        ("30 1 * 11 *", "America/New_York"),
        ("45 1 * * *", "Australia/Lord_Howe"),
    ],
)
def test_a_schedule_that_meets_the_repeated_hour_is_announced(schedule, zone):
    assert Difference.AUTUMN_HOUR in to_scheduler(schedule, zone).findings


@pytest.mark.parametrize(
    ("schedule", "zone"),
    [
        ("* * * * *", "UTC"),
        ("* * * * *", "Asia/Kolkata"),
        ("30 3 * * *", "Europe/Berlin"),
        ("30 1 * * *", "Europe/Berlin"),
        ("30 2 * 3 *", "Europe/Berlin"),
        ("30 2 * * 1-6", "Europe/Berlin"),
        ("30 2 1-24 * *", "Europe/Berlin"),
    ],
)
def test_a_schedule_that_never_meets_the_repeated_hour_has_no_findings(schedule, zone):
    assert to_scheduler(schedule, zone).findings == ()


@pytest.mark.parametrize(
    ("schedule", "zone"),
    [("0 5 * * 5", "Africa/Cairo"), ("0 22 * * 4", "Africa/Cairo"), ("0 3 * * *", "Australia/Lord_Howe")],
)
def test_a_run_that_kubernetes_loses_or_adds_at_an_odd_clock_change_is_announced(schedule, zone):
    assert Difference.STRAY_RUN in to_scheduler(schedule, zone).findings


@pytest.mark.parametrize(
    ("schedule", "zone"),
    [("0 5 * * *", "Africa/Cairo"), ("0 5 * * 2", "Africa/Cairo"), ("0 * * * *", "Australia/Lord_Howe"), ("0 5 * * 0", "Europe/Berlin")],
)
def test_a_schedule_that_no_odd_clock_change_touches_is_not_announced(schedule, zone):
    assert Difference.STRAY_RUN not in to_scheduler(schedule, zone).findings


def test_a_time_in_the_spring_gap_is_skipped_on_both_sides():
    start, end = date(2027, 3, 27), date(2027, 3, 30)
    (expression,) = to_scheduler("30 2 * * *", "Europe/Berlin").expressions
    expected = ["2027-03-27T01:30:00+00:00", "2027-03-29T00:30:00+00:00"]
    assert [m.isoformat() for m in moments(kubernetes_times(parse("30 2 * * *"), "Europe/Berlin", start, end), start)] == expected
    assert [m.isoformat() for m in moments(scheduler_times(expression.text, "Europe/Berlin", start, end), start)] == expected
