"""What a test may need beyond this repository, where it is found, and what happens when it is not there.

``K2L_REQUIRE`` (``all``, or names with commas) turns a skip for a missing one into a failure. Run as a script it lists them all,
and fails when a required one is missing.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Need:
    """``find`` returns where it is, or None; ``hint`` says what to do then."""

    name: str
    find: Callable[[], Path | None]
    hint: str


def _program(name: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = shutil.which(name)
        return Path(found) if found else None

    return find


def _installed(name: str) -> Callable[[], Path | None]:
    """A program that comes as a Python package."""

    def find() -> Path | None:
        beside = Path(sys.executable).with_name(name)
        return beside if beside.is_file() else _program(name)()

    return find


def _package(name: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = importlib.util.find_spec(name)
        return Path(found.origin) if found and found.origin else None

    return find


def _provider_mirror() -> Path | None:
    """The folder to give to ``terraform init -plugin-dir``: an unpacked or packed filesystem mirror with hashicorp/aws."""
    given = os.environ.get("TF_PLUGIN_DIR")
    if given:
        places = [Path(given)]
    else:
        places = [Path.home() / ".terraform.d/plugins", *map(Path, ("/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"))]
        places += sorted(Path("/opt").glob("*"))
    return next((place for place in places if (place / "registry.terraform.io/hashicorp/aws").is_dir()), None)


def _corpus() -> Path | None:
    given = os.environ.get("K2L_CORPUS")
    place = Path(given) if given else ROOT.parent / "shared/corpus"
    return place if place.is_dir() else None


def _sam() -> Path | None:
    """SAM's command pins libraries that others here need newer, so it has an environment of its own."""
    own = ROOT / ".venv-sam/bin/sam"
    return own if own.is_file() else _program("sam")()


def _scanner(name: str) -> Callable[[], Path | None]:
    """They pin libraries that others here need newer, so they have an environment of their own."""

    def find() -> Path | None:
        own = ROOT / ".venv-scan/bin" / name
        return own if own.is_file() else _program(name)()

    return find


def _lambda_emulator() -> Path | None:
    """AWS's runtime interface emulator, which comes with SAM's command."""
    kind = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    return next(ROOT.glob(f".venv-sam/lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-{kind}"), None)


def _package_index() -> Path | None:
    """pip, where it can get a package as an isolated build gets its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--dest", folder, "hatchling"]
        tried = subprocess.run(command, capture_output=True, check=False)
    return Path(sys.executable).with_name("pip") if tried.returncode == 0 else None


def apart() -> list[str]:
    """The command that gives a program mounts and processes of its own; another user than root has to be one for that."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", *as_root]


def _apart() -> Path | None:
    program = _program("unshare")()
    tried = program and subprocess.run([*apart(), "mount", "-t", "tmpfs", "tmpfs", "/tmp"], capture_output=True, check=False)
    return program if tried and tried.returncode == 0 else None


NEEDS = {
    need.name: need
    for need in (
        Need("terraform", _program("terraform"), "put it on the PATH"),
        Need("aws-provider", _provider_mirror, "set TF_PLUGIN_DIR to a filesystem mirror that has hashicorp/aws"),
        Need("kubectl", _program("kubectl"), "put it on the PATH"),
        Need("helm", lambda: _program("helm")() or _package("helm_python")(), "install the extra dev"),
        Need("go", _program("go"), "install Go 1.19 or later, such as Debian's golang-go"),
        Need("hadolint", _installed("hadolint"), "install the extra dev"),
        Need("shellcheck", _installed("shellcheck"), "install the extra dev"),
        Need("git", _program("git"), "put it on the PATH"),
        Need("pre-commit", _installed("pre-commit"), "install the extra dev"),
        Need("check-jsonschema", _installed("check-jsonschema"), "install the extra dev"),
        Need("chromium", _program("chromium"), "put it on the PATH, such as Debian's chromium"),
        Need("playwright", _package("playwright"), "install the extra dev"),
        Need("package-index", _package_index, "let pip reach one"),
        Need("bash", _program("bash"), "put it on the PATH"),
        Need("zsh", _program("zsh"), "put it on the PATH, such as Debian's zsh"),
        Need("fish", _program("fish"), "put it on the PATH, such as Debian's fish"),
        Need("corpus", _corpus, "set K2L_CORPUS to the folder of manifests that other people wrote"),
        Need("moto", _package("moto"), "install the extra dev"),
        Need("sam", _sam, "make .venv-sam/installed"),
        Need("lambda-emulator", _lambda_emulator, "make .venv-sam/installed"),
        Need("namespaces", _apart, "let unshare (util-linux) make mounts: be root, or allow user namespaces"),
        Need("sam-translator", _package("samtranslator"), "install the extra dev"),
        Need("cfn-lint", _package("cfnlint"), "install the extra dev"),
        Need("checkov", _scanner("checkov"), "make .venv-scan/installed"),
        Need("trivy", _scanner("trivy"), "make .venv-scan/installed"),
        Need("atheris", _package("atheris"), "install the extra dev; it has wheels for Linux on x86_64 only"),
        Need("hcl2", _package("hcl2"), "install the extra dev"),
        Need("kubernetes", _package("kubernetes"), "install the extra dev"),
    )
}


@cache
def find(name: str) -> Path | None:
    """Where ``name`` is on this machine. Raises KeyError for a name that is not in the table above."""
    return NEEDS[name].find()


def missing(name: str) -> str | None:
    """Why a test that needs ``name`` cannot run here, or None when it can."""
    return None if find(name) else f"{name} is not on this machine ({NEEDS[name].hint})"


def is_required(name: str) -> bool:
    """Whether ``K2L_REQUIRE`` forbids to go without ``name``."""
    wanted = {word.strip() for word in os.environ.get("K2L_REQUIRE", "").split(",")}
    return bool(wanted & {"all", name})


def main() -> int:
    lacking = 0
    for name in NEEDS:
        problem = missing(name)
        forbidden = problem is not None and is_required(name)
        lacking += forbidden
        print(f"{'error: ' if forbidden else ''}{problem or f'{name}: {find(name)}'}")  # noqa: T201
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
