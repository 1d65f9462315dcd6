"""Manifests that other people wrote: each file for itself, and whole sets at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import leaves, programs
from harness.command import Ran, run_k2l
from harness.stages import files

PLACE = re.compile(r"[^\s:]+:\d+:\d+: \S.*")
REFUSED = {"K2L001", "K2L006"}  # a value, or a field, that Kubernetes itself does not take
CORPUS = programs.find("corpus")
SETS = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()) if CORPUS else ["none"]


@dataclass(frozen=True)
class Converted:
    """Every file of one set, converted for itself."""

    folder: Path
    runs: Mapping[Path, Ran]

    def ended(self, code: int) -> dict[Path, Ran]:
        return {path: run for path, run in self.runs.items() if run.exit_code == code}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(f"corpus-{name}")) for name in SETS])
def converted(request, corpus, tmp_path_factory) -> Converted:
    out = tmp_path_factory.mktemp(request.param)
    paths = [(path, out / str(number)) for number, path in enumerate(files(corpus / request.param))]
    return Converted(corpus / request.param, {path: run_k2l("convert", str(path), "-o", str(to), folder=to) for path, to in paths})


def test_every_file_is_converted_or_refused_with_a_place(converted):
    refused = converted.ended(2)
    assert len(converted.runs) == len(refused) + len(converted.ended(0))
    assert [line for run in refused.values() for line in run.stderr.splitlines() if not PLACE.fullmatch(line)] == []
    assert [path for path, run in refused.items() if run.folder.exists()] == []


def test_the_counts_of_every_record_add_up_to_its_leaves(converted):
    for path, run in converted.ended(0).items():
        counts = run.record["counts"]
        parts = ("mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled")
        assert sum(counts[part] for part in parts) == counts["leaves"] == len(run.record["ledger"]), path


def test_the_leaves_of_every_record_are_those_that_another_reader_counts(converted):
    counts = {path: run.record["counts"]["leaves"] for path, run in converted.ended(0).items()}
    assert counts == {path: leaves.count(path.read_text(encoding="utf-8")) for path in counts}


def test_what_is_unhandled_is_what_kubernetes_refuses(converted):
    for path, run in converted.ended(0).items():
        found = {(f["object"], f["path"]) for f in run.record["findings"] if f["code"] in REFUSED}
        unhandled = {(e["object"], e["path"]) for e in run.record["ledger"] if e["disposition"] == "unhandled"}
        assert [at for at in unhandled if not any(at[0] == o and at[1].startswith(p) for o, p in found)] == [], path
