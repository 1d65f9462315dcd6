"""When a schedule fires, enumerated for Kubernetes and for EventBridge Scheduler apart, each from its own rules.

A timeline counts firings: one byte per minute from ``start``, both ends being UTC midnights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, reduce
from itertools import islice, pairwise
from operator import add
from zoneinfo import ZoneInfo

from eventbridge import Cron
from k2l.converters.cron_fields import Calendar, Schedule

DAY = 24 * 60
NOTHING = bytes(DAY)
Spans = list[tuple[int, int]]  # from minute, to minute


def kubernetes_times(schedule: Schedule, zone: str, start: date, end: date) -> bytes:
    """A run whenever the wall clock shows a matching minute: none in a gap, two in a repeated hour.

    That is what ``Next`` of robfig/cron v3.0.1 gives when it is called with each run for the one after it, but for faults at clock changes
    that skip midnight or are not from full hour to full hour: ``lost`` and ``extra`` in tests/robfig/times.jsonl.
    """
    assert isinstance(schedule, Calendar)
    run = _pattern(schedule.minutes, schedule.hours)

    def of_day(day: date) -> bytes:
        in_days, in_weekdays = day.day in schedule.days, day.isoweekday() % 7 in schedule.weekdays
        star = schedule.days_star or schedule.weekdays_star
        matches = (in_days and in_weekdays) if star else (in_days or in_weekdays)
        return run if matches and day.month in schedule.months else NOTHING

    return _timeline(of_day, zone, start, end)


def scheduler_times(expression: str, zone: str, start: date, end: date) -> bytes:
    """A run whenever the wall clock shows a matching minute for the first time: none in a gap, one in a repeated hour."""
    cron = Cron.parse(expression)
    run = _pattern(cron.minutes, cron.hours)
    return without(_timeline(lambda day: run if cron.on(day) else NOTHING, zone, start, end), second_passes(zone, start, end))


@cache
def second_passes(zone: str, start: date, end: date) -> Spans:
    """Where the wall clock shows times that it has shown before."""
    changes = pairwise(segments(zone, start, end))
    return [(at, at + before - after) for (_, at, before), (_, _, after) in changes if after < before]


def local_days(days_of_month: Sequence[int], zone: str, start: date, end: date) -> Spans:
    """Where the date in the zone has one of these days of the month."""
    numbers = [number for number, day in enumerate(_days(start, end), -1) if day.day in days_of_month]
    return [
        (max(begin, midnight), min(until, midnight + DAY))
        for begin, until, offset in segments(zone, start, end)
        for midnight in (number * DAY - offset for number in numbers)
        if midnight < until and midnight + DAY > begin
    ]


def without(times: bytes, spans: Spans) -> bytes:
    left = bytearray(times)
    for begin, until in spans:
        left[begin:until] = bytes(len(left[begin:until]))
    return bytes(left)


def added(timelines: Sequence[bytes], start: date, end: date) -> bytes:
    """The multiset sum."""
    return reduce(_sum, timelines) if timelines else bytes((end - start).days * DAY)


def _sum(left: bytes, right: bytes) -> bytes:
    pairs = ((left[n : n + DAY], right[n : n + DAY]) for n in range(0, len(left), DAY))
    return b"".join(a if b == NOTHING else b if a == NOTHING else bytes(map(add, a, b)) for a, b in pairs)


def differences(left: bytes, right: bytes, start: date) -> list[str]:
    """The first five moments at which the timelines count otherwise."""
    if left == right:
        return []
    first = datetime(start.year, start.month, start.day, tzinfo=UTC)
    unequal = (n for n, (a, b) in enumerate(zip(left, right, strict=True)) if a != b)
    return [f"{first + timedelta(minutes=n):%a %F %H:%MZ}: {left[n]} and {right[n]}" for n in islice(unequal, 5)]


def moments(times: bytes, start: date) -> list[datetime]:
    """The firings, in UTC, repeated as often as they happen."""
    first = datetime(start.year, start.month, start.day, tzinfo=UTC)
    return [first + timedelta(minutes=minute) for minute, count in enumerate(times) for _ in range(count)]


@cache
def segments(zone: str, start: date, end: date) -> list[tuple[int, int, int]]:
    """(from minute, to minute, offset in minutes): the stretches between clock changes."""
    first = datetime(start.year, start.month, start.day, tzinfo=UTC)
    info, last = ZoneInfo(zone), (end - start).days * DAY
    found = [(0, 0, _offset(info, first))]
    # Every change since 2000 has been on a quarter of an hour.
    for minute in range(15, last, 15):
        offset = _offset(info, first + timedelta(minutes=minute))
        if offset != found[-1][2]:
            found.append((minute, 0, offset))
    ends = [begin for begin, _, _ in found[1:]] + [last]
    return [(begin, until, offset) for (begin, _, offset), until in zip(found, ends, strict=True)]


def _offset(info: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(info).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def _pattern(minutes: frozenset[int], hours: frozenset[int]) -> bytes:
    hour = bytes(minute in minutes for minute in range(60))
    return b"".join(hour if h in hours else bytes(60) for h in range(24))


@cache
def _days(start: date, end: date) -> list[date]:
    """One more at each end, since local dates may begin before UTC's and end after them."""
    return [start + timedelta(days=n) for n in range(-1, (end - start).days + 1)]


def _timeline(of_day: Callable[[date], bytes], zone: str, start: date, end: date) -> bytes:
    wall = b"".join(map(of_day, _days(start, end)))
    return b"".join(wall[begin + offset + DAY : until + offset + DAY] for begin, until, offset in segments(zone, start, end))
