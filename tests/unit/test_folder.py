"""What convert may do to its output folder."""

import json
from pathlib import Path

import pytest

from k2l.errors import UserError, UserErrors
from k2l.folder import ASIDE, compare, diff, write
from k2l.record import digest


def output(**contents):
    """Files of an output with their record; ``a_tf="..."`` is ``a.tf``."""
    files = {name.replace("_", "."): text for name, text in contents.items()}
    return {**files, "k2l.json": record(files)}


def record(files, line=1):
    outputs = [{"file": file, "sha256": digest(text)} for file, text in sorted(files.items())]
    return json.dumps({"schema": "k2l/v1", "outputs": outputs, "ledger": [{"path": "spec", "line": line}]})


def put(target: Path, files) -> None:
    write(compare(target, files))


def held(target: Path) -> dict[str, str]:
    return {p.relative_to(target).as_posix(): p.read_text() for p in target.rglob("*") if p.is_file()}


def refused(target: Path, files) -> list[str]:
    with pytest.raises(UserErrors) as raised:
        write(compare(target, files))
    return [Path(str(problem.file)).name + " " + problem.message.split(";")[0] for problem in raised.value.problems]


def test_a_new_folder_holds_exactly_the_output(tmp_path):
    put(tmp_path / "out", output(a_tf="one"))
    assert held(tmp_path / "out") == output(a_tf="one")


def test_bytes_are_written_as_they_are(tmp_path):
    write(compare(tmp_path, {"images/web/files/x": b"\xff\r\n"}))
    assert (tmp_path / "images/web/files/x").read_bytes() == b"\xff\r\n"


def test_what_k2l_wrote_is_replaced(tmp_path):
    put(tmp_path, output(a_tf="one"))
    put(tmp_path, output(a_tf="two"))
    assert held(tmp_path) == output(a_tf="two")


def test_files_of_vanished_workloads_are_removed_with_their_folders(tmp_path):
    first = {"a.tf": "one", "images/web/Dockerfile": "FROM x"}
    put(tmp_path, {**first, "k2l.json": record(first)})
    put(tmp_path, output(a_tf="one"))
    assert held(tmp_path) == output(a_tf="one")
    assert not (tmp_path / "images").exists()


def test_an_edited_file_stops_the_run_and_nothing_is_written(tmp_path):
    put(tmp_path, output(a_tf="one", b_tf="one"))
    (tmp_path / "a.tf").write_text("mine")
    before = held(tmp_path)
    assert refused(tmp_path, output(a_tf="two", b_tf="two")) == ["a.tf was edited since k2l wrote it"]
    assert held(tmp_path) == before


def test_every_file_in_the_way_is_named(tmp_path):
    put(tmp_path, output(a_tf="one"))
    (tmp_path / "a.tf").write_text("mine")
    (tmp_path / "b.tf").write_text("mine")
    assert refused(tmp_path, output(a_tf="two", b_tf="two")) == ["a.tf was edited since k2l wrote it", "b.tf was not written by k2l"]


def test_an_edited_file_of_a_vanished_workload_stops_the_run(tmp_path):
    put(tmp_path, output(a_tf="one", b_tf="one"))
    (tmp_path / "b.tf").write_text("mine")
    assert refused(tmp_path, output(a_tf="one")) == ["b.tf was edited since k2l wrote it"]


def test_force_replaces_and_removes_edited_files(tmp_path):
    put(tmp_path, output(a_tf="one", b_tf="one"))
    (tmp_path / "a.tf").write_text("mine")
    (tmp_path / "b.tf").write_text("mine")
    write(compare(tmp_path, output(a_tf="two")), force=True)
    assert held(tmp_path) == output(a_tf="two")


