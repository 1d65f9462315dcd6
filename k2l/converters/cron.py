"""A CronJob's schedule as EventBridge Scheduler expressions that fire at the same times, each as often.

EventBridge cannot say "day of month or day of week". Such a schedule becomes two, and the second tells the function, in its input, on
which days the first one has fired already: see ``input_for``.

What differs all the same is reported, see ``Difference``: chiefly, when clocks are set back, Kubernetes runs in both passes of the
repeated hour, EventBridge in the first only; and ``@every`` counts from the last run in Kubernetes, from its creation in EventBridge.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from k2l.converters.clock_changes import ClockChange, clock_changes
from k2l.converters.cron_fields import Calendar, Every, ScheduleError, parse

__all__ = ["Difference", "Expression", "InexpressibleError", "ScheduleError", "Skip", "Translation", "input_for", "to_scheduler"]

_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_SHORT_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_UNITS = (("day", 24 * 60), ("hour", 60), ("minute", 1))
_DAY = timedelta(days=1)


class InexpressibleError(ValueError):
    """Kubernetes can keep this schedule, EventBridge Scheduler cannot."""


class Difference(StrEnum):
    """What EventBridge does otherwise than Kubernetes with a translated schedule."""

    NEVER_FIRES = "never-fires"
    """No date matches (31 February): there is no expression. Kubernetes accepts the schedule and never runs it."""
    ANCHOR = "anchor-differs"
    """``@every`` counts from another first run."""
    AUTUMN_HOUR = "autumn-hour"
    """When clocks are set back, Kubernetes runs twice where EventBridge runs once."""
    STRAY_RUN = "stray-run"
    """Where a clock change skips midnight or is not from full hour to full hour, Kubernetes may lose or add runs, EventBridge not."""


class Skip(Struct, frozen=True):
    """The days of the month, in the schedule's time zone, on which a run must not start: another expression has fired on them."""

    days_of_month: tuple[int, ...]


class Expression(Struct, frozen=True):
    """``text`` is ``cron(...)`` or ``rate(...)``; ``suffix`` tells the schedule's name from that of its sibling."""

    text: str
    suffix: str = ""
    skip: Skip | None = None


class Translation(Struct, frozen=True):
    """Schedules that together fire when the CronJob does. ``time_zone`` is the manifest's, the prefix's, or assumed to be UTC."""

    time_zone: str
    expressions: tuple[Expression, ...]
    findings: tuple[Difference, ...] = ()
    zone_from_prefix: bool = False
    zone_assumed: bool = False


def to_scheduler(text: str, time_zone: str | None = None) -> Translation:
    """Translate ``spec.schedule`` and ``spec.timeZone``.

    Raises ScheduleError for what Kubernetes refuses, InexpressibleError for an ``@every`` that is not of whole minutes.
    """
    schedule = parse(text)
    zone = _zone(schedule.zone, time_zone)
    changes = clock_changes(zone)
    if isinstance(schedule, Every):
        return Translation(zone, (Expression(_rate(schedule)),), (Difference.ANCHOR,), schedule.zone is not None)
    expressions = tuple(_crons(schedule))
    findings = tuple(_differences(schedule, changes)) if expressions else (Difference.NEVER_FIRES,)
    return Translation(zone, expressions, findings, schedule.zone is not None, (time_zone or schedule.zone) is None)


def input_for(expression: Expression, zone: str) -> Mapping[str, object]:
    """The JSON input of the schedule with ``expression``, in three names, for the runner inside the container.

    ``scheduledTime`` is filled in by EventBridge (RFC 3339, UTC). When there is a list ``skipDaysOfMonth``, the runner reads the date of
    that moment in ``timeZone`` and, if its day of the month is in the list, ends with success and runs nothing.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    """
    skip = {"skipDaysOfMonth": list(expression.skip.days_of_month)} if expression.skip else {}
    return {"scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": zone, **skip}


