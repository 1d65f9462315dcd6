"""CustomResourceDefinition: a further kind of object in the cluster, of use to whatever works with the Kubernetes API there."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Stays
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.hooks import Hook, read_hook
from k2l.manifest.manifest import Manifest


def read(c: Cursor) -> tuple[Hook, ...]:
    """What converts objects of one version to another."""
    spec = c.child("spec")
    conversion = spec.child("conversion") if spec else None
    webhook = conversion.child("webhook") if conversion else None
    config = (webhook.child("clientConfig") if webhook else None) or (conversion.child("webhookClientConfig") if conversion else None)
    hook = read_hook(config) if config else None
    return (hook,) if hook else ()


def relate(_: Manifest) -> Iterator[Fact]:
    yield Stays("serves-cluster")


KIND = Kind(
    ("apiextensions.k8s.io/v1 CustomResourceDefinition", "apiextensions.k8s.io/v1beta1 CustomResourceDefinition"),
    read,
    relate,
    namespaced=False,
)
