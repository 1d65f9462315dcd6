"""Steps of GitHub Actions and jobs of GitLab, run as their runners run them: by bash, with expressions only where a runner has them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
_INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


@dataclass(frozen=True)
class Step:
    """``environment`` may have expressions; ``script`` has none."""

    name: str
    script: str
    environment: Mapping[str, str]

    def run(self, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        script = folder.with_name(f"{folder.name}.sh")
        script.write_text(self.script)
        return subprocess.run([*BASH, script], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Action:
    """A composite action of a folder."""

    defaults: Mapping[str, str]
    steps: tuple[Step, ...]

    def environment(self, step: Step, given: Mapping[str, str]) -> dict[str, str]:
        """What GitHub sets for a step, given what a workflow says ``with:``."""
        values = {**self.defaults, **given}
        return {name: _INPUT.sub(lambda found: values[found[1]], text) for name, text in step.environment.items()}


def action(file: Path) -> Action:
    said = yaml.safe_load(file.read_text())
    steps = said["runs"]["steps"]
    return Action({name: str(each.get("default", "")) for name, each in said["inputs"].items()}, tuple(_steps(steps)))


def _steps(steps: list[dict[str, Any]]) -> Iterator[Step]:
    return (Step(step.get("name", ""), step["run"], step.get("env", {})) for step in steps if "run" in step)


def workflow(file: Path) -> list[Step]:
    """The steps of all jobs that run a script."""
    return [step for job in yaml.safe_load(file.read_text())["jobs"].values() for step in _steps(job["steps"])]
