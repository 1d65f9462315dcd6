"""A write that does not come to its end: killed, refused by the disk, or met by another one. Nothing is half there, nothing of the user's
is lost, and the next run mends the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from harness import programs
from harness.programs import apart
from hostile import dump, service
from k2l.commands._fixes import Rewritten
from k2l.commands._fixes import write as mend
from k2l.disk import alone, create, put
from k2l.errors import UserError, UserErrors
from k2l.folder import ASIDE, compare, write
from k2l.record import digest

ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(programs.ROOT)}
CHANGING = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"}
"""Audit events of what changes a disk. https://docs.python.org/3/library/audit_events.html"""


def output(**contents: str) -> dict[str, str | bytes]:
    """Files of an output with their record; ``a_tf="..."`` is ``a.tf``, ``x__a_tf`` is ``x/a.tf``."""
    files: dict[str, str | bytes] = {name.replace("__", "/").replace("_", "."): text for name, text in contents.items()}
    outputs = [{"file": file, "sha256": digest(text)} for file, text in sorted(files.items())]
    return {**files, "k2l.json": json.dumps({"schema": "k2l/v1", "outputs": outputs})}


OLD = output(a_tf="old", b_tf="old", gone_tf="old", images__gone__Dockerfile="old", same_tf="same")
NEW = output(a_tf="new", b_tf="new", fresh_tf="new", images__fresh__Dockerfile="new", same_tf="same")


