"""The GitHub Action: its steps run here as a runner runs them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from harness.command import run_k2l
from harness.linting import WARNED, WEB, WRONG
from harness.programs import ROOT
from harness.repository import clone
from harness.workflow_steps import action

ACTION = action(ROOT / "action.yml")
HOSTILE = "$(touch pwned) `touch pwned` \"; touch pwned; ' ${{ github.token }} * --exit-zero"

pytestmark = [pytest.mark.requires("git", "package-index"), pytest.mark.xdist_group("github-action")]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory):
    """A runner's own folder, with k2l installed by the action's own step from a checkout of this repository."""
    folder = tmp_path_factory.mktemp("runner")
    install, _ = ACTION.steps
    checkout = clone(tmp_path_factory.mktemp("action"))
    done = install.run(checkout.folder, {"RUNNER_TEMP": str(folder), "GITHUB_ACTION_PATH": str(checkout.folder)})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def run(temporary, tmp_path, monkeypatch):
    """``run(paths=...)``: the step that lints, in a workspace, with these inputs; ``summary.md`` is beside the workspace."""
    workspace = tmp_path / "work space"
    workspace.mkdir()
    monkeypatch.chdir(workspace)
    lint = ACTION.steps[-1]

    def start(**given: str) -> subprocess.CompletedProcess[str]:
        inputs = {name.replace("_", "-"): value for name, value in given.items()}
        runner = {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        return lint.run(workspace, {**ACTION.environment(lint, inputs), **runner})

    return start


def put(files):
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def test_findings_are_annotations_and_in_the_summary(run, tmp_path):
    put({"manifests/web.yaml": WRONG})
    done = run(paths="manifests", sarif="found.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=manifests/web.yaml,line=")
    assert (tmp_path / "summary.md").read_text().startswith("**k2l lint**: 2 findings in 4 objects")
    assert len(json.loads(Path("found.sarif").read_text())["runs"][0]["results"]) == 2


@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        (WEB, {}, 0),
        (WARNED, {}, 0),
        (WARNED, {"fail_on": "warning"}, 1),
        (WARNED, {"fail_on": "warning", "ignore": "K2L121"}, 0),
        (WRONG, {"select": "K2L1"}, 0),
        (WRONG, {"paths": "nothing"}, 2),
        (WEB, {"fail_on": "never"}, 2),
    ],
)
def test_the_exit_code_is_that_of_the_command(run, text, given, code):
    put({"web.yaml": text})
    assert run(**given).returncode == code


@pytest.mark.parametrize("name", ACTION.defaults)
def test_an_input_is_data_whatever_is_in_it(run, tmp_path, name):
    put({"web.yaml": WRONG})
    for text in ("$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "'; touch pwned; '", "x; touch pwned", HOSTILE):
        run(**{name.replace("-", "_"): text})
    assert list(tmp_path.rglob("pwned")) == []


def test_paths_with_anything_in_them_are_read_one_on_a_line(run):
    put({"a b/web.yaml": WEB, f"{HOSTILE.replace('/', '')}/api.yaml": WARNED.replace("web", "api"), "--exit-zero/x.yaml": WRONG})
    done = run(paths=f"a b\n\n{HOSTILE}\n", output_format="concise", fail_on="warning")
    assert done.returncode == 1
    assert "0 findings" not in done.stderr
    assert "in 4 objects" in done.stderr
    assert run(paths="--exit-zero").returncode == 1


@pytest.mark.requires("helm")
def test_values_reach_a_chart_one_on_a_line(run, helm_program):  # noqa: ARG001 - it is on the PATH
    chart = WEB.replace("web:1.2", "web:{{ .Values.tag }}{{ .Values.end }}")
    put({"chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "chart/templates/web.yaml": chart})
    put({"one two.yaml": "tag: lat\n", "three.yaml": "end: est\n"})
    done = run(paths="chart", values="one two.yaml\nthree.yaml", output_format="concise")
    assert 'has the tag "latest"' in done.stdout
    done = run(paths="chart", values="one two.yaml", set="end=er\ntag=lat", output_format="concise")
    assert (done.stdout, done.returncode) == ("", 0)


def test_what_is_known_does_not_fail_the_step(run):
    put({"web.yaml": WARNED})
    run_k2l("lint", "web.yaml", "--baseline", "known.json", "--update-baseline", folder=Path())
    assert run(baseline="known.json", fail_on="note").returncode == 0


def test_the_summary_can_be_left_out_and_is_never_too_long(run, tmp_path):
    put({"web.yaml": WARNED})
    run(summary="false")
    assert not (tmp_path / "summary.md").exists()
    long = WARNED.replace("example.com", f"example.com/{'x' * 250}")
    put({"many.yaml": "---\n".join(long.replace("web", f"web-{number}") for number in range(2200))})
    assert len(run().stdout) > 2**20 > (tmp_path / "summary.md").stat().st_size
    assert "The log has the rest." in (tmp_path / "summary.md").read_text()
