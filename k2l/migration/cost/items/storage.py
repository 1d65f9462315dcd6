"""Volumes that outlive pods, and shared files on EFS: there is no price for them, because nobody knows how much is stored.

A claim says how much it may have; what EFS costs is a matter of what is stored. https://aws.amazon.com/efs/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.file_system import FileSystem
from k2l.finding import Target
from k2l.joins.neighbours import claims
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import Situation, Subject


def shared(situation: Situation) -> Iterator[Entry]:
    keeping = [subject for subject in situation.subjects if _keeps(subject)]
    staying = [subject for subject in keeping if subject.target is Target.KUBERNETES]
    for side, subjects in ((Side.BEFORE, keeping), (Side.AFTER, staying)):
        if subjects:
            ids = tuple(subject.id for subject in subjects)
            yield Unpriced(side, ITEM.name, "volumes of the cluster", "their storage class decides what a GB costs", ids)
    elsewhere = tuple(subject.id for subject in keeping if subject.target is Target.FARGATE)
    if situation.bundle.plan.of(FileSystem) or elsewhere:
        yield Unpriced(
            Side.AFTER, ITEM.name, "shared files and volumes on AWS", "what is stored and read decides what they cost", elsewhere
        )


def _keeps(subject: Subject) -> bool:
    return bool(subject.workload.runs.claims) or bool(claims(subject.workload.whole))


ITEM = Item("storage", shared=shared)