def held(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def make(folder: Path, files: dict[str, str | bytes]) -> None:
    write(compare(folder, files))


def killed(folder: Path, number: int, work: Callable[[], None]) -> bool:
    """Whether ``work`` was killed, in a process of its own, right before the change to ``folder`` with this number."""
    child = os.fork()
    if child == 0:
        left = [number]

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            if event in CHANGING and str(folder) in str(arguments[0]) and (event != "open" or "r" not in str(arguments[1])):
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1

        sys.addaudithook(watch)
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def interrupted(tmp_path: Path, work: Callable[[Path], None], start: Callable[[Path], None]) -> Iterator[Path]:
    """A folder for each moment at which the work can be killed."""
    for number in count():
        folder = tmp_path / f"folder{number}"
        folder.mkdir()
        start(folder)
        if not killed(folder, number, lambda folder=folder: work(folder)):  # type: ignore[misc]
            assert number > 2
            return
        yield folder


def test_killed_at_any_moment_each_file_is_old_or_new_and_the_next_run_mends_the_rest(tmp_path):
    moments = 0

    def start(folder: Path) -> None:
        make(folder, OLD)
        (folder / "notes.txt").write_text("mine")

    for folder in interrupted(tmp_path, lambda folder: make(folder, NEW), start):
        moments += 1
        there = {name: text for name, text in held(folder).items() if not name.startswith(ASIDE)}
        assert there.pop("notes.txt") == "mine"
        assert [name for name, text in there.items() if text not in (OLD.get(name), NEW.get(name))] == []
        assert {name for name in OLD if name in NEW} <= there.keys()
        make(folder, NEW)
        assert held(folder) == {**NEW, "notes.txt": "mine"}
        assert not (folder / ASIDE).exists()
    assert moments > 20


def test_what_is_edited_after_an_interruption_is_not_overwritten(tmp_path):
    edits = 0
    for folder in interrupted(tmp_path, lambda folder: make(folder, NEW), lambda folder: make(folder, OLD)):
        (folder / "a.tf").write_text("edited")
        with pytest.raises(UserErrors, match="was edited since k2l wrote it"):
            make(folder, output(a_tf="newer"))
        assert (folder / "a.tf").read_text() == "edited"
        edits += 1
    assert edits > 20


def test_killed_at_any_moment_a_mended_file_is_old_or_new(tmp_path):
    def start(folder: Path) -> None:
        (folder / "web.yaml").write_text("old")
        (folder / "web.yaml").chmod(0o640)

    def work(folder: Path) -> None:
        mend([Rewritten(folder / "web.yaml", b"old", b"new", ())])

    for folder in interrupted(tmp_path, work, start):
        assert (folder / "web.yaml").read_text() == "old"
        assert (folder / "web.yaml").stat().st_mode & 0o777 == 0o640
        work(folder)
        assert (folder / "web.yaml").read_text() == "new"
        assert [path.suffix for path in folder.iterdir() if path.name != "web.yaml"] in ([], [".k2l"])


KILLED = """\
import os, sys
left = [12]
def watch(event, given):
    if event == "os.rename":
        left[0] -= 1
        left[0] or os.kill(os.getpid(), 9)
sys.addaudithook(watch)
from k2l.cli import run
run()
"""


def test_a_killed_run_of_the_program_leaves_what_the_next_one_completes(tmp_path):
    (tmp_path / "in.yaml").write_text(dump(*service({}, name="one")))
    run(tmp_path, "convert", "in.yaml", "-o", "expected")
    command = [sys.executable, "-c", KILLED, "convert", "in.yaml"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "out" / ASIDE).is_dir()
    assert run(tmp_path, "convert", "in.yaml") == (0, "")
    assert held(tmp_path / "out") == held(tmp_path / "expected")


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code, and the last line on stderr of a run with -q."""
    command = [sys.executable, "-m", "k2l", *arguments, "-q"]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, (done.stderr.splitlines() or [""])[-1]


# --- a full disk ---

FULL = """\
set -u
mount -t tmpfs -o size=400k,nr_inodes=2000 tmpfs disk
cd disk
"$0" -m k2l convert ../small.yaml -q
cp -r out ../before
"$0" -m k2l convert ../large.yaml -q 2> ../said; echo $? > ../code
cp -r out ../after
"$0" -m k2l convert ../small.yaml --check -q; echo $? > ../check
mount -o remount,size=40m disk ../disk 2>/dev/null || mount -o remount,size=40m "$PWD"
"$0" -m k2l convert ../large.yaml -q; echo $? > ../mended
cp -r out ../there
"""


@pytest.mark.requires("namespaces")
def test_a_full_disk_is_told_and_leaves_the_folder_as_it_was(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "small.yaml").write_text(dump(*service({}, name="one")))
    (tmp_path / "large.yaml").write_text("".join(dump(*service({}, name=f"w{number}")) for number in range(60)))
    run(tmp_path, "convert", "large.yaml", "-o", "expected")
    subprocess.run([*apart(), "sh", "-c", FULL, sys.executable], cwd=tmp_path, env=ENVIRONMENT, check=True, capture_output=True)
    assert (tmp_path / "code").read_text() == "2\n"
    assert (tmp_path / "said").read_text() == "out: cannot write the output: No space left on device\n"
    assert held(tmp_path / "after") == held(tmp_path / "before") != {}
    assert (tmp_path / "check").read_text() == "0\n"
    assert (tmp_path / "mended").read_text() == "0\n"
    assert held(tmp_path / "there") == held(tmp_path / "expected")


FULL_FIXES = """\
mount -t tmpfs -o size=16k tmpfs disk
cd disk
cp ../web.yaml ../baseline.json .
head -c 100k /dev/zero > filler 2> /dev/null
"$0" -m k2l lint web.yaml --fix -q > /dev/null 2> ../said; echo $? > ../code
"$0" -m k2l lint web.yaml --baseline baseline.json --update-baseline -q 2>> ../said; echo $? >> ../code
"$0" -m k2l lint web.yaml --output-format json:report.json -q 2>> ../said; echo $? >> ../code
rm filler
mkdir ../left && cp -a . ../left
"""


@pytest.mark.requires("namespaces")
def test_a_full_disk_spoils_no_manifest_no_baseline_and_no_report(tmp_path):
    (tmp_path / "disk").mkdir()
    text = dump(*service({"env": [{"name": "PORT", "value": 8080}]}))
    (tmp_path / "web.yaml").write_text(text)
    (tmp_path / "baseline.json").write_text('{"schema": "k2l-baseline/v1", "findings": []}')
    subprocess.run([*apart(), "sh", "-c", FULL_FIXES, sys.executable], cwd=tmp_path, env=ENVIRONMENT, check=False, capture_output=True)
    full = "cannot be written: No space left on device"
    assert (tmp_path / "said").read_text().splitlines() == [f"{file}: {full}" for file in ("web.yaml", "baseline.json", "report.json")]
    assert (tmp_path / "code").read_text() == "2\n2\n2\n"
    assert held(tmp_path / "left") == {"web.yaml": text, "baseline.json": (tmp_path / "baseline.json").read_text()}


def test_a_disk_that_refuses_in_the_middle_leaves_nothing_aside(tmp_path, monkeypatch):
    make(tmp_path, OLD)
    written, refused = Path.open, []

    def refuse(path, *given, **named):
        if path.name == "2":
            refused.append(path)
            raise OSError(28, "No space left on device")
        return written(path, *given, **named)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match="cannot write the output: No space left on device"):
        make(tmp_path, NEW)
    assert refused
    assert held(tmp_path) == OLD


# --- somebody else ---


def test_two_runs_at_once_leave_the_whole_output_of_one_of_them(tmp_path):
    expected = []
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("".join(dump(*service({}, name=f"{name}{n}")) for n in range(12)))
        assert run(tmp_path, "convert", f"{name}.yaml", "-o", name)[0] == 0
        expected.append(held(tmp_path / name))
    codes = set()
    for number in range(3):
        commands = [[sys.executable, "-m", "k2l", "convert", f"{name}.yaml", "-o", f"out{number}", "-q"] for name in ("one", "two")]
        started = [subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE) for command in commands]
        for process in started:
            process.communicate()
            codes.add(process.returncode)
        assert held(tmp_path / f"out{number}") in expected
    assert 0 in codes
    assert codes <= {0, 2}


def test_a_second_run_stops_while_the_first_one_writes(tmp_path):
    (tmp_path / "in.yaml").write_text(dump(*service({})))
    (tmp_path / "out").mkdir()
    with alone(tmp_path / "out"):
        code, said = run(tmp_path, "convert", "in.yaml")
    assert (code, said) == (2, "out: another run of k2l is writing there; run this one again when that has ended")
    assert held(tmp_path / "out") == {}
    assert run(tmp_path, "convert", "in.yaml") == (0, "")


HOLDING = """\
import sys, time
from pathlib import Path
from k2l.disk import alone
with alone(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(60)
"""


def test_the_lock_goes_with_the_process_that_holds_it(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path)], env=ENVIRONMENT, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"in\n"
    with pytest.raises(UserError, match="another run of k2l is writing there"):
        make(tmp_path, NEW)
    holder.kill()
    holder.communicate()
    make(tmp_path, NEW)
    assert held(tmp_path) == NEW


def test_what_has_changed_since_k2l_looked_is_not_overwritten(tmp_path):
    make(tmp_path, OLD)
    changes = compare(tmp_path, NEW)
    (tmp_path / "a.tf").write_text("edited meanwhile")
    (tmp_path / "fresh.tf").write_text("made meanwhile")
    with pytest.raises(UserErrors) as raised:
        write(changes, force=True)
    assert [(Path(str(problem.file)).name, problem.message) for problem in raised.value.problems] == [
        (name, "has changed while k2l was running; run it again") for name in ("a.tf", "fresh.tf")
    ]
    assert held(tmp_path) == {**OLD, "a.tf": "edited meanwhile", "fresh.tf": "made meanwhile"}


def test_a_manifest_that_has_changed_since_k2l_looked_is_not_mended(tmp_path):
    (tmp_path / "web.yaml").write_text("edited meanwhile")
    with pytest.raises(UserErrors, match="has changed while k2l was running, and was not mended"):
        mend([Rewritten(tmp_path / "web.yaml", b"old", b"new", ())])
    assert (tmp_path / "web.yaml").read_text() == "edited meanwhile"


# --- places that lead elsewhere ---


def test_no_link_left_in_the_folder_aside_is_written_through(tmp_path):
    (tmp_path / "theirs").write_text("theirs")
    out = tmp_path / "out"
    (out / ASIDE).mkdir(parents=True)
    for name in ("claim", "0", "1", "k2l.json"):
        (out / ASIDE / name).symlink_to(tmp_path / "theirs")
    make(out, NEW)
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert held(out) == NEW


def test_what_is_made_anew_is_never_written_through_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    with pytest.raises(FileExistsError):
        create(tmp_path / "link", b"new")
    assert not (tmp_path / "theirs").exists()


def test_what_somebody_keeps_in_the_folder_aside_stays(tmp_path):
    (tmp_path / ASIDE).mkdir()
    (tmp_path / ASIDE / "notes.txt").write_text("mine")
    make(tmp_path, NEW)
    assert held(tmp_path) == {**NEW, f"{ASIDE}/notes.txt": "mine"}


def test_no_link_beside_a_manifest_is_written_through_when_it_is_mended(tmp_path):
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "web.yaml").write_text("old")
    (tmp_path / ".web.yaml.k2l").symlink_to(tmp_path / "theirs")
    put(tmp_path / "web.yaml", b"new")
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert (tmp_path / ".web.yaml.k2l").is_symlink()
    assert (tmp_path / "web.yaml").read_text() == "new"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE)
    put(tmp_path / "pipe", b"report")
    assert reader.communicate()[0] == b"report"
    assert (tmp_path / "pipe").is_fifo()
