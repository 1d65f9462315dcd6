"""IAM policy documents. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"""

from __future__ import annotations

from collections.abc import Mapping

from k2l.aws.expr import Expr
from k2l.aws.iam import Statement
from k2l.formats.provenance import Places
from k2l.formats.sam.syntax import Entry, List, Map, mapping
from k2l.formats.sam.values import Values

VERSION = "2012-10-17"
Conditions = Mapping[str, Mapping[str, Expr]]


def document(*statements: Map) -> Map:
    return mapping(Version=VERSION, Statement=List(statements))


def allow(statement: Statement, values: Values, places: Places) -> Map:
    return Map(
        (
            Entry("Sid", statement.sid, places.comments(statement.resources, statement.conditions)),
            Entry("Effect", "Allow"),
            Entry("Action", List(statement.actions)),
            Entry("Resource", values.value(statement.resources)),
            *_condition(statement.conditions, values),
        )
    )


def trust(service: str, conditions: Conditions, values: Values) -> Map:
    principal = mapping(Service=service)
    return Map((*mapping(Effect="Allow", Principal=principal, Action="sts:AssumeRole").entries, *_condition(conditions, values)))


def _condition(conditions: Conditions, values: Values) -> tuple[Entry, ...]:
    return (Entry("Condition", values.value(conditions)),) if conditions else ()
