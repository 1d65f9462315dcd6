"""What convert says on the terminal."""

import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.finding import Target
from k2l.formats.text import words
from k2l.formats.text.summary import verdict
from k2l.printable import printable

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME, namespace: shop}
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      HOST
      containers:
      - name: app
        image: example.com/app:1.2
        ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: NAME, namespace: shop}
spec: {selector: {app: NAME}, ports: [{port: 80, targetPort: 8080}]}
"""
WEB = DEPLOYMENT.replace("NAME", "web").replace("HOST", "{}").replace("      {}\n", "")
AGENT = DEPLOYMENT.replace("NAME", "agent").replace("HOST", "hostNetwork: true")
SECRET = """\
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
data: {motto: correct horse!}
"""


@dataclass
class Placed:
    target: Target


def placed(**numbers: int) -> list[Placed]:
    return [Placed(Target[name.upper()]) for name, number in numbers.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        ({}, "Nothing here runs pods."),
        ({"lambda": 1}, "The only workload moves to Lambda."),
        ({"lambda": 3}, "All 3 workloads move to Lambda."),
        ({"lambda": 2, "kubernetes": 1}, "Of 3 workloads, 2 move to Lambda and 1 stays on Kubernetes."),
        (
            {"fargate": 2, "managed_service": 1, "none": 1},
            "Of 4 workloads, 2 move to Fargate, 1 becomes a managed AWS service and 1 is not needed on AWS.",
        ),
        ({"kubernetes": 1}, "Of 1 workload, 1 stays on Kubernetes."),
    ],
)
def test_the_verdict_is_one_sentence(targets, sentence):
    assert verdict(placed(**targets)) == sentence  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10_000), min_size=1))
def test_shares_add_up_to_100_and_are_never_off_by_a_whole_per_cent(counts):
    found = words.shares(counts)
    total = sum(counts.values())
    assert sum(found.values()) == (100 if total else 0)
    assert all(abs(found[name] - number * 100 / total) < 1 for name, number in counts.items() if total)


def test_the_first_screen_says_what_was_read_placed_kept_assumed_and_found(convert):
    lines = convert({"web.yaml": WEB, "agent.yaml": AGENT}).stderr.splitlines()
    assert lines[:7] == [
        "Of 2 workloads, 1 moves to Lambda and 1 stays on Kubernetes.",
        "",
        "Read      4 objects, 33 fields in 2 files",
        'Placed    Deployment/shop/agent -> stays on Kubernetes  agent.yaml:9 K2L111 "hostNetwork" needs a node of one\'s own',
        "          Deployment/shop/web   -> Lambda",
        "Fields    14 mapped (42 %), 17 kept elsewhere (52 %), 2 not needed (6 %), 0 unhandled (0 %)",
        "Assumed   2 answers that no manifest gives; each is in README.md with where to change it",
    ]
    assert lines[7].startswith("Found     1 warning")
    assert [line.split()[0] for line in lines[-2:]] == ["Wrote", "Next"]


def test_of_many_workloads_those_on_lambda_are_counted_and_the_others_named(convert):
    many = "---\n".join(DEPLOYMENT.replace("NAME", f"web{n}").replace("      HOST\n", "") for n in range(20))
    lines = convert(f"{many}---\n{AGENT}").stderr.splitlines()
    assert "Placed    20 workloads -> Lambda" in lines
    assert any(line.startswith("          Deployment/shop/agent -> stays on Kubernetes") for line in lines)
    assert "Deployment/shop/web7" not in "\n".join(lines)


def test_warnings_stand_on_a_line_each_with_their_place(convert):
    assert any(re.fullmatch(r' {10}input\.yaml:9:20 K2L111 "hostNetwork" needs .*', line) for line in convert(AGENT).stderr.splitlines())


def test_verbose_shows_a_finding_with_its_line(convert):
    said = convert(AGENT, "-v").stderr.splitlines()
    first = next(number for number, line in enumerate(said) if line.startswith("K2L111 warning: "))
    assert said[first + 1 : first + 6] == [
        " --> input.yaml:9:20",
        "  |",
        "9 | hostNetwork: true",
        "  |              ^^^^",
        "  = object: Deployment/shop/agent spec.template.spec.hostNetwork",
    ]
    assert said[first + 6].startswith("  = help: ")


@pytest.mark.parametrize(
    "manifest",
    [
        SECRET,
        SECRET.replace("data: {motto: correct horse!}", "data:\n  motto: |\n    correct horse!\n    again correct horse!"),
        SECRET.replace("correct horse!", "[correct horse!]"),
    ],
    ids=["flow", "block", "list"],
)
def test_a_line_with_a_secret_is_shown_without_it(convert, manifest):
    said = convert(manifest, "-v").stderr
    assert "K2L0" in said
    assert "correct" not in said


CREDENTIALS = [
    "{name: DB_PASSWORD, value: hunter2-hunter2}",
    "{name: KEY, value: AKIAIOSFODNN7EXAMPLE}",
    "{name: DB_PASSWORD, value: 31415926535}",
]


@pytest.mark.parametrize("env", CREDENTIALS)
def test_a_literal_that_looks_like_a_credential_is_not_shown(convert, env):
    said = convert(WEB.replace("        ports:", f"        env: [{env}]\n        ports:"), "-v").stderr
    assert "value: (sensitive)" in said
    assert "hunter2" not in said
    assert "AKIA" not in said
    assert "31415926535" not in said


def test_a_manifest_cannot_write_to_the_terminal(convert):
    done = convert(WEB.replace("name: web, namespace", 'name: "web\\e[2J\\n\\u202E", namespace'), "-v")
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", done.stderr + done.stdout)


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1bb", r"a\x1bb"), ("a\nb", r"a\nb"), ("a\tb", "a b"), ("\u202e", r"\u202e"), ("größe 名", "größe 名")]
)
def test_what_a_terminal_would_obey_is_spelt_out(text, shown):
    assert printable(text) == shown
