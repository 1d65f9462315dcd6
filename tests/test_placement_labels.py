"""Where sixty workloads of the corpus belong, as somebody who knows AWS labelled them by hand, from the manifest alone and before k2l
was asked: ``placement_labels.tsv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from harness.programs import ROOT
from harness.stages import staged
from k2l.source import decode, load

AGREE = 57
# Where k2l decides otherwise, each for a reason that stands here.
OTHERWISE: Mapping[tuple[str, str], str] = {
    # Its init container only waits for RabbitMQ: a function that fails for want of it is called again.
    ("aks-store-demo/aks-store-all-in-one.yaml", "Deployment/default/order-service"): "lambda",
}


class Label(NamedTuple):
    """A row: the file below the corpus, the workload's id, its target, and the deciding fact."""

    file: str
    workload: str
    target: str
    fact: str

    @property
    def key(self) -> tuple[str, str]:
        return self.file, self.workload


@pytest.fixture(scope="module")
def labels() -> tuple[Label, ...]:
    with (ROOT / "tests/placement_labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return tuple(Label(*row) for row in rows)


def targets(path: Path) -> Mapping[str, str]:
    """Workload id to target, of one file for itself."""
    loaded = load(decode(path.read_bytes(), path.name), path.name)
    assert not loaded.problems, loaded.problems
    return staged(loaded.objects).targets


def test_the_labels_are_sixty_workloads_for_every_kind_of_target(labels: tuple[Label, ...]) -> None:
    assert len({label.key for label in labels}) == len(labels) == 60
    assert {label.target for label in labels} == {"lambda", "fargate", "managed-service", "kubernetes", "none"}


def test_placement_agrees_with_the_labels_but_for_the_named_ones(labels: tuple[Label, ...], corpus: Path) -> None:
    placed = {file: targets(corpus / file) for file in {label.file for label in labels}}
    found = {label.key: placed[label.file].get(label.workload) for label in labels}
    other = {label.key: found[label.key] for label in labels if found[label.key] != label.target}
    assert other == OTHERWISE
    assert len(labels) - len(OTHERWISE) >= AGREE
