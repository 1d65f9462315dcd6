"""The cron grammar of EventBridge Scheduler, as far as k2l writes it, strict: what AWS would refuse is refused here.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split()


class RefusedError(ValueError):
    """AWS would not take this expression, or k2l has no business writing it."""


@dataclass(frozen=True, slots=True)
class Cron:
    """Weekdays are 1-7 from Sunday; ``None`` in a day field is ``?``."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    months: frozenset[int]
    weekdays: frozenset[int] | None

    @classmethod
    def parse(cls, expression: str) -> Cron:
        if not (found := re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)", expression)):
            raise RefusedError(f"not cron(six fields): {expression}")
        minutes, hours, days, months, weekdays, year = found.groups()
        if (days == "?") == (weekdays == "?"):
            raise RefusedError(f"exactly one day field must be ?: {expression}")
        if year != "*":
            raise RefusedError(f"Kubernetes knows no years: {expression}")
        return cls(
            values(minutes, 0, 59),
            values(hours, 0, 23),
            None if days == "?" else values(days, 1, 31),
            values(months, 1, 12, MONTHS),
            None if weekdays == "?" else values(weekdays, 1, 7, WEEKDAYS, steps=False),
        )

    def on(self, day: date) -> bool:
        if self.days is not None:
            return day.month in self.months and day.day in self.days
        assert self.weekdays is not None
        return day.month in self.months and day.isoweekday() % 7 + 1 in self.weekdays


def values(text: str, low: int, high: int, names: list[str] | None = None, *, steps: bool = True) -> frozenset[int]:
    found: set[int] = set()
    for item in text.split(","):
        match = re.fullmatch(r"(\*|[0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?(?:/([0-9]{1,2}))?", item)
        if not match:
            raise RefusedError(f"not an item of a list: {item!r} in {text}")
        first, last, step = match.groups()
        if step and (not steps or int(step) == 0):
            raise RefusedError(f"no such step here: {text}")
        if first == "*":
            if last or step or item != text:
                raise RefusedError(f"* stands alone: {text}")
            return frozenset(range(low, high + 1))
        if last and step:
            raise RefusedError(f"undocumented, a step over a range: {text}")
        begin = number(first, names, low)
        end = number(last, names, low) if last else high if step else begin
        if not low <= begin <= end <= high:
            raise RefusedError(f"out of {low}-{high}: {text}")
        found.update(range(begin, end + 1, int(step or 1)))
    return frozenset(found)


def number(text: str, names: list[str] | None, low: int) -> int:
    if text.isdigit():
        return int(text)
    if names is None or text not in names:
        raise RefusedError(f"no such name here: {text}")
    return names.index(text) + low
