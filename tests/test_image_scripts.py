"""The script that builds and pushes the images, with docker and the AWS CLI in miniature, and what linters say of it and of Dockerfiles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness import programs
from harness.images import CMD, ENTRYPOINT
from harness.programs import ROOT
from harness.stages import bundle
from k2l import tables
from k2l.formats import images
from k2l.formats.images import bake, script
from k2l.formats.images.build import builds

EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir())
HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"


@pytest.mark.requires("hadolint")
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_linter_has_nothing_against_the_dockerfiles(k2l, example):
    folder = k2l("convert", str(ROOT / "examples" / example)).folder
    found = sorted(folder.glob("images/*/Dockerfile"))
    assert found
    assert linted(found) == []


def linted(files: list[Path]) -> list[str]:
    done = subprocess.run([str(programs.find("hadolint")), "--format", "json", *files], capture_output=True, text=True, check=False)
    return [f"{finding['file']}:{finding['line']} {finding['code']} {finding['message']}" for finding in json.loads(done.stdout)]


@pytest.mark.requires("hadolint")
def test_the_linter_would_say_something(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM debian\nENTRYPOINT [oops\n")
    assert linted([tmp_path / "Dockerfile"])


@pytest.mark.requires("shellcheck")
@pytest.mark.parametrize("to", ["terraform", "sam"])
def test_a_linter_has_nothing_against_the_script(k2l, to):
    folder = k2l("convert", str(ROOT / "examples" / "shop"), "--to", to).folder
    done = subprocess.run([str(programs.find("shellcheck")), folder / "images" / "build.sh"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


AWS = """
import json, sys
from pathlib import Path
world = Path(WORLD)
arguments = sys.argv[1:]
value = lambda flag: arguments[arguments.index(flag) + 1]
with (world / "log").open("a") as log:
    log.write("aws " + " ".join(arguments[:2]) + "\\n")
match arguments[:2]:
    case ["ecr", "get-login-password"]:
        print("the-password")
    case ["ecr", "describe-repositories"]:
        print("HOST/" + value("--repository-names"))
    case ["ecr", "batch-get-image"]:
        if value("--repository-name") not in json.loads((world / "repositories").read_text()):
            sys.exit("RepositoryNotFoundException")
        tag = world / "registry" / (value("--repository-name").replace("/", "~") + ":" + value("--image-ids").removeprefix("imageTag="))
        print(tag.read_text() if tag.exists() else "None")
    case _:
        sys.exit(f"unknown: {arguments}")
"""
DOCKER = """
import hashlib, json, os, re, sys
from pathlib import Path
world = Path(WORLD)
arguments = sys.argv[1:]
with (world / "log").open("a") as log:
    log.write("docker " + " ".join(arguments) + "\\n")
match arguments[:2]:
    case ["login", _]:
        assert sys.stdin.read() == "the-password\\n"
    case ["buildx", "inspect"]:
        sys.exit(0 if (world / "builder").exists() else "no such builder")
    case ["buildx", "create"]:
        (world / "builder").touch()
    case ["buildx", "imagetools"]:
        image, template = arguments[3], arguments[5]
        said = json.loads((world / "images").read_text())[image]
        index = re.fullmatch(r'{{json \\(index \\.Image "(.+)"\\)\\.Config\\.(\\w+)}}', template)
        if index and index[1] not in said:
            sys.exit("error calling index")
        print(json.dumps((said[index[1]] if index else said)[index[2] if index else template.split(".")[-1].rstrip("}")]))
    case ["buildx", "bake"]:
        assert os.environ["BUILDX_BUILDER"] and os.environ["REGISTRY"] == "HOST"
        (world / "bake").write_text(json.dumps(arguments[2:]))
        text = Path("docker-bake.hcl").read_text()
        for name in json.loads((world / "bake").read_text()):
            found = re.search('target "' + re.escape(name) + r'" {.*?tags +=.*?/([^"]+)"', text, re.DOTALL)
            if found:
                path = world / "registry" / found[1].replace("/", "~")
                assert not path.exists(), "tags are immutable"
                path.write_text("sha256:" + hashlib.sha256(found[1].encode()).hexdigest())
    case _:
        sys.exit(f"unknown: {arguments}")
"""


class World:
    """An account with empty repositories, and a registry of source images, around one output folder."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        (folder / "registry").mkdir(parents=True)
        (folder / "bin").mkdir()
        for name, text in (("aws", AWS), ("docker", DOCKER)):
            program = folder / "bin" / name
            program.write_text(f"#!{sys.executable}\n" + text.replace("WORLD", repr(str(folder))).replace("HOST", HOST))
            program.chmod(0o755)
        rows = [line.split() for line in (output / "images/build.sh").read_text().split("<<'END'\n")[1].split("END\n")[0].splitlines()]
        said = {"Entrypoint": ENTRYPOINT, "Cmd": CMD, "WorkingDir": ""}
        self.write("repositories", [row[1] for row in rows])
        self.write("images", {row[4]: {row[3]: said} for row in rows})

    def write(self, name: str, content: object) -> None:
        (self.folder / name).write_text(json.dumps(content))

    def run(self, **given: str) -> subprocess.CompletedProcess[str]:
        environment = {**given, "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": str(self.folder), "TMPDIR": str(self.folder)}
        (self.folder / "bake").unlink(missing_ok=True)
        return subprocess.run(["sh", "images/build.sh"], cwd=self.output, env=environment, capture_output=True, text=True, check=False)

    @property
    def baked(self) -> list[str] | None:
        return json.loads((self.folder / "bake").read_text()) if (self.folder / "bake").exists() else None

    @property
    def digests(self) -> dict[str, str]:
        return dict(json.loads((self.output / "images.auto.tfvars.json").read_text())["image_digests"])


