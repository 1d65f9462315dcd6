"""Helm charts, rendered by the program ``helm`` or, where there is none, by Helm's own library (``pip install 'kube2lambda[helm]'``).

Each template is a file of its own, named by its path in the chart, whose lines are those that ``helm template --show-only`` prints.
What only ``helm test`` would run is not part of a release, and is not rendered.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from k2l.disk import is_file
from k2l.errors import UserError
from k2l.sources import Given, Piece, Rendering, Source, Text, program
from k2l.sources.program import Failed

RELEASE = "release-name"
"""What ``helm template`` calls a release without a name."""

_START = re.compile(r"^---\n# Source: (.+)\n", re.MULTILINE)
# https://github.com/helm/helm/blob/v3.19.0/pkg/releaseutil/manifest.go
_BETWEEN = re.compile(r"(?:^|\s*\n)---\s*")
# https://helm.sh/docs/topics/charts_hooks/#the-available-hooks (checked 2026-11-21)
_TEST = re.compile(r"""^\s+["']?helm\.sh/hook["']?:\s*["']?[^#\n]*\btest\b""", re.MULTILINE)
_UNNAMED = re.compile(r"^Error: ")


def is_chart(folder: Path) -> bool:
    return is_file(folder / "Chart.yaml")


def render(chart: Path, rendering: Rendering, below: str | None = None) -> Iterator[Piece]:
    """A Text for each template that gives manifests, named ``below`` the argument; one problem, in the renderer's words, where it fails."""
    try:
        found = _by_program(chart, rendering) if program.exists("helm") else _by_library(chart, rendering)
    except Failed as error:
        yield UserError(f"Helm cannot render this chart: {_UNNAMED.sub('', str(error))}", below)
        return
    if not found:
        yield UserError("this Helm chart renders no manifests with these values; --values FILE and --set KEY=VALUE change them", below)
    for template, text in found.items():
        # Helm begins the path with the chart's name, which need not be that of its folder.
        inside = template.partition("/")[2] or template
        yield Text(f"{below}/{inside}" if below else inside, text.encode(), template=template)


def _by_program(chart: Path, rendering: Rendering) -> dict[str, str]:
    values = [word for file in rendering.values for word in ("--values", file)]
    settings = [word for setting in rendering.settings for word in ("--set", setting)]
    command = [
        "helm",
        "template",
        RELEASE,
        str(chart),
        "--namespace",
        rendering.namespace,
        "--include-crds",
        "--skip-tests",
        *values,
        *settings,
    ]
    parts = _START.split("\n" + program.output(command))[1:]
    found: dict[str, str] = {}
    for template, text in zip(parts[::2], parts[1::2], strict=True):
        found[template] = found.get(template, "") + _document(template, text)
    return found


def _by_library(chart: Path, rendering: Rendering) -> dict[str, str]:
    try:
        import helm_python
    except ImportError:
        words = "there is no helm program here; install it, or pip install 'kube2lambda[helm]', or pipe in what helm template"
        raise Failed(f"{words} {shlex.quote(str(chart))} prints") from None
    try:
        with helm_python.Chart.load(chart) as loaded:
            texts = {crd["filename"]: crd["data"] for crd in loaded.crds}
            texts |= loaded.render(_values(rendering), name=RELEASE, namespace=rendering.namespace)
    except helm_python.HelmError as error:
        raise Failed(str(error)) from error
    return {name: text for name in sorted(texts) if (text := _documents(name, texts[name]))}


def _values(rendering: Rendering) -> dict[str, object]:
    """Files first, in their order, then single settings, as Helm merges them. Raises Failed for a file that cannot be read."""
    import helm_python

    found: dict[str, object] = {}
    for file in rendering.values:
        try:
            found = _merged(found, helm_python.values_from_yaml(Path(file).read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise Failed(f"{file} cannot be read: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}") from error
    # One after the other they are read as one, so that those of one list add up.
    expression = ",".join(rendering.settings)
    if "[" in expression and rendering.values:
        raise Failed("--set with an index beside --values needs the helm program")
    return _merged(found, helm_python.parse_set_string(expression)) if expression else found


def _merged(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    """``other`` wins; maps are merged, everything else is replaced."""
    found = dict(one)
    for key, value in other.items():
        mine = found.get(key)
        found[key] = _merged(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return found


def _documents(template: str, text: str) -> str:
    """The documents of a template as ``helm template`` prints them; none of a partial or of NOTES.txt."""
    name = template.rpartition("/")[2]
    if name.startswith("_") or name == "NOTES.txt":
        return ""
    documents = [document for document in _BETWEEN.split(text.strip()) if not _is_empty(document) and not _TEST.search(document)]
    return "".join(_document(template, document) for document in documents)


def _document(template: str, text: str) -> str:
    return f"---\n# Source: {template}\n{text.strip()}\n"


def _is_empty(document: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in document.splitlines())


def _takes(argument: str) -> bool:
    return is_chart(Path(argument)) or argument.endswith(".tgz")


def _read(argument: str, given: Given) -> Iterator[Piece]:
    return render(Path(argument), given.rendering)


HELM = Source("helm", _takes, _read)
