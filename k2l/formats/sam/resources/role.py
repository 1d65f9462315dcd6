"""A role, who may assume it, and its policies, in one resource."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.iam import ManagedPolicy, Role, RolePolicy
from k2l.formats.sam import policy
from k2l.formats.sam.shape import Context, Shape, entry, properties
from k2l.formats.sam.syntax import Entry, List, Map, Value


def build(role: Role, context: Context) -> Iterator[Entry]:
    comments = context.places(role).comments(role.trust_conditions)
    trust = policy.document(policy.trust(role.service, role.trust_conditions, context.values))
    own = properties(role, context, {"AssumeRolePolicyDocument": Entry("AssumeRolePolicyDocument", trust, comments)})
    parts = context.within(role)
    managed = tuple(context.values.value(part.policy) for part in parts if isinstance(part, ManagedPolicy))
    policies = tuple(each for part in parts if isinstance(part, RolePolicy) for each in _policies(part, context))
    lists = {"ManagedPolicyArns": managed, "Policies": policies}
    yield entry(role, Map((*own, *(Entry(name, List(items)) for name, items in lists.items() if items))), context)


def _policies(role_policy: RolePolicy, context: Context) -> tuple[Value, ...]:
    places, values = context.places(role_policy), context.values
    statements = policy.document(*(policy.allow(statement, values, places) for statement in role_policy.statements))
    (made,) = properties(role_policy, context, {"Policies[].PolicyDocument": Entry("PolicyDocument", statements)})
    assert isinstance(made.value, List)
    return made.value.items


SHAPE = Shape(Role, build)
