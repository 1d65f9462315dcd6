"""k2l lint where people have the program helm: it renders, and what it says is what they read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from harness.linting import WEB, codes, read

pytestmark = pytest.mark.requires("helm")
CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
VALUES = "image: {name: example.com/web, tag: '1.2'}\n"


@pytest.fixture
def chart(k2l, helm_program, monkeypatch):  # noqa: ARG001 - it is on the PATH
    """``chart(*options)`` lints one whose image comes from its values; without the library, so that only the program can render."""
    monkeypatch.setitem(sys.modules, "helm_python", None)
    Path("charts/web/templates").mkdir(parents=True)
    Path("charts/web/Chart.yaml").write_text(CHART)
    Path("charts/web/values.yaml").write_text(VALUES)
    Path("charts/web/templates/web.yaml").write_text(WEB.replace("example.com/web:1.2", "{{ .Values.image.name }}:{{ .Values.image.tag }}"))

    def run(*options: str):
        return k2l("lint", "charts/web", "--output-format", "json", *options)

    return run


def test_the_program_renders_where_there_is_one(chart):
    assert codes(chart()) == []
    found = read(chart("--set", "image.tag=latest"))
    assert [(f["code"], f["file"], f["template"]) for f in found["findings"]] == [
        ("K2L121", "charts/web/templates/web.yaml", "shop/templates/web.yaml")
    ]


def test_values_are_those_of_the_files_in_their_order_and_then_those_set(chart):
    Path("one.yaml").write_text("image: {tag: latest}\n")
    Path("two.yaml").write_text("image: {tag: '1.3'}\n")
    assert codes(chart("--values", "one.yaml")) == ["K2L121"]
    assert codes(chart("--values", "one.yaml", "-f", "two.yaml")) == []
    assert codes(chart("--values", "one.yaml", "-f", "two.yaml", "--set", "image.tag=latest")) == ["K2L121"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--values", "none.yaml"), "charts/web: Helm cannot render this chart: open none.yaml: no such file or directory"),
        (("--set", "image=x"), "can't evaluate field name in type"),
    ],
)
def test_what_the_program_says_of_a_failure_passes_through(chart, options, words):
    done = chart(*options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_namespace_is_that_of_the_release(chart):
    text = WEB.replace("namespace: shop", "namespace: {{ .Release.Namespace }}").replace("1.2", "latest")
    Path("charts/web/templates/web.yaml").write_text(text)
    (found,) = read(chart("--namespace", "prod"))["findings"]
    assert found["object"] == "Deployment/prod/web"
