"""``k2l secrets push`` against the AWS mock: the values are where the functions read them, and nowhere else."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.aws_mock import AwsMock
from harness.command import Ran
from k2l.errors import UserError
from k2l.secrets.store import Store
from k2l.secrets.values import Content, secret_string

KEYSTORE = bytes(range(256))
APP = f"""\
apiVersion: v1
kind: Secret
metadata: {{name: db, namespace: shop}}
data:
  password: {base64.b64encode(b"magpie-data").decode()}
  token: {base64.b64encode(b"magpie-overridden").decode()}
  keystore: {base64.b64encode(KEYSTORE).decode()}
  empty: ""
stringData:
  token: magpie-string
  unused: "magpie \\"é\\" $(X)"
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, namespace: shop}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{{containerPort: 8080}}]
        args: [--token, $(API_TOKEN)]
        env:
        - {{name: PASSWORD, valueFrom: {{secretKeyRef: {{name: db, key: password}}}}}}
        - {{name: TOKEN, valueFrom: {{secretKeyRef: {{name: db, key: token}}}}}}
        - {{name: HOST, value: db.example.com}}
        - {{name: API_TOKEN, value: magpie-Old9f86d081884c7d659a2feaa0c55ad}}
        - {{name: API_TOKEN, value: magpie-9f86d081884c7d659a2feaa0c55ad}}
        - {{name: DATABASE_URL, value: "postgres://shop:magpie9a2f@$(HOST):5432/shop"}}
        volumeMounts: [{{name: keys, mountPath: /etc/keys}}]
      volumes: [{{name: keys, secret: {{secretName: db, items: [{{key: keystore, path: store}}]}}}}]
"""
ELSEWHERE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
      - name: api
        image: example.com/api:1.2
        ports: [{containerPort: 8080}]
        envFrom: [{secretRef: {name: vault}}]
"""

pytestmark = [pytest.mark.requires("moto"), pytest.mark.usefixtures("account")]


@pytest.fixture
def account(aws: AwsMock, monkeypatch: pytest.MonkeyPatch) -> AwsMock:
    given = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    for name, value in {**given, **aws.environment, "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    return aws


@pytest.fixture
def output(convert: Callable[..., Ran], account: AwsMock) -> Callable[..., Ran]:
    """``output(manifests)``: converted, with all secrets of the output made and empty."""

    def make(manifests: str = APP, *options: str) -> Ran:
        made = convert(manifests, *options)
        for secret in made.record["secrets"]:
            account.client("secretsmanager").create_secret(Name=secret["name"])
        return made

    return make


def held(account: AwsMock, name: str) -> Any:
    return json.loads(account.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])


def versions(account: AwsMock) -> list[str]:
    client = account.client("secretsmanager")
    every = [client.list_secret_version_ids(SecretId=name)["Versions"] for name in ("shop/db", "k2l.env/shop-web")]
    return [version["VersionId"] for found in every for version in found]


def wanted(made: Ran) -> Iterator[tuple[str, str]]:
    """Name and member of each reference to a secret in the contracts of the output."""
    for name, text in made.files.items():
        if name.endswith("/init.json"):
            yield from re.findall(r'"secretsmanager:([^#"?]+)#([^"?]+)', text)


def test_every_reference_of_the_contracts_finds_its_value(k2l, output, account):
    made = output()
    assert k2l("secrets", "push", "in", "-o", "out").exit_code == 0
    found = {(name, key): held(account, name)[key] for name, key in wanted(made)}
    assert found == {
        ("shop/db", "password"): "magpie-data",
        ("shop/db", "token"): "magpie-string",
        ("shop/db", "keystore"): {"base64": base64.b64encode(KEYSTORE).decode()},
        ("k2l.env/shop-web", "API_TOKEN"): "magpie-9f86d081884c7d659a2feaa0c55ad",
        ("k2l.env/shop-web", "DATABASE_URL"): "postgres://shop:magpie9a2f@db.example.com:5432/shop",
    }


