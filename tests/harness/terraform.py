"""Terraform with the real AWS provider, offline: every command reads JSON back, never prose."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.programs import find
from harness.provider import reattached

LIMIT = 420  # seconds for one command: the provider retries for ten minutes what its endpoint keeps refusing
ALONE = ("init", "fmt", "output")  # commands without a provider to talk to
OWN = ("*.tfstate*", ".terraform*", "*.tfplan")
VARIABLE = re.compile(r'^variable "([^"]+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


class TerraformFailed(Exception):
    """A command that had to succeed did not; the message holds Terraform's own errors."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """``file`` is relative to the root, ``line`` from 1; both empty where Terraform names no place."""

    file: str
    line: int
    severity: str
    summary: str
    detail: str

    def __str__(self) -> str:
        return " ".join(f"{self.file}:{self.line} {self.severity}: {self.summary}: {self.detail}".split())


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What a plan would do to one resource; ``attributes`` are the top-level ones that differ."""

    address: str
    actions: tuple[str, ...]
    attributes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'/'.join(self.actions)} {self.address} ({', '.join(self.attributes)})"


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Nobody's credentials, settings file or variables; fake keys, so that nothing can reach an account."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    fixed = {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1", "NO_COLOR": "1"}
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": "eu-west-1"}
    return {**plain, **fixed, **keys, "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "3", **extra}


def _diagnostics(lines: str) -> Iterator[Diagnostic]:
    """Those of a stream of JSON messages, one a line, or of one JSON document."""
    for line in lines.splitlines() if "\n{" in lines else [lines]:
        try:
            message = json.loads(line)
        except ValueError:
            continue
        for found in message.get("diagnostics", [message["diagnostic"]] if "diagnostic" in message else []):
            place = found.get("range") or {}
            yield Diagnostic(
                place.get("filename", ""),
                place.get("start", {}).get("line", 0),
                found["severity"],
                found["summary"],
                found.get("detail", ""),
            )


class Terraform:
    """One root folder, worked in as it is: state, lock and ``.terraform`` are left in it."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.environment = _environment(environment or {})
        self._arguments: tuple[str, ...] = ()

    @classmethod
    def copy(cls, source: Path, folder: Path, environment: Mapping[str, str] | None = None) -> Terraform:
        """A root of its own with the same configuration and no state."""
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*OWN))
        return cls(folder, environment)

    def given(self, **variables: object) -> Terraform:
        """The same root; plan, apply and destroy get these variables."""
        (self.folder / "given.tfvars.json").write_text(json.dumps(variables))
        self._arguments = ("-var-file=given.tfvars.json",)
        return self

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs it in a process group of its own, because Terraform may start the provider as another process."""
        provider = {} if command[0] in ALONE else reattached(self.environment, unasked=command[0] == "validate")
        environment = {**self.environment, **provider}
        process = subprocess.Popen(
            ["terraform", *command],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            stdout, stderr = process.communicate(timeout=LIMIT)
        except BaseException as stopped:
            os.killpg(process.pid, signal.SIGKILL)
            stdout, _ = process.communicate()
            if not isinstance(stopped, subprocess.TimeoutExpired):
                raise
            busy = sorted(set(re.findall(r'"@message":"([^":]+): Still ', stdout)))
            raise TerraformFailed(f"terraform {command[0]}: not done after {LIMIT} s, still busy with {', '.join(busy) or '?'}") from None
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)

    def _must(self, *command: str, allowed: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        done = self._run(*command)
        if done.returncode not in allowed:
            errors = [str(d) for d in _diagnostics(done.stdout) if d.severity == "error"]
            raise TerraformFailed(f"terraform {command[0]}: " + ("\n".join(errors) or done.stderr.strip() or done.stdout.strip()))
        return done

    def fmt_check(self) -> str:
        """What ``terraform fmt`` would change or cannot read, below this folder; empty when nothing."""
        done = self._run("fmt", "-check", "-diff", "-recursive")
        return done.stdout + done.stderr if done.returncode else ""

    def init(self) -> Terraform:
        self._must("init", f"-plugin-dir={find('aws-provider')}", "-json")
        return self

    def validate(self) -> tuple[Diagnostic, ...]:
        """Errors and warnings; ``init`` comes first."""
        done = self._run("validate", "-json")
        if not done.stdout.strip():
            raise TerraformFailed(f"terraform validate: {done.stderr.strip()}")
        return tuple(sorted(_diagnostics(done.stdout)))

    def apply(self) -> None:
        self._must("apply", "-auto-approve", "-json", "-parallelism=40", *self._arguments)

    def plan(self) -> tuple[Change, ...]:
        """What an apply would do now; empty when the configuration and the account agree."""
        return tuple(sorted(self._changes(self._shown()))) if self._plan() else ()

    def planned(self) -> dict[str, Any]:
        """The plan as Terraform writes it: https://developer.hashicorp.com/terraform/internals/json-format"""
        self._plan()
        return self._shown()

    def _plan(self) -> bool:
        """Whether anything would change, outputs included."""
        return self._must("plan", "-json", "-detailed-exitcode", "-out=k2l.tfplan", *self._arguments, allowed=(0, 2)).returncode == 2

    def _shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self._must("show", "-json", "k2l.tfplan").stdout)
        return shown

    @staticmethod
    def _changes(plan: Mapping[str, Any]) -> Iterator[Change]:
        for resource in plan.get("resource_changes", []):
            change = resource["change"]
            if change["actions"] in (["no-op"], ["read"]):
                continue
            before, after, unknown = (change.get(key) or {} for key in ("before", "after", "after_unknown"))
            names = sorted(name for name in {*before, *after, *unknown} if before.get(name) != after.get(name) or unknown.get(name) is True)
            yield Change(resource["address"], tuple(change["actions"]), tuple(names))

    def destroy(self) -> None:
        self._must("destroy", "-auto-approve", "-json", "-parallelism=40", *self._arguments)

    def output(self) -> dict[str, Any]:
        return {name: item["value"] for name, item in json.loads(self._must("output", "-json").stdout).items()}


