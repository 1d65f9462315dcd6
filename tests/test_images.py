"""The Dockerfiles of the output, run: what comes out is what each function's contract promises."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness.engine import BuildFailed, Stage
from harness.images import CMD, ENTRYPOINT, Builder, Programs, has_program, linked, started, wrong
from harness.programs import ROOT
from harness.stages import each
from k2l.adapters import source
from k2l.aws.build_context import BuildContext
from k2l.contract import document
from k2l.formats import images
from k2l.plan import Plan

EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir())

Contract = dict[str, Any]

pytestmark = pytest.mark.requires("go")


@pytest.fixture(scope="session")
def programs(tmp_path_factory) -> Programs:
    return Programs.compiled(tmp_path_factory.mktemp("programs"))


@pytest.fixture
def builder(programs, tmp_path) -> Builder:
    return Builder(programs, tmp_path / "stages")


def contracts(folder: Path) -> dict[str, Contract]:
    return {path.parent.name: json.loads(path.read_text()) for path in sorted(folder.glob("*/init.json"))}


def faults(folder: Path, function: str, contract: Contract, made: Stage) -> list[str]:
    """Everything in which the image is not what its contract promises."""
    found = list(wrong(contract, folder / function, made))
    if has_program((folder / function / "Dockerfile").read_text()):
        if made.config.entrypoint != ["/opt/k2l/init"] or made.config.cmd:
            found.append(f"it starts {made.config.entrypoint} {made.config.cmd}")
        if json.loads(made.at("/opt/k2l/init.json").read_text()) != started(contract):
            found.append("the contract in the image is another one")
        if made.at("/opt/k2l/init").read_text() != "init amd64" or made.at("/opt/k2l/init").stat().st_mode & 0o777 != 0o755:
            found.append("the init is not there")
        found += [] if made.at("/opt/k2l/ca-certificates.crt").read_text() == "CA" else ["no authorities"]
        found += ["it starts in a folder that may lead nowhere"] if linked(contract) and made.config.workdir != "/" else []
    else:
        entrypoint = contract["command"] if contract["command"] is not None else ENTRYPOINT
        cmd = contract["args"] if contract["args"] is not None else CMD if contract["command"] is None else []
        found += [] if (made.config.entrypoint, made.config.cmd or []) == (entrypoint, cmd) else [f"it starts {made.config.entrypoint}"]
    adapter = made.at("/opt/extensions/lambda-adapter").exists()
    return found + ([] if adapter == (contract["mode"] == "serve") else ["the adapter is where it is not needed, or missing"])


@pytest.mark.parametrize("base", ["scratch", "usual"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_images_of_an_example_hold_what_their_contracts_promise(k2l, builder, example, base):
    folder = k2l("convert", str(ROOT / "examples" / example)).folder / "images"
    found = contracts(folder)
    assert found
    for function, contract in found.items():
        on = builder.scratch() if base == "scratch" else builder.usual(contract)
        assert faults(folder, function, contract, builder.build(folder, function, on)) == []


def test_the_source_of_the_programs_is_in_the_output_as_it_is_here(k2l):
    files = k2l("convert", str(ROOT / "examples" / "shop")).files
    there = {name.removeprefix("images/k2l.init/"): text for name, text in files.items() if name.startswith("images/k2l.init/")}
    assert there == dict(source.files())


def written(plan: Plan, folder: Path) -> Path:
    for name, content in images.write(plan).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "images"


def shape(contract: Contract) -> str:
    """What decides how an image is laid out: functions that agree in it have the same Dockerfile but for names."""
    said = [contract[name] is None for name in ("command", "args", "workingDir")]
    return json.dumps([said, *(contract[name] for name in ("mode", "files", "writable", "links"))])


def test_the_images_of_the_corpus_hold_what_their_contracts_promise(corpus, programs, tmp_path):
    seen: set[str] = set()
    for path, staged in each(corpus).items():
        found = {context.key: context for context in staged.plan.of(BuildContext)}
        new = {key: shape(document(context)) for key, context in found.items()}
        if not set(new.values()) - seen:
            continue
        folder = written(staged.plan, tmp_path / str(len(seen)))
        for function, contract in contracts(folder).items():
            if new[function] not in seen:
                seen.add(new[function])
                builder = Builder(programs, folder / "stages" / function)
                assert faults(folder, function, contract, builder.build(folder, function, builder.usual(contract))) == [], path
        shutil.rmtree(folder)
    assert len(seen) > 30


APP = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example/web:1.0
        ports: [{containerPort: 8080}]
        volumeMounts: MOUNTS
      volumes:
      - {name: data, emptyDir: {}}
      - {name: more, emptyDir: {}}
      - {name: conf, configMap: {name: conf}}
      - {name: keys, secret: {secretName: keys}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data: {a.conf: "one"}
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {token: magpie}
"""


