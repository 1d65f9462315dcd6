"""Input that nobody meant well: each ends with a place and the right exit code, touches nothing else, and shows no secret."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness import programs
from harness.command import Ran, run_k2l
from harness.stages import files
from hostile import config_map, dump, in_every_field, service

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\ndata:\n  colour: grün\n"
WEB = dump(*service({"envFrom": [{"configMapRef": {"name": "good"}}]}))
PLACE = re.compile(r"[^\s:]+:\d+:\d+: \S.*")
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(programs.ROOT)}

# --- how a text may be kept ---

KEPT = {
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 of the other byte order": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "no line end": lambda text: text.rstrip("\n").encode(),
    "marks within": lambda text: text.replace("---\n", "---\n\ufeff").encode(),
}


@pytest.mark.parametrize("keep", KEPT.values(), ids=KEPT)
def test_however_a_text_is_kept_it_gives_the_same_output(k2l, tmp_path, keep):
    place = tmp_path / "in.yaml"
    place.write_bytes((MAP + WEB).encode())
    plain = k2l("convert", "in.yaml", "-o", "plain")
    place.write_bytes(keep(MAP + WEB))
    done = k2l("convert", "in.yaml")
    assert (done.exit_code, plain.exit_code) == (0, 0)
    expected = Ran(0, "", "", tmp_path / "plain").files
    assert {name for name in expected if expected[name] != done.files.get(name)} == {"k2l.json"}
    assert [(entry["path"], entry["line"]) for entry in done.record["ledger"]] == [
        (entry["path"], entry["line"]) for entry in json.loads(expected["k2l.json"])["ledger"]
    ]


# --- texts made to hurt ---

BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
HURTING = {
    "an alias bomb": MAP + BOMB,
    "merge keys that multiply": MAP
    + "m0: &m0 {a: 1, b: 2}\n"
    + "".join(f"m{n}: &m{n} {{<<: *m{n - 1}, k{n}: *m{n - 1}}}\n" for n in range(1, 60)),
    "an alias of itself": MAP + "me: &me [*me]\n",
    "lists without end": MAP + "deep: " + "[" * 200_000 + "\n",
    "maps without end": MAP + "deep: " + "{a: " * 200_000 + "\n",
    "lines of dashes without end": MAP + "deep:\n  " + "- " * 100_000 + "x\n",
    "indentation without end": MAP + "".join(f"{' ' * depth}k:\n" for depth in range(400)),
    "JSON without end": '{"apiVersion": "v1", "kind": "ConfigMap", "data": ' + '{"a":' * 200_000,
    "lists of lists of objects": "apiVersion: v1\nkind: List\nitems:\n"
    + "".join(f"{'  ' * n}- kind: List\n{'  ' * n}  items:\n" for n in range(300)),
}


@pytest.mark.parametrize("text", HURTING.values(), ids=HURTING)
@pytest.mark.parametrize("command", ["convert", "lint"])
def test_a_text_made_to_hurt_is_refused_with_its_place(k2l, command, text):
    Path("in.yaml").write_text(text)
    done = k2l(command, "in.yaml")
    assert done.exit_code == 2
    assert [line for line in done.stderr.splitlines() if not PLACE.fullmatch(line)] == []
    assert done.stderr.count("\n") < 5
    assert not done.folder.exists()


def test_a_number_of_any_length_is_a_value_like_another(convert):
    numbers = {
        "digits": "9" * 50_000,
        "hex": f"0x{'f' * 50_000}",
        "power": f"1e{'9' * 5000}",
        "zeros": "0" * 50_000,
        "under": "1_" * 9000 + "1",
    }
    done = convert(MAP + "".join(f"  {name}: {number}\n" for name, number in numbers.items()))
    assert done.exit_code == 0
    assert done.record["counts"]["leaves"] == 9


# --- names that lead elsewhere ---


def everything(folder: Path) -> dict[str, str]:
    """Every path below a folder, with a digest of what it holds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        held = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(held).hexdigest()
    return found


@pytest.mark.parametrize(("text", "to"), [("../../../escape", "terraform"), ("/escape", "sam"), ("..\\..\\x", "terraform")])
def test_a_path_in_any_field_of_any_kind_leads_nowhere(tmp_path, monkeypatch, text, to):
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "in.yaml").write_text(in_every_field(text))
    monkeypatch.chdir(tmp_path / "a/b")
    before = everything(tmp_path)
    done = run_k2l("convert", "../../in.yaml", "-o", "out", "--to", to, folder=Path("out"))
    assert done.exit_code in {0, 2}, done.stderr
    assert {path: digest for path, digest in everything(tmp_path).items() if not path.startswith("a/b/out")} == before


