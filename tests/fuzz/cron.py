"""A schedule is refused, or its translation is legal for EventBridge and fires at the same times, each as often."""

from __future__ import annotations

from datetime import date

from firing import added, kubernetes_times, local_days, scheduler_times, second_passes, without
from fuzz import _given
from k2l.converters.cron import Difference, InexpressibleError, ScheduleError, input_for, to_scheduler
from k2l.converters.cron_fields import Every, parse

START, END = date(2028, 2, 20), date(2028, 4, 3)
"""The end of a February of 29 days and, in most places that have one, the change to summer time."""
_ZONES = (None, "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata")


def check(data: bytes) -> None:
    """The first byte picks a time zone."""
    text, zone = _given.whole(data[1:]), _ZONES[data[0] % len(_ZONES)] if data else None
    try:
        translation = to_scheduler(text, zone)
    except (ScheduleError, InexpressibleError) as error:
        assert str(error)
        return
    schedule = parse(text)
    if isinstance(schedule, Every):
        assert translation.expressions[0].text.startswith("rate(")
        return
    wanted = kubernetes_times(schedule, translation.time_zone, START, END)
    if not set(translation.findings).isdisjoint({Difference.AUTUMN_HOUR, Difference.STRAY_RUN}):
        wanted = without(wanted, second_passes(translation.time_zone, START, END))
    found = []
    for expression in translation.expressions:
        times = scheduler_times(expression.text, translation.time_zone, START, END)
        days = input_for(expression, translation.time_zone).get("skipDaysOfMonth", [])
        assert isinstance(days, list)
        found.append(without(times, local_days(days, translation.time_zone, START, END)))
    assert wanted == added(found, START, END)
    assert bool(translation.expressions) == (Difference.NEVER_FIRES not in translation.findings)
