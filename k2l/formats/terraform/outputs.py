"""What the user needs to know after an apply, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from k2l.aws.expr import Ref
from k2l.aws.http_api import Domain, HttpApi
from k2l.aws.queue import Queue
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.formats.terraform.names import reference
from k2l.formats.terraform.syntax import Attribute, Block, Entry, Object

# Output, class, the output of the resource, and what it is for.
_OUTPUTS: tuple[tuple[str, type[Resource], str, str], ...] = (
    ("api_endpoints", HttpApi, "api_endpoint", "Where each HTTP API answers, whatever domain points to it"),
    ("domain_targets", Domain, "target_domain_name", "What the DNS record of each host has to name; null until its certificate is given"),
    ("domain_zones", Domain, "hosted_zone_id", "The hosted zone of each target, for an alias record in Route 53"),
    ("queue_urls", Queue, "url", "Where failed runs and undeliverable schedules wait to be looked at"),
    ("repository_urls", Repository, "repository_url", "Where the image of each function is pushed to"),
)


def outputs(resources: Iterable[Resource]) -> Iterator[Block]:
    """An output for each kind of thing that there is, by the names that the user knows."""
    found = tuple(resources)
    for name, kind, attribute, description in _OUTPUTS:
        entries = [Entry(r.key, reference(Ref(kind.__name__, r.key, attribute))) for r in found if isinstance(r, kind)]
        if entries:
            yield Block("output", (name,), (Attribute("description", description), Attribute("value", Object(tuple(entries)))))