@pytest.fixture
def shop(k2l, tmp_path):
    return World(tmp_path / "world", k2l("convert", str(ROOT / "examples" / "shop")).folder)


def test_on_an_empty_account_everything_is_built_pushed_and_named_by_digest(shop):
    done = shop.run()
    assert done.returncode == 0, done.stderr
    assert {"shop-catalog", "shop-report-cron", "shop-web", "--push"} <= set(shop.baked)
    assert set(shop.digests) == {"shop-catalog", "shop-report-cron", "shop-web"}
    assert all(digest.startswith("sha256:") for digest in shop.digests.values())


def test_what_the_image_says_of_its_start_is_passed_on(shop):
    assert shop.run().returncode == 0
    passed = dict(word.split("=", 1) for word in shop.baked if ".args." in word)
    assert json.loads(passed["shop-web.args.ENTRYPOINT"]) == ENTRYPOINT
    assert json.loads(passed["shop-web.args.CMD"]) == CMD
    assert passed["shop-web.args.WORKDIR"] == '""'
    assert not [name for name in passed if name.startswith("shop-report-cron")]


@pytest.mark.parametrize("keys", [("linux/amd64", "linux/arm64/v8"), None])
def test_images_of_one_processor_and_of_several_are_asked(shop, keys):
    said = {"Entrypoint": ["/x"], "Cmd": None, "WorkingDir": "/srv"}
    known = json.loads((shop.folder / "images").read_text())
    shop.write("images", dict.fromkeys(known, dict.fromkeys(keys, said) if keys else said))
    done = shop.run()
    assert done.returncode == 0, done.stderr
    assert "shop-catalog.args.CMD=null" in shop.baked


def test_a_second_run_builds_nothing_and_names_the_same_digests(shop):
    shop.run()
    before = shop.digests
    assert shop.run().returncode == 0
    assert shop.baked is None
    assert shop.digests == before


def test_only_what_the_registry_lacks_is_built(shop):
    shop.run()
    (gone,) = (shop.folder / "registry").glob("shop-web:*")
    gone.unlink()
    shop.run()
    assert [word for word in shop.baked if word.startswith("shop") and "=" not in word] == ["shop-web"]


def test_an_image_that_cannot_be_asked_stops_before_anything_is_built(shop):
    shop.write("images", {})
    assert shop.run().returncode != 0
    assert shop.baked is None
    assert not (shop.output / "images.auto.tfvars.json").exists()


def test_without_its_repository_nothing_is_built(shop):
    shop.write("repositories", [])
    assert shop.run().returncode != 0
    assert shop.baked is None


def test_a_function_without_an_image_is_named_and_the_others_are_pushed(convert, tmp_path):
    text = (ROOT / "examples/shop/manifests/web.yaml").read_text().replace("ghcr.io/example/shop-web:2.4.1", "${IMAGE}")
    report = (ROOT / "examples/shop/manifests/report.yaml").read_text()
    world = World(tmp_path / "world", convert({"web.yaml": text, "report.yaml": report}).folder)
    done = world.run()
    assert done.returncode == 1
    assert "shop-web: its manifest names no image" in done.stderr
    assert list(world.digests) == ["shop-report-cron"]


def test_a_builder_that_knows_what_is_needed_is_made_once(shop):
    shop.run()
    shop.run()
    assert (shop.folder / "log").read_text().count("docker buildx create --name k2l --driver docker-container") == 1


def test_a_builder_of_the_users_choice_is_used(shop):
    assert shop.run(BUILDX_BUILDER="mine").returncode == 0
    assert "buildx create" not in (shop.folder / "log").read_text()


@pytest.mark.requires("hcl2")
def test_the_bake_file_says_what_the_script_says(shop):
    import hcl2

    text = (shop.output / "images/docker-bake.hcl").read_text()
    targets = {name.strip('"'): target for entry in hcl2.loads(text)["target"] for name, target in entry.items()}
    assert set(targets) == {"shop-catalog", "shop-report-cron", "shop-web"}
    assert [p.strip('"') for p in targets["shop-catalog"]["platforms"]] == ["linux/arm64"]
    assert all("provenance,disabled=true" in str(target["attest"]) for target in targets.values())


WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "registry.example:5000/a/web:1@sha256:DIGEST", ports: [{containerPort: 8080}]}]
"""


def test_a_digest_of_the_manifest_is_what_is_built_from():
    found = bundle(WEB.replace("NAME", "web").replace("DIGEST", "0a" * 32))
    (build,) = builds(found.plan)
    assert build.source == f"registry.example:5000/a/web:1@sha256:{'0a' * 32}"
    assert f" registry.example:5000/a/web:1@sha256:{'0a' * 32} " in script.render([build], digests=True)


def test_a_function_called_default_is_a_target_like_any_other():
    found = bundle(WEB.replace("NAME", "default").replace("DIGEST", "0a" * 32))
    assert bake.render(builds(found.plan)).count('"default"') == 1


def test_where_the_formats_own_tool_builds_the_script_is_for_the_others_only():
    found = bundle(WEB.replace("NAME", "web").replace("DIGEST", "0a" * 32))
    assert "images/build.sh" in images.write(found.plan)
    assert "images/build.sh" not in images.write(found.plan, built_elsewhere=True)
    asked = bundle(
        WEB.replace("NAME", "web").replace("DIGEST", "0a" * 32).replace("ports:", "args: [$(X)], env: [{name: a.b, value: c}], ports:")
    )
    written = images.write(asked.plan, built_elsewhere=True)
    assert "tfvars" not in written["images/build.sh"]


def test_each_processor_of_lambda_has_its_platform():
    assert set(tables.limits("build")["platforms"]) == {"x86_64", "arm64"}
