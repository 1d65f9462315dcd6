"""How large an environment on instances is: memory and vCPUs go together in few ratios, so that one of them may have to be more than asked.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
"""

from __future__ import annotations

from k2l import tables
from k2l.converters.instances_size import EnvironmentSize, SizeRules, smallest, with_memory
from k2l.targets.lambda_ import sizing
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced, merge

_MIB = 1024 * 1024


def size(ground: Ground) -> Traced[EnvironmentSize]:
    """The user's word for memory, else memory and cpu that the pod asks for. What nobody asked for has no places."""
    asked, wish = sizing.asked(ground), ground.overrides.memory
    mib = -(-(asked.memory or 0) // _MIB)
    if wish is not None:
        found = with_memory(wish.value, asked.millicores or 0, _rules())
        words = f"as decided, {wish.value:,} MiB"
        origins = wish.because(*asked.given).origins
    else:
        found = smallest(asked.millicores or 0, mib, _rules())
        words = " and ".join(filter(None, (f"{mib:,} MiB" if mib else "", f"{asked.millicores / 1000:g} cpu" if asked.millicores else "")))
        origins = merge(*(t.origins for t in asked.given)) if words else ()
    if found is None:
        raise ValueError(f"no environment has {asked.millicores or 0} thousandths of a vCPU and {mib} MiB")
    why = f"{words}: the smallest with that has" if words else "the smallest, as the pod asks for neither memory nor cpu:"
    return Traced(found, origins, note=f"{why} {found.vcpus} vCPU with {found.ratio} GiB each")


def _rules() -> SizeRules:
    limits = tables.limits("managed_instances")
    return SizeRules(limits["memory_min_mib"], limits["memory_max_mib"], limits["memory_gib_per_vcpu_choices"])


def requests(ground: Ground, vcpus: int) -> Traced[int]:
    """How many one environment serves at once. A run has its environment for itself: the runner that is in the image takes one after
    another."""
    if ground.runs_to_completion:
        return Traced(1, note="one run at a time")
    limits, per_pod = tables.limits("managed_instances"), ground.requests_per_pod
    most = min(vcpus * int(limits["requests_per_vcpu_max"]), int(limits["requests_max"]))
    given = Traced(int(per_pod.value), per_pod.origins, note="requests at once per pod")
    return given if given.value <= most else given.map(lambda _: most).approximately("requests-capped")
