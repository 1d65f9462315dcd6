"""The capacity provider of each namespace and processor, and the role with which Lambda manages its instances.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html
https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-operator-role.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.capacity_provider import CapacityProvider
from k2l.aws.expr import Join, Pseudo, Ref
from k2l.aws.iam import ManagedPolicy, Role
from k2l.aws.resource import Resource
from k2l.converters import names
from k2l.plan import Concern, Fact
from k2l.targets.lambda_ import sizing
from k2l.targets.managed_instances import scaling
from k2l.targets.managed_instances.bounds import bounds
from k2l.targets.managed_instances.site import Site
from k2l.targets.shared import network
from k2l.traced import Traced

HOME = "capacity"
_OPERATOR = "-operator"


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    providers: dict[str, list[Site]] = {}
    for site in sites:
        providers.setdefault(site.provider, []).append(site)
    for name, members in providers.items():
        yield from _operator(name, members)
        tracking = scaling.tracking(members)
        yield CapacityProvider(
            key=name,
            home=HOME,
            origins=tuple(node for site in members for node in site.origins),
            name=name,
            operator_role=Ref("Role", _role(name), "arn"),
            subnet_ids=network.subnets(members[0].settings),
            security_group_ids=tuple(group for _, group in network.groups_of_instances(members[0].settings)),
            architectures=(sizing.architecture(members[0]).value,),
            mode="Manual" if tracking else "Auto",
            vcpus=_vcpus(members),
            policies=(tracking,) if tracking else (),
            after=(Ref("ManagedPolicy", _role(name), "id"),),
        )
        if tracking is None:
            yield from scaling.left(members)


def _role(name: str) -> str:
    """No name of an object holds a blank, so that no function's role is called the same."""
    return f"{name} operator"


def _operator(name: str, members: Sequence[Site]) -> Iterator[Fact]:
    """It trusts Lambda on behalf of this account only, against the confused deputy."""
    key, policy = _role(name), tables.limits("managed_instances")["operator_policy"]
    origins = tuple(node for site in members for node in site.origins)
    yield Role(
        key=key,
        home=HOME,
        origins=origins,
        name=Join((names.fitting_role_prefix(name, _OPERATOR, members[0].rules), Pseudo("region"))),
        description=f"Starts and stops the instances of {name}",
        service="lambda.amazonaws.com",
        trust_conditions={"StringEquals": {"aws:SourceAccount": Pseudo("account")}},
    )
    arn = Join(("arn:", Pseudo("partition"), f":iam::aws:policy/{policy}"))
    yield ManagedPolicy(key=key, home=HOME, origins=origins, role=Ref("Role", key, "name"), policy=arn)


def _vcpus(members: Sequence[Site]) -> Traced[int]:
    """As many as Lambda allows by itself; more where the most environments of all functions, each alone on an instance, would need them."""
    limits = tables.limits("managed_instances")
    usual, most, own = int(limits["provider_vcpus"]), int(limits["provider_vcpus_max"]), int(limits["overhead_vcpu"])
    needed = sum(bounds(site).maximum.value * (site.size.value.vcpus + own) for site in members)
    if needed <= usual:
        return Traced(usual, note="as many as Lambda allows by itself")
    return Traced(min(needed, most), note=f"the most environments of all functions, and {own} vCPU for each instance")


CONCERN = Concern("provider", shared=build)
