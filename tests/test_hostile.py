"""Whatever a manifest says in whatever place, it stays a text: it comes back unchanged, and it breaks out of nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

import pytest

from harness.aws_mock import AwsMock
from harness.command import run_k2l
from harness.terraform import Terraform
from hostile import ESCAPED, EVERYTHING, TEXTS, config_map, dump, in_every_field, ingress, service

NUMBERED = {f"V{number}": text for number, text in enumerate(TEXTS)}
PLAIN = {name: text for name, text in NUMBERED.items() if "{{resolve:" not in text}
"""What a function's environment may hold, whatever the format: CloudFormation would replace the others there."""
PATHS = (
    *("/", "/a", "/A.b_c-d/0644", "/v1:watch", "/{id}", "/{proxy+}", "/a/{}", "/%2e", "/a(.*)", "/*"),
    *(f"/{text}" for text in TEXTS[1:]),
)
LONG = "é{" * 1300  # 3,900 bytes; an environment holds 4,096
NAMES = ("a", "0", "a.b", "a-b", "a--b", "x" * 253, ".".join(["y" * 63] * 3), "override", "versions", "con")
HOST = ".".join(["h" * 50] * 4)


def together(test):
    """One plan is enough for all of them."""
    return pytest.mark.requires("terraform", "aws-provider")(pytest.mark.xdist_group("hostile")(test))


def nfc(texts: Mapping[str, str]) -> dict[str, str]:
    """As Terraform normalises every string."""
    return {name: unicodedata.normalize("NFC", text) for name, text in texts.items()}


def expanded(texts: Mapping[str, str]) -> dict[str, str]:
    """As Kubernetes writes them into a container: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/"""
    return {name: text.replace("$$", "$") for name, text in texts.items()}


