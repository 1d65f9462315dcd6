"""kubectl as the judge of what a manifest says: ``label --local`` decodes with Kubernetes' own code and needs no cluster."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABEL = "k2l-oracle"


@dataclass(frozen=True, slots=True)
class Answer:
    """``objects`` in the order of the files' names; ``refused`` says why, for every file of which kubectl did not take all."""

    objects: tuple[dict[str, Any], ...]
    refused: Mapping[str, str]


def ask(files: Mapping[str, str | bytes]) -> Answer:
    """What kubectl makes of these files (names without folders, ending in .yaml or .json)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content.encode() if isinstance(content, str) else content)
        command = ["kubectl", "label", "--local", "-f", folder, "-o", "json", "--show-managed-fields", f"{LABEL}=x"]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    refused = {}
    for line in run.stderr.splitlines():
        named = re.search(rf"{re.escape(folder)}/([^\s\":]+)", line)
        assert named, line
        refused[named[1]] = line
    return Answer(tuple(_bare(each) for each in _stream(run.stdout)), refused)


def _stream(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        found, end = decoder.raw_decode(text, at)
        yield found
        at = text.find("\n{", end) + 1 or len(text)


def _bare(found: dict[str, Any]) -> dict[str, Any]:
    del found["metadata"]["labels"][LABEL]
    return comparable(found)


def comparable(found: dict[str, Any]) -> dict[str, Any]:
    """Without what kubectl leaves out or puts in because it labels: a null namespace, empty labels, empty metadata."""
    metadata = dict(found.get("metadata") or {})
    if metadata.get("namespace", "") is None:
        del metadata["namespace"]
    if not metadata.get("labels", True):
        del metadata["labels"]
    rest = {key: value for key, value in found.items() if key != "metadata"}
    return {**rest, "metadata": metadata} if metadata else rest