@pytest.mark.parametrize("key", ["../../escape", "/etc/passwd", "a/b", "..", ".", "x" * 300, ""])
def test_a_key_that_is_a_path_is_a_file_within_the_image_or_none(k2l, tmp_path, key):
    mounted = {"volumeMounts": [{"name": "texts", "mountPath": "/etc/texts"}]}
    volume = {"name": "texts", "configMap": {"name": "texts"}}
    (tmp_path / "in.yaml").write_text(dump(config_map("texts", {key: "content"}), *service(mounted, volumes=[volume])))
    before = everything(tmp_path)
    done = k2l("convert", "in.yaml")
    assert done.exit_code == 0, done.stderr
    assert {path: digest for path, digest in everything(tmp_path).items() if path.partition("/")[0] != "out"} == before


@pytest.mark.parametrize("path", ["../../../escape", "/", "/../..", "/" + "x" * 300, "/a\0b", "//", "/k2l", "relative"])
def test_a_mount_at_any_path_is_within_the_image_or_nowhere(k2l, tmp_path, path):
    mounts = [{"name": "texts", "mountPath": path}, {"name": "texts", "mountPath": f"{path}/inner", "subPath": "one"}]
    volume = {"name": "texts", "configMap": {"name": "texts"}}
    given = dump(config_map("texts", {"one": "content"}), *service({"volumeMounts": mounts}, volumes=[volume]))
    (tmp_path / "in.yaml").write_text(given)
    before = everything(tmp_path)
    done = k2l("convert", "in.yaml")
    assert done.exit_code == 0, done.stderr
    assert {path: digest for path, digest in everything(tmp_path).items() if path.partition("/")[0] != "out"} == before


# --- files that are none ---


def test_links_that_lead_to_themselves_are_told_and_hide_nothing(k2l, tmp_path):
    (tmp_path / "m/deep").mkdir(parents=True)
    (tmp_path / "m/good.yaml").write_text(MAP)
    (tmp_path / "m/loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "m/one.yaml").symlink_to("two.yaml")
    (tmp_path / "m/two.yaml").symlink_to("one.yaml")
    (tmp_path / "m/deep/up").symlink_to("../..")
    done = k2l("convert", "m", "--keep-going")
    assert done.exit_code == 1
    told = [line for line in done.stderr.splitlines() if "symbolic links" in line]
    assert [line.partition(": ")[0] for line in told] == ["loop.yaml", "one.yaml", "two.yaml"]
    assert done.record["counts"]["objects"] == 1


def test_what_never_ends_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "m").mkdir()
    (tmp_path / "m/good.yaml").write_text(MAP)
    os.mkfifo(tmp_path / "m/pipe.yaml")
    (tmp_path / "m/zero.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        # The path of a socket has a hundred bytes.
        monkeypatch.chdir(tmp_path / "m")
        listening.bind("socket.yaml")
        monkeypatch.chdir(tmp_path)
        command = [sys.executable, "-m", "k2l", "lint", "m"]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if "left out" in line] == [
        f"m/{name}: left out: it is a device, a pipe or a socket" for name in ("pipe.yaml", "socket.yaml", "zero.yaml")
    ]


@pytest.mark.requires("bash")
def test_a_pipe_that_is_named_is_read(tmp_path):
    (tmp_path / "in.yaml").write_text(MAP)
    command = ["bash", "-c", '"$0" -m k2l lint <(cat in.yaml)', sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "1 finding in 1 object: 1 note")


def test_a_name_that_no_disk_takes_is_told(k2l):
    done = k2l("convert", "x" * 5000)
    assert (done.exit_code, done.stderr) == (2, f"{'x' * 5000}: cannot be read: File name too long\n")
    Path("in.yaml").write_text(MAP)
    done = k2l("convert", "in.yaml", "-o", "x" * 5000)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == f"{'x' * 5000}: cannot read the output folder: File name too long"


