"""Role: what may be done with the Kubernetes API in a namespace. Bindings say who may do it."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Offers
from k2l.kinds import Kind
from k2l.manifest.access import read_rules
from k2l.manifest.manifest import Manifest


def relate(_: Manifest) -> Iterator[Fact]:
    yield Offers()


KIND = Kind(("rbac.authorization.k8s.io/v1 Role", "rbac.authorization.k8s.io/v1beta1 Role"), read_rules, relate)
