"""The init as a Go program: its own tests, its layout, its size, and the facts that it carries."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from harness.init_program import SOURCE, build, go
from harness.programs import ROOT
from k2l import tables

pytestmark = [pytest.mark.requires("go"), pytest.mark.xdist_group("init")]
SMALLEST = {
    "schema": "k2l.init/v1",
    "function": "web",
    "mode": "serve",
    "image": {"source": "web:1", "architecture": "arm64"},
    **dict.fromkeys(("args", "workingDir", "job")),
    **{name: [] for name in ("environment", "files", "writable", "links", "listen")},
    "command": ["/web"],
    "http": {"port": 8080, "readiness": None},
}


def test_its_own_tests_pass():
    assert re.fullmatch(r"ok\s+\S+/init\s.*\n", go("test", "./..."))


def test_it_is_laid_out_and_vetted():
    assert subprocess.run(["gofmt", "-l", SOURCE], capture_output=True, text=True, check=True).stdout == ""
    assert go("vet", "./...") == ""


def test_it_needs_the_standard_library_only():
    assert go("list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").split() == ["github.com/kube2lambda/k2l/init"]


@pytest.mark.parametrize("architecture", ["amd64", "arm64"])
def test_it_is_one_static_file_for_each_architecture_of_lambda(architecture, tmp_path):
    data = build(tmp_path / "init", architecture).read_bytes()
    assert data[:4] == b"\x7fELF"
    assert int.from_bytes(data[18:20], "little") == {"amd64": 62, "arm64": 183}[architecture]
    assert b"/ld-linux" not in data
    assert b"/ld-musl" not in data


def test_the_hosts_of_the_services_are_those_that_botocore_knows(golden):
    from botocore.endpoint_provider import EndpointProvider
    from botocore.session import Session

    loader = Session().get_component("data_loader")
    partitions = loader.load_data("partitions")
    regions = sorted(name for partition in partitions["partitions"] for name in partition["regions"] if not name.endswith("-global"))
    found = {}
    for service in ("secretsmanager", "ssm"):
        provider = EndpointProvider(loader.load_service_model(service, "endpoint-rule-set-1"), partitions)
        found[service] = {name: [_host(provider, name, fips) for fips in (False, True)] for name in regions}
    golden(json.dumps(found, indent=1, sort_keys=True) + "\n", SOURCE / "testdata/hosts.json")


def _host(provider, region, fips):
    return provider.resolve_endpoint(Region=region, UseFIPS=fips, UseDualStack=False).url.removeprefix("https://")


def test_its_limits_are_those_of_the_tables():
    shift = re.search(r"requestMax = (\d+) << (\d+)", (SOURCE / "forward.go").read_text())
    assert shift
    assert int(shift[1]) << int(shift[2]) == tables.limits("lambda")["sync_payload_max_bytes"]
    tail = re.search(r"tailMax\s+= (\d+) << (\d+)", (SOURCE / "tail.go").read_text())
    assert tail
    assert int(tail[1]) << int(tail[2]) >= 2 * tables.limits("secretsmanager")["value_max_bytes"]


def test_every_type_of_error_is_explained():
    text = "".join(path.read_text() for path in SOURCE.glob("*.go") if not path.name.endswith("_test.go"))
    used = set(re.findall(r'"((?:Init|Job)\.\w+)"', text))
    explained = set(re.findall(r"`((?:Init|Job)\.\w+)`", (SOURCE.parent / "README.md").read_text()))
    assert used
    assert used == explained


def test_a_contract_can_be_checked_while_an_image_is_built(init_program, tmp_path):
    file = tmp_path / "init.json"
    file.write_text(json.dumps(SMALLEST))
    assert subprocess.run([init_program, "check", file], check=False).returncode == 0
    file.write_text(json.dumps(SMALLEST | {"command": None}))
    done = subprocess.run([init_program, "check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "neither the manifest nor the image names a program" in done.stderr


def test_every_contract_of_the_examples_is_one_that_it_reads(init_program, tmp_path):
    contracts = sorted((ROOT / "examples").glob("*/*/images/*/init.json"))
    assert len(contracts) > 5
    for number, path in enumerate(contracts):
        given = json.loads(path.read_text())
        file = tmp_path / f"{number}.json"
        # As the build fills it in.
        file.write_text(json.dumps(given | {"command": given["command"] or ["/web"]}))
        done = subprocess.run([init_program, "check", file], capture_output=True, text=True, check=False)
        assert (path, done.stderr) == (path, "")