@pytest.fixture
def bound(tmp_path) -> Callable[..., Ran]:
    """``k2l`` as somebody whom the modes of files bind; they do not bind root, unless it gives that up."""
    program = [sys.executable, "-m", "k2l"]
    if os.geteuid() == 0:
        program = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *program]

    def run(*arguments: str) -> Ran:
        done = subprocess.run([*program, *arguments], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        return Ran(done.returncode, done.stdout, done.stderr, tmp_path / "out")

    return run


@pytest.fixture
def locked(tmp_path) -> Iterator[Path]:
    """A folder with manifests that nobody may open, list or look into."""
    folder = tmp_path / "m"
    for name in ("good.yaml", "unreadable.yaml", "unlisted/x.yaml", "unsearchable/x.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(MAP)
    modes = {folder / "unreadable.yaml": 0o000, folder / "unlisted": 0o300, folder / "unsearchable": 0o600}
    for path, mode in modes.items():
        path.chmod(mode)
    yield folder
    for path in modes:
        path.chmod(0o700)


@pytest.mark.usefixtures("locked")
def test_what_may_not_be_read_is_told_by_name_and_hides_nothing_else(bound):
    done = bound("convert", "m")
    assert (done.exit_code, sorted(done.stderr.splitlines())) == (
        2,
        [
            "unlisted: cannot be read: Permission denied",
            "unreadable.yaml: cannot be read: Permission denied",
            "unsearchable: what is in this folder cannot be read: Permission denied",
        ],
    )
    assert not done.folder.exists()
    rest = bound("convert", "m", "--keep-going")
    assert (rest.exit_code, rest.record["counts"]["objects"]) == (1, 1)


@pytest.mark.parametrize("argument", ["m/unreadable.yaml", "m/unsearchable/x.yaml", "m/unlisted", "m/unsearchable"])
@pytest.mark.parametrize("command", ["convert", "lint"])
def test_what_is_named_and_may_not_be_read_is_told(bound, locked, command, argument):
    assert locked.is_dir()
    done = bound(command, argument)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"{argument}: ")
    assert done.stderr.endswith("cannot be read: Permission denied\n")


@pytest.mark.parametrize("option", ["--config=m/unsearchable/k2l.yaml", "--output=m/unsearchable/out", "--output=m/readonly"])
def test_a_place_that_may_not_be_used_is_told_by_name(bound, locked, option):
    (locked / "readonly").mkdir(mode=0o500)
    done = bound("convert", "m/good.yaml", option)
    assert done.exit_code == 2
    place, _, words = done.stderr.splitlines()[-1].partition(": ")
    assert place == option.partition("=")[2]
    assert words.endswith("Permission denied")
    assert not any((locked / "readonly").iterdir())


def test_a_manifest_that_is_read_only_is_not_mended(bound, tmp_path):
    text = dump(*service({"env": [{"name": "PORT", "value": 8080}]}))
    (tmp_path / "web.yaml").write_text(text)
    (tmp_path / "web.yaml").chmod(0o444)
    done = bound("lint", "web.yaml", "--fix")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, "web.yaml: cannot be written: Permission denied")
    assert (tmp_path / "web.yaml").read_text() == text


# --- what other people broke ---


@pytest.mark.requires("corpus")
@pytest.mark.parametrize("name", ["broken", "hazards"])
def test_every_broken_and_every_odd_manifest_of_other_people_is_linted_or_refused_with_a_place(corpus, tmp_path, monkeypatch, name):
    monkeypatch.chdir(corpus / name)
    ended = {path: run_k2l("lint", path.relative_to(corpus / name).as_posix(), folder=tmp_path) for path in files(corpus / name)}
    refused = {path: done for path, done in ended.items() if done.exit_code == 2}
    assert {done.exit_code for done in ended.values()} <= {0, 1, 2}
    assert len(refused) > 4
    assert [line for done in refused.values() for line in done.stderr.splitlines() if not PLACE.fullmatch(line)] == []
    assert [path for path, done in refused.items() if done.stdout] == []


@pytest.mark.requires("corpus")
@pytest.mark.parametrize("to", ["terraform", "sam"])
def test_all_of_them_at_once_convert_to_what_can_be_read_and_each_problem_has_its_place(k2l, corpus, to):
    done = k2l("convert", str(corpus / "broken"), str(corpus / "hazards"), "--keep-going", "--to", to)
    assert done.exit_code == 1
    problems = [line for line in done.stderr.partition("\n\n")[0].splitlines() if ": left out" not in line and PLACE.match(line)]
    assert len(problems) > 15
    assert done.record["counts"]["objects"] > 80


def test_a_conversion_that_memory_does_not_suffice_for_says_so(tmp_path):
    (tmp_path / "in.yaml").write_text(MAP + "".join(f"  key{number}: value\n" for number in range(150_000)))
    script = "import resource; resource.setrlimit(resource.RLIMIT_AS, (160 << 20, 160 << 20)); from k2l.cli import run; run()"
    command = [sys.executable, "-c", script, "convert", "in.yaml"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "there is not enough memory for this input; convert fewer files at a time\n")
    assert not (tmp_path / "out").exists()
