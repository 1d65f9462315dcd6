"""What users read when their YAML is broken: where, and what to do."""

from pathlib import Path

import pytest

from harness import programs
from k2l.errors import UserError
from k2l.source import decode, load


def problems(text: str) -> list[str]:
    return [str(problem) for problem in load(text, "web.yaml").problems]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n\tb: 1\n", "2:1", "tab"),
        ("a: 1\n  b: 2\n", "2:4", "mend the indentation"),
        ("a: b: c\n", "1:5", "quote a value with ': ' in it"),
        ("a: x\nb\nc: 1\n", "2:1", "write key: value"),
        ("a:\n  - 1\n - 2\n", "3:2", "not indented like its neighbours"),
        ("- a\nb: 1\n", "2:1", "not indented like the '- ' items"),
        ("a: 1\nb: 'x\nc: 1\n", "2:4", "quote that opens here"),
        ("a: [1, 2\nb: 3\n", "1:4", "bracket that opens here"),
        ("a: [1,\n", "2:1", "document ends here, before a bracket"),
        ("a: @x\n", "1:4", "put the value in quotes"),
        ("a: *\n", "1:4", "needs quotes"),
        ("a: *x\n", "1:4", "alias has no anchor"),
        ("a: &x [*x]\n", "1:8", "inside its own anchor"),
        ("a: !!\n", "1:6", "needs quotes"),
        ('a: "\\q"\n', "1:5", "use single quotes"),
        ("a: - 1\n", "1:4", "line of its own"),
        ("a: ? b\n", "1:4", "put quotes around"),
        ("a: |x\n  b\n", "1:5", "begins on the next line"),
        ("a: x\x07\n", "1:5", "control character"),
        ("%YAML 3.0\n---\na: 1\n", "1:1", "line that begins with %"),
        ("{a: 1}\nb: 2\n", "2:1", "after the end of the document"),
        ("[a]: 1\n", "1:1", "a key must be"),
        ("a: &x {}\n*x : 1\n", "2:1", "a key must be"),
        ("a: 1\n<<: 5\n", "2:1", "<< must stand before a map"),
        ("a: 1\nb:\n  a: 1\na: 2\n", "4:1", "'a' stands in this map twice, first on line 1"),
        ("1: a\n'1': b\n", "2:1", "twice"),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_do(text, place, words):
    (problem,) = problems(text)

    assert problem.startswith(f"web.yaml:{place}: ")
    assert words in problem


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("metadata:\n  name: {{ .Release.Name }}\n", "2:9"),
        ("a: 1\n{{- if .Values.x }}\nb: 1\n{{- end }}\n", "2:1"),
        ("{{- range .Values.x }}\na: {{ . }}\n{{ end }}\n", "1:1"),
        ("a:\n  {{- toYaml . | nindent 2 }}\n", "2:3"),
        ("a: {% if x %}\n", "1:4"),
        ("a:\n  b: {{x}}y\nc: 1\n", "2:6"),
        ("a: 'x\nb: 1\nc: 1\nd: {{ .Values.x }}\n", "4:4"),
    ],
)
def test_a_template_is_to_be_rendered_first(text, place):
    (problem,) = problems(text)

    assert problem.startswith(f"web.yaml:{place}: ")
    assert "helm template CHART | k2l convert -" in problem


def test_braces_in_text_are_no_template():
    assert problems('a: "{{ .Values.x }}"\nb: |\n  {{ $labels.pod }}\nc: x{{ y }}\n') == []


def test_a_broken_document_does_not_hide_the_others():
    text = "a: 1\n---\nb: [\n---\nc: 1\n---\nd: 'x\n---\ne: 1\ne: 2\n---\nf: 1\n"
    loaded = load(text, "web.yaml")

    assert [node.plain() for node in loaded.objects] == [{"a": 1}, {"c": 1}, {"f": 1}]
    assert [problem.line for problem in loaded.problems] == [4, 7, 10]


def test_all_duplicate_keys_of_a_document_are_told_at_once():
    assert len(problems("a: 1\na: 2\nb: {c: 1, c: 2}\nd: !x 1\n")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "password: hunter2: x\n",
        "password: *hunter2\n",
        "password: !hunter2 x\n",
        "password: @hunter2\n",
        "password: %hunter2\n",
        "password: 'hunter2\n",
        'password: "\\hunter2"\n',
        "password: !!int hunter2\n",
        "password: !!binary hunter2\n",
        "password: {hunter2\n",
        "password: hunter2\x07\n",
        "password: |hunter2\n",
    ],
)
def test_no_problem_repeats_a_value(text):
    (problem,) = problems(text)

    assert "hunter2" not in problem


@pytest.mark.parametrize("data", [b"a: 1\nb: \xe9\n", b"a: 1\nb: \xff"])
def test_bytes_that_are_no_utf8_are_a_problem_with_its_place(data):
    with pytest.raises(UserError, match=r"^web.yaml:2:4: this is not UTF-8; save the file as UTF-8$"):
        decode(data, "web.yaml")


@pytest.mark.requires("corpus")
@pytest.mark.parametrize("path", sorted((programs.find("corpus") or Path("none")).glob("broken/**/*.y*ml")), ids=lambda path: path.name)
def test_broken_manifests_of_other_people_give_problems_with_places(path):
    loaded = load(decode(path.read_bytes(), path.name), path.name)

    assert all(problem.line and problem.column and problem.file == path.name for problem in loaded.problems)
    assert loaded.problems or path.name == "helm-release.yaml"  # an anchor defined twice, which kubectl takes
