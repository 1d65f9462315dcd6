"""Secrets: so much a month each. Parameters: Standard ones cost nothing, Advanced ones (over 4 KB) so much a month each.

https://aws.amazon.com/secrets-manager/pricing/ https://aws.amazon.com/systems-manager/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.configuration import Parameter, Secret
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import Situation

_READS = "they are counted by cold starts, and how many there are nobody knows"
_TIER = "whether they are Advanced is known when their values are"


def shared(situation: Situation) -> Iterator[Entry]:
    plan = situation.bundle.plan
    secrets, parameters = plan.of(Secret), plan.of(Parameter)
    if secrets:
        yield situation.line(Side.AFTER, ITEM.name, "secret", len(secrets))
        yield Unpriced(Side.AFTER, ITEM.name, "reads of secrets and parameters", _READS)
    tiers = [parameter.tier for parameter in parameters]
    if "Advanced" in tiers:
        yield situation.line(Side.AFTER, ITEM.name, "ssm-advanced-parameter", tiers.count("Advanced"))
    if "Intelligent-Tiering" in tiers:
        yield Unpriced(Side.AFTER, ITEM.name, f"{tiers.count('Intelligent-Tiering')} parameters", _TIER)


ITEM = Item("configuration", shared=shared)
