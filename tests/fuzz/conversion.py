"""A whole conversion ends with a record that adds up and an output that its tools read, or with problems that say where; and never shows
the value of a Secret."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import yaml

from fuzz._manifests import mutate
from harness import sam
from k2l import folder, formats, reading
from k2l.commands.convert import _files
from k2l.errors import UserError, UserErrors
from k2l.pipeline import Bundle
from k2l.reading import Request

__all__ = ["check", "mutate"]

_PARTS = ("mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled")


def check(data: bytes) -> None:
    try:
        read = reading.read(Request(("-",), keep_going=True), io.BytesIO(data))
    except UserErrors as errors:
        assert errors.problems
        assert all(_says_where(problem) for problem in errors.problems)
        return
    assert all(_says_where(problem) for problem in read.manifests.problems)
    for name in ("terraform", "sam"):
        chosen = formats.by_name(name)
        try:
            bundle = reading.translate(read, chosen, "default", ahead=True)
            files = _files(bundle, chosen)
        except (UserError, UserErrors) as error:
            assert str(error)
            continue
        _is_sound(bundle, files)
        folder.compare(Path("/nowhere"), files)


def _says_where(problem: UserError) -> bool:
    return problem.message.startswith("there are no Kubernetes objects") or None not in (problem.file, problem.line, problem.column)


def _is_sound(bundle: Bundle, files: dict[str, str | bytes]) -> None:
    record = json.loads(files["k2l.json"])
    counts = record["counts"]
    assert sum(counts[part] for part in _PARTS) == counts["leaves"] == len(record["ledger"])
    assert counts["leaves"] == sum(1 for manifest in bundle.manifests for _ in manifest.node.leaves())
    above = {"/".join(name.split("/")[:depth]) for name in files for depth in range(1, name.count("/") + 1)}
    assert above.isdisjoint(files)
    for name, content in files.items():
        assert all(0 < len(part.encode()) <= 255 for part in name.split("/"))
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        text.encode()
        if "/files/" not in name:
            _parses(name, text)


def _parses_hcl(text: str) -> None:
    """The library is quick, and takes an escaped quote beside an escaped interpolation for the end of a text: then Terraform decides."""
    import hcl2
    from lark import UnexpectedInput

    try:
        hcl2.loads(text)
    except UnexpectedInput:
        formatted = subprocess.run(["terraform", "fmt", "-"], input=text, capture_output=True, text=True, check=False)
        assert (formatted.returncode, formatted.stdout) == (0, text), formatted.stderr


def _parses(name: str, text: str) -> None:
    if name.endswith(".tf"):
        _parses_hcl(text)
    elif name.endswith("template.yaml"):
        assert sam.read(text)["Resources"]
    elif name.endswith((".yaml", ".yml")):
        yaml.load(text, yaml.CSafeLoader)
    elif name.endswith(".json"):
        json.loads(text)
