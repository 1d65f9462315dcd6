"""What every test may ask for (the fixtures below), and which tests are skipped where."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from harness import helm, programs
from harness.aws_mock import AwsMock, Deployed
from harness.aws_mock import deploy as apply_output
from harness.command import Ran, run_k2l
from harness.goldens import Goldens
from harness.init_program import build as build_init
from harness.terraform import Terraform

# How long an example takes says something about the machine only.
settings.register_profile("k2l", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("k2l")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite expected output; a rewritten test still fails once")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"requires(*names): cannot run without these, of {', '.join(programs.NEEDS)}")
    config.addinivalue_line("markers", "thorough: the same once more on much other input; make test-thorough runs it")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("thorough") and not os.environ.get("K2L_THOROUGH"):
        pytest.skip("make test-thorough runs it")
    for marker in item.iter_markers("requires"):
        need(*marker.args)


def need(*names: str) -> None:
    """Skips the test with a counted reason, or fails it where K2L_REQUIRE says that nothing may be missing."""
    for name in names:
        problem = programs.missing(name)
        if problem and programs.is_required(name):
            pytest.fail(f"{problem}, and K2L_REQUIRE says that it must be", pytrace=False)
        if problem:
            pytest.skip(problem)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """The last lines say how many tests did not run, and for what."""
    yield
    reports = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports if isinstance(report.longrepr, tuple))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} test{'s' if count > 1 else ''} skipped: {reason}", yellow=True)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Goldens:
    """``golden(text, path)`` and ``golden.folder(files, path)``."""
    return Goldens(update=request.config.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Manifests that other people wrote."""
    need("corpus")
    found = programs.find("corpus")
    assert found
    return found


@pytest.fixture
def k2l(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """``k2l("lint", "x.yaml", stdin=...)`` in a new working directory; convert's ``-o out`` is its ``folder``."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str | None = None) -> Ran:
        return run_k2l(*arguments, folder=tmp_path / "out", stdin=stdin)

    return run


@pytest.fixture
def lint(k2l: Callable[..., Ran]) -> Callable[..., Ran]:
    """``lint(text, *options)``: of a file ``manifests/web.yaml``."""

    def run(text: str, *options: str) -> Ran:
        Path("manifests").mkdir(exist_ok=True)
        Path("manifests/web.yaml").write_text(text)
        return k2l("lint", "manifests", *options)

    return run


@pytest.fixture
def helm_program(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program ``helm`` on the PATH: the machine's own, or one on Helm's library. It is returned."""
    need("helm")
    own = shutil.which("helm")
    program = Path(own) if own else helm.put(tmp_path_factory.mktemp("helm"))
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    return program


@pytest.fixture
def convert(k2l: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """``convert(yaml, "--option", ...)`` or ``convert({"a.yaml": ..., "k2l.yaml": ...})``: dedented, written to files, converted."""

    def run(manifests: str | Mapping[str, str], *options: str) -> Ran:
        files = {"input.yaml": manifests} if isinstance(manifests, str) else manifests
        for name, text in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text))
        return k2l("convert", "in", "-o", "out", *options)

    return run


@pytest.fixture
def terraform(tmp_path: Path) -> Callable[[str], Terraform]:
    """``terraform(text)``: an initialised root of its own with this configuration."""
    need("terraform", "aws-provider")

    def make(text: str) -> Terraform:
        folder = tmp_path / "root"
        folder.mkdir()
        (folder / "main.tf").write_text(textwrap.dedent(text))
        return Terraform(folder).init()

    return make


@pytest.fixture(scope="session")
def aws_server() -> Iterator[AwsMock]:
    need("moto")
    with AwsMock() as mock:
        yield mock


@pytest.fixture
def aws(aws_server: AwsMock) -> AwsMock:
    """An empty AWS account on this machine."""
    aws_server.reset()
    return aws_server


@pytest.fixture
def deploy(aws: AwsMock, tmp_path: Path) -> Callable[..., Deployed]:
    """``deploy(output_folder, variables)``: applied to the empty account; its ``changes`` are what a second apply would do."""
    need("terraform", "aws-provider")

    def run(output: Path, variables: Mapping[str, object] | None = None, *, push: bool = True) -> Deployed:
        return apply_output(output, aws, tmp_path / "deployed", variables, push=push)

    return run


@pytest.fixture(scope="session")
def init_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The init, built as the images' build builds it."""
    need("go")
    return build_init(tmp_path_factory.mktemp("init") / "init")
