"""The same manifests give the same bytes, whoever runs k2l, where, and in which order; and what did not change stays as it is."""

from __future__ import annotations

import getpass
import itertools
import os
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.command import run_k2l
from harness.programs import ROOT

SHOP = ROOT / "examples/shop/manifests"
EXAMPLES = ROOT / "examples"


@pytest.fixture
def manifests(tmp_path: Path) -> Path:
    """Those of all examples, in one folder, without what is committed beside them."""
    for example in EXAMPLES.iterdir():
        shutil.copytree(example / "manifests", tmp_path / "manifests" / example.name)
    return tmp_path / "manifests"


@pytest.fixture
def output(tmp_path):
    """``output("PATH", ...)``: all files of a conversion, in a new folder each time."""
    numbers = itertools.count()

    def run(*arguments: str) -> dict[str, str]:
        to = tmp_path / f"out{next(numbers)}"
        done = run_k2l("convert", *arguments, "-o", str(to), folder=to)
        assert done.exit_code == 0, done.stderr
        return done.files

    return run


def in_a_process(manifests: Path, to: Path, **environment: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "k2l", "convert", str(manifests), "-o", str(to)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
    return {path.relative_to(to).as_posix(): path.read_bytes() for path in to.rglob("*") if path.is_file()}


def test_every_hash_seed_gives_the_same_bytes(manifests, tmp_path):
    one, two = (in_a_process(manifests, tmp_path / seed, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert one == two
    assert len(one) > 20


def test_other_time_zones_languages_and_users_give_the_same_bytes(manifests, tmp_path):
    one = in_a_process(manifests, tmp_path / "one")
    two = in_a_process(manifests, tmp_path / "two", TZ="Asia/Tokyo", LC_ALL="C", LANG="C", USER="other", HOME=str(tmp_path), COLUMNS="40")
    assert one == two


def test_every_working_folder_and_every_way_to_say_the_path_gives_the_same_bytes(manifests, output, monkeypatch):
    absolute = output(str(manifests))
    monkeypatch.chdir(manifests.parent)
    assert output("manifests") == output("./manifests/") == output("manifests/../manifests") == absolute
    monkeypatch.chdir(manifests)
    assert output(".") == absolute
    monkeypatch.chdir(manifests / "shop")
    assert output("..") == absolute


def test_every_place_of_the_folder_gives_the_same_bytes(manifests, output, tmp_path):
    before = output(str(manifests))
    elsewhere = manifests.rename(tmp_path / "else where")
    assert output(str(elsewhere)) == before


def test_every_order_of_the_arguments_gives_the_same_bytes(output):
    files = [str(file) for file in sorted(SHOP.iterdir())]
    first = output(*files)
    for other in (files[::-1], [*files[2:], *files[:2]], [*files[1::2], *files[::2]]):
        assert output(*other) == first


def test_naming_each_file_gives_the_same_bytes_as_naming_their_folder(output):
    assert output(*(str(file) for file in sorted(SHOP.iterdir()))) == output(str(SHOP))


def test_every_order_in_which_the_disk_lists_a_folder_gives_the_same_bytes(manifests, output, monkeypatch):
    (manifests / "shop/web again.yaml").write_text((manifests / "shop/web.yaml").read_text().replace("2.4.1", "2.5.0"))
    before = output(str(manifests))
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: reversed(list(listed(folder))))
    assert output(str(manifests)) == before


def test_no_output_says_where_when_or_by_whom_it_was_made(manifests, output):
    now = datetime.now(UTC)
    telling = (str(ROOT), str(manifests.parent), Path.home().as_posix() + "/", socket.gethostname(), f"{now:%Y-%m-%d}", f"{now:%d %b %Y}")
    text = "\n".join(output(str(manifests)).values())
    assert [word for word in (*telling, f" {getpass.getuser()}@") if word in text] == []


def test_a_comment_in_every_file_changes_only_the_record(manifests, output):
    before = output(str(manifests))
    for file in manifests.rglob("*.yaml"):
        file.write_text("# one line more\n" + file.read_text())
    after = output(str(manifests))
    assert {name for name in before if before[name] != after[name]} == {"k2l.json"}
    assert before.keys() == after.keys()


def test_other_manifests_change_nothing_in_the_files_of_a_function(manifests, output):
    shutil.move(manifests / "jobs", manifests.parent)
    before = output(str(manifests))
    shutil.move(manifests.parent / "jobs", manifests)
    after = output(str(manifests))
    owned = {name for name in before if name.startswith(("shop-", "webapp-", "images/", "api-"))} - {
        "images/build.sh",
        "images/docker-bake.hcl",
    }
    assert len(owned) > 8
    assert {name for name in owned if before[name] != after.get(name)} == set()
