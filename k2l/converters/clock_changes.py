"""When the clocks of a time zone change, and what that does to a CronJob.

The years looked at are fixed, so that the same manifest gives the same answer in every year. They are 28, after which every date has
fallen on every weekday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_FIRST, _LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2054, 1, 1, tzinfo=UTC)
_STEP, _MINUTE = timedelta(days=7), timedelta(minutes=1)  # clocks are changed for more than a week, and on a full minute


class ClockChange(Struct, frozen=True):
    """At ``instant`` (UTC) a zone's offset goes from ``before`` to ``after``."""

    instant: datetime
    before: timedelta
    after: timedelta

    @property
    def old(self) -> datetime:
        """What the wall clock would have shown at this instant without the change."""
        return self.instant.replace(tzinfo=None) + self.before

    @property
    def new(self) -> datetime:
        """What the wall clock shows at this instant."""
        return self.instant.replace(tzinfo=None) + self.after

    @property
    def skips_midnight(self) -> bool:
        return self.old <= self.new.replace(hour=0, minute=0) < self.new

    @property
    def on_full_hours(self) -> bool:
        return self.old.minute == self.new.minute == 0

    def repeated(self) -> Iterator[datetime]:
        """Every minute that the wall clock shows twice."""
        first = self.new
        return (first + minute * _MINUTE for minute in range((self.old - first) // _MINUTE))


@cache
def clock_changes(zone: str) -> tuple[ClockChange, ...]:
    """Those of 2026 to 2053. Raises ValueError when there is no such time zone."""
    if zone == "UTC":
        return ()
    from zoneinfo import ZoneInfo  # takes a fiftieth of the start-up, and most inputs name no zone

    try:
        info = ZoneInfo(zone)
    except (LookupError, OSError, ValueError) as error:
        raise ValueError(f'unknown time zone "{zone}"') from error
    return tuple(_search(info))


def _search(info: ZoneInfo) -> Iterator[ClockChange]:
    low, before = _FIRST, _offset(info, _FIRST)
    while low < _LAST:
        high = low + _STEP
        if (after := _offset(info, high)) != before:
            yield ClockChange(_halve(info, low, high), before, after)
        low, before = high, after


def _halve(info: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The instant between ``low`` and ``high`` from which the offset is that of ``high``."""
    after = _offset(info, high)
    while high - low > _MINUTE:
        middle = low + (high - low) // 2 // _MINUTE * _MINUTE
        low, high = (low, middle) if _offset(info, middle) == after else (middle, high)
    return high


def _offset(info: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(info).utcoffset() or timedelta()
