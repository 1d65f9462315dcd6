"""A container engine small enough to test with: runs the instructions of a Dockerfile over folders, as BuildKit does.

A stage is a folder and what is configured. COPY follows https://github.com/tonistiigi/fsutil/blob/master/copy/copy.go (a file takes no
folder's place, a folder no link's), and with ``--link`` what https://github.com/moby/buildkit does with MergeOp: a layer made from nothing
takes the place of whatever was there, except that folders merge. RUN knows the commands it is given.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

Command = Callable[["Stage", "list[str]", "dict[str, str]"], None]


class BuildFailed(Exception):
    pass


@dataclass
class Config:
    entrypoint: list[str] | None = None
    cmd: list[str] | None = None
    workdir: str = "/"
    env: dict[str, str] = field(default_factory=dict)


@dataclass
class Stage:
    """``root`` is its file system. ``own_cmd`` says whether this stage said CMD itself."""

    root: Path
    config: Config
    args: dict[str, str] = field(default_factory=dict)
    own_cmd: bool = False

    def at(self, place: str) -> Path:
        """Where an absolute path of the stage lies here, links followed within the stage."""
        found = self.root
        for part in Path(place).parts[1:]:
            found = found / part
            for _ in range(20):
                if not found.is_symlink():
                    break
                target = str(found.readlink())
                found = self.at(target) if target.startswith("/") else self.at("/" + os.path.relpath(found.parent / target, self.root))
        return found


@dataclass
class Engine:
    """``images`` are those that can be pulled, ``commands`` the programs that RUN can run, by name; ``args`` is --build-arg."""

    images: Mapping[str, Stage]
    commands: Mapping[str, Command]
    folder: Path
    platform: str = "linux/amd64"

    def build(self, context: Path, dockerfile: str, args: Mapping[str, str]) -> Stage:
        """The last stage. Raises BuildFailed."""
        run = _Run(self, context, args)
        for line in (context / dockerfile).read_text(encoding="utf-8").split("\n"):
            if line.strip() and not line.startswith("#"):
                run.instruction(*line.split(" ", 1))
        assert run.stage
        return run.stage


class _Run:
    def __init__(self, engine: Engine, context: Path, args: Mapping[str, str]) -> None:
        self.engine, self.context, self.args = engine, context, args
        self.stages: dict[str, Stage] = {}
        self.globals: dict[str, str] = {"BUILDPLATFORM": "linux/amd64"}
        self.stage: Stage | None = None

    def instruction(self, name: str, rest: str) -> None:
        handler = getattr(self, f"do_{name.lower()}", None)
        if handler is None:
            raise BuildFailed(f"unknown instruction {name}")
        handler(rest)

    def do_from(self, rest: str) -> None:
        words = [self.word(w, self.globals) for w in rest.split()]
        words = [w for w in words if not w.startswith("--platform=")]
        base = self.image(words[0])
        number = len(list(self.engine.folder.iterdir()))
        root = self.engine.folder / str(number)
        shutil.copytree(base.root, root, symlinks=True)
        self.stage = Stage(root, replace(base.config, env=dict(base.config.env)))
        if len(words) == 3:
            assert words[1] == "AS"
            self.stages[words[2]] = self.stage

    def image(self, name: str) -> Stage:
        found = self.stages.get(name) or self.engine.images.get(name)
        if found is None:
            raise BuildFailed(f"{name} not found")
        return found

    def do_arg(self, rest: str) -> None:
        known = {**self.args, "TARGETARCH": self.engine.platform.split("/")[1]}
        if rest in known:
            (self.stage.args if self.stage else self.globals)[rest] = known[rest]

    def do_env(self, rest: str) -> None:
        assert self.stage
        for pair in rest.split(" ") if '"' not in rest else [rest]:
            name, value = pair.split("=", 1)
            self.stage.config.env[name] = self.word(value)

    def do_workdir(self, rest: str) -> None:
        assert self.stage
        self.stage.config.workdir = self.word(rest)
        self.stage.at(self.stage.config.workdir).mkdir(parents=True, exist_ok=True)

    def do_entrypoint(self, rest: str) -> None:
        assert self.stage
        self.stage.config.entrypoint = json.loads(rest)
        if not self.stage.own_cmd:
            self.stage.config.cmd = None

    def do_cmd(self, rest: str) -> None:
        assert self.stage
        self.stage.config.cmd, self.stage.own_cmd = json.loads(rest), True

    def do_run(self, rest: str) -> None:
        assert self.stage
        for command in rest.split(" && "):
            words = [self.word(w) for w in command.split()]
            given = dict(w.split("=", 1) for w in words if re.match("[A-Z]+=", w))
            program, *arguments = (w for w in words if not re.match("[A-Z]+=", w))
            if program not in self.engine.commands:
                raise BuildFailed(f"{program}: not found")
            self.engine.commands[program](self.stage, arguments, {**self.stage.config.env, **self.stage.args, **given})

    def do_copy(self, rest: str) -> None:
        assert self.stage
        flags, words = self.flags(rest)
        source, target = words
        origin = self.image(flags["from"]).at(source) if "from" in flags else self.context / source
        if not origin.exists():
            raise BuildFailed(f"{source}: not found")
        if "link" not in flags:
            _copy(origin, self.stage, target, flags.get("chmod"))
            return
        number = len(list(self.engine.folder.iterdir()))
        layer = Stage(self.engine.folder / f"{number}-layer", Config())
        layer.root.mkdir()
        _copy(origin, layer, target, flags.get("chmod"))
        _merge(layer.root, self.stage.root)

    def flags(self, rest: str) -> tuple[dict[str, str], list[str]]:
        flags = {}
        while rest.startswith("--"):
            flag, rest = rest.split(" ", 1)
            name, _, value = flag[2:].partition("=")
            flags[name] = value
        words = json.loads(rest) if rest.startswith("[") else rest.split()
        return flags, [self.word(w) for w in words]

    def word(self, text: str, known: Mapping[str, str] | None = None) -> str:
        """A word with its quotes, backslashes and variables, as https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
        reads it."""
        if known is None:
            assert self.stage
            known = {**self.stage.config.env, **self.stage.args}
        made, quote, place = "", "", 0
        while place < len(text):
            char = text[place]
            if quote == "'" and char != "'":
                made += char
            elif char == "\\" and place + 1 < len(text) and (not quote or text[place + 1] in '"$\\'):
                place += 1
                made += text[place]
            elif char in "'\"" and quote in ("", char):
                quote = "" if quote else char
            elif char == "$":
                name = re.match(r"\$(?:\{(\w+)\}|(\w+))", text[place:])
                if name:
                    made += known.get(name[1] or name[2], "")
                    place += len(name[0]) - 1
            else:
                made += char
            place += 1
        return made


def _copy(origin: Path, stage: Stage, target: str, chmod: str | None) -> None:
    if origin.is_dir():
        place = stage.at(target)
        place.mkdir(parents=True, exist_ok=True)
        for child in sorted(origin.iterdir()):
            _copy_onto(child, place / child.name)
        return
    place = stage.at(target)
    if place.is_dir():
        place = place / origin.name
    place.parent.mkdir(parents=True, exist_ok=True)
    _copy_onto(origin, place)
    if chmod:
        place.chmod(int(chmod, 8))


def _copy_onto(origin: Path, place: Path) -> None:
    if origin.is_symlink() or origin.is_file():
        if place.is_dir() and not place.is_symlink():
            raise BuildFailed(f"cannot replace to directory {place} with file")
        place.unlink(missing_ok=True)
        shutil.copy2(origin, place, follow_symlinks=False)
        return
    if place.is_symlink() or place.is_file():
        raise BuildFailed(f"cannot copy to non-directory: {place}")
    place.mkdir(exist_ok=True)
    place.chmod(origin.stat().st_mode & 0o7777)
    for child in sorted(origin.iterdir()):
        _copy_onto(child, place / child.name)


def _merge(layer: Path, root: Path) -> None:
    for child in sorted(layer.iterdir()):
        place = root / child.name
        both = child.is_dir() and not child.is_symlink() and place.is_dir() and not place.is_symlink()
        if not both and (place.exists() or place.is_symlink()):
            shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        if both:
            place.chmod(child.stat().st_mode & 0o7777)
            _merge(child, place)
        elif child.is_dir() and not child.is_symlink():
            shutil.copytree(child, place, symlinks=True)
        else:
            shutil.copy2(child, place, follow_symlinks=False)
