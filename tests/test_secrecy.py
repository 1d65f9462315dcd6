"""No secret value is in anything that k2l makes or says: the word magpie is put wherever a manifest can hold one, and looked for."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.command import Ran
from harness.stages import Staged, bundle
from k2l import contract
from k2l.aws.build_context import BuildContext


def coded(text: str) -> str:
    return b64encode(text.encode()).decode()


APP = f"""
apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {{"data": {{"password": "{coded("magpie-applied-coded")}"}}, "stringData": {{"url": "magpie-applied-plain"}}}}
data:
  password: {coded("magpie-data")}
  unused: {coded("magpie-unused")}
  damaged: "%%magpie-damaged%%"
stringData:
  url: postgres://shop:magpie-url@db:5432/shop
  db.conf: |
    password = magpie-file
  pin: 4711magpie
---
apiVersion: v1
kind: Secret
metadata: {{name: idle, namespace: shop}}
stringData: {{token: magpie-idle}}
---
apiVersion: v1
kind: Service
metadata: {{name: db, namespace: shop}}
spec: {{selector: {{app: db}}, ports: [{{port: 5432}}]}}
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
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          command: [/web, --token, $(API_TOKEN)]
          args: ["--dsn=$(DSN)", "--password=$(PASSWORD)", "--db=$(DATABASE_URL)"]
          workingDir: /srv
          envFrom: [{{secretRef: {{name: db}}, prefix: DB_}}]
          env:
            - {{name: PASSWORD, valueFrom: {{secretKeyRef: {{name: db, key: password}}}}}}
            - {{name: MISSING, valueFrom: {{secretKeyRef: {{name: db, key: gone, optional: true}}}}}}
            - {{name: MADE_OF_IT, value: "db:5432 as $(PASSWORD)"}}
            - {{name: API_TOKEN, value: magpie-Literal9f86d081884c7d65}}
            - {{name: API_TOKEN, value: magpie-Again9f86d081884c7d659}}
            - {{name: DSN, value: "host=db password=$(API_TOKEN)"}}
            - {{name: DATABASE_URL, value: "postgres://shop:magpie-Within9a2f@db:5432/shop"}}
            - {{name: secret.key, value: magpie-Dotted9f86d081884c7d659}}
            - {{name: AWS_SECRET_ACCESS_KEY, value: magpie-Reserved9f86d081884c7d65}}
          volumeMounts: [{{name: conf, mountPath: /etc/db}}, {{name: conf, mountPath: /etc/db.conf, subPath: db.conf}}]
      volumes: [{{name: conf, secret: {{secretName: db}}}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: db, namespace: shop}}
spec:
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec:
      hostNetwork: true
      containers:
        - {{name: db, image: "registry.example/db:1.0", env: [{{name: POSTGRES_PASSWORD, value: magpie-Stays9f86d0818}}]}}
---
apiVersion: v1
kind: List
items:
  - {{apiVersion: v1, kind: Secret, metadata: {{name: listed}}, stringData: {{token: magpie-listed}}}}
