"""Completion, in the shells that people have: what is typed up to the tabulator, and what the shell makes of it."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from harness.programs import ROOT

# As a program it shows what a shell made of a line; only what shells ask it reaches the real one.
PROGRAM = f"""\
#!/bin/sh
if [ -n "$_K2L_COMPLETE" ]; then exec {Path(sys.executable).with_name("k2l")} "$@"; fi
printf '%s\\n' "$*" >>ran
"""
SETUP = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(_K2L_COMPLETE=bash_source k2l)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(_K2L_COMPLETE=zsh_source k2l)"'),
}
FISH = "_K2L_COMPLETE=fish_source k2l | source"
TYPED = {
    "k2l expl\t K2L12\t": "explain K2L12",
    "k2l explain K2L121\t": "explain K2L121",
    "k2l explain no-livene\t": "explain no-liveness",
    "k2l fields StatefulS\t": "fields StatefulSet",
    "k2l lint --sel\t K2L213,K2L12\t1\t": "lint --select K2L213,K2L121",
    "k2l lint --output-format sar\t": "lint --output-format sarif",
    "k2l lint --target far\t manif\t": "lint --target fargate manifests",
    "k2l lint --baseline kno\t": "lint --baseline known.json",
    "k2l convert --to terr\t manif\t -o fold\t": "convert --to terraform manifests -o folder",
    "k2l secrets pu\t manif\t": "secrets push manifests",
}


@pytest.mark.parametrize("line", [setup.rpartition("; ")[2] for _, setup in SETUP.values()] + [FISH])
def test_the_readme_says_the_line_that_is_tested(line):
    assert f"    {line} " in (ROOT / "README.md").read_text()


@pytest.fixture
def workplace(tmp_path):
    """A folder with k2l on the PATH, manifests and a baseline."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/k2l").write_text(PROGRAM)
    (tmp_path / "bin/k2l").chmod(0o755)
    (tmp_path / "manifests").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "known.json").write_text("{}")
    return tmp_path


def environment(workplace):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("K2L")}
    return {**kept, "PATH": f"{workplace}/bin:{os.environ['PATH']}", "HOME": str(workplace), "TERM": "xterm", "PYTHONPATH": str(ROOT)}


def typed(workplace, shell, lines):
    """What the program was called with, when a person has typed these lines."""
    command, setup = SETUP[shell]
    keyboard, terminal = pty.openpty()
    env = environment(workplace)
    child = subprocess.Popen(command, cwd=workplace, env=env, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True)
    os.close(terminal)
    os.write(keyboard, "".join(f"{line}\n" for line in (setup, *lines, "exit")).encode())
    shown = b""
    # When the last one closes the terminal, reading fails: https://man7.org/linux/man-pages/man4/pts.4.html
    with contextlib.suppress(OSError):
        while more := os.read(keyboard, 4096):
            shown += more
    child.wait(30)
    os.close(keyboard)
    ran = workplace / "ran"
    assert ran.exists(), shown.decode()
    # zsh takes the slash behind a folder away again.
    return [" ".join(word.rstrip("/") for word in line.split()) for line in ran.read_text().splitlines()]


@pytest.mark.parametrize("shell", [pytest.param(name, marks=pytest.mark.requires(name)) for name in SETUP])
def test_the_shell_completes_what_is_typed(workplace, shell):
    assert typed(workplace, shell, TYPED) == list(TYPED.values())


@pytest.fixture
def fish(workplace):
    """``fish(line)``: what it offers for the last word, with what it says of each."""

    def offered(line: str) -> dict[str, str]:
        script = f"{FISH}; complete --do-complete '{line}'"
        command = ["fish", "--no-config", "-c", script]
        done = subprocess.run(command, cwd=workplace, env=environment(workplace), capture_output=True, text=True, check=False)
        return {value: said for value, _, said in (each.partition("\t") for each in done.stdout.splitlines())}

    return offered


@pytest.mark.requires("fish")
@pytest.mark.parametrize("line", [line for line in TYPED if line.count("\t") == 1])
def test_fish_completes_what_is_typed(fish, line):
    assert TYPED[line].rpartition(" ")[2] in fish(line.rstrip("\t"))


@pytest.mark.requires("fish")
def test_codes_are_offered_with_what_the_rules_are_about(fish):
    offered = fish("k2l lint --select K2L12")
    assert offered.keys() >= {"K2L121", "K2L122"}
    assert all(offered.values())


def test_a_code_that_is_there_is_not_offered_again(workplace):
    asked = {"COMP_WORDS": "k2l lint --select k2l121,K2L12", "COMP_CWORD": "3", "_K2L_COMPLETE": "bash_complete"}
    done = subprocess.run([workplace / "bin/k2l"], env={**environment(workplace), **asked}, capture_output=True, text=True, check=True)
    offered = done.stdout.splitlines()
    assert "plain,k2l121,K2L122" in offered
    assert "plain,k2l121,K2L121" not in offered
