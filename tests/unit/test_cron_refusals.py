import pytest

from k2l.converters.cron import ScheduleError, to_scheduler


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        ("60 * * * *", 'minute: end of range (60) above maximum (59) in "60"'),
        ("* 24 * * *", 'hour: end of range (24) above maximum (23) in "24"'),
        ("* * 0 * *", 'day of month: beginning of range (0) below minimum (1) in "0"'),
        ("* * 32 * *", 'day of month: end of range (32) above maximum (31) in "32"'),
        ("* * * 0 *", 'month: beginning of range (0) below minimum (1) in "0"'),
        ("* * * 13 *", 'month: end of range (13) above maximum (12) in "13"'),
        ("* * * * 7", 'day of week: end of range (7) above maximum (6) in "7"; Sunday is 0'),
        ("* * * * 0-7", 'day of week: end of range (7) above maximum (6) in "0-7"; Sunday is 0'),
        ("* * * * sat-sun", 'day of week: beginning of range (6) beyond end of range (0) in "sat-sun"; a range cannot wrap'),
        ("* 22-2 * * *", 'hour: beginning of range (22) beyond end of range (2) in "22-2"; a range cannot wrap'),
        ("*/0 * * * *", 'minute: the step must be a positive number in "*/0"'),
        ("1/2/3 * * * *", 'minute: too many slashes in "1/2/3"'),
        ("1-2-3 * * * *", 'minute: too many hyphens in "1-2-3"'),
        ("-5 * * * *", 'minute: "" is not a number that Kubernetes knows here'),
        ("1_0 * * * *", 'minute: "1_0" is not a number that Kubernetes knows here'),
        ("*/9223372036854775808 * * * *", 'minute: "9223372036854775808" is not a number that Kubernetes knows here'),
        ("* * * january *", 'month: "january" is not a number that Kubernetes knows here'),
        ("* * * * monday", 'day of week: "monday" is not a number that Kubernetes knows here'),
        ("* * L * *", 'day of month: "L" is not a number that Kubernetes knows here'),
        ("* * 15W * *", 'day of month: "15W" is not a number that Kubernetes knows here'),
        ("* * * * 5#2", 'day of week: "5#2" is not a number that Kubernetes knows here'),
    ],
)
def test_a_field_that_kubernetes_refuses_is_named(schedule, message):
    with pytest.raises(ScheduleError) as caught:
        to_scheduler(schedule)
    assert str(caught.value) == message
    assert message.startswith(f"{caught.value.field}: ")


@pytest.mark.parametrize(
    ("schedule", "found"),
    [
        ("", 0),
        ("  ", 0),
        ("0 0 * *", 4),
        ("0 0 0 * * ?", 6),
        ("0 0 * * ? 2026", 6),
        (" @daily", 1),
        (" TZ=UTC 0 0 * * *", 6),
        ("TZ=UTC", 0),
    ],
)
def test_any_number_of_fields_but_five_is_refused(schedule, found):
    with pytest.raises(ScheduleError, match=rf"^schedule: expected exactly 5 fields .*, found {found} in"):
        to_scheduler(schedule)


@pytest.mark.parametrize("schedule", ["@reboot", "@Daily", "@daily ", "@", "@every", "@fortnightly"])
def test_an_unknown_descriptor_is_refused_and_the_known_are_listed(schedule):
    with pytest.raises(ScheduleError, match=r"^schedule: unrecognized descriptor .*@yearly, .* and @every$"):
        to_scheduler(schedule)


@pytest.mark.parametrize("duration", ["", "5", "Xm", " 5m", "5m ", "1h 30m", "1d", "1w", ".m", "1,5h", "--5m", "1h;"])
def test_an_interval_that_go_cannot_read_is_refused(duration):
    with pytest.raises(ScheduleError, match="invalid duration"):
        to_scheduler(f"@every {duration}")


def test_an_interval_longer_than_go_can_count_is_refused():
    with pytest.raises(ScheduleError, match="duration too long"):
        to_scheduler("@every 2562048h")