def env(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": text} for name, text in texts.items()]


@pytest.fixture(scope="module")
def planned(aws_server: AwsMock, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[dict[str, Any]]]:
    """What real Terraform makes of all of it, by type of resource."""
    objects = (
        *service({"env": env(NUMBERED)}, name="literal"),
        config_map("texts", NUMBERED),
        *service({"envFrom": [{"configMapRef": {"name": "texts"}}]}, name="configured"),
        *service({"env": env({"FITS": LONG})}, name="full"),
        *service({"env": env({"LONGER": LONG + LONG})}, name="overfull"),
        *service({}),
        ingress(*PATHS),
        ingress("/", name="host", host=HOST),
        ingress("/", name="wildcard", host=f"*.{HOST}"),
        *(made for name in NAMES for made in service({"envFrom": [{"configMapRef": {"name": name}}]}, name=name)),
        *(config_map(name, {name: "x", "KEY": "y"}) for name in NAMES),
    )
    work = tmp_path_factory.mktemp("hostile")
    (work / "in.yaml").write_text(dump(*objects))
    done = run_k2l("convert", str(work / "in.yaml"), "-o", str(work / "out"), folder=work / "out")
    assert done.exit_code == 0, done.stderr
    root = Terraform(done.folder, aws_server.environment).init()
    assert root.validate() == ()
    found: dict[str, list[dict[str, Any]]] = {"findings": done.record["findings"]}
    for resource in root.planned()["planned_values"]["root_module"]["resources"]:
        found.setdefault(resource["type"], []).append(resource["values"])
    return found


def variables(planned: Mapping[str, list[dict[str, Any]]], function: str) -> object:
    (found,) = (f["environment"] for f in planned["aws_lambda_function"] if f["function_name"] == function)
    return found[0]["variables"] if found else {}


def parameters(planned: Mapping[str, list[dict[str, Any]]], folder: str) -> dict[str, str]:
    names = [(parameter, parameter["name"].rpartition("/")) for parameter in planned["aws_ssm_parameter"]]
    return {name: parameter["insecure_value"] for parameter, (below, _, name) in names if below == folder}


@together
def test_every_text_in_the_environment_comes_back_through_terraform(planned):
    assert variables(planned, "literal") == nfc(expanded(PLAIN))


@together
def test_every_value_of_a_config_map_comes_back_through_terraform(planned):
    assert variables(planned, "configured") == nfc(PLAIN)


@together
def test_what_ssm_takes_of_a_config_map_comes_back_as_parameters(planned):
    taken = {name: text for name, text in NUMBERED.items() if text and "{{" not in text}
    assert parameters(planned, "/default/texts") == nfc(taken)


@together
def test_a_text_that_fills_the_environment_comes_back_and_a_longer_one_as_a_parameter(planned):
    assert variables(planned, "full") == {"FITS": LONG}
    assert variables(planned, "overfull") == {}
    assert parameters(planned, "/k2l.env/overfull") == {"LONGER": LONG + LONG}


@together
def test_every_name_that_kubernetes_takes_is_a_name_on_aws_for_one_object_only(planned):
    """Real Terraform has checked their form already."""
    for kind, name in (("aws_lambda_function", "function_name"), ("aws_apigatewayv2_api", "name"), ("aws_ssm_parameter", "name")):
        names = [resource[name] for resource in planned[kind]]
        assert len(names) == len(set(names)) > 2
    assert {name for name in NAMES if len(name) < 5 and "." not in name} < {f["function_name"] for f in planned["aws_lambda_function"]}
    assert [variables(planned, name) for name in ("a", "override")] == [{"KEY": "y"}, {"override": "x", "KEY": "y"}]


@together
def test_a_path_comes_back_as_a_route_or_is_reported(planned):
    routes = {route["route_key"].removeprefix("ANY ") for route in planned["aws_apigatewayv2_route"]}
    reported = {finding["path"] for finding in planned["findings"] if finding["object"] == "Ingress/default/web"}
    lost = [path for number, path in enumerate(PATHS) if path not in routes and f"spec.rules[0].http.paths[{number}].path" not in reported]
    assert lost == []
    assert len(routes) > 10


@pytest.mark.parametrize("extra", [{}, {"env": env({"my.key": "x"})}], ids=["without init", "with init"])
def test_every_text_of_a_command_line_is_in_the_init_contract(convert, extra):
    lines = {"command": list(TEXTS), "args": [*TEXTS[::-1]], "workingDir": "/a b/\"'\\$x"}
    contract = json.loads(convert(dump(*service(lines | extra))).files["images/web/init.json"])
    assert contract["command"] == list(expanded(NUMBERED).values())
    assert contract["args"] == contract["command"][::-1]
    assert contract["workingDir"] == lines["workingDir"]


def test_every_text_of_a_command_line_is_in_the_dockerfile(convert):
    dockerfile = convert(dump(*service({"command": list(TEXTS), "args": [ESCAPED]}))).files["images/web/Dockerfile"]
    entrypoint, arguments = dockerfile.splitlines()[-2:]
    assert json.loads(entrypoint.removeprefix("ENTRYPOINT ")) == list(expanded(NUMBERED).values())
    assert arguments == f"CMD {json.dumps([ESCAPED])}"


def test_every_value_of_a_config_map_is_a_file_as_it_is(convert):
    mounted = {"volumeMounts": [{"name": "texts", "mountPath": "/etc/texts"}]}
    volume = {"name": "texts", "configMap": {"name": "texts"}}
    done = convert(dump(config_map("texts", NUMBERED), *service(mounted, volumes=[volume])))
    written = {name: done.files[f"images/web/files/etc/texts/{name}"] for name in NUMBERED}
    assert written == NUMBERED


def test_every_text_may_be_the_path_of_a_file(convert):
    paths = [f"/etc/{number}{text}" for number, text in enumerate(TEXTS)]
    mounted = {"volumeMounts": [{"name": "one", "mountPath": path, "subPath": "one"} for path in paths]}
    volume = {"name": "one", "configMap": {"name": "one"}}
    done = convert(dump(config_map("one", {"one": "content"}), *service(mounted, volumes=[volume])))
    files = {entry["path"]: entry["source"] for entry in json.loads(done.files["images/web/init.json"])["files"]}
    assert len(set(files.values())) == len(paths)
    assert {done.files[f"images/web/{source}"] for source in files.values()} == {"content"}


@pytest.mark.requires("terraform", "aws-provider")
@pytest.mark.parametrize(
    "text", [EVERYTHING, *(pytest.param(text, marks=pytest.mark.thorough) for text in ("..", "*"))], ids=["everything", "dots", "star"]
)
def test_a_text_in_any_field_of_any_kind_leaves_the_output_valid_and_breaks_out_of_nothing(convert, text):
    done = convert(in_every_field(text))
    assert done.exit_code == 0
    assert Terraform(done.folder).fmt_check()[:2000] == ""
    assert Terraform(done.folder).init().validate() == ()
    for name, content in done.files.items():
        assert "/files/" in name or not {ESCAPED, "RUN escaped"} & {line.strip() for line in content.splitlines()}, name


@pytest.mark.requires("terraform")
def test_the_name_of_a_file_cannot_break_out_of_a_comment(convert):
    done = convert({f'a"${{x}}\n{ESCAPED}\n*.yaml': dump(*service({}))})
    assert done.exit_code == 0
    assert Terraform(done.folder).fmt_check() == ""
    assert ESCAPED not in {line.strip() for name in done.files for line in done.files[name].splitlines()}
