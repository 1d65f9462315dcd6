"""Charts and kustomizations: what is rendered, what its places are, and what is said when rendering fails."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from k2l.sources import Gathered, Rendering, gather

needs_helm = pytest.mark.requires("helm")
needs_kustomize = pytest.mark.requires("kubectl")
CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
TEMPLATE = """\
# The theme of {{ .Release.Name }}
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Values.name }}, namespace: {{ .Release.Namespace }}}
---
{{- if .Values.second }}
apiVersion: v1
kind: ConfigMap
metadata: {name: second}
data: {colour: {{ .Values.colour | quote }}}
{{- end }}
"""
TEST = """\
apiVersion: v1
kind: Pod
metadata: {name: try}
  annotations:
    "helm.sh/hook": test
"""
PROGRAM = f"""\
#!{sys.executable}
import sys
print("---\\n# Source: shop/templates/a.yaml\\nkind: A\\napiVersion:", *sys.argv[1:])
"""


@pytest.fixture(autouse=True)
def empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def chart(template: str = TEMPLATE, values: str = "name: theme\nsecond: true\ncolour: red\n", folder: str = "web") -> None:
    put({f"{folder}/Chart.yaml": CHART, f"{folder}/values.yaml": values, f"{folder}/templates/theme.yaml": template})
    put({f"{folder}/templates/NOTES.txt": "Thank you", f"{folder}/templates/_names.tpl": '{{ define "x" }}y{{ end }}'})


def said(found: Gathered) -> list[str]:
    return [str(problem) for problem in found.problems]


def names(found: Gathered) -> list[str]:
    assert not found.problems
    return [str(node.plain()["metadata"]["name"]) for node in found.objects]


@needs_helm
def test_a_chart_gives_its_manifests_each_with_its_template():
    chart()
    found = gather(["web"], as_given=True)

    assert names(found) == ["theme", "second"]
    assert [each.file for each in found.inputs] == ["web/templates/theme.yaml"]
    assert {node.document.template for node in found.objects} == {"shop/templates/theme.yaml"}


@needs_helm
def test_lines_are_those_that_helm_prints_for_the_template():
    chart()
    first, second = gather(["web"]).objects

    assert (first.line, second.line) == (4, 9)


@needs_helm
def test_values_come_from_files_and_then_from_settings():
    chart()
    put({"prod.yaml": "name: prod\ncolour: blue\n"})
    rendering = Rendering(values=("prod.yaml",), settings=("name=a", "name=b"), namespace="shop")
    first, second = gather(["web"], None, rendering).objects

    assert first.plain()["metadata"] == {"name": "b", "namespace": "shop"}
    assert second.plain()["data"] == {"colour": "blue"}


@needs_helm
def test_a_chart_inside_a_folder_is_rendered():
    chart(folder="all/charts/web")
    put({"all/x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\n"})

    assert [each.file for each in gather(["all"]).inputs] == ["charts/web/templates/theme.yaml", "x.yaml"]


@needs_helm
def test_what_only_helm_test_runs_is_left_out():
    chart()
    put({"web/templates/tests/try.yaml": TEST})

    assert names(gather(["web"])) == ["theme", "second"]


@needs_helm
def test_the_definitions_of_a_chart_are_read():
    chart()
    put({"web/crds/x.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.y.z}\n"})

    assert names(gather(["web"])) == ["x.y.z", "theme", "second"]


@needs_helm
@pytest.mark.parametrize(
    ("template", "words"),
    [("a: {{ .Values.x | nonsense }}", 'function "nonsense" not defined'), ("a: {{ required `name it` .Values.x }}", "name it")],
)
def test_a_chart_that_fails_is_told_in_helms_words(template, words):
    chart(template)
    (problem,) = said(gather(["web"]))

    assert problem.startswith("web: Helm cannot render this chart: ")
    assert words in problem


@needs_helm
def test_a_chart_that_renders_nothing_is_a_problem():
    chart("{{ if false }}a: 1{{ end }}")

    assert said(gather(["web"])) == [
        "web: this Helm chart renders no manifests with these values; --values FILE and --set KEY=VALUE change them"
    ]


@needs_helm
def test_values_that_are_not_there_are_a_problem():
    chart()

    assert "no.yaml" in said(gather(["web"], None, Rendering(values=("no.yaml",))))[0]


def test_a_helm_program_is_used_where_there_is_one(monkeypatch):
    chart()
    program = Path("bin/helm")
    put({"bin/helm": PROGRAM})
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent.resolve()}:{os.environ['PATH']}")
    found = gather(["web"], None, Rendering(values=("v.yaml",), settings=("a=b",)))

    words = "template release-name web --namespace default --include-crds --skip-tests --values v.yaml --set a=b"
    assert [node.plain() for node in found.objects] == [{"kind": "A", "apiVersion": words}]
    assert found.objects[0].document.file == "templates/a.yaml"


def test_a_helm_program_that_fails_is_quoted(monkeypatch):
    chart()
    put({"bin/helm": "#!/bin/sh\necho 'Error: missing in charts/ directory: redis' >&2\nexit 1\n"})
    Path("bin/helm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{Path('bin').resolve()}:{os.environ['PATH']}")

    assert said(gather(["web"])) == ["web: Helm cannot render this chart: missing in charts/ directory: redis"]


def test_without_any_helm_the_user_is_told_what_to_install(monkeypatch):
    chart()
    monkeypatch.setitem(sys.modules, "helm_python", None)
    monkeypatch.setenv("PATH", "")

    assert said(gather(["web"])) == [
        (
            "web: Helm cannot render this chart: there is no helm program here; install it, "
            "or pip install 'kube2lambda[helm]', or pipe in what helm template web prints"
        )
    ]


@needs_kustomize
@pytest.mark.parametrize("path", ["m", "m/kustomization.yaml"])
def test_a_kustomization_is_built(path):
    put(
        {
            "m/kustomization.yaml": "namePrefix: prod-\nresources: [x.yaml]\n",
            "m/x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        }
    )
    found = gather([path], as_given=True)

    assert names(found) == ["prod-a"]
    assert found.objects[0].document.file == "m/kustomization.yaml"
    assert found.objects[0].document.template == "kustomization.yaml"


@needs_kustomize
def test_a_kustomization_that_fails_is_told_in_kustomizes_words():
    put({"m/kustomization.yaml": "resources: [gone.yaml]\n"})
    (problem,) = said(gather(["m"]))

    assert problem.startswith("m: this kustomization cannot be built: accumulating resources")
    assert "gone.yaml" in problem


@needs_kustomize
def test_a_kustomization_fetches_nothing():
    put({"m/kustomization.yaml": "resources: ['https://127.0.0.1:1/base.yaml', 'git::https://127.0.0.1:1/x.git']\n"})

    assert "cannot be built" in said(gather(["m"]))[0]


def test_without_any_kustomize_the_user_is_told_what_to_install(monkeypatch):
    put({"m/kustomization.yaml": "resources: [x.yaml]\n"})
    monkeypatch.setenv("PATH", "")

    assert said(gather(["m"])) == [
        (
            "m: this kustomization cannot be built: there is neither kustomize nor kubectl here; "
            "install one, or build it elsewhere and pipe it in"
        )
    ]