"""


def leaks(*texts: str) -> list[str]:
    """Every magpie in these texts, plain or encoded, with what stands around it."""
    hidden = re.compile(f"magpie|{coded('magpie')}", re.IGNORECASE)
    return [text[max(0, m.start() - 40) : m.end() + 20] for text in texts for m in hidden.finditer(text)]


@pytest.fixture(scope="module")
def found() -> Staged:
    return bundle(APP)


def test_the_input_has_magpies_and_the_search_finds_them() -> None:
    assert len(leaks(APP)) > 15


def test_the_workload_goes_to_lambda_and_reads_its_secrets_at_start(found: Staged) -> None:
    assert found.targets["Deployment/shop/web"] == "lambda"
    assert {"API_TOKEN", "DATABASE_URL", "PASSWORD"} <= {entry.name for entry in found.image.environment if hasattr(entry, "name")}


def test_the_values_of_secrets_are_marked_wherever_they_go(found: Staged) -> None:
    for _, provides in (stored for (kind, *_), stored in found.graph.configuration.items() if kind == "Secret"):
        assert provides.data
        assert all(value.sensitive for value in provides.data.values())
        assert leaks(repr(provides)) == []


def test_no_plan_shows_one(found: Staged) -> None:
    assert leaks(repr(found.plan)) == []


def test_no_ledger_shows_one(found: Staged) -> None:
    assert leaks(repr(found.ledger)) == []


def test_no_finding_shows_one(found: Staged) -> None:
    assert found.findings
    for finding in found.findings:
        said = finding.problem
        assert leaks(repr(finding), said.message, said.help or "", *(note.label for note in said.related)) == []


def test_no_decision_shows_one(found: Staged) -> None:
    credentials = [d for d in found.plan.decisions if ":secret-" in d.id]
    assert {d.id.partition(":secret-")[2] for d in credentials} >= {"API_TOKEN", "DATABASE_URL", "secret.key"}
    assert leaks(*map(repr, found.plan.decisions)) == []


def test_no_contract_with_the_init_shows_one(found: Staged) -> None:
    for context in found.plan.of(BuildContext):
        assert leaks(contract.to_json(context), repr(contract.baked_files(context))) == []


@pytest.mark.parametrize("option", ["-q", "-v", "--color=always", "--diff", "--check"])
def test_no_file_and_no_terminal_shows_one(convert: Callable[..., Ran], option: str) -> None:
    done = convert(APP, option)
    assert leaks(done.stdout, done.stderr, *done.files, *done.files.values()) == []


def test_no_changed_secret_is_shown_as_a_difference(convert: Callable[..., Ran]) -> None:
    convert(APP)
    assert leaks(convert(APP.replace("magpie-", "magpie-new-"), "--diff").stdout) == []


@pytest.mark.parametrize("asked", ["Deployment/shop/web", "Deployment/shop/db"])
def test_no_explanation_shows_one(k2l: Callable[..., Ran], tmp_path: Path, asked: str) -> None:
    (tmp_path / "app.yaml").write_text(APP)
    done = k2l("explain", asked, "app.yaml")
    assert asked in done.stdout
    assert leaks(done.stdout, done.stderr) == []


SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n"
BROKEN = {
    "a key twice": f"{SECRET}stringData:\n  password: magpie\n  password: magpie\n",
    "a map that does not end": f"{SECRET}stringData: {{password: magpie\n",
    "a quote that does not end": f'{SECRET}stringData: {{password: "magpie}}\n',
    "a tab": f"{SECRET}stringData:\n\tpassword: magpie\n",
    "a colon within": f"{SECRET}stringData:\n  password: magpie: magpie\n",
    "an alias to nothing": f"{SECRET}stringData: {{password: *magpie}}\n",
    "a tag": f"{SECRET}stringData: {{password: !magpie magpie}}\n",
    "a template": f"{SECRET}stringData: {{password: {{{{ magpie }}}}}}\n",
    "a directive": f"%magpie magpie\n---\n{SECRET}",
    "no YAML at all": "magpie-magpie\n",
    "a character that YAML forbids": f"{SECRET}stringData: {{password: 'magpie\x01magpie'}}\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_no_complaint_about_a_file_that_cannot_be_read_shows_one(convert: Callable[..., Ran], text: str) -> None:
    done = convert(text, "-v")
    assert leaks(done.stdout, done.stderr, *done.files.values()) == []


WRONG = (
    "stringData: {password: [magpie]}",
    "stringData: {password: {inner: magpie}}",
    "stringData: [magpie]",
    "data: magpie",
    "data: {password: '=magpie='}",
)


@pytest.mark.parametrize("text", WRONG)
def test_no_complaint_about_a_wrong_type_shows_one(convert: Callable[..., Ran], text: str) -> None:
    done = convert(f"{SECRET}{text}\n---{APP.replace('magpie', 'other')}", "-v")
    assert leaks(done.stdout, done.stderr, *done.files.values()) == []