def test_a_secret_is_taken_over_as_a_whole(k2l, output, account):
    output()
    k2l("secrets", "push", "in", "-o", "out")
    assert held(account, "shop/db").keys() == {"password", "token", "keystore", "empty", "unused"}
    assert held(account, "shop/db")["unused"] == 'magpie "é" $(X)'
    assert held(account, "shop/db")["empty"] == ""


def test_a_second_run_changes_nothing(k2l, output, account):
    output()
    first = k2l("secrets", "push", "in", "-o", "out")
    before = versions(account)
    second = k2l("secrets", "push", "in", "-o", "out")
    assert first.stdout.count("pushed") == 2
    assert (second.exit_code, second.stdout.count("unchanged"), second.stdout.count("pushed")) == (0, 2, 0)
    assert versions(account) == before


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(k2l, output, account):
    output()
    done = k2l("secrets", "push", "in", "-o", "out", "--dry-run")
    assert (done.exit_code, done.stdout.count("would push")) == (0, 2)
    with pytest.raises(account.client("secretsmanager").exceptions.ResourceNotFoundException):
        held(account, "shop/db")


def test_another_value_is_overwritten_only_by_force(k2l, output, account):
    output()
    account.client("secretsmanager").put_secret_value(SecretId="shop/db", SecretString='{"password": "rook", "own": "x"}')
    refused = k2l("secrets", "push", "in", "-o", "out")
    assert (refused.exit_code, held(account, "shop/db")) == (1, {"password": "rook", "own": "x"})
    assert "refused    shop/db" in refused.stdout
    assert held(account, "k2l.env/shop-web")
    assert k2l("secrets", "push", "in", "-o", "out", "--force").exit_code == 0
    assert (held(account, "shop/db")["password"], held(account, "shop/db")["own"]) == ("magpie-data", "x")


@pytest.mark.parametrize("text", ["no JSON", "[]", '"text"'])
def test_a_value_of_another_form_is_another_value(k2l, output, account, text):
    output()
    account.client("secretsmanager").put_secret_value(SecretId="shop/db", SecretString=text)
    assert k2l("secrets", "push", "in", "-o", "out").exit_code == 1
    assert k2l("secrets", "push", "in", "-o", "out", "--force").exit_code == 0
    assert held(account, "shop/db")["password"] == "magpie-data"


def test_members_that_are_missing_are_added_to_those_that_are_there(k2l, output, account):
    output()
    account.client("secretsmanager").put_secret_value(SecretId="shop/db", SecretString='{"password": "magpie-data", "own": "x"}')
    assert k2l("secrets", "push", "in", "-o", "out").exit_code == 0
    assert {"own", "token"} <= held(account, "shop/db").keys()


def test_a_secret_that_is_not_among_the_manifests_is_named_until_it_has_a_value(k2l, output, account):
    output(ELSEWHERE)
    before = k2l("secrets", "push", "in", "-o", "out")
    assert (before.exit_code, before.stdout.split()[:2]) == (1, ["missing", "shop/vault"])
    account.client("secretsmanager").put_secret_value(SecretId="shop/vault", SecretString='{"a": "b"}')
    after = k2l("secrets", "push", "in", "-o", "out")
    assert (after.exit_code, after.stdout.split()[:2]) == (0, ["kept", "shop/vault"])


def test_a_secret_that_nobody_made_yet_stops_with_what_to_do(k2l, convert):
    convert(APP)
    done = k2l("secrets", "push", "in", "-o", "out")
    assert done.exit_code == 2
    assert "shop/db does not exist: apply the output first" in done.stderr
    assert "k2l.env/shop-web does not exist" in done.stderr


def test_names_come_from_the_record_and_from_nothing_else(k2l, output, account):
    made = output()
    path = made.folder / "k2l.json"
    path.write_text(path.read_text().replace('"name":"shop/db"', '"name":"elsewhere/db"'))
    account.client("secretsmanager").create_secret(Name="elsewhere/db")
    assert k2l("secrets", "push", "in", "-o", "out").exit_code == 0
    assert held(account, "elsewhere/db")["password"] == "magpie-data"


