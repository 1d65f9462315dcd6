"""``k2l plan``: one report, four forms that agree, and what it says of the examples."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from harness.linting import WEB
from k2l.dev import report_schema
from k2l.formats.plan import _sentences as say
from k2l.formats.plan import md

ROOT = Path(__file__).parents[1]
HOSTILE = '<img src=x onerror="alert(1)">'
GRPC = WEB.replace("web", "rpc").replace("containerPort: 8080", "containerPort: 8080, name: grpc")
CRON = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: report, image: "example.com/report:1.0"}]
"""
BOTH = f"{WEB}---\n{GRPC}---\n{CRON}"


@pytest.fixture
def plan(k2l, tmp_path):
    """``plan(text, *options)``: the report as data, of a folder with that text; its other forms lie beside it as plan.*."""

    def run(text: str, *options: str):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in/all.yaml").write_text(text)
        done = k2l("plan", "in", "-o", "plan.html", "-o", "plan.md", "-o", "plan.json", *options)
        assert done.exit_code == 0, done.stderr
        return done, json.loads((tmp_path / "plan.json").read_text())

    return run


class Text(HTMLParser):
    """What a page says, without markup."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src") if name in found]
        self._silent += tag in ("style", "script")

    def handle_endtag(self, tag):
        self._silent -= tag in ("style", "script")

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.said))


def page(path: Path) -> Text:
    found = Text()
    found.feed(path.read_text())
    return found


def test_all_four_forms_say_the_same(plan, tmp_path):
    done, report = plan(BOTH)
    shown = {"terminal": done.stdout, "page": page(tmp_path / "plan.html").text, "comment": unescaped((tmp_path / "plan.md").read_text())}
    verdict = "Of 3 workloads, 2 move to Lambda and 1 moves to Fargate."
    counts = report["counts"]
    for name, said in shown.items():
        text = said.replace(" *", "*")
        assert verdict in text, name
        assert f"{counts['objects']} objects, {counts['leaves']} fields" in text, name
        for side in ("before", "after"):
            assert say.usd(report["costs"][side]["expected"]) in text, name
        assert f"{report['effort']['points']} story points" in text, name
        assert f"{report['verdict']['open']} decision" in text, name
        for card in report["workloads"]:
            assert card["name"] in text
            assert say.usd(card["bill"]["before"]["expected"]) in text, (name, card["id"])
            assert say.usd(card["bill"]["after"]["expected"]) in text, (name, card["id"])


def unescaped(text: str) -> str:
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


def test_the_data_keep_to_their_schema(plan):
    _, report = plan(BOTH)
    schema = json.loads((ROOT / "mappings/schema/plan.schema.json").read_text())
    assert not list(Draft202012Validator(schema).iter_errors(report))
    assert list(Draft202012Validator(schema).iter_errors(report | {"schema": "k2l-plan/v2"}))


def test_the_schema_is_that_of_the_model():
    assert (ROOT / "mappings/schema/plan.schema.json").read_text() == report_schema.text(), "run make tables"


def test_the_sums_of_the_report_are_the_sums_of_its_lines(plan):
    _, report = plan(BOTH)
    lines = [line for card in report["workloads"] for line in card["bill"]["lines"]] + report["costs"]["shared"]
    for side in ("before", "after"):
        total = sum(line["amount"]["expected"] for line in lines if line["side"] == side)
        assert report["costs"][side]["expected"] == pytest.approx(total, abs=0.01 * len(lines))
    tasks = [*report["workloads"], *report["effort"]["shared"]]
    assert report["effort"]["points"] == sum(one["points"] for one in tasks)
    assert sum(report["verdict"]["targets"].values()) == report["verdict"]["workloads"] == len(report["workloads"])
    dispositions = ("mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled")
    assert sum(report["counts"][name] for name in dispositions) == report["counts"]["leaves"]


def test_a_card_says_what_decided_and_where_it_stands(plan):
    _, report = plan(BOTH)
    (card,) = (card for card in report["workloads"] if card["name"] == "rpc")
    (reason,) = card["because"]
    assert (card["target"], reason["code"], reason["place"]["file"], reason["place"]["line"]) == ("fargate", "K2L203", "all.yaml", 30)
    assert card["command"] == "k2l convert in -o out"


def test_what_has_no_price_is_not_said_to_cost_nothing(plan, tmp_path):
    redis = WEB.replace("web", "cache").replace("example.com/cache:1.2", "redis:7")
    done, report = plan(redis)
    (card,) = report["workloads"]
    assert (card["target"], card["bill"]["after"]["expected"]) == ("managed-service", 0)
    assert "ElastiCache" in " ".join(one["what"] for one in report["costs"]["unpriced"])
    for text in (done.stdout, (tmp_path / "plan.md").read_text(), page(tmp_path / "plan.html").text):
        assert "not priced" in text


@pytest.mark.parametrize("hostile", [HOSTILE, "</script><script>alert(1)</script>", '"><svg onload=alert(1)>', "{{ 7 * 7 }}{% raw %}"])
def test_text_from_manifests_is_no_markup(plan, tmp_path, hostile):
    quoted = json.dumps(hostile)
    text = BOTH.replace("name: rpc,", f"name: {quoted},").replace("name: grpc", f"name: {json.dumps('grpc' + hostile)}")
    plan(text.replace("metadata: {name: web, namespace: shop}", f"metadata: {{name: web, namespace: {quoted}}}"))
    clean = page(tmp_path / "plan.html")
    assert "img" not in clean.tags
    assert clean.tags.count("script") == 1
    assert not any("onload" in tag or "onerror" in tag for tag in clean.tags)
    assert hostile.replace(" ", "") in clean.text.replace(" ", "")
    comment = (tmp_path / "plan.md").read_text()
    outside = re.sub(r"`[^`\n]*`", "", comment)
    assert not re.search(r"<(?!/?(details|summary)>)", outside)


def test_a_page_needs_nothing_else(plan, tmp_path):
    plan(BOTH)
    found = page(tmp_path / "plan.html")
    assert all(link.startswith("#") for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= {*found.ids, *(re.sub("/", "%2F", one) for one in found.ids)}
    text = (tmp_path / "plan.html").read_text()
    assert not re.search(r"url\((?!#)|@import|https?://[^\s\"<]*\.(css|js|png|woff)", text)


def test_headings_descend_one_level_at_a_time(plan, tmp_path):
    plan(BOTH)
    levels = [int(tag[1]) for tag in page(tmp_path / "plan.html").tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_comment_stays_under_the_limit_and_says_what_it_leaves_out(plan, tmp_path):
    one = GRPC + "---\n" + WEB
    _, report = plan("---\n".join(one.replace("namespace: shop", f"namespace: team-{number}") for number in range(400)))
    text = (tmp_path / "plan.md").read_text()
    assert len(report["workloads"]) == 800
    assert len(text) <= md.LIMIT
    assert re.search(r"\d+ more workloads did not fit into this comment", text)


def test_the_first_run_writes_what_it_assumes_and_assumes_it_until_somebody_says_otherwise(plan, tmp_path):
    first, assumed = plan(WEB)
    assert "Wrote usage.yaml: say there how much" in first.stderr
    again, same = plan(WEB)
    assert "Wrote usage.yaml" not in again.stderr
    assert same == assumed
    text = (tmp_path / "usage.yaml").read_text()
    assert "requests-per-second-per-replica" in assumed["costs"]["after"]["assumed"]
    assert "# requests-per-second: " in text
    (tmp_path / "usage.yaml").write_text(re.sub(r"# requests-per-second: \S+", "requests-per-second: 500", text))
    _, said = plan(WEB)
    assert said["costs"]["after"]["expected"] > assumed["costs"]["after"]["expected"]
    assert "requests-per-second-per-replica" not in said["costs"]["after"]["assumed"]


def test_usage_beside_the_manifests_is_read_and_is_no_manifest(plan, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/usage.yaml").write_text("defaults: {requests-per-second-per-replica: 50}\n")
    done, report = plan(WEB)
    assert "requests-per-second-per-replica" not in report["costs"]["after"]["assumed"]
    assert not (tmp_path / "usage.yaml").exists()
    assert "left out" not in done.stderr


def test_a_workload_that_usage_names_and_nobody_has_is_a_notice(plan, tmp_path):
    (tmp_path / "usage.yaml").write_text("workloads:\n  Deployment/shop/gone: {duration: 5}\n")
    done, _ = plan(WEB)
    assert "usage.yaml:2:3: there is no workload Deployment/shop/gone among the manifests" in done.stderr


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--usage", "defaults: {duration: soon}\n", "x.file:1:22: "),
        ("--prices", "prices: {lambda-requests: {}}\n", "x.file:1:"),
        ("--compare", "{}", "x.file: is no report"),
        ("--compare", '{"schema": 1', "x.file: is no report"),
    ],
)
def test_a_wrong_file_is_told_with_its_place_and_nothing_is_written(k2l, tmp_path, option, text, said):
    (tmp_path / "x.file").write_text(text)
    done = k2l("plan", option, "x.file", "-o", "plan.html", stdin=WEB)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "plan.html").exists()


@pytest.mark.parametrize("options", [("-o", "plan.pdf"), ("-o", "plan"), ("-o", "a.md", "-o", "a.md"), ("--compare", "none.json")])
def test_wrong_usage_is_exit_2(k2l, options):
    assert k2l("plan", *options, stdin=WEB).exit_code == 2


def test_a_report_that_cannot_be_written_is_told_and_the_others_are_written(k2l, tmp_path):
    done = k2l("plan", "-o", "no/plan.html", "-o", "plan.md", stdin=WEB)
    assert done.exit_code == 2
    assert "no/plan.html: cannot be written" in done.stderr
    assert (tmp_path / "plan.md").exists()


def test_what_changed_since_an_older_report_is_said(plan, tmp_path):
    plan(BOTH)
    shutil.copy(tmp_path / "plan.json", tmp_path / "old.json")
    sidecar = WEB.replace("      - name: web\n", "      - {name: agent, image: example.com/agent:1.0}\n      - name: web\n")
    done, report = plan("---\n".join((sidecar, CRON.replace("report", "billing"))), "--compare", "old.json")
    moved = {one["workload"]: (one["before"], one["after"]) for one in report["changes"]["moved"]}
    assert moved == {
        "CronJob/shop/billing": (None, "lambda"),
        "CronJob/shop/report": ("lambda", None),
        "Deployment/shop/rpc": ("fargate", None),
        "Deployment/shop/web": ("lambda", "fargate"),
    }
    assert report["changes"]["cost_after"] != 0
    for text in (done.stdout, unescaped((tmp_path / "plan.md").read_text()), page(tmp_path / "plan.html").text):
        assert "Deployment/shop/web: Fargate, Lambda before" in text
        assert "CronJob/shop/billing is new: Lambda" in text


def test_nothing_has_changed_since_the_same_report(plan, tmp_path):
    plan(BOTH)
    shutil.copy(tmp_path / "plan.json", tmp_path / "old.json")
    _, report = plan(BOTH, "--compare", "old.json")
    changes = report["changes"]
    assert not any(changes[name] for name in ("moved", "lost", "regained", "cost_before", "cost_after", "points", "open"))
    assert "Nothing: readiness, costs and losses are the same." in page(tmp_path / "plan.html").text


def test_the_same_input_gives_the_same_bytes(plan, tmp_path):
    plan(BOTH)
    first = {path.name: path.read_bytes() for path in tmp_path.glob("plan.*")}
    plan(BOTH)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("plan.*")} == first


def test_no_secret_value_is_in_any_form(plan, tmp_path):
    secret = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: shop}\nstringData: {PASSWORD: magpie-in-the-dark}\n"
    reads = "        envFrom: [{secretRef: {name: keys}}]\n        env: [{name: API_TOKEN, value: jackdaw-in-the-clear}]\n"
    done, _ = plan(WEB.replace("        ports:", f"{reads}        ports:") + secret)
    written = [path.read_text() for path in (*tmp_path.glob("plan.*"), tmp_path / "usage.yaml")]
    for said in (done.stdout, done.stderr, *written):
        assert "magpie" not in said
        assert "jackdaw" not in said


def test_nothing_that_runs_pods_is_a_short_report(plan, tmp_path):
    done, report = plan("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n")
    assert report["workloads"] == []
    assert done.stdout.startswith("Nothing here runs pods.\n")
    assert "Nothing here runs pods." in page(tmp_path / "plan.html").text


def test_a_function_on_instances_serves_what_its_environments_do(plan):
    _, report = plan((ROOT / "tests/instances/search.yaml").read_text())
    card = next(card for card in report["workloads"] if card["id"] == "Deployment/shop/search")
    assert card["target"] == "managed-instances"
    assert card["concurrency"] == {"reserved": 240, "how": "12 environments x 20 requests at once", "assumed": []}
