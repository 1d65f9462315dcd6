"""The examples for pipelines of other people: valid where they go, and their scripts do what they are there for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness import programs
from harness.linting import WARNED, WEB
from harness.programs import ROOT
from harness.repository import clone
from harness.workflow_steps import BASH, action

EXAMPLES = ROOT / "docs/ci"
VALID = {
    "action.yml": ("vendor.github-actions",),
    "docs/ci/github-workflow.yml": ("vendor.github-workflows",),
    "docs/ci/gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}
HALF = "#!/bin/sh\nprintf '%s\\n' 'apiVersion: v1' 'kind: Namespace' 'metadata: {name: a}'\necho 'Error: it broke' >&2\nexit 1\n"
CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def job() -> Any:
    return yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text())["lint-manifests"]


def scripts() -> dict[str, str]:
    """Everything that a shell reads, with its first line."""
    found = {path.name: path.read_text() for path in sorted(EXAMPLES.glob("*.sh"))}
    found |= {f"action: {step.name}": f"#!/usr/bin/env bash\n{step.script}" for step in action(ROOT / "action.yml").steps}
    return {**found, "gitlab": "#!/usr/bin/env bash\n" + "\n".join(job()["script"])}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run("helm.sh", ...)`` in an empty folder where k2l is a program."""
    monkeypatch.chdir(tmp_path)
    programs_here = tmp_path / "bin"
    programs_here.mkdir()
    put(programs_here / "k2l", f'#!/bin/sh\nexec {sys.executable} -m k2l "$@"\n')

    def start(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": f"{programs_here}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
        return subprocess.run([EXAMPLES / script, *arguments], env=environment, capture_output=True, text=True, check=False)

    return start


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def chart(text):
    put(Path("chart/Chart.yaml"), CHART)
    put(Path("chart/templates/web.yaml"), text)


@pytest.mark.requires("check-jsonschema")
@pytest.mark.parametrize("file", VALID)
def test_a_file_is_as_its_reader_wants_it(file):
    command = [str(programs.find("check-jsonschema")), "--builtin-schema", *VALID[file], str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.requires("check-jsonschema")
def test_the_check_of_a_file_finds_what_is_wrong(tmp_path):
    wrong = tmp_path / "action.yml"
    wrong.write_text((ROOT / "action.yml").read_text().replace("shell: bash", "shel: bash"))
    command = [str(programs.find("check-jsonschema")), "--builtin-schema", "vendor.github-actions", str(wrong)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.requires("shellcheck")
@pytest.mark.parametrize("name", scripts())
def test_shellcheck_finds_nothing_in_a_script(name):
    command = [str(programs.find("shellcheck")), "-"]
    done = subprocess.run(command, input=scripts()[name], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_no_expression_is_in_a_script_of_the_action_and_every_input_is_used():
    text = (ROOT / "action.yml").read_text()
    found = action(ROOT / "action.yml")
    assert all("${{" not in line for step in found.steps for line in step.script.splitlines() if not line.lstrip().startswith("#"))
    assert all(f"inputs.{name}" in text for name in found.defaults)


def test_the_workflow_gives_the_action_inputs_that_it_has():
    workflow = yaml.safe_load((EXAMPLES / "github-workflow.yml").read_text())
    (step,) = [step for step in workflow["jobs"]["lint"]["steps"] if step.get("uses", "").startswith("OWNER/k2l@")]
    assert set(step["with"]) <= set(action(ROOT / "action.yml").defaults)


@pytest.mark.requires("git", "package-index")
def test_the_job_of_gitlab_leaves_its_reports_whether_it_fails_or_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    checkout = clone(tmp_path / "k2l")
    reports = job()["artifacts"]["reports"]
    for text, code in ((WARNED, 1), (WEB, 0)):
        put(Path("manifests/web.yaml"), text)
        environment = {**os.environ, **job()["variables"], "K2L": str(checkout.folder)}
        done = subprocess.run([*BASH, "-c", "\n".join(job()["script"])], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert len(json.loads(Path(reports["codequality"]).read_text())) == code
        assert ET.parse(reports["junit"]).getroot().attrib["failures"] == str(code)


@pytest.mark.requires("helm")
def test_what_helm_renders_is_linted(run, helm_program):  # noqa: ARG001 - it is on the PATH
    chart(WEB.replace("1.2", "{{ .Values.tag }}"))
    assert run("helm.sh", "shop", "chart", "--set", "tag=1.3").returncode == 0
    found = run("helm.sh", "shop", "chart", "--set", "tag=latest", "--namespace", "shop")
    assert found.returncode == 1
    assert "(rendered from shop/templates/web.yaml)" in found.stdout
    failed = run("helm.sh", "shop", "chart", "--values", "none.yaml")
    assert failed.returncode == 2
    assert "Error: open none.yaml: no such file or directory" in failed.stderr


@pytest.mark.parametrize(("script", "program"), [("helm.sh", "helm"), ("argocd.sh", "argocd")])
def test_a_renderer_that_fails_half_way_fails_the_pipeline(run, script, program):
    put(Path("bin") / program, HALF)
    done = run(script, "shop", "abc")
    assert done.returncode == 1
    assert "Error: it broke" in done.stderr


def test_what_argo_cd_renders_of_a_commit_is_linted(run):
    put(Path("bin/argocd"), '#!/bin/sh\n[ "$*" = "app manifests shop --revision 4f2a" ] && cat rendered.yaml\n')
    put(Path("rendered.yaml"), f"---\n{WARNED}")
    done = run("argocd.sh", "shop", "4f2a")
    assert done.returncode == 1
    assert "K2L121 warning" in done.stdout
