"""What stands where in the template: a plan's resources by class and key, and the one that each of them is a part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from k2l.aws.build_context import BuildContext
from k2l.aws.expr import Ref
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.formats import images
from k2l.formats.sam import names
from k2l.traced import Traced

ACCOUNT_CONCURRENCY = "AccountConcurrency"


class Index(Struct, frozen=True):
    """``built`` are the functions whose image is built from its folder, so that SAM makes the repository for it too."""

    by_key: Mapping[tuple[str, str], Resource]
    built: frozenset[str]

    def at(self, to: Ref) -> Resource:
        """Raises LookupError when something refers to a resource that is not planned."""
        found = self.by_key.get((to.type, to.key))
        if found is None:
            raise LookupError(f"the template refers to what it does not have: {to.type} {to.key}")
        return found

    def has(self, resource_class: str, key: str) -> bool:
        return (resource_class, key) in self.by_key

    def holder(self, resource: Resource) -> Resource:
        """The resource with a logical id of its own that this one stands in, or itself."""
        own = names.class_of(resource)
        return self.holder(self.at(reference(getattr(resource, own.owner)))) if own.within else resource

    def logical_id(self, resource: Resource) -> str:
        """Of the resource that it stands in, where it has none itself."""
        match resource:
            case Variable():
                return names.parameter(resource.key)
            case ConcurrencyBudget():
                return ACCOUNT_CONCURRENCY
        holder = self.holder(resource)
        return names.class_of(holder).logical_id(holder.key)

    def address(self, resource: Resource, wanted: str) -> str:
        """``ShopWebFunction.MemorySize``; without a field, the resource itself. "" for a repository that SAM makes by itself."""
        own = names.class_of(resource)
        if isinstance(resource, Repository) and resource.key in self.built:
            return ""
        parameters = ("Parameters",) if isinstance(resource, (Variable, ConcurrencyBudget)) else ()
        base = ".".join((*parameters, self.logical_id(resource)))
        if not wanted:
            return base
        found = own.find(wanted)
        if found is None:
            if wanted in (own.owner, *own.without):
                return base
            raise LookupError(f"mappings/sam.yaml has no property for {type(resource).__name__}.{wanted}")
        if found[0] is not own:
            base = found[0].logical_id(resource.key)
        event = ("Events", own.logical_id(resource.key)) if own.event else ()
        return ".".join((base, *event, found[1].name.replace("[]", "[0]")))


def reference(value: Any) -> Ref:
    """Raises TypeError for a value that is no reference: whose part something is, has to be known here."""
    found = value.value if isinstance(value, Traced) else value
    if not isinstance(found, Ref):
        raise TypeError(f"{found!r} does not say what it belongs to")
    return found


def index(resources: Iterable[Resource]) -> Index:
    found = tuple(resources)
    by_key = {(type(r).__name__, r.key): r for r in found}
    return Index(by_key, frozenset(r.key for r in found if isinstance(r, BuildContext) and images.finished(r)))
