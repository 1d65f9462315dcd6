"""PodDisruptionBudget: how many pods must stay while nodes are drained. In policy/v1 an empty selector selects all pods of the namespace,
in v1beta1 none. https://kubernetes.io/docs/reference/using-api/deprecation-guide/#poddisruptionbudget-v125
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Offers, Regards
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.selector import LabelSelector, read_selector


def read(c: Cursor) -> LabelSelector | None:
    spec = c.child("spec")
    selector = spec.child("selector") if spec else None
    return read_selector(selector) if selector else None


def relate(manifest: Manifest) -> Iterator[Fact]:
    selector: LabelSelector | None = manifest.body
    if selector is not None:
        none = not selector.requirements and manifest.api_version == "policy/v1beta1"
        yield Offers() if none else Regards(selector)


KIND = Kind(("policy/v1 PodDisruptionBudget", "policy/v1beta1 PodDisruptionBudget"), read, relate)
