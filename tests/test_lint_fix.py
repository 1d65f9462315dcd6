"""``k2l lint --fix``: what is changed in the files, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.linting import WARNED, WEB
from k2l.source import load

CRON = """\
# The nightly report.
apiVersion: batch/v1beta1   # old
kind: CronJob
metadata: {name: report}
spec:
  schedule: "TZ=Europe/Berlin 0 3 * * *"   # nightly
  jobTemplate:
    spec:
      template:
        spec:
          restartpolicy:   Never
          # k2l: ignore[K2L121] gone
          containers:
            - name: report # k2l: ignore[K2L402, K2L122] x
              image: 'registry.example/report:1.0'
              ports: [ {containerPort: "8080"} ]
              tty: "true"
              env:
                - {name: PORT,   value: 8080}
                - name: DEBUG
                  value: yes   # keep
"""
MENDED = """\
# The nightly report.
apiVersion: batch/v1   # old
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 3 * * *"   # nightly
  timeZone: "Europe/Berlin"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy:   Never
          containers:
            - name: report
              image: 'registry.example/report:1.0'
              ports: [ {containerPort: 8080} ]
              tty: true
              env:
                - {name: PORT,   value: "8080"}
                - name: DEBUG
                  value: "yes"   # keep
"""


@pytest.fixture
def fix(k2l, tmp_path):
    """Writes ``text`` to a file, lints it with --fix, and gives what came of both."""

    def run(text: str | bytes, *arguments: str):
        path = tmp_path / "report.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        done = k2l("lint", "report.yaml", "--fix", "--fail-on", "error", *arguments)
        return done, path.read_bytes()

    return run


def test_what_is_safe_is_mended_and_everything_else_stays_as_it_was(fix):
    done, text = fix(CRON)
    assert text.decode() == MENDED
    assert done.stderr.startswith("Fixed 10 findings in 1 file\n")
    assert "K2L001" not in done.stdout
    assert done.exit_code == 0


def test_once_mended_there_is_nothing_to_mend(fix):
    done, text = fix(MENDED)
    assert text.decode() == MENDED
    assert "Fixed" not in done.stderr


def test_line_ends_and_a_byte_order_mark_stay(fix):
    text = b"\xef\xbb\xbf" + CRON.replace("\n", "\r\n").encode()
    assert fix(text)[1] == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_a_value_that_other_fields_share_is_left_alone(fix):
    shared = CRON.replace("value: 8080}", "value: &port 8080}").replace("value: yes", "value: *port")
    done, text = fix(shared)
    assert b"value: &port 8080}" in text
    assert b"apiVersion: batch/v1 " in text, "the others are mended"
    assert "K2L001" in done.stdout


def test_a_key_is_not_renamed_to_one_that_is_there(fix):
    assert b"restartpolicy:" in fix(CRON.replace("restartpolicy:   Never", "restartpolicy: Never\n          restartPolicy: Never"))[1]


@pytest.mark.parametrize(("wrong", "right"), [("imagePullPolice: Always", "imagePullPolicy"), ("memory: 512m", "512Mi")])
def test_what_has_to_be_guessed_is_not_mended(fix, wrong, right):
    field = f"          {'resources: {limits: {' + wrong + '}}' if 'memory' in wrong else wrong}\n"
    text = WEB.replace("      - name: web\n", f"      - name: web\n{field[2:]}")
    assert right.encode() not in fix(text)[1]


def test_findings_that_can_be_mended_are_marked_and_counted(k2l, tmp_path):
    (tmp_path / "report.yaml").write_text(CRON)
    done = k2l("lint", "report.yaml", "--output-format", "concise")
    assert "report.yaml:2:13: K2L014 warning [*] batch/v1beta1 CronJob is gone" in done.stdout
    assert "; [*] 10 fixable with --fix\n" in done.stderr
    assert "K2L014 warning [*]: batch/v1beta1" in k2l("lint", "report.yaml").stdout
    assert (tmp_path / "report.yaml").read_text() == CRON


def test_what_is_rendered_or_piped_in_is_not_mended(k2l, tmp_path):
    assert "fixable" not in k2l("lint", "--fix", stdin=CRON).stderr
    rendered = f"# Source: chart/templates/report.yaml\n{CRON}"
    (tmp_path / "report.yaml").write_text(rendered)
    assert "Fixed" not in k2l("lint", "report.yaml", "--fix").stderr
    assert (tmp_path / "report.yaml").read_text() == rendered


def test_only_what_is_selected_is_mended(fix):
    assert fix(CRON, "--select", "K2L014")[1].decode() == CRON.replace("v1beta1", "v1")


def test_a_link_stays_a_link_and_the_mode_stays(k2l, tmp_path):
    (tmp_path / "real.yaml").write_text(CRON)
    (tmp_path / "real.yaml").chmod(0o640)
    (tmp_path / "report.yaml").symlink_to("real.yaml")
    k2l("lint", "report.yaml", "--fix")
    assert (tmp_path / "report.yaml").is_symlink()
    assert (tmp_path / "real.yaml").read_text() == MENDED
    assert (tmp_path / "real.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.yaml", "report.yaml"]


def test_each_file_is_mended_by_itself(k2l, tmp_path):
    (tmp_path / "one.yaml").write_text(CRON)
    (tmp_path / "two.yaml").write_text(CRON.replace("name: report}", "name: other}") + "---\n" + WARNED)
    done = k2l("lint", ".", "--fix")
    assert done.stderr.startswith("Fixed 20 findings in 2 files\n")
    assert (tmp_path / "two.yaml").read_text() == MENDED.replace("name: report}", "name: other}") + "---\n" + WARNED


WRITTEN = ["8080", "1e3", "0644", "yes", "null", "~", "'8'", "-1", "0x1F", "1_000", "22:22", "1.50", "text"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WRITTEN), min_size=1))
def test_a_variable_gets_the_very_characters_that_were_written(fix, values):
    lines = "".join(f"                - {{name: V{n}, value: {value}}}\n" for n, value in enumerate(values))
    text = CRON.partition("              ports")[0] + f"              env:\n{lines}"
    after = load(fix(text)[1].decode(), "").objects[0]
    env = after.plain()["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["env"]
    assert [entry["value"] for entry in env] == [None if v in {"null", "~"} else v.strip("'") for v in values]


def test_files_of_other_people_differ_in_what_is_reported_only(k2l, tmp_path, corpus: Path):
    """Every file of a set with old manifests: after the fix, what was fixable is gone and nothing else has come."""
    mended = 0
    for path in sorted((corpus / "kubernetes-examples").rglob("*.yaml"))[:150]:
        copy = tmp_path / "one.yaml"
        copy.write_bytes(path.read_bytes())
        before = k2l("lint", "one.yaml", "--output-format", "json", "--exit-zero")
        if before.exit_code != 0 or '"fixable": true' not in before.stdout:
            continue
        k2l("lint", "one.yaml", "--fix", "--exit-zero")
        after = k2l("lint", "one.yaml", "--output-format", "json", "--exit-zero")
        mended += '"fixable": true' not in after.stdout
        assert set(_said(after)) <= set(_said(before)) | {"K2L003"}, path
    assert mended


def _said(done) -> list[str]:
    return [found["code"] for found in json.loads(done.stdout)["findings"]]


def test_a_map_that_another_object_shares_as_it_is_is_left_alone(fix):
    shared = (
        "apiVersion: v1\nkind: List\nitems:\n"
        "- {apiVersion: v1, kind: ConfigMap, metadata: {name: one, labels: &same {version: 1}}, data: {a: b}}\n"
        "- {apiVersion: example.com/v1, kind: Thing, metadata: {name: two}, spec: *same}\n"
    )
    done, text = fix(shared)
    assert "K2L001" in done.stdout
    assert text.decode() == shared
