"""The rules of the test suite itself, each shown on a suite of one test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def suite(tmp_path):
    """``suite(body, *options, **environment)``: pytest's output on one file that uses our conftest and finds no program on its PATH."""
    (tmp_path / "conftest.py").write_text((HERE / "conftest.py").read_text())

    def run(body: str, *options: str, **environment: str) -> str:
        (tmp_path / "test_it.py").write_text(body)
        settings = ["-p", "no:cacheprovider", "-c", HERE.parent / "pyproject.toml", "--rootdir", tmp_path]
        command = [sys.executable, "-m", "pytest", *settings, tmp_path, *options]
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("K2L_", "PYTEST_"))}
        done = subprocess.run(command, env={**plain, "PATH": "", **environment}, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run


SKIPPED = "import pytest\n@pytest.mark.requires('terraform')\n@pytest.mark.parametrize('n', range(3))\ndef test_it(n): pass\n"


def test_the_last_lines_count_what_was_skipped_for_which_program(suite):
    assert suite(SKIPPED).splitlines()[-2] == "3 tests skipped: terraform is not on this machine (put it on the PATH)"


def test_they_do_so_with_several_workers(suite):
    assert "3 tests skipped: terraform is not on this machine" in suite(SKIPPED, "-n", "2").splitlines()[-2]


@pytest.mark.parametrize("names", ["all", "kubectl,terraform"])
def test_where_a_program_is_required_its_absence_fails(suite, names):
    assert "3 errors in" in suite(SKIPPED, K2L_REQUIRE=names)


def test_where_another_one_is_required_it_is_skipped(suite):
    assert "3 skipped in" in suite(SKIPPED, K2L_REQUIRE="kubectl")


def test_a_need_that_nobody_knows_is_an_error(suite):
    assert "KeyError: 'teraform'" in suite(SKIPPED.replace("'terraform'", "'teraform'"))


GOLDEN = """
from pathlib import Path
def test_it(golden):
    golden.folder({'a': 'new\\n', 'b/c': ''}, Path(__file__).parent / 'expected')
"""


def test_other_output_fails_and_shows_the_difference(suite, tmp_path):
    (tmp_path / "expected").mkdir()
    (tmp_path / "expected/a").write_text("old\n")
    shown = suite(GOLDEN)
    assert "-old\n+new" in shown
    assert (tmp_path / "expected/a").read_text() == "old\n"


def test_updating_rewrites_removes_and_still_fails_once(suite, tmp_path):
    (tmp_path / "expected").mkdir()
    (tmp_path / "expected/gone").write_text("old\n")
    assert "read the diff" in suite(GOLDEN, "--update-goldens")
    assert sorted(p.name for p in (tmp_path / "expected").rglob("*")) == ["a", "b", "c"]
    assert "1 passed" in suite(GOLDEN, "--update-goldens")


def test_a_single_file_is_compared_without_its_neighbours(suite, tmp_path):
    (tmp_path / "neighbour").write_text("")
    one = "from pathlib import Path\ndef test_it(golden): golden('x', Path(__file__).parent / 'one')\n"
    assert "read the diff" in suite(one, "--update-goldens")
    assert "1 passed" in suite(one)
    assert (tmp_path / "neighbour").exists()
