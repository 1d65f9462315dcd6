"""The command line: what each command prints where, and how it exits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from k2l import __version__

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        ports: [{containerPort: 8080}]
"""
HTTP = """\
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
"""
AGENT = WEB.replace("containers:", "hostNetwork: true\n      containers:")
LOSSY = WEB + "      hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]\n"
BROKEN = "a: 1\na: 2\n"


def test_convert_writes_the_folder_and_says_so_on_stderr(convert):
    done = convert(WEB)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "moves to Lambda" in done.stderr
    assert {"README.md", "k2l.json", "shop-web.tf", "registry/registry.tf"} <= set(done.files)


def test_quiet_says_nothing(convert):
    assert convert(WEB, "-q").stderr == ""


def test_a_second_run_changes_nothing(convert):
    first = convert(WEB)
    assert "new files" in first.stderr
    before = first.files
    second = convert(WEB)
    assert second.files == before
    assert "unchanged files" in second.stderr


def test_standard_input_is_read_without_a_path_and_for_a_dash(k2l):
    piped = k2l("convert", stdin=WEB)
    assert piped.exit_code == 0
    assert piped.record["inputs"][0]["file"] == "stdin"
    assert k2l("convert", "-", stdin=WEB).files == piped.files


def test_problems_of_all_documents_are_told_with_their_places_and_nothing_is_written(convert, tmp_path):
    done = convert({"a.yaml": WEB + "---\n" + BROKEN, "b.yaml": BROKEN})
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["a.yaml:15:1", "b.yaml:2:1"]
    assert not (tmp_path / "out").exists()


def test_keep_going_converts_the_rest_and_still_exits_with_1(convert):
    done = convert({"a.yaml": WEB, "b.yaml": BROKEN}, "--keep-going")
    assert done.exit_code == 1
    assert "b.yaml:2:1: " in done.stderr
    assert "shop-web.tf" in done.files


def test_no_objects_are_an_error_unless_allowed(convert, tmp_path):
    (tmp_path / "in").mkdir()
    assert convert({}).exit_code == 2
    assert convert({}, "--allow-empty").exit_code == 0


def test_a_missing_path_is_told_without_a_traceback(k2l):
    done = k2l("convert", "nowhere")
    assert done.exit_code == 2
    assert done.stderr == "nowhere: there is no such file or folder\n"


def test_an_unknown_output_format_is_told(convert):
    done = convert(WEB, "--to", "pulumi")
    assert done.exit_code == 2
    assert "there is no output format 'pulumi'" in done.stderr


def test_an_edited_file_stops_the_run_and_force_overwrites_it(convert, tmp_path):
    convert(WEB)
    (tmp_path / "out/shop-web.tf").write_text("mine")
    refused = convert(WEB.replace("1.2", "1.3"))
    assert refused.exit_code == 2
    assert "out/shop-web.tf: was edited since k2l wrote it" in refused.stderr
    assert refused.files["shop-web.tf"] == "mine"
    assert "1.3-" in convert(WEB.replace("1.2", "1.3"), "--force").files["shop-web.tf"]


def test_check_writes_nothing_and_tells_whether_the_folder_is_stale(convert):
    first = convert(WEB).files
    assert convert(WEB, "--check").exit_code == 0
    stale = convert(WEB.replace("1.2", "1.3"), "--check")
    assert stale.exit_code == 1
    assert "would update out/shop-web.tf" in stale.stdout.splitlines()
    assert stale.files == first


def test_check_of_an_empty_folder_is_stale(convert, tmp_path):
    assert convert(WEB, "--check").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_comment_in_the_manifest_changes_only_the_record_and_is_not_stale(convert):
    first = convert(WEB).files
    assert convert("# moved\n" + WEB, "--check").exit_code == 0
    moved = convert("# moved\n" + WEB)
    assert {name for name, text in moved.files.items() if first[name] != text} == {"k2l.json"}


