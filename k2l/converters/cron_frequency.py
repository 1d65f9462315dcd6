"""How often a CronJob's schedule fires on average, over the 400 years after which the calendar repeats.

https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
"""

from __future__ import annotations

from functools import lru_cache

from k2l.converters.cron_fields import Calendar, Every, parse

_DAYS_OF_YEAR = 365.2425
_SECONDS_OF_DAY = 86400
_LENGTHS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
_LEAP_YEARS = 97 / 400


@lru_cache(maxsize=1024)
def runs_per_day(text: str) -> float:
    """Raises ScheduleError for what Kubernetes refuses. Days of the month and of the week are counted as independent of each other, which
    over 400 years they are but for a tenth of a percent."""
    schedule = parse(text)
    if isinstance(schedule, Every):
        return _SECONDS_OF_DAY / schedule.seconds
    return len(schedule.minutes) * len(schedule.hours) * _days(schedule) / _DAYS_OF_YEAR


def _days(calendar: Calendar) -> float:
    """Days of a year on which it fires, on average."""
    by_date = sum(_years_with(month, day) for month in calendar.months for day in calendar.days)
    every_day = sum(_years_with(month, day) for month in calendar.months for day in range(1, 32))
    of_week = len(calendar.weekdays) / 7
    return by_date + (every_day - by_date) * of_week if calendar.either_day else by_date * of_week


def _years_with(month: int, day: int) -> float:
    """The share of years that have this date."""
    if (month, day) == (2, 29):
        return _LEAP_YEARS
    return float(day <= _LENGTHS.get(month, 31))