def test_a_folder_of_someone_else_is_used_as_long_as_nothing_collides(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    put(tmp_path, output(a_tf="one"))
    put(tmp_path, output(a_tf="two"))
    assert held(tmp_path) == {"notes.txt": "mine", **output(a_tf="two")}


def test_an_edit_that_gives_what_k2l_would_write_is_no_conflict(tmp_path):
    put(tmp_path, output(a_tf="one"))
    (tmp_path / "a.tf").write_text("two")
    put(tmp_path, output(a_tf="two"))
    assert held(tmp_path) == output(a_tf="two")


def test_a_k2l_json_of_another_program_is_in_the_way(tmp_path):
    (tmp_path / "k2l.json").write_text('{"schema": "theirs"}')
    assert refused(tmp_path, output(a_tf="one")) == ["k2l.json was not written by k2l"]


@pytest.mark.parametrize(
    "name", ["terraform.tfstate", "terraform.tfstate.backup", ".terraform.lock.hcl", "my.tfvars", "images.auto.tfvars.json"]
)
def test_what_terraform_and_its_users_own_stays_even_if_the_record_names_it(tmp_path, name):
    (tmp_path / name).write_text("theirs")
    (tmp_path / "k2l.json").write_text(record({name: "theirs"}))
    put(tmp_path, output(a_tf="one"))
    assert (tmp_path / name).read_text() == "theirs"


@pytest.mark.parametrize("name", ["../stray.tf", "/stray.tf", "a/../../stray.tf", "..\\stray.tf"])
def test_nothing_is_written_outside_the_folder(tmp_path, name):
    with pytest.raises(UserErrors, match="leads out of the output folder"):
        compare(tmp_path / "out", {name: "x"})


def test_nothing_is_removed_outside_the_folder(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    (tmp_path / "stray.tf").write_text("theirs")
    (target / "k2l.json").write_text(record({"../stray.tf": "theirs"}))
    with pytest.raises(UserErrors, match="leads out of the output folder"):
        put(target, output(a_tf="one"))
    assert (tmp_path / "stray.tf").exists()


def test_nothing_is_written_through_a_symbolic_link_to_a_folder(tmp_path):
    target, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    target.mkdir()
    elsewhere.mkdir()
    (target / "images").symlink_to(elsewhere)
    with pytest.raises(UserErrors, match="is no folder of its own"):
        write(compare(target, {"images/x": "x"}), force=True)
    assert not list(elsewhere.iterdir())


def test_a_symbolic_link_in_place_of_a_file_is_in_the_way_and_its_target_is_never_touched(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    (tmp_path / "theirs.tf").write_text("theirs")
    (target / "a.tf").symlink_to(tmp_path / "theirs.tf")
    assert refused(target, output(a_tf="one")) == ["a.tf is a symbolic link, not a file that k2l wrote"]
    write(compare(target, output(a_tf="one")), force=True)
    assert (tmp_path / "theirs.tf").read_text() == "theirs"
    assert held(target) == output(a_tf="one")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "a.tf").mkdir()
    with pytest.raises(UserErrors, match="is a folder"):
        compare(tmp_path, output(a_tf="one"))


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(UserError, match="is a file, and the output needs a folder"):
        compare(tmp_path / "out", output(a_tf="one"))


@pytest.mark.parametrize("renamed", range(3))
def test_after_an_interruption_k2l_still_knows_its_files(tmp_path, monkeypatch, renamed):
    put(tmp_path, output(a_tf="one", b_tf="one"))
    interrupt(monkeypatch, renamed)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, output(a_tf="two", b_tf="two"))
    monkeypatch.undo()
    put(tmp_path, output(a_tf="three", b_tf="three"))
    assert held(tmp_path) == output(a_tf="three", b_tf="three")


def test_two_interruptions_in_a_row_lose_nothing_either(tmp_path, monkeypatch):
    put(tmp_path, output(a_tf="one", b_tf="one"))
    for renamed, text in ((1, "two"), (0, "three")):
        interrupt(monkeypatch, renamed)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path, output(a_tf=text, b_tf=text))
        monkeypatch.undo()
    put(tmp_path, output(a_tf="four", b_tf="four"))
    assert held(tmp_path) == output(a_tf="four", b_tf="four")


def interrupt(monkeypatch, renamed):
    """From now on a write is killed when it has put ``renamed`` files in place."""
    replace, done = Path.replace, []

    def stop(path, target):
        done.append(target)
        if [t for t in done if ASIDE not in t.parts][renamed:]:
            done.clear()
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", stop)


def test_the_record_is_written_last(tmp_path, monkeypatch):
    interrupt(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, output(a_tf="one", z_tf="one"))
    assert (tmp_path / "z.tf").exists()
    assert not (tmp_path / "k2l.json").exists()


def test_moved_lines_alone_are_not_stale(tmp_path):
    files = {"a.tf": "one"}
    put(tmp_path, {**files, "k2l.json": record(files, line=1)})
    moved = compare(tmp_path, {**files, "k2l.json": record(files, line=9)})
    assert not moved.stale
    write(moved)
    assert json.loads((tmp_path / "k2l.json").read_text())["ledger"][0]["line"] == 9


def test_a_changed_file_a_missing_one_and_an_edited_one_are_stale(tmp_path):
    put(tmp_path, output(a_tf="one"))
    assert compare(tmp_path, output(a_tf="two")).stale
    assert compare(tmp_path, output(a_tf="one", b_tf="one")).stale
    (tmp_path / "a.tf").write_text("mine")
    assert compare(tmp_path, output(a_tf="one")).stale


def test_the_difference_is_unified_and_leaves_the_record_out(tmp_path):
    put(tmp_path, output(a_tf="one\n", b_tf="same\n"))
    shown = list(diff(compare(tmp_path, output(a_tf="two\n", b_tf="same\n"))))
    assert shown == ["--- a/a.tf", "+++ b/a.tf", "@@ -1 +1 @@", "-one", "+two"]


def test_new_and_removed_files_are_shown_against_dev_null(tmp_path):
    put(tmp_path, output(a_tf="one\n"))
    shown = list(diff(compare(tmp_path, output(b_tf="one\n"))))
    assert [line for line in shown if line.startswith(("---", "+++"))] == ["--- /dev/null", "+++ b/b.tf", "--- a/a.tf", "+++ /dev/null"]


def test_nothing_to_do_touches_nothing(tmp_path):
    put(tmp_path, output(a_tf="one"))
    before = (tmp_path / "k2l.json").stat().st_mtime_ns
    put(tmp_path, output(a_tf="one"))
    assert (tmp_path / "k2l.json").stat().st_mtime_ns == before
