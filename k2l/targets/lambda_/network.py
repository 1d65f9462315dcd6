"""Whether a function has to be inside a VPC: no manifest says it, but an address in the environment may, or what it calls.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from k2l import tables
from k2l.converters import names
from k2l.plan import Concern, Disposition, Fact, Outcome
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    if site.capacity is not None:
        return
    wish = site.overrides.vpc
    if wish is not None and wish.value and not site.in_vpc:
        yield from (Outcome(node, Disposition.DROPPED, "no-vpc-given") for node in wish.origins)
    reasons = tuple(_reasons(site))
    if not reasons and wish is None:
        return
    why = "; ".join((*reasons, *_consequences(site))) or "as decided"
    question = "Does the function have to be attached to the VPC?"
    yield site.decision("vpc", question, ("true", "false"), "true" if site.in_vpc else "false", wish, why, "vpc")


def _reasons(site: Site) -> Iterator[str]:
    private = [text for text in _texts(site) if _endpoints().search(text.value)]
    if private:
        variables = ", ".join(dict.fromkeys(v.name for v in site.resolved.variables if any(v.value.origins == t.origins for t in private)))
        yield f"{variables or 'its command line'} names a private address"
    if site.in_vpc and site.calls_tasks:
        yield "it calls tasks on Fargate, which are found in their network only"
    asked = sorted(key for key in site.inputs if names.is_service_input(key))
    if asked:
        yield f"what {', '.join(asked)} will name may be inside one, as databases and caches are"


def _consequences(site: Site) -> Iterator[str]:
    if site.in_vpc and (site.secrets or site.parameters_read):
        yield "its start reads secrets or parameters, for which the subnets need a NAT gateway or VPC endpoints (secretsmanager, ssm)"
    if site.in_vpc and site.callees:
        yield "it calls other functions by their URLs, which only a NAT gateway leads to"


def _texts(site: Site) -> Iterator[Traced[str]]:
    for variable in site.resolved.variables:
        if variable.value.value.known:
            yield variable.value.map(lambda expanded: expanded.text)
    yield from site.workload.container.command
    yield from site.workload.container.args


@cache
def _endpoints() -> re.Pattern[str]:
    return re.compile("|".join(tables.limits("vpc")["private_endpoints"]))


CONCERN = Concern("network", each=build)
