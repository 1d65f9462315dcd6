"""Our reading of a schedule and our enumeration of its runs against what Kubernetes's library really did: see tests/robfig/README.md."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from firing import DAY, kubernetes_times
from k2l.converters.cron import Difference, to_scheduler
from k2l.converters.cron_fields import Calendar, Every, ScheduleError, parse

START, END = date(2024, 1, 1), date(2026, 1, 1)


def recorded(name):
    return [json.loads(line) for line in (Path(__file__).parent / "robfig" / name).read_text().splitlines()]


def bits(values):
    return hex(sum(1 << value for value in values))


def minute(moment):
    return int((datetime.fromisoformat(moment) - datetime(2024, 1, 1, tzinfo=UTC)).total_seconds()) // 60


def of_kind(name, key):
    rows = [row for row in recorded(name) if key in row]
    names = [repr(row["text"]) if "text" in row else f"{row['zone']} {row['schedule']}" for row in rows]
    return pytest.mark.parametrize("row", rows, ids=names)


@of_kind("parse.jsonl", "minutes")
def test_a_calendar_is_read_as_kubernetes_reads_it(row):
    found = parse(row["text"])
    assert isinstance(found, Calendar)
    assert {
        "text": row["text"],
        "minutes": bits(found.minutes),
        "hours": bits(found.hours),
        "days": bits(found.days),
        "months": bits(found.months),
        "weekdays": bits(found.weekdays),
        "days_star": found.days_star,
        "weekdays_star": found.weekdays_star,
        "zone": found.zone,
    } == row


@of_kind("parse.jsonl", "every")
def test_an_interval_is_read_as_kubernetes_reads_it(row):
    assert parse(row["text"]) == Every(row["every"])


@of_kind("parse.jsonl", "error")
def test_what_kubernetes_cannot_read_is_refused(row):
    with pytest.raises(ScheduleError):
        parse(row["text"])


@of_kind("times.jsonl", "runs")
def test_runs_are_enumerated_as_kubernetes_makes_them(row):
    times = bytearray(kubernetes_times(parse(row["schedule"]), row["zone"], START, END))
    assert len(times) == 731 * DAY
    for moment in row.get("lost", ()):
        times[minute(moment)] -= 1
    for moment in row.get("extra", ()):
        times[minute(moment)] += 1
    assert (sum(times), hashlib.sha256(times).hexdigest()[:16]) == (row["runs"], row["sha256"])


@of_kind("times.jsonl", "lost")
def test_a_run_that_kubernetes_loses_or_adds_is_announced(row):
    assert Difference.STRAY_RUN in to_scheduler(row["schedule"], row["zone"]).findings
