"""How services of the cluster call this one: a function URL for signed requests only, and a parameter that tells callers where it is.

The URL is looked up at start and not written into the caller's configuration, because two functions that call each other would each have to
exist before the other. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.aws.configuration import Parameter
from k2l.aws.expr import Ref
from k2l.aws.function import FunctionUrl
from k2l.aws.resource import Resource
from k2l.converters import names
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced, merge


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    called = {callee.function for site in sites for callee in site.callees.values()}
    for site in sites:
        if site.name in called or (site.workload.services and not site.public):
            yield from _url(site)


def _url(site: Site) -> Iterator[Fact]:
    ports = merge(*(site.port_origins(s) for s in site.workload.services))
    objects = tuple(dict.fromkeys((*(s.manifest.node for s in site.workload.services), *site.origins)))
    yield FunctionUrl(
        key=site.name,
        home=site.name,
        origins=objects,
        function=Ref("Function", site.name, "name"),
        qualifier=Ref("Alias", site.name, "name"),
        auth_type=Traced("AWS_IAM", ports),
        invoke_mode=site.streaming.map(lambda on: "RESPONSE_STREAM" if on else "BUFFERED") if site.streaming else "BUFFERED",
        comment="For callers inside the account; nothing unsigned gets in",
    )
    name = names.url_parameter(site.name, site.rules)
    yield Parameter(
        key=name,
        home=site.name,
        origins=objects,
        name=name,
        value=Ref("FunctionUrl", site.name, "function_url"),
        description=f"Where callers of {site.workload.id} find it",
    )


CONCERN = Concern("urls", shared=build)
