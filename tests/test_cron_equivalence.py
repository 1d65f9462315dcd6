"""Every schedule fires on EventBridge when it does on Kubernetes, each time as often, over two years of minutes."""

import csv
import json
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from firing import added, differences, kubernetes_times, local_days, moments, scheduler_times, second_passes, without
from k2l.converters.cron import Difference, InexpressibleError, ScheduleError, input_for, to_scheduler
from k2l.converters.cron_fields import Every, parse

START, END = date(2027, 1, 1), date(2029, 1, 1)  # 2028 is a leap year
MONTHS = ["jan", "Feb", "MAR", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["sun", "Mon", "TUE", "wed", "thu", "fri", "sat"]
LENGTHS = {"minute": 60, "hour": 3600, "day": 86400}


def aws_times(expression, zone):
    """What starts: the schedule's firings less those that the runner skips for what its input says."""
    told = json.loads(json.dumps(input_for(expression, zone)))
    times = scheduler_times(expression.text, zone, START, END)
    return without(times, local_days(told.get("skipDaysOfMonth", []), told["timeZone"], START, END))


def rate_in_seconds(expression):
    count, unit = expression.text.removeprefix("rate(").removesuffix(")").split(" ")
    return int(count) * LENGTHS[unit.removesuffix("s")]


def unequal(text, zone):
    """Where the translation differs from Kubernetes, apart from the repeated hour where that has been announced."""
    schedule, translation = parse(text), to_scheduler(text, zone)
    if isinstance(schedule, Every):
        return [] if list(map(rate_in_seconds, translation.expressions)) == [schedule.seconds] else [translation]
    wanted = kubernetes_times(schedule, translation.time_zone, START, END)
    if Difference.AUTUMN_HOUR in translation.findings:
        wanted = without(wanted, second_passes(translation.time_zone, START, END))
    ours = added([aws_times(expression, translation.time_zone) for expression in translation.expressions], START, END)
    return differences(wanted, ours, START)


def all_unequal(schedules):
    return {(text, zone): found for text, zone in schedules if (found := unequal(text, zone))}


def rows(path):
    with path.open(newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def field(rng, low, high, names=()):
    first, last = sorted(rng.randint(low, high) for _ in range(2))
    name = names[first - low] if names and rng.random() < 0.4 else str(first)
    return rng.choice(
        [
            rng.choice(["*", "*", "?", "*/1", "*,3"]),
            f"*/{rng.choice([2, 3, 5, 7, 10, 15, 20, 30, 90])}",
            name,
            str(last),
            f"{name}-{last}",
            f"{first}-{last}/{rng.choice([1, 2, 3, 6, 50])}",
            f"{first}/{rng.choice([1, 2, 5, 15])}",
            ",".join(str(rng.randint(low, high)) for _ in range(rng.randint(2, 6))),
        ]
    )


def made_up(rng):
    minute = rng.choice(["0", "30", field(rng, 0, 59)])
    month = rng.choice(["*", "*", field(rng, 1, 12, MONTHS)])
    return f"{minute} {field(rng, 0, 23)} {field(rng, 1, 31)} {month} {field(rng, 0, 6, WEEKDAYS)}"


@pytest.mark.parametrize(
    "zone",
    ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo"],
)
def test_made_up_schedules_fire_alike(zone):
    rng = random.Random(zone)
    assert all_unequal((made_up(rng), zone) for _ in range(500)) == {}


@pytest.mark.requires("corpus")
def test_schedules_that_people_wrote_fire_alike(corpus):
    found = {(row["schedule"], row["timeZone"] or None) for row in rows(corpus / "cron_dev.tsv") if row["valid_for_kubernetes"] == "yes"}
    written = {(text, zone) for text, zone in found if not (zone and "TZ=" in text)}  # with both, see the next test
    assert len(written) > 300
    assert all_unequal(sorted(written, key=str)) == {}


@pytest.mark.requires("corpus")
def test_schedules_that_the_api_server_refuses_are_refused(corpus):
    for row in rows(corpus / "cron_dev.tsv"):
        if row["valid_for_kubernetes"] != "yes" or (row["timeZone"] and "TZ=" in row["schedule"]):
            with pytest.raises(ScheduleError):
                to_scheduler(row["schedule"], row["timeZone"] or None)


@pytest.mark.requires("corpus")
def test_the_librarys_own_examples_fire_alike(corpus):
    texts = {row["spec"] for row in rows(corpus / "cron_robfig_cases.tsv") if len(row["spec"].split()) in (1, 5)}
    assert len(texts) > 15
    assert all_unequal((text, zone) for text in sorted(texts) for zone in ("UTC", "America/New_York")) == {}


@pytest.mark.requires("corpus")
def test_the_librarys_own_examples_match_the_minutes_they_should(corpus):
    cases = [row for row in rows(corpus / "cron_robfig_cases.tsv") if row["expected"] in ("true", "false")]
    assert len(cases) == 29
    for case in cases:
        wall = datetime.strptime(case["base"], "%a %b %d %H:%M %Y").replace(tzinfo=UTC)
        times = kubernetes_times(parse(case["spec"]), "UTC", wall.date(), wall.date() + timedelta(days=1))
        assert (wall in moments(times, wall.date())) == (case["expected"] == "true"), case


@pytest.mark.requires("corpus")
def test_the_librarys_own_examples_run_next_when_they_should(corpus):
    cases = [row for row in rows(corpus / "cron_robfig_cases.tsv") if len(row["spec"].split()) == 5 and "T" in row["expected"]]
    assert len(cases) == 4
    for case in cases:
        base = datetime.fromisoformat(case["base"])
        assert case["base"].endswith("+0530")
        times = kubernetes_times(parse(case["spec"]), "Asia/Kolkata", base.date(), base.date() + timedelta(days=2))
        assert min(m for m in moments(times, base.date()) if m > base) == datetime.fromisoformat(case["expected"]), case


def test_an_interval_below_a_minute_is_no_translation_at_all():
    with pytest.raises(InexpressibleError):
        unequal("@every 90s", "UTC")
