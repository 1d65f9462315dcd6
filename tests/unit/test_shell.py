"""The simple commands of a container's words."""

from __future__ import annotations

import pytest

from k2l.converters import shell


def programs(*words):
    found = shell.commands(words)
    return None if found is None else [command.words for command in found if command.words]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("one; two && three || four | five", [("one",), ("two",), ("three",), ("four",), ("five",)]),
        ("one\ntwo 'a; b'", [("one",), ("two", "a; b")]),
        ("if one; then two; else three; fi", [("one",), ("two",), ("three",)]),
        ("until one; do two; done", [("one",), ("two",)]),
        ("for i in 1 2 3; do one $i; done", [("one", "$i")]),
        ("one $(two x) y", [("two", "x"), ("one", "$", "y")]),
        ('one "$(two x)" y', [("one", "$(two x)", "y"), ("two", "x")]),
        ("one `two x` y", [("two", "x"), ("one", "$", "y")]),
        ("A=1 B=2 one", [("one",)]),
        ("exec one", [("one",)]),
        ("timeout 60 sh -c 'one; two'", [("one",), ("two",)]),
        ("i=$((i+1)); one", [("one",)]),
        ("# a note\none", [("one",)]),
    ],
)
def test_a_script_is_cut_into_its_commands(script, found):
    assert programs("sh", "-c", script) == found


def test_words_without_a_shell_are_one_command():
    assert programs("/usr/bin/one", "a; b", "-c") == [("/usr/bin/one", "a; b", "-c")]


@pytest.mark.parametrize("script", ["one 'two", "cat <<END\nEND", "one `two", 'one "$(two $(three))"'])
def test_what_is_not_understood_is_nothing_at_all(script):
    assert programs("bash", "-ec", script) is None


def test_redirections_are_files_and_not_arguments():
    (command, *_) = shell.commands(["sh", "-c", "one a 2>/dev/null"]) or ()
    assert (command.files, programs("sh", "-c", "one a 2>/dev/null")) == (("/dev/null",), [("one", "a")])


def test_a_program_has_no_folder():
    (command,) = shell.commands(["/usr/local/bin/Kubectl", "get"]) or ()
    assert (command.program, command.arguments) == ("kubectl", "get")