def test_a_changed_value_is_stale_even_if_no_other_file_shows_it(convert):
    convert(WEB)
    assert convert(WEB.replace("{name: web, namespace: shop}", "{name: web, namespace: shop, finalizers: [x]}"), "--check").exit_code == 1


def test_diff_prints_what_would_change_and_writes_nothing(convert):
    first = convert(WEB).files
    done = convert(WEB.replace("1.2", "1.3"), "--diff")
    assert done.exit_code == 0
    assert "+++ b/shop-web.tf" in done.stdout.splitlines()
    assert done.files == first


def test_on_loss_fail_names_every_loss_and_writes_nothing(convert, tmp_path):
    done = convert(LOSSY, "--on-loss", "fail")
    assert done.exit_code == 1
    assert "input.yaml:13:26 dropped: Deployment/shop/web spec.template.spec.hostAliases[0].ip" in done.stderr.splitlines()
    assert not (tmp_path / "out").exists()
    assert convert(LOSSY).exit_code == 0


def test_k2l_yaml_is_found_beside_the_input_in_the_working_directory_or_as_told(convert, k2l, tmp_path):
    settings = "workloads: {Deployment/shop/web: {memory: 3008}}"
    assert "3008" in convert({"input.yaml": WEB, "k2l.yaml": settings}).files["shop-web.tf"]
    (tmp_path / "in/k2l.yaml").rename(tmp_path / "mine.yaml")
    assert "3008" not in k2l("convert", "in").files["shop-web.tf"]
    assert "3008" in k2l("convert", "in", "--config", "mine.yaml").files["shop-web.tf"]
    (tmp_path / "mine.yaml").rename(tmp_path / "k2l.yaml")
    assert "3008" in k2l("convert", "in/input.yaml").files["shop-web.tf"]


def test_a_wrong_k2l_yaml_is_told_with_its_place(convert):
    done = convert({"input.yaml": WEB, "k2l.yaml": "workload: {}\n"})
    assert done.exit_code == 2
    assert done.stderr.startswith("k2l.yaml:1:1: ")


def test_problems_of_k2l_yaml_and_of_manifests_are_told_together(convert):
    done = convert({"input.yaml": BROKEN, "k2l.yaml": "workload: {}\n"})
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["k2l.yaml", "input.yaml"]


def test_a_missing_config_is_told(convert):
    done = convert(WEB, "--config", "nowhere.yaml")
    assert done.exit_code == 2
    assert done.stderr.startswith("nowhere.yaml: cannot be read")


def test_namespace_is_for_objects_that_name_none(convert):
    files = convert(WEB.replace(", namespace: shop", ""), "--namespace", "blue").files
    assert "blue-web.tf" in files


def test_ignored_findings_are_not_reported_but_still_place(convert):
    shown = convert(AGENT)
    (code,) = {f["code"] for f in shown.record["findings"] if "hostNetwork" in f["path"]}
    hidden = convert(AGENT, "--ignore", code)
    assert hidden.record["workloads"][0]["target"] == shown.record["workloads"][0]["target"] == "kubernetes"
    assert code not in {f["code"] for f in hidden.record["findings"]}


def test_codes_that_no_rule_has_are_told(convert):
    done = convert(WEB, "--select", "K2L1,X9")
    assert done.exit_code == 2
    assert "no rule's code begins with X9" in done.stderr


def test_a_summary_adds_up_to_100_per_cent(convert):
    (line,) = (line for line in convert(LOSSY + HTTP).stderr.splitlines() if line.startswith("Fields"))
    assert sum(int(part.split(" ")[0]) for part in line.split("(")[1:]) == 100


def test_explain_reads_the_record_of_the_output_folder(convert, k2l):
    convert(AGENT)
    said = k2l("explain", "Deployment/shop/web").stdout
    assert said.startswith("Deployment/shop/web -> stays on Kubernetes\n")
    assert "input.yaml:9 K2L" in said