def _root_over(folders: Mapping[str, Path], work: Path) -> str:
    """One root whose modules are these folders; every input without a default is a value known only at apply."""
    blocks = ['variable "any" {\n  type = any\n}\n']
    for name, folder in folders.items():
        shutil.copytree(folder, work / name, ignore=shutil.ignore_patterns(*OWN))
        text = "\n".join(file.read_text() for file in sorted(folder.glob("*.tf")))
        inputs = [input_ for input_, body in VARIABLE.findall(text) if not re.search(r"^\s*default\s*=", body, re.MULTILINE)]
        lines = [f'  source = "./{name}"', *(f"  {input_} = var.any" for input_ in inputs)]
        blocks.append("\n".join((f'module "{name}" {{', *lines, "}\n")))
    return "\n".join(blocks)


def validate_many(folders: Mapping[str, Path], work: Path) -> dict[str, tuple[Diagnostic, ...]]:
    """The diagnostics of each folder, for the price of one or two commands: they are validated as modules under one root.

    A folder that cannot even be read hides what is wrong with the others, so then each half is tried for itself."""
    names = {f"m{number}": key for number, key in enumerate(folders)}
    work.mkdir(parents=True)
    (work / "main.tf").write_text(_root_over({name: folders[key] for name, key in names.items()}, work))
    try:
        found = Terraform(work).init().validate()
    except TerraformFailed as failed:
        if len(folders) == 1:
            return dict.fromkeys(folders, (Diagnostic("", 0, "error", "unreadable", str(failed)),))
        items, middle = list(folders.items()), len(folders) // 2
        return {**validate_many(dict(items[:middle]), work / "a"), **validate_many(dict(items[middle:]), work / "b")}
    answer: dict[str, list[Diagnostic]] = {key: [] for key in folders}
    for diagnostic in found:
        name, _, file = diagnostic.file.partition("/")
        if name not in names:
            raise TerraformFailed(f"the root over all folders is at fault: {diagnostic}")
        answer[names[name]].append(Diagnostic(file, diagnostic.line, diagnostic.severity, diagnostic.summary, diagnostic.detail))
    return {key: tuple(diagnostics) for key, diagnostics in answer.items()}
