"""What is installed from the index is whole without a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from k2l import __version__

ROOT = Path(__file__).parents[1]
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - {name: web, image: "example.com/web:1"}
"""

pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True)
    (found,) = folder.glob("kube2lambda-*.whl")
    return found


@dataclass(frozen=True)
class Installed:
    """A Python that finds k2l in the unpacked wheel and not in this checkout."""

    folder: Path

    def python(self, *arguments: str | Path) -> str:
        environment = {"PYTHONPATH": str(self.folder / "site"), "PYTHONSAFEPATH": "1"}
        done = subprocess.run([sys.executable, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def k2l(self, *arguments: str) -> str:
        return self.python(self.folder / "site/bin/k2l", *arguments)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder / "site", wheel]
    subprocess.run(install, check=True)
    return Installed(folder)


def test_every_mapping_is_in_the_wheel(wheel):
    expected = {f"k2l/_mappings/{p.relative_to(ROOT / 'mappings').as_posix()}" for p in (ROOT / "mappings").rglob("*") if p.is_file()}
    assert expected
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_every_file_of_the_package_but_the_generators_is_in_the_wheel(wheel):
    here = {p.relative_to(ROOT).as_posix() for p in (ROOT / "k2l").rglob("*") if p.is_file()}
    expected = {name for name in here if not name.startswith("k2l/dev/") and "/__pycache__/" not in name and "/." not in name}
    expected = {name for name in expected if not name.endswith("_test.go") and "/testdata/" not in name}
    there = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith(("k2l/_mappings/", "kube2lambda-"))}
    assert there == expected


def test_the_installed_command_knows_its_version(installed):
    assert installed.python("-c", "import k2l; print(k2l.__file__)").startswith(str(installed.folder))
    assert __version__ in installed.k2l("--version")


def test_the_installed_command_hands_on_the_source_of_its_programs(installed):
    job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {containers: [{name: a, image: 'a:1'}]}}}\n"
    (installed.folder / "job.yaml").write_text(job)
    installed.k2l("convert", "job.yaml", "-o", "once")
    assert {f"{name}/main.go" for name in ("init", "layout")} <= {
        path.relative_to(installed.folder / "once/images/k2l.init").as_posix() for path in installed.folder.glob("once/images/k2l.init/*/*")
    }


def test_the_installed_command_converts(installed):
    (installed.folder / "web.yaml").write_text(MANIFEST)
    installed.k2l("convert", "web.yaml", "-o", "out")
    assert (installed.folder / "out/k2l.json").exists()
