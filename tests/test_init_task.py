"""A container of a task behind the init: its deadline, and the probe that its health check makes."""

from __future__ import annotations

import subprocess
import time

import pytest

from harness.function import Function, command_of, contract, descendants

pytestmark = [pytest.mark.requires("go", "namespaces"), pytest.mark.xdist_group("init")]


@pytest.fixture
def task(init_program, tmp_path):
    """``task(script, deadline, grace)``: a container of a task, without AWS."""
    started = []

    def start(script, deadline=None, grace=None):
        job = {"timeout": None, "deadline": deadline, "gracePeriod": grace} if deadline is not None else None
        made = contract(mode="task", args=[script], job=job)
        function = Function(tmp_path / "image", init_program, made, emulated=False).__enter__()
        started.append(function)
        return function

    yield start
    for function in started:
        function.__exit__(None, None, None)


def test_a_run_that_takes_too_long_is_asked_to_end_and_its_task_fails(task):
    begin = time.monotonic()
    function = task('trap "echo asked to end; exit 0" TERM; sleep 30 & wait', 1)
    assert function.process.wait(10) == 124
    assert time.monotonic() - begin < 5
    assert "asked to end" in function.log
    assert "Job.DeadlineExceeded: activeDeadlineSeconds of 1 s passed" in function.log


def test_a_run_that_does_not_end_when_asked_is_killed_with_all_that_it_started(task):
    begin = time.monotonic()
    function = task('trap "" TERM; sleep 30 & while :; do sleep 0.1; done', 1, 1)
    assert function.process.wait(10) == 124
    assert 1.9 < time.monotonic() - begin < 6
    assert function.left() == []


def test_a_run_that_ends_in_time_ends_as_it_does(task):
    function = task("exit 5", 20)
    assert function.process.wait(10) == 5
    assert "DeadlineExceeded" not in function.log


def test_a_task_without_a_deadline_is_the_command_itself(task):
    function = task("exec sleep 30")
    end = time.monotonic() + 5
    commands = []
    while ["sleep", "30"] not in commands and time.monotonic() < end:
        commands = [command_of(pid) for pid in descendants(function.process.pid)]
    assert ["sleep", "30"] in commands
    assert all("/opt/k2l/init" not in command[:1] for command in commands)


@pytest.mark.parametrize(("target", "status"), [("tcp://127.0.0.1:1", 1), ("tcp:", 1)])
def test_a_probe_needs_no_contract_and_says_why_it_fails(init_program, target, status):
    done = subprocess.run([init_program, "probe", "1", target], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr
