"""The hook for pre-commit, as it meets a commit of somebody who uses it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

from harness.linting import WARNED, WEB, WRONG
from harness.programs import ROOT
from harness.repository import Repository, clone

pytestmark = [pytest.mark.requires("git", "pre-commit", "package-index"), pytest.mark.xdist_group("pre-commit")]
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
DEPLOYMENT, SERVICE = WEB.split("---\n")


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return clone(tmp_path_factory.mktemp("k2l"))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Where pre-commit keeps the environment that it builds for the hook."""
    return {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}


@pytest.fixture
def theirs(ours, built, tmp_path):
    """``theirs(more)``: a repository with the hook installed, ``more`` being what its entry says beside the id."""

    def make(more: str = "") -> Repository:
        found = Repository(tmp_path, built)
        found.git("init", "--quiet")
        entry = f"repos: [{{repo: {ours.folder}, rev: {ours.git('rev-parse', 'HEAD')}, hooks: [{{id: k2l-lint{more}}}]}}]\n"
        found.put({".pre-commit-config.yaml": entry})
        installed = found.run(*PRE_COMMIT, "install")
        assert installed.returncode == 0, installed.stderr
        return found

    return make


def test_the_hooks_are_as_pre_commit_wants_them():
    done = subprocess.run([*PRE_COMMIT, "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_readme_shows_a_configuration_that_pre_commit_takes(tmp_path):
    (shown,) = re.findall(r"```yaml\n# \.pre-commit-config\.yaml.*?\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    (tmp_path / "shown.yaml").write_text(shown)
    done = subprocess.run([*PRE_COMMIT, "validate-config", tmp_path / "shown.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert [hook["id"] for hook in yaml.safe_load(shown)["repos"][0]["hooks"]] == [
        hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    ]


def test_a_commit_with_an_error_is_refused_with_the_finding_and_passes_without_it(theirs):
    repository = theirs()
    refused = repository.commit({"manifests/web.yaml": WRONG})
    assert refused.returncode == 1
    assert "K2L013 error" in refused.stderr
    assert "--> manifests/web.yaml:" in refused.stderr
    passed = repository.commit({"manifests/web.yaml": WEB})
    assert passed.returncode == 0, passed.stderr
    assert "Passed" in passed.stderr


def test_what_a_commit_does_not_change_is_read_too(theirs, k2l):
    repository = theirs(", args: [., --fail-on, warning]")
    assert repository.commit({"manifests/web.yaml": WEB}).returncode == 0
    passed = repository.commit({"manifests/web.yaml": DEPLOYMENT, "manifests/service.yaml": SERVICE})
    assert (passed.returncode, "Passed" in passed.stderr) == (0, True)
    alone = k2l("lint", str(repository.folder / "manifests/service.yaml"), "--fail-on", "warning")
    assert alone.exit_code == 1


def test_the_arguments_are_those_of_the_command(theirs):
    repository = theirs(", args: [manifests, --fail-on, warning, --output-format, concise]")
    assert repository.commit({"manifests/web.yaml": WEB, "elsewhere/wrong.yaml": WRONG}).returncode == 0
    refused = repository.commit({"manifests/web.yaml": WARNED})
    assert refused.returncode == 1
    assert "manifests/web.yaml:11:16: K2L121 warning" in refused.stderr


def test_a_commit_that_changes_no_manifest_is_not_looked_at(theirs):
    repository = theirs()
    repository.commit({"manifests/web.yaml": WEB})
    assert "Skipped" in repository.commit({"README.md": "Hello\n"}).stderr
    assert "Passed" in repository.commit({"chart/templates/_names.tpl": '{{ define "x" }}y{{ end }}'}).stderr
