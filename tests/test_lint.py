"""k2l lint as a user meets it: what it reads, what it finds, how it exits."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.linting import WARNED, WEB, WRONG, codes, read


def test_nothing_found_exits_with_0(lint):
    done = lint(WEB)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "0 findings in 2 objects\n")


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (WARNED, (), 0),
        (WARNED, ("--fail-on", "warning"), 1),
        (WARNED, ("--fail-on", "note"), 1),
        (WARNED, ("--fail-on", "warning", "--exit-zero"), 0),
        (WARNED, ("--fail-on", "warning", "--ignore", "K2L121"), 0),
        (WARNED, ("--fail-on", "warning", "--select", "K2L2"), 0),
        (WRONG, (), 1),
        (WRONG, ("--exit-zero",), 0),
        ("", (), 2),
        ("a: 1\na: 2\n", ("--exit-zero",), 2),
        ("{{ if }}\n", (), 2),
        (WEB, ("--select", "K2L9999"), 2),
        (WEB, ("--output-format", "yaml"), 2),
        (WEB, ("--output-format", "json", "--output-format", "sarif"), 2),
        (WEB, ("--output-format", "json", "--statistics"), 2),
        (WEB, ("--output-format", "json:no/such/folder/x"), 2),
    ],
)
def test_the_exit_code_says_what_happened(lint, text, options, code):
    assert lint(text, *options).exit_code == code


def test_standard_input_is_read(k2l):
    done = k2l("lint", "--output-format", "concise", stdin=WARNED)
    assert done.stdout == 'stdin:11:16: K2L121 warning image "example.com/web:latest" has the tag "latest"\n'


def test_a_finding_is_shown_with_its_line_and_what_to_do(lint):
    assert lint(WARNED).stdout.splitlines() == [
        'K2L121 warning: image "example.com/web:latest" has the tag "latest"',
        "  --> manifests/web.yaml:11:16",
        "   |",
        "11 | image: example.com/web:latest",
        "   |        ^^^^^^^^^^^^^^^^^^^^^^",
        "   = object: Deployment/shop/web spec.template.spec.containers[0].image",
        "   = help: name the version to deploy",
    ]


def test_a_finding_about_several_places_shows_them_all(lint):
    lines = lint(WEB + "---\n" + WARNED.partition("---")[0], "--select", "K2L004").stdout.splitlines()
    assert [line.strip() for line in lines if "-->" in line or ":::" in line] == [
        "--> manifests/web.yaml:1:1",
        "::: manifests/web.yaml:19:1",
    ]


def test_members_of_lists_and_documents_of_one_file_keep_their_places(lint):
    items = "".join(f"- {line}\n" if number == 0 else f"  {line}\n" for number, line in enumerate(WARNED.partition("---")[0].splitlines()))
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: x}}\n---\napiVersion: v1\nkind: List\nitems:\n{items}"
    places = [(f["line"], f["column"]) for f in read(lint(text, "--output-format", "json", "--select", "K2L121"))["findings"]]
    assert places == [(18, 18)]


def test_rendered_text_names_its_template(k2l):
    done = k2l("lint", "--output-format", "json", stdin=f"---\n# Source: shop/templates/web.yaml\n{WARNED}")
    (found,) = read(done)["findings"]
    assert (found["file"], found["line"], found["template"]) == ("stdin", 13, "shop/templates/web.yaml")


def test_the_target_asked_for_is_what_counts(lint):
    grpc = WEB.replace("containerPort: 8080}", "containerPort: 8080, name: grpc}")
    assert codes(lint(grpc, "--output-format", "json")) == ["K2L203"]
    on_lambda = lint(grpc, "--output-format", "json", "--target", "lambda")
    assert codes(on_lambda) == ["K2L125", "K2L203"]
    assert on_lambda.exit_code == 1
    on_fargate = lint(grpc, "--output-format", "json", "--target", "fargate")
    assert (codes(on_fargate), on_fargate.exit_code) == ([], 0)


def test_the_word_of_an_object_counts_more_than_the_target_asked_for(lint):
    grpc = WEB.replace("containerPort: 8080}", "containerPort: 8080, name: grpc}")
    own = grpc.replace("namespace: shop}", "namespace: shop, annotations: {k2l.dev/target: fargate}}", 1)
    assert "K2L125" not in codes(lint(own, "--output-format", "json", "--target", "lambda"))


def test_statistics_count_what_each_rule_found(lint):
    other = WARNED.replace("web", "api")
    assert lint(f"{WARNED}---\n{other}", "--statistics").stdout == "2  K2L121  warning  floating-tag\n"


def test_colour_can_be_asked_for(lint):
    assert "\x1b[1;33m" in lint(WARNED, "--color", "always").stdout


def test_keep_going_reports_the_rest_and_still_exits_with_1(k2l):
    Path("good.yaml").write_text(WARNED)
    Path("bad.yaml").write_text("a: [")
    done = k2l("lint", "good.yaml", "bad.yaml", "--keep-going", "--output-format", "concise")
    assert done.exit_code == 1
    assert "K2L121" in done.stdout
    assert done.stderr.startswith("bad.yaml:2:1: ")


@pytest.mark.parametrize("kind", ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"])
def test_names_of_roles_may_have_colons(lint, kind):
    text = f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: 'NAME'}}\n"
    assert "K2L010" not in codes(lint(text.replace("NAME", "system:metrics"), "--output-format", "json"))
    assert "K2L010" in codes(lint(text.replace("NAME", "a/b"), "--output-format", "json"))


@pytest.mark.parametrize("target", ["0", "''"])
def test_a_target_port_of_nothing_is_the_port(lint, target):
    text = WEB.replace("port: 80, targetPort: 8080", f"port: 8080, targetPort: {target}")
    assert codes(lint(text, "--output-format", "json")) == []


@pytest.mark.parametrize(("role", "missing"), [("extension-apiserver-authentication-reader", False), ("system:x", False), ("mine", True)])
def test_a_role_that_every_cluster_has_is_not_missed(lint, role, missing):
    binding = f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: a, namespace: kube-system}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: Role, name: '{role}'}}
subjects: [{{kind: ServiceAccount, name: a, namespace: kube-system}}]
"""
    assert ("K2L003" in codes(lint(binding, "--output-format", "json"))) == missing


def test_what_speaks_against_another_target_is_not_told(lint):
    huge = WEB.replace("image: example", "resources: {limits: {memory: 300Gi}}\n        image: example")
    assert {"K2L103", "K2L105"} <= set(codes(lint(huge, "--output-format", "json")))
    assert codes(lint(huge, "--output-format", "json", "--target", "lambda")) == ["K2L125", "K2L103"]
    assert codes(lint(huge, "--output-format", "json", "--target", "fargate")) == ["K2L125", "K2L105"]
