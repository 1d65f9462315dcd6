"""What CloudFormation takes in one template: more is refused here, with the number, and not after an upload.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

from __future__ import annotations

from collections.abc import Iterable

from k2l import tables
from k2l.aws.function import Alias
from k2l.aws.resource import Resource
from k2l.errors import UserError, UserErrors
from k2l.formats.sam import names


def processed(resources: Iterable[Resource]) -> int:
    """How many resources SAM makes of these; the limit is one of the processed template."""
    found = tuple(resources)
    gradual = sum(isinstance(r, Alias) and r.gradual for r in found)
    # CodeDeploy has a group for each function, and for all of them one application and one role.
    shared = 2 if gradual else 0
    return sum(names.class_of(r).makes for r in found) + gradual + shared


def check(file: str, text: str, counts: dict[str, int]) -> None:
    """``counts`` are the numbers of resources, parameters and outputs. Raises UserErrors that say what is too many and by how much."""
    limits = tables.limits("cloudformation")
    most = {what: int(limits[f"{what}_max"]) for what in counts}
    problems = [
        f"would have {number:,} {what}, and CloudFormation takes {most[what]:,} in one template"
        for what, number in counts.items()
        if number > most[what]
    ]
    size, largest = len(text.encode()), int(limits["template_max_bytes"])
    if size > largest:
        problems.append(f"would have {size:,} bytes, and CloudFormation takes {largest:,}")
    if problems:
        raise UserErrors(UserError(f"{problem}; convert fewer manifests at a time, or use --to terraform", file) for problem in problems)
