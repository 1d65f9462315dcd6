"""Work done beside other work."""

import os
import sys

import pytest

from k2l.aside import Files, aside

WRITTEN: Files = {"web.tf": 'text "ü"\n', "images/web/data": b"\x00\xff"}
beside = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="work is done aside on Linux with two processors"
)


@pytest.mark.parametrize("worth", [False, True])
def test_what_comes_back_is_what_the_work_returns(worth: bool) -> None:
    assert aside(lambda: WRITTEN, worth=worth)() == WRITTEN


@beside
def test_it_is_done_in_another_process() -> None:
    assert aside(lambda: {"process": str(os.getpid())}, worth=True)() != {"process": str(os.getpid())}


def test_what_is_not_worth_a_process_is_done_here_and_only_when_it_is_asked_for() -> None:
    done: list[int] = []

    def work() -> Files:
        done.append(os.getpid())
        return WRITTEN

    waiting = aside(work, worth=False)
    assert done == []
    assert (waiting(), done) == (WRITTEN, [os.getpid()])


@pytest.mark.parametrize("worth", [False, True])
def test_an_error_of_the_work_is_raised_here(worth: bool) -> None:
    def work() -> Files:
        raise ValueError("a name that is none")

    with pytest.raises(ValueError, match="a name that is none"):
        aside(work, worth=worth)()


@beside
def test_work_whose_process_is_killed_is_done_again() -> None:
    parent = os.getpid()

    def work() -> Files:
        if os.getpid() != parent:
            os._exit(9)
        return WRITTEN

    assert aside(work, worth=True)() == WRITTEN
