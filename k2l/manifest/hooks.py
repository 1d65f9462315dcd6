"""What the Kubernetes API server calls: admission webhooks and conversion webhooks of the cluster (WebhookClientConfig)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.traced import Traced


class Hook(Struct, frozen=True):
    """``service`` is None for a URL; ``resources`` are what it is asked about, as in pods or deployments/scale."""

    service: Traced[str] | None
    namespace: Traced[str] | None
    resources: tuple[Traced[str], ...] = ()


def read_hook(config: Cursor, resources: tuple[Traced[str], ...] = ()) -> Hook:
    service = config.child("service")
    return Hook(service.text("name") if service else None, service.text("namespace") if service else None, resources)


def read_hooks(c: Cursor) -> tuple[Hook, ...]:
    """Of a MutatingWebhookConfiguration or ValidatingWebhookConfiguration."""
    return tuple(hook for item in c.items("webhooks") for hook in _hooks(item))


def _hooks(webhook: Cursor) -> Iterator[Hook]:
    config = webhook.child("clientConfig")
    if config is not None:
        yield read_hook(config, tuple(text for rule in webhook.items("rules") for text in rule.texts("resources")))
