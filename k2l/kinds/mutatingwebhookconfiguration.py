"""MutatingWebhookConfiguration: what the API server lets change objects before it stores them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Stays
from k2l.kinds import Kind
from k2l.manifest.hooks import read_hooks
from k2l.manifest.manifest import Manifest


def relate(_: Manifest) -> Iterator[Fact]:
    yield Stays("serves-cluster")


KIND = Kind(
    tuple(f"admissionregistration.k8s.io/{version} MutatingWebhookConfiguration" for version in ("v1", "v1beta1")),
    read_hooks,
    relate,
    namespaced=False,
)
