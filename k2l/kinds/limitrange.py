"""LimitRange: what containers of a namespace get that ask for nothing, and the least and most that they may ask for.

Without ``default`` the most is the default limit; without ``defaultRequest`` that is the default limit, else the least.
https://kubernetes.io/docs/concepts/policy/limit-range/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Fills, Regards
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.selector import LabelSelector
from k2l.traced import Traced


def read(c: Cursor) -> Fills | None:
    spec = c.child("spec")
    if spec is None:
        return None
    limits: dict[str, Traced[str]] = {}
    requests: dict[str, Traced[str]] = {}
    for item in spec.items("limits"):
        kind = item.text("type")
        if kind is not None and kind.value == "Container":
            of_item = item.quantities("max") | item.quantities("default")
            limits = of_item | limits
            requests = item.quantities("min") | of_item | item.quantities("defaultRequest") | requests
    return Fills(limits, requests)


def relate(manifest: Manifest) -> Iterator[Fact]:
    if manifest.body:
        yield manifest.body
        yield Regards(LabelSelector())


KIND = Kind(("v1 LimitRange",), read, relate)
