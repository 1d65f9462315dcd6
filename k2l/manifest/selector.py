"""Label selectors: pairs, and expressions with an operator; all of them have to hold (meta/v1 LabelSelector).

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.traced import Traced


class Requirement(Struct, frozen=True):
    """``operator`` is In, NotIn, Exists or DoesNotExist; what else it may be holds for nothing."""

    key: str
    operator: str
    values: frozenset[str]

    def holds(self, labels: Mapping[str, Traced[str]]) -> bool:
        found = labels.get(self.key)
        match self.operator:
            case "In":
                return found is not None and found.value in self.values
            case "NotIn":
                return found is None or found.value not in self.values
            case "Exists":
                return found is not None
            case "DoesNotExist":
                return found is None
        return False


class LabelSelector(Struct, frozen=True):
    """Without requirements it selects everything."""

    requirements: tuple[Requirement, ...] = ()

    def selects(self, labels: Mapping[str, Traced[str]]) -> bool:
        return all(requirement.holds(labels) for requirement in self.requirements)


def read_selector(c: Cursor) -> LabelSelector:
    pairs = (Requirement(key, "In", frozenset((value.value,))) for key, value in c.strings("matchLabels").items())
    expressions = (
        Requirement(key.value, operator.value, frozenset(value.value for value in item.texts("values")))
        for item in c.items("matchExpressions")
        if (key := item.text("key")) and (operator := item.text("operator"))
    )
    return LabelSelector((*pairs, *expressions))
