"""Input of a size that nobody writes by hand: it is converted like any other, or refused with a place."""

from __future__ import annotations

import json
import re

import pytest

from hostile import config_map, dump, service

MIB = 1 << 20
MOUNTED = {"volumeMounts": [{"name": "texts", "mountPath": "/etc/texts"}]}
VOLUME = {"name": "texts", "configMap": {"name": "texts"}}


def dispositions(record) -> set[str]:
    counts = record["counts"]
    return {name for name in ("dropped", "unhandled") if counts[name]}


@pytest.mark.parametrize("to", ["terraform", "sam"])
def test_a_config_map_of_one_mebibyte_is_a_file_of_the_image_byte_for_byte(convert, to):
    text = "".join(f"line {number} ${{x}} é\n" for number in range(MIB))[: MIB - 100_000]
    done = convert(dump(config_map("texts", {"big": text}), *service(MOUNTED, volumes=[VOLUME])), "--to", to)
    assert done.exit_code == 0
    assert done.files["images/web/files/etc/texts/big"] == text
    assert dispositions(done.record) == set()


def test_a_variable_of_one_mebibyte_is_set_by_the_init_and_stands_nowhere_else(convert):
    env = {"env": [{"name": "BIG", "valueFrom": {"configMapKeyRef": {"name": "texts", "key": "big"}}}]}
    done = convert(dump(config_map("texts", {"big": "x" * MIB}), *service(env)))
    assert done.exit_code == 0
    assert [name for name, text in done.files.items() if "x" * 5000 in text] == ["images/web/init.json"]
    assert "x" * MIB in done.files["images/web/init.json"]
    assert dispositions(done.record) == set()


@pytest.mark.parametrize("to", ["terraform", "sam"])
def test_each_of_ten_thousand_keys_of_a_config_map_is_in_the_ledger_and_in_the_image(convert, to):
    data = {f"key-{number}": f"value {number}" for number in range(10_000)}
    done = convert(dump(config_map("texts", data), *service(MOUNTED, volumes=[VOLUME])), "--to", to)
    assert done.exit_code == 0
    assert {name.rpartition("/")[2] for name in done.files if name.startswith("images/web/files/etc/texts/")} == data.keys()
    assert len([entry for entry in done.record["ledger"] if entry["path"].startswith("data")]) == 10_000


def test_ten_thousand_variables_of_a_container_are_all_passed_on(convert):
    env = [{"name": f"V{number}", "value": str(number)} for number in range(10_000)]
    done = convert(dump(*service({"env": env})))
    assert done.exit_code == 0
    contract = json.loads(done.files["images/web/init.json"])
    literal = set(re.findall(r"^ +(V\d+) += ", done.files["web.tf"], re.MULTILINE))
    assert literal | {entry["name"] for entry in contract["environment"]} == {entry["name"] for entry in env}
    assert dispositions(done.record) == set()


def test_ten_thousand_labels_are_told_where_aws_takes_fifty(convert):
    deployment, other = service({})
    deployment = {**deployment, "metadata": {"name": "web", "labels": {f"l{number}": "x" for number in range(10_000)}}}
    done = convert(dump(deployment, other))
    assert done.exit_code == 0
    assert done.record["counts"]["leaves"] == sum(done.record["counts"][name] for name in PARTS)
    assert done.files["web.tf"].count(' = "x"\n') <= 50 * 10


PARTS = ("mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled")


def test_an_ingress_with_two_thousand_paths_has_each_path_as_a_route_or_in_a_finding(convert):
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    paths = [{"path": f"/p{number}", "pathType": "Exact", "backend": backend} for number in range(2000)]
    ingress = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "web"},
        "spec": {"rules": [{"http": {"paths": paths}}]},
    }
    done = convert(dump(*service({}), ingress))
    assert done.exit_code == 0
    routes = sum(text.count('resource "aws_apigatewayv2_route"') for name, text in done.files.items() if name.endswith(".tf"))
    assert routes == 2000
    assert [finding for finding in done.record["findings"] if "routes" in finding["message"]]


def test_one_line_of_four_mebibytes_is_read(convert):
    done = convert(json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "long"}, "data": {"x": "y" * 4 * MIB}}))
    assert done.exit_code == 0
    assert done.record["counts"]["leaves"] == 4


def test_problems_of_ten_thousand_documents_are_all_told(k2l, tmp_path):
    (tmp_path / "in.yaml").write_text("kind: ConfigMap\n---\n" * 10_000)
    done = k2l("lint", "in.yaml")
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 10_000)
    assert done.stderr.splitlines()[-1].startswith("in.yaml:19999:1: ")