def test_the_region_of_the_command_line_counts(k2l, output):
    output()
    done = k2l("secrets", "push", "in", "-o", "out", "--region", "us-east-1")
    assert done.exit_code == 2
    assert "does not exist" in done.stderr


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (None, "run k2l convert first"),
        ("no", "is not JSON"),
        ('{"schema": "k2l/v1"}', "run k2l convert again"),
        ("[]", "run k2l convert again"),
    ],
)
def test_without_a_record_there_is_nothing_to_push(k2l, convert, record, said):
    made = convert(APP)
    path = made.folder / "k2l.json"
    path.unlink() if record is None else path.write_text(record)
    done = k2l("secrets", "push", "in", "-o", "out")
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_manifests_that_are_no_longer_those_of_the_record_are_refused(k2l, output):
    output()
    Path("in/input.yaml").write_text(APP.replace("DATABASE_URL", "OTHER_URL"))
    done = k2l("secrets", "push", "in", "-o", "out")
    assert done.exit_code == 2
    assert "no literal for DATABASE_URL any more: run k2l convert again" in done.stderr


def test_what_is_no_base64_is_named_by_its_key_and_place(k2l, output):
    output(APP.replace('  empty: ""', "  empty: '%%magpie%%'"))
    done = k2l("secrets", "push", "in", "-o", "out")
    assert done.exit_code == 2
    assert re.search(r'input\.yaml:\d+:\d+: key "empty" of Secret/shop/db is not base64', done.stderr)
    assert "magpie" not in done.stdout + done.stderr


def test_a_secret_that_would_be_too_large_is_refused_before_aws_could_quote_it(k2l, output):
    output(APP.replace("unused: ", "large: " + "magpie" * 12000 + "\n  unused: "))
    done = k2l("secrets", "push", "in", "-o", "out")
    assert (done.exit_code, "shop/db would be larger than" in done.stderr) == (2, True)
    assert "magpie" not in done.stdout + done.stderr


def test_no_value_is_in_any_output_error_or_log(output, tmp_path):
    """In a process of its own with the SDK's logs on, and with an account that refuses."""
    output()
    program = (
        "import logging; logging.basicConfig(level=logging.DEBUG)\n"
        "import boto3; boto3.set_stream_logger('', logging.DEBUG)\n"
        "from k2l.cli import main\n"
        "main()"
    )
    said = ""
    for options in ([], ["--force"], ["--dry-run"], ["--region", "us-east-1"], ["-v"]):
        command = [sys.executable, "-c", program, "secrets", "push", "in", "-o", "out", *options]
        done = subprocess.run(command, cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr
    assert "pushed" in said
    assert "API_TOKEN" in said
    for value in ("magpie", base64.b64encode(b"magpie-data").decode(), base64.b64encode(KEYSTORE).decode()[:40]):
        assert value not in said


class Refusing:
    """An AWS that quotes what it refuses, as the real one may."""

    def get_secret_value(self, **_: str) -> dict[str, str]:
        return {}

    def put_secret_value(self, **given: str) -> None:
        from botocore.exceptions import ClientError

        raise ClientError({"Error": {"Code": "ValidationException", "Message": f"Value {given['SecretString']}"}}, "PutSecretValue")


def test_what_aws_quotes_is_not_passed_on():
    with pytest.raises(UserError) as raised:
        Store(Refusing(), put=True, force=True).push(Content("a", "Secret/x/a", {"k": "magpie"}))
    assert str(raised.value) == "a: put_secret_value failed with ValidationException"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_a_content_never_shows_its_values():
    assert "magpie" not in repr(Content("a", "Secret/x/a", {"k": "magpie"}))


def test_logs_are_as_before_afterwards(k2l, output):
    output()
    k2l("secrets", "push", "in", "-o", "out")
    assert logging.root.manager.disable == logging.NOTSET


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_any_text_is_a_member_that_reads_back(members):
    assert json.loads(secret_string(members)) == members