@pytest.fixture
def image(convert, builder):
    """``image(mounts)``: the built image of a service with these volume mounts, its contract, and the folder of its output's images."""

    def make(mounts: str, *, base: str = "usual", args: dict[str, str] | None = None) -> tuple[Stage, Contract]:
        folder = convert(APP.replace("MOUNTS", mounts)).folder / "images"
        contract = contracts(folder)["web"]
        on = builder.scratch() if base == "scratch" else builder.usual(contract)
        made = builder.build(folder, "web", on, args)
        assert faults(folder, "web", contract, made) == []
        return made, contract

    return make


def test_a_volume_takes_the_place_of_a_folder_that_the_image_has_there(image):
    made, _ = image("[{name: data, mountPath: /data}]")
    assert (made.root / "data").is_symlink()
    assert str((made.root / "data").readlink()) == "/tmp/k2l/volumes/data"


def test_a_file_below_bin_leaves_the_other_programs_where_they_are(image):
    made, _ = image("[{name: conf, mountPath: /bin/a.conf, subPath: a.conf}, {name: data, mountPath: /data}]")
    assert (made.root / "bin").is_symlink()
    assert (made.root / "usr/bin/program").exists()
    assert (made.root / "usr/bin/a.conf").read_text() == "one"


def test_a_file_in_a_volume_waits_for_the_init(image):
    made, _ = image("[{name: data, mountPath: /data}, {name: conf, mountPath: /data/sub/a.conf, subPath: a.conf}]")
    assert made.at("/opt/k2l/files/data/sub/a.conf").read_text() == "one"


def test_a_volume_in_a_volume_is_left_to_the_init(image):
    made, _ = image("[{name: data, mountPath: /data}, {name: more, mountPath: /data/more}, {name: keys, mountPath: /data/keys}]")
    assert (made.root / "data").is_symlink()


@pytest.mark.parametrize(
    "path",
    ["/etc/$HOME", "/etc/a b/\"'c", "/etc/[x]", "/etc/\\\\x", "/etc/é", "/etc/x\\nRUN evil", "/etc/<<EOF", "/etc/${x:-y}", "/-x/--y"],
)
def test_any_path_is_where_it_is_said_to_be(image, path):
    mounts = json.dumps([{"name": "conf", "mountPath": json.loads(json.dumps(path).replace("\\\\", "\\")), "subPath": "a.conf"}])
    made, contract = image(mounts)
    assert made.at(contract["files"][0]["path"]).read_text() == "one"
    mounts = json.dumps([{"name": "data", "mountPath": json.loads(json.dumps(path).replace("\\\\", "\\"))}])
    made, contract = image(mounts)
    assert made.root.joinpath(contract["writable"][0]["path"].lstrip("/")).is_symlink()


def test_without_links_the_images_folder_to_start_in_stays(image):
    made, _ = image("[{name: conf, mountPath: /etc/web}]")
    assert made.config.workdir == "/srv"


def test_a_build_that_does_not_say_how_the_image_starts_fails_and_names_the_script(image):
    with pytest.raises(BuildFailed, match=r"--build-arg ENTRYPOINT .* images/build.sh"):
        image("[{name: data, mountPath: /data}]", args={})


@pytest.mark.parametrize("empty", ["null", "[]"])
def test_an_image_that_does_not_say_how_it_starts_fails_the_build(image, empty):
    with pytest.raises(BuildFailed, match="ENTRYPOINT and CMD are empty"):
        image("[{name: data, mountPath: /data}]", args={"ENTRYPOINT": empty, "CMD": empty, "WORKDIR": '""'})