def test_explain_can_run_on_manifests_instead(convert, k2l, tmp_path):
    convert(AGENT, "--check")
    assert k2l("explain", "Deployment/shop/web", "in").stdout.startswith("Deployment/shop/web -> stays on Kubernetes\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("K2L999", "there is no rule K2L999"),
        ("Deployment/shop/web", "cannot be read: run k2l convert first"),
        ("Deployment.spec.replica", "did you mean replicas?"),
        ("nonsense", "is no rule, reason, kind, field or workload"),
    ],
)
def test_what_cannot_be_explained_is_told(k2l, what, message):
    done = k2l("explain", what)
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_workload_that_the_record_does_not_have_is_told(convert, k2l):
    convert(WEB)
    done = k2l("explain", "Deployment/shop/other")
    assert done.exit_code == 2
    assert "its workloads are Deployment/shop/web" in done.stderr


def test_rules_and_reasons_are_explained(k2l):
    assert k2l("explain", "k2l002").stdout.startswith("K2L002 unknown-kind\nwarning")
    assert "https://" in k2l("explain", "no-hosts-file").stdout


@pytest.mark.parametrize("arguments", [("rules",), ("fields", "Container")])
def test_lists_come_as_text_markdown_and_json(k2l, arguments):
    rows = json.loads(k2l(*arguments, "--format", "json").stdout)
    markdown = k2l(*arguments, "--format", "markdown").stdout
    text = k2l(*arguments).stdout
    assert len(rows) == len(markdown.splitlines()) - 2 == len(text.splitlines()) - 1 > 20


@pytest.mark.parametrize("command", ["convert", "explain", "fields", "rules"])
def test_every_command_has_help(k2l, command):
    done = k2l(command, "--help")
    assert done.exit_code == 0
    assert command in k2l("--help").stdout


def test_an_unknown_command_is_bad_usage(k2l):
    assert k2l("translate").exit_code == 2


def test_colours_are_for_terminals_and_for_those_who_ask(convert):
    assert "\x1b" not in convert(WEB).stderr
    assert "\x1b" in convert(WEB, "--color", "always").stderr


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "k2l", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, timeout=60)


def test_the_program_runs_as_a_module():
    assert run("--version").stdout == f"k2l {__version__}\n"


def test_start_up_imports_nothing_that_a_command_may_not_need():
    code = "import sys\nfrom k2l.cli import main\nmain(['--version'], standalone_mode=False)\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not [name for name in ("'yaml'", "'jinja2'", "'jsonschema'", "'k2l.pipeline'", "'kubernetes'", "'boto3'") if name in done.stdout]


def test_converting_without_k2l_yaml_imports_no_json_schema_and_no_cloud(tmp_path):
    (tmp_path / "web.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n")
    code = "import sys\nfrom k2l.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n    print(sorted(sys.modules))"
    command = [sys.executable, "-c", code, "convert", str(tmp_path / "web.yaml"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not [name for name in ("'jsonschema'", "'kubernetes'", "'boto3'", "'pytest'") if name in done.stdout]


def test_the_same_bytes_under_every_hash_seed(tmp_path):
    (tmp_path / "web.yaml").write_text(LOSSY + HTTP)
    for seed in ("1", "2"):
        run("convert", str(tmp_path / "web.yaml"), "-o", str(tmp_path / seed), PYTHONHASHSEED=seed)
    one, two = ({p.relative_to(tmp_path / s): p.read_bytes() for p in (tmp_path / s).rglob("*") if p.is_file()} for s in ("1", "2"))
    assert one == two
    assert len(one) > 5


def test_everything_printed_arrives_before_the_program_leaves():
    done = run("rules")
    assert (done.returncode, done.stdout.splitlines()[-1][:4]) == (0, "K2L6")
    assert run("no-such-command").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_results_that_do_not_arrive_are_no_success():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "k2l", "rules"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "cannot write the results: No space left on device\n"
