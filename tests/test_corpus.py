"""Manifests that other people wrote: each file for itself, and whole sets at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness import programs
from harness.answers import answers
from harness.command import Ran, run_k2l
from harness.corpora import LARGE
from harness.stages import files
from harness.terraform import Terraform, validate_many

PLACE = re.compile(r"[^\s:]+:\d+:\d+: \S.*")
CORPUS = programs.find("corpus")
SETS = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()) if CORPUS else ["none"]


@dataclass(frozen=True)
class Converted:
    """Every file of one set, converted for itself."""

    folder: Path
    runs: Mapping[Path, Ran]

    def ended(self, code: int) -> dict[Path, Ran]:
        return {path: run for path, run in self.runs.items() if run.exit_code == code}


def alone(name: str) -> Any:
    """A set that one worker converts; those that take longest only where thoroughness is asked for."""
    thorough = [pytest.mark.thorough] if name in LARGE - {"hazards"} else []
    return pytest.param(name, marks=[pytest.mark.xdist_group(f"corpus-{name}"), *thorough])


@pytest.fixture(scope="module", params=[alone(name) for name in SETS])
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


PROMISED = ("online-boutique", "podinfo", "knative-docs", "eks-workshop/rendered")
# helm-golden has a load balancer for gRPC, which wants a certificate first.
APPLIED = ("aks-store-demo",)
APPLIED_TOO = ("eks-workshop", "istio-samples", "knative-docs", "podinfo", "python-discord")
WHOLE = tuple(name for name in SETS if name != "charts")
needs = pytest.mark.requires("terraform", "aws-provider")


@pytest.mark.parametrize("name", PROMISED)
def test_a_set_converts_as_a_whole(k2l, corpus, name):
    done = k2l("convert", str(corpus / name))
    assert done.exit_code == 0
    assert done.record["counts"]["objects"] > 1


def test_a_set_with_one_broken_document_converts_without_it_if_that_is_asked_for(k2l, corpus):
    manifests = str(corpus / "eks-workshop/manifests")
    broken = "modules/troubleshooting/workernodes/yaml/configmaps-new.yaml"
    problem = f"{broken}:59:1: the key 'apiVersion' stands in this map twice, first on line 58; keep one of them"
    refused = k2l("convert", manifests)
    assert (refused.exit_code, refused.stderr) == (2, f"{problem}\n")
    assert not refused.folder.exists()
    done = k2l("convert", manifests, "--keep-going")
    assert (done.exit_code, done.stderr.splitlines()[0]) == (1, problem)
    assert {broken, "base-application/ui/deployment.yaml"} < {found["file"] for found in done.record["objects"]}


def outputs(place: Path, work: Path) -> Iterator[Path]:
    """The main and registry roots of every file below ``place`` for itself, and of all together; those that are alike once."""
    seen = set()
    for number, path in enumerate([place, *files(place)]):
        done = run_k2l("convert", str(path), "--keep-going", "-o", str(work / str(number)), folder=work / str(number))
        for root in (done.folder, done.folder / "registry"):
            text = b"".join(file.read_bytes() for file in sorted(root.glob("*.tf")))
            if text and hashlib.sha256(text).digest() not in seen:
                seen.add(hashlib.sha256(text).digest())
                yield root


@needs
@pytest.mark.parametrize("name", ["online-boutique", "podinfo", "knative-docs", pytest.param("eks-workshop", marks=pytest.mark.thorough)])
def test_every_root_of_a_set_is_in_shape_and_valid(corpus, tmp_path, name):
    roots = {root.relative_to(tmp_path).as_posix(): root for root in outputs(corpus / name, tmp_path / "out")}
    assert roots
    assert Terraform(tmp_path / "out").fmt_check()[:3000] == ""
    assert {root: found for root, found in validate_many(roots, tmp_path / "work").items() if found} == {}


@needs
def test_the_roots_of_all_sets_are_in_shape_and_valid(corpus, tmp_path):
    for name in WHOLE:
        run_k2l("convert", str(corpus / name), "--keep-going", "-o", str(tmp_path / "out" / name), folder=tmp_path / "out" / name)
    roots = {file.parent.relative_to(tmp_path).as_posix(): file.parent for file in (tmp_path / "out").rglob("versions.tf")}
    assert len(roots) > len(WHOLE)
    assert Terraform(tmp_path / "out").fmt_check()[:3000] == ""
    assert {root: found for root, found in validate_many(roots, tmp_path / "work").items() if found} == {}


@needs
@pytest.mark.requires("moto")
@pytest.mark.parametrize("name", [*APPLIED, *(pytest.param(name, marks=pytest.mark.thorough) for name in APPLIED_TOO)])
def test_a_set_is_applied_needs_no_change_then_and_goes_away(k2l, corpus, deploy, aws, name):
    done = k2l("convert", str(corpus / name), "--keep-going")
    planned = sum(workload["target"] == "lambda" for workload in done.record["workloads"])
    deployed = deploy(done.folder, answers(done.folder, aws))
    account = deployed.mock.client
    assert planned == len(functions(account)) > 2
    assert deployed.changes == ()
    deployed.destroy()
    assert functions(account) == []


def functions(account: Callable[[str], Any]) -> list[str]:
    """Their names, in the mock's account."""
    pages = account("lambda").get_paginator("list_functions").paginate()
    return [function["FunctionName"] for page in pages for function in page["Functions"]]
