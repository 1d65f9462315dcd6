"""A CronJob's schedule as Kubernetes reads it: ``ParseStandard`` of robfig/cron v3.0.1, five fields or a descriptor.

https://github.com/robfig/cron/blob/v3.0.1/parser.go
https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from k2l.converters.go_duration import whole_seconds

_GO_INT = 2**63 - 1
_INTEGER = re.compile(r"\+?[0-9]+")


class ScheduleError(ValueError):
    """Kubernetes refuses this schedule. ``field`` is the cron field at fault, ``schedule`` as a whole, or ``timeZone``."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field


class Calendar(Struct, frozen=True):
    """Wall-clock times: minutes 0-59, hours 0-23, days of month 1-31, months 1-12, weekdays 0-6 from Sunday; any set may be empty.

    A star flag says that a day field was not restricted; ``zone`` is what a ``TZ=`` prefix said.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    days_star: bool
    weekdays_star: bool
    zone: str | None = None

    @property
    def either_day(self) -> bool:
        """Both day fields are restricted, so that a day matches when one of them does."""
        return not (self.days_star or self.weekdays_star)

    def on(self, day: date) -> bool:
        """Whether any run of this schedule falls on the local ``day``."""
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and (by_day or by_weekday if self.either_day else by_day and by_weekday)

    def at(self, wall: datetime) -> bool:
        """Whether a run is due when the clock on the wall shows ``wall``."""
        return wall.minute in self.minutes and wall.hour in self.hours and self.on(wall)


class Every(Struct, frozen=True):
    """A constant delay after the run before, in whole seconds (at least 1)."""

    seconds: int
    zone: str | None = None


Schedule = Calendar | Every


class _Field(Struct, frozen=True):
    name: str
    low: int
    high: int
    names: Mapping[str, int]


def _named(first: int, words: str) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


_FIELDS = (
    _Field("minute", 0, 59, {}),
    _Field("hour", 0, 23, {}),
    _Field("day of month", 1, 31, {}),
    _Field("month", 1, 12, _named(1, "jan feb mar apr may jun jul aug sep oct nov dec")),
    _Field("day of week", 0, 6, _named(0, "sun mon tue wed thu fri sat")),
)
_DESCRIPTORS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}


def parse(text: str) -> Schedule:
    """The schedule that Kubernetes makes of ``text``; a ``TZ=`` or ``CRON_TZ=`` prefix, legal until Kubernetes 1.29, is split off.

    Raises ScheduleError for what Kubernetes refuses.
    """
    zone = None
    if text.startswith(("TZ=", "CRON_TZ=")):
        prefix, _, text = text.partition(" ")
        zone, text = prefix.partition("=")[2], text.strip()
    if text.startswith("@"):
        return _descriptor(text, zone)
    return _calendar(text, zone)


def _descriptor(text: str, zone: str | None) -> Schedule:
    if text in _DESCRIPTORS:
        return _calendar(_DESCRIPTORS[text], zone)
    if text.startswith("@every "):
        try:
            return Every(max(1, whole_seconds(text.removeprefix("@every "))), zone)
        except ValueError as error:
            raise ScheduleError("schedule", f'"{text}": {error}') from error
    raise ScheduleError("schedule", f'unrecognized descriptor "{text}", known are {", ".join(_DESCRIPTORS)} and @every')


def _calendar(text: str, zone: str | None) -> Calendar:
    parts = text.split()
    if len(parts) != len(_FIELDS):
        wanted = "minute, hour, day of month, month, day of week"
        raise ScheduleError("schedule", f'expected exactly 5 fields ({wanted}), found {len(parts)} in "{text}"')
    (minutes, _), (hours, _), (days, days_star), (months, _), (weekdays, weekdays_star) = map(_read, parts, _FIELDS)
    return Calendar(minutes, hours, days, months, weekdays, days_star, weekdays_star, zone)


def _read(text: str, field: _Field) -> tuple[frozenset[int], bool]:
    """The values of a comma-separated list, in which empty items say nothing, and its star flag."""
    ranges = [_range(item, field) for item in text.split(",") if item]
    return frozenset(value for values, _ in ranges for value in values), any(star for _, star in ranges)


def _range(text: str, field: _Field) -> tuple[range, bool]:
    """``*``, ``a``, ``a-b``, each with ``/step`` if wanted; ``a/step`` runs from a to the field's maximum. A step above 1 unstars."""
    span, *steps = text.split("/")
    first, *rest = span.split("-")
    if len(steps) > 1:
        raise ScheduleError(field.name, f'too many slashes in "{text}"')
    star = first in ("*", "?")
    if star:
        low, high = field.low, field.high
    elif len(rest) > 1:
        raise ScheduleError(field.name, f'too many hyphens in "{text}"')
    else:
        low = _number(first, field)
        high = _number(rest[0], field) if rest else field.high if steps else low
    step = _integer(steps[0], field.name) if steps else 1
    _check(text, field, low, high, step)
    return range(low, high + 1, step), star and step == 1


def _check(text: str, field: _Field, low: int, high: int, step: int) -> None:
    if low < field.low:
        raise ScheduleError(field.name, f'beginning of range ({low}) below minimum ({field.low}) in "{text}"')
    if high > field.high:
        hint = "; Sunday is 0" if field.name == "day of week" and high == 7 else ""
        raise ScheduleError(field.name, f'end of range ({high}) above maximum ({field.high}) in "{text}"{hint}')
    if low > high:
        raise ScheduleError(field.name, f'beginning of range ({low}) beyond end of range ({high}) in "{text}"; a range cannot wrap')
    if step == 0:
        raise ScheduleError(field.name, f'the step must be a positive number in "{text}"')


def _number(text: str, field: _Field) -> int:
    name = field.names.get(text.lower())
    return _integer(text, field.name) if name is None else name


def _integer(text: str, field: str) -> int:
    # Go's Atoi, unlike int(): a plus sign, but no blanks, underscores or other scripts' digits, and 64 bits.
    value = int(text) if _INTEGER.fullmatch(text) else _GO_INT + 1
    if value > _GO_INT:
        raise ScheduleError(field, f'"{text}" is not a number that Kubernetes knows here')
    return value
