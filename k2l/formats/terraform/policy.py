"""IAM policy documents. Actions and resources are lists even when there is one: a plan after the apply then sees what AWS keeps.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l.aws.expr import Expr
from k2l.aws.iam import Statement
from k2l.formats.provenance import Places
from k2l.formats.terraform import syntax
from k2l.formats.terraform.syntax import Entry, Object, Tuple
from k2l.formats.terraform.values import expression

VERSION = "2012-10-17"
Conditions = Mapping[str, Mapping[str, Expr]]


def document(*statements: Object) -> syntax.Expr:
    return syntax.json(Object((Entry("Version", VERSION), Entry("Statement", Tuple(statements)))))


def allow(statement: Statement, places: Places) -> Object:
    resources = Tuple(tuple(expression(resource) for resource in statement.resources))
    return Object(
        (
            Entry("Sid", statement.sid, places.comments(statement.resources, statement.conditions)),
            Entry("Effect", "Allow"),
            Entry("Action", Tuple(statement.actions)),
            Entry("Resource", resources),
            *condition(statement.conditions),
        )
    )


def trust(service: str, conditions: Conditions) -> Object:
    principal = Object((Entry("Service", service),))
    return Object((Entry("Effect", "Allow"), Entry("Principal", principal), Entry("Action", "sts:AssumeRole"), *condition(conditions)))


def condition(conditions: Conditions) -> tuple[Entry, ...]:
    return (Entry("Condition", expression(conditions)),) if conditions else ()
