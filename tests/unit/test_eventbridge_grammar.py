"""The evaluator that judges our expressions takes no more than EventBridge Scheduler does."""

import pytest

from eventbridge import Cron, RefusedError


@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 0 * * ?)",
        "cron(0 0 * * ? * *)",
        "cron(0 0 * * * *)",
        "cron(0 0 ? * ? *)",
        "cron(0 0 1 * MON *)",
        "cron(0 0 ? * */2 *)",
        "cron(0 0 ? * 1/2 *)",
        "cron(0 0 ? * 0 *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 ? * SAT-SUN *)",
        "cron(0 0 ? * Mon *)",
        "cron(60 0 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 32 * ? *)",
        "cron(0 0 * 13 ? *)",
        "cron(0 0 * MON ? *)",
        "cron(0/0 0 * * ? *)",
        "cron(? 0 * * ? *)",
        "cron(5-1 0 * * ? *)",
        "cron(1,,2 0 * * ? *)",
        "cron( 0 * * ? *)",
        "cron(0 0 * * ? *",
        "0 0 * * ? *",
    ],
)
def test_what_aws_refuses_is_refused(expression):
    with pytest.raises(RefusedError):
        Cron.parse(expression)


def test_weekdays_are_counted_from_sunday_as_one():
    assert Cron.parse("cron(0 0 ? * 1 *)") == Cron.parse("cron(0 0 ? * SUN *)")
    assert Cron.parse("cron(0 0 ? * 2-6 *)") == Cron.parse("cron(0 0 ? * MON-FRI *)")


def test_a_step_begins_at_its_number_and_runs_to_the_end():
    assert Cron.parse("cron(5/20 0 * * ? *)").minutes == {5, 25, 45}