def _zone(prefix: str | None, time_zone: str | None) -> str:
    """Raises ScheduleError when Kubernetes refuses it: https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/batch/validation"""
    if prefix is not None and time_zone is not None:
        raise ScheduleError("timeZone", "cannot be used together with a TZ or CRON_TZ prefix in the schedule")
    zone = prefix if time_zone is None else time_zone
    if zone is None:
        return "UTC"
    if not zone or zone.lower() == "local":
        raise ScheduleError("timeZone", f'"{zone}" is not the name of a time zone, such as Europe/Berlin')
    try:
        clock_changes(zone)
    except ValueError as error:
        raise ScheduleError("timeZone", str(error)) from error
    return zone


def _rate(every: Every) -> str:
    if every.seconds % 60:
        raise InexpressibleError(f"every {every.seconds} seconds: EventBridge Scheduler knows whole minutes only")
    minutes = every.seconds // 60
    unit, length = next((unit, length) for unit, length in _UNITS if minutes % length == 0)
    count = minutes // length
    return f"rate({count} {unit})" if count == 1 else f"rate({count} {unit}s)"


def _crons(calendar: Calendar) -> Iterator[Expression]:
    if not (calendar.minutes and calendar.hours and calendar.months):
        return
    last = max(_SHORT_MONTHS.get(month, 31) for month in calendar.months)
    days = frozenset(day for day in calendar.days if day <= last)
    clock = f"{_numbers(calendar.minutes, 0, 59)} {_numbers(calendar.hours, 0, 23)}"
    months = _numbers(calendar.months, 1, 12)
    on_days = f"cron({clock} {_numbers(days, 1, last)} {months} ? *)"
    on_weekdays = f"cron({clock} ? {months} {_weekdays(calendar.weekdays)} *)"
    every_weekday = len(calendar.weekdays) == 7
    if calendar.either_day and (every_weekday or len(days) == last):
        yield Expression(f"cron({clock} * {months} ? *)")
    elif calendar.either_day and days and calendar.weekdays:
        yield Expression(on_days, "-dom")
        yield Expression(on_weekdays, "-dow", Skip(tuple(sorted(days))))
    elif days and (every_weekday or calendar.either_day):
        yield Expression(on_days)
    elif calendar.weekdays and (days or calendar.either_day):
        yield Expression(on_weekdays)


def _numbers(values: frozenset[int], low: int, high: int) -> str:
    """The shortest common spelling; ``a/n`` is every n-th from a to the end of the field."""
    ordered = sorted(values)
    if len(ordered) == high - low + 1:
        return "*"
    gaps = {b - a for a, b in pairwise(ordered)}
    step = gaps.pop() if len(gaps) == 1 else 1
    if step > 1 and len(ordered) > 2 and ordered[-1] + step > high:
        return f"{ordered[0]}/{step}"
    return _runs([str(value) if value in values else "" for value in range(high + 1)])


def _weekdays(values: frozenset[int]) -> str:
    return _runs([name if value in values else "" for value, name in enumerate(_WEEKDAYS)])


def _runs(slots: Sequence[str]) -> str:
    """The words among ``slots`` as a list, three or more neighbours as a range."""
    runs: list[list[str]] = [[]]
    for word in slots:
        if word:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs if run)


def _differences(calendar: Calendar, changes: Sequence[ClockChange]) -> Iterator[Difference]:
    if any(calendar.at(wall) for change in changes for wall in change.repeated()):
        yield Difference.AUTUMN_HOUR
    if any(_strays(calendar, change) for change in changes):
        yield Difference.STRAY_RUN


def _strays(calendar: Calendar, change: ClockChange) -> bool:
    """Whether Kubernetes's library, which steps from run to run by whole hours and by midnights, may step over or onto a day's runs.

    https://github.com/robfig/cron/blob/v3.0.1/spec.go#L127
    """
    if not change.on_full_hours:
        return len(calendar.hours) < 24
    return change.skips_midnight and calendar.on(change.new) != calendar.on(change.new - _DAY)
