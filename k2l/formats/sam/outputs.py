"""What the user needs to know after a deployment, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from k2l.aws.expr import Ref
from k2l.aws.http_api import Domain, HttpApi
from k2l.aws.inputs import ConcurrencyBudget
from k2l.aws.queue import Queue
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.formats.sam import names
from k2l.formats.sam.index import ACCOUNT_CONCURRENCY
from k2l.formats.sam.shape import Context
from k2l.formats.sam.syntax import Entry, Map, mapping
from k2l.formats.sam.syntax import Ref as Reference
from k2l.formats.sam.values import prose

# Class, the attribute of the resource, what the output's name ends in, and what it is for.
_OUTPUTS: tuple[tuple[type[Resource], str, str, str], ...] = (
    (HttpApi, "api_endpoint", "Endpoint", "Where the HTTP API {} answers, whatever domain points to it"),
    (Domain, "target_domain_name", "Target", "What the DNS record of {} has to name"),
    (Domain, "hosted_zone_id", "Zone", "The hosted zone of the target of {}, for an alias record in Route 53"),
    (Queue, "url", "Url", "Where failed runs and undeliverable schedules wait to be looked at: {}"),
    (Repository, "repository_url", "Uri", "Where the image of {} is pushed to"),
)


def outputs(resources: Iterable[Resource], context: Context) -> Iterator[Entry]:
    found = tuple(resources)
    for kind, attribute, ending, about in _OUTPUTS:
        for resource in found:
            if isinstance(resource, kind):
                own = names.class_of(resource)
                condition = mapping(Condition=names.given(names.certificate(resource.key))).entries if kind is Domain else ()
                value = context.values.reference(Ref(kind.__name__, resource.key, attribute))
                said = mapping(Description=prose(about.format(resource.key)), Value=value).entries
                yield Entry(f"{own.logical_id(resource.key)}{ending}", Map((*condition, *said)))
    for budget in found:
        if isinstance(budget, ConcurrencyBudget):
            text = "The account's quota of concurrent executions that what the functions reserve was compared with"
            yield Entry(ACCOUNT_CONCURRENCY, mapping(Description=text, Value=Reference(ACCOUNT_CONCURRENCY)))
