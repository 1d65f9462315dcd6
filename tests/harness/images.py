"""The images of an output folder, built by the small engine with the real programs, and what their contracts promise of them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.engine import BuildFailed, Command, Config, Engine, Stage
from k2l import adapters, tables
from k2l.adapters import dockerfile, source

ENTRYPOINT, CMD = ["/app/own", "--flag=a b"], ["$x", "é\n"]
GO = tables.limits("build")["go_image"]
ADAPTER = f"{tables.limits('adapter')['image']}:{tables.limits('adapter')['version']}"


@dataclass(frozen=True)
class Programs:
    """Both programs, compiled for this machine."""

    layout: Path
    init: Path

    @classmethod
    def compiled(cls, folder: Path) -> Programs:
        for name in source.PROGRAMS:
            environment = {**os.environ, "CGO_ENABLED": "0"}
            here = Path(adapters.__file__).parent / name
            made = subprocess.run(
                ["go", "build", "-o", folder / name, "."], cwd=here, env=environment, capture_output=True, text=True, check=False
            )
            assert made.returncode == 0, made.stderr
        return cls(folder / "layout", folder / "init")

    def commands(self) -> dict[str, Command]:
        return {"go": self._go, "layout": self._layout, "init": self._init}

    def _go(self, stage: Stage, arguments: list[str], environment: dict[str, str]) -> None:
        """What ``go build -o FILE .`` leaves: which program it is, and for which processor."""
        program = Path(stage.config.workdir).name
        assert (stage.at(stage.config.workdir) / "go.mod").is_file()
        made = stage.at(arguments[arguments.index("-o") + 1])
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(f"{program} {environment.get('GOARCH', '')}")
        made.chmod(0o755)

    def _layout(self, stage: Stage, arguments: list[str], environment: dict[str, str]) -> None:
        function, tree, *names = arguments
        self._run([self.layout, stage.at(function), stage.at(tree), *names], environment)

    def _init(self, stage: Stage, arguments: list[str], environment: dict[str, str]) -> None:
        check, contract = arguments
        self._run([self.init, check, stage.at(contract)], environment)

    def _run(self, command: list[Any], environment: dict[str, str]) -> None:
        done = subprocess.run(command, env={**environment, "PATH": "/nowhere"}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildFailed(done.stderr)


@dataclass
class Builder:
    """Builds functions of one output folder on a base that is made anew for each."""

    programs: Programs
    folder: Path

    def build(self, images: Path, function: str, base: Stage, args: Mapping[str, str] | None = None) -> Stage:
        text = (images / function / "Dockerfile").read_text(encoding="utf-8")
        names = [line.split()[1] for line in text.splitlines() if line.startswith("FROM ") and line.count(" ") == 1]
        self.folder.mkdir(parents=True, exist_ok=True)
        pulled = {GO: self._image({"etc/ssl/certs/ca-certificates.crt": "CA"}), ADAPTER: self._image({"lambda-adapter": "adapter"})}
        engine = Engine({**pulled, **dict.fromkeys(names, base), "": base}, self.programs.commands(), self.folder)
        given = {"ENTRYPOINT": json.dumps(ENTRYPOINT), "CMD": json.dumps(CMD), "WORKDIR": '"/srv"'} if args is None else args
        return engine.build(images, f"{function}/Dockerfile", given)

    def _image(self, files: Mapping[str, str]) -> Stage:
        root = self.folder / f"image-{len(list(self.folder.iterdir()))}"
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content)
        return Stage(root, Config())

    def scratch(self) -> Stage:
        """A base without a shell, or anything else."""
        root = self.folder / f"scratch-{len(list(self.folder.iterdir())) if self.folder.is_dir() else 0}"
        root.mkdir(parents=True)
        return Stage(root, Config(ENTRYPOINT, CMD, "/srv"))

    def usual(self, contract: Mapping[str, Any]) -> Stage:
        """A base as distributions make them: /bin and the like lead into /usr, and every folder that is to become a link is there."""
        made = self.scratch()
        for name in tables.limits("build")["linked_folders"]:
            (made.root / "usr" / name).mkdir(parents=True)
            (made.root / name).symlink_to(f"usr/{name}")
            (made.root / "usr" / name / "program").write_text("the image's own")
        for place in linked(contract):
            if not any(place.startswith(f"/{name}/") for name in tables.limits("build")["linked_folders"]):
                folder = made.root / place.lstrip("/")
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "old").write_text("hidden by the volume")
        return made


def linked(contract: Mapping[str, Any]) -> dict[str, str]:
    """Paths that are links in the image, and where they lead."""
    every = (*contract["writable"], *contract["links"], *(f for f in contract["files"] if "target" in f))
    return {each["path"]: each["target"] for each in every if each["path"] != each["target"]}


def below(place: str, links: Mapping[str, str]) -> bool:
    return any(place.startswith(f"{link}/") for link in links)


def wrong(contract: Mapping[str, Any], context: Path, made: Stage) -> Iterator[str]:
    """What the image does not hold as the contract promises."""
    links = linked(contract)
    for place, target in links.items():
        here = made.at(str(Path(place).parent)) / Path(place).name
        if not below(place, links) and (not here.is_symlink() or str(here.readlink()) != target):
            yield f"{place} does not lead to {target}"
    last = {file["path"]: file for file in contract["files"]}
    for place, file in last.items():
        if "source" in file:
            waits = place in links or below(place, links)
            here = made.at(f"/opt/k2l/files{place}" if waits else place)
            mode = 0o644 if waits else int(file["mode"], 8)
            if not here.is_file() or here.read_bytes() != (context / file["source"]).read_bytes():
                yield f"{place} does not hold {file['source']}"
            elif here.stat().st_mode & 0o7777 != mode:
                yield f"{place} has mode {here.stat().st_mode & 0o7777:o}"


def started(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The contract as the image holds it, for a source image that says ENTRYPOINT and CMD."""
    filled = dict(contract)
    if contract["command"] is None:
        filled["command"] = ENTRYPOINT
        filled["args"] = CMD if contract["args"] is None else contract["args"]
    if contract["workingDir"] is None and linked(contract):
        filled["workingDir"] = "/srv"
    return filled


def has_program(text: str) -> bool:
    return f"COPY {dockerfile.SHARED}/" in text
