"""Values of planned attributes as values of a template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.aws import expr
from k2l.aws.expr import Expr
from k2l.errors import UserError
from k2l.formats.provenance import Places
from k2l.formats.sam import names
from k2l.formats.sam.index import Index
from k2l.formats.sam.syntax import Entry, GetAtt, If, Join, List, Map, Ref, Select, Sub, Value
from k2l.traced import Traced

PSEUDO: Mapping[str, Ref] = {
    "account": Ref("AWS::AccountId"),
    "region": Ref("AWS::Region"),
    "partition": Ref("AWS::Partition"),
    "dns_suffix": Ref("AWS::URLSuffix"),
}
REGISTRY: tuple[Ref | str, ...] = (PSEUDO["account"], ".dkr.ecr.", PSEUDO["region"], ".", PSEUDO["dns_suffix"])
STANDARD: Mapping[str, str] = {"log_retention_in_days": "LogRetentionInDays", "account_concurrency": "AccountConcurrency"}
"""Inputs that every plan may use, and their parameters."""


class Values(Struct, frozen=True):
    """Spells the values of one plan."""

    index: Index

    def value(self, given: Expr, places: Places | None = None) -> Value:
        """``given`` as a value of a template; entries of mappings get comments from ``places``.

        Raises ValueError for a sensitive value, which no writer may see, TypeError for what is no value, and UserError for a text that
        CloudFormation would replace."""
        if given is None or isinstance(given, (bool, int, float)):
            return given
        if isinstance(given, str):
            return literal(given)
        if isinstance(given, Traced):
            return self._traced(given, places)
        if isinstance(given, tuple):
            return List(tuple(self.value(item, places) for item in given))
        if isinstance(given, Mapping):
            return Map(tuple(Entry(key, self.value(item, places), places.comments(item) if places else ()) for key, item in given.items()))
        return self._composed(given)

    def _traced(self, given: Traced[Any], places: Places | None) -> Value:
        try:
            return self.value(_shown(given), places)
        except UserError as refused:
            if refused.file or not given.origins:
                raise
            at = given.origins[0]
            raise UserError(refused.message, at.document.file, at.line, at.column) from None

    def _composed(self, given: Expr) -> Value:
        match given:
            case expr.Ref():
                return self.reference(given)
            case expr.Var() | expr.Element():
                return self._input(given)
            case expr.Pseudo(name):
                return PSEUDO[name]
            case expr.Join(parts):
                return text(*(self.value(part) for part in parts))
            case expr.Image():
                return self.image(given)
            case expr.Json(inner):
                return text(*(self.value(part) for part in self._spelled(inner)))
        raise TypeError(f"{type(given).__name__} is no value of a property")

    def _input(self, given: expr.Var | expr.Element) -> Value:
        """A parameter, or one entry of it."""
        if isinstance(given, expr.Element):
            return Select(given.index, Ref(self.parameter(given.variable)))
        return Ref(self.parameter(given.name))

    def parameter(self, name: str) -> str:
        return names.parameter(name) if self.index.has("Variable", name) else STANDARD[name]

    def image(self, given: expr.Image) -> Value:
        """What ``sam build`` makes, which it replaces by what it pushed; else what is in the account's own registry."""
        tag = f":{given.tag}"
        if given.function in self.index.built:
            return f"{names.spelling('Function').logical_id(given.function).lower()}{tag}"
        digest, repository = names.image_digest(given.function), (*REGISTRY, f"/{given.repository}")
        return If(names.given(digest), text(*repository, "@", Ref(digest)), text(*repository, tag))

    def reference(self, to: expr.Ref) -> Value:
        """Raises LookupError for an attribute that the table lacks."""
        resource, own = self.index.at(to), names.spelling(to.type)
        form = own.attributes.get(to.attribute)
        if form is None:
            raise LookupError(f"mappings/sam.yaml has no attribute {to.type}.{to.attribute}")
        if form.startswith("="):
            return self.value(getattr(resource, form[1:]))
        return _attribute(form, self.index.logical_id(resource))

    def _spelled(self, given: Expr) -> Iterator[Expr]:
        """A JSON text part by part. What is known at deployment only must not be able to end its string, as names and ARNs are not."""
        match given:
            case Traced():
                yield from self._spelled(_shown(given))
            case None | bool() | int() | float() | str():
                yield json.dumps(given, ensure_ascii=False)
            case expr.Ref() | expr.Pseudo() | expr.Join():
                yield from ('"', given, '"')
            case dict():
                for number, key in enumerate(sorted(given)):
                    yield f"{',' if number else '{'}{json.dumps(key, ensure_ascii=False)}:"
                    yield from self._spelled(given[key])
                yield "}" if given else "{}"
            case tuple():
                for number, item in enumerate(given):
                    yield "," if number else "["
                    yield from self._spelled(item)
                yield "]" if given else "[]"
            case _:
                raise TypeError(f"{type(given).__name__} is no value within a JSON text")


def literal(given: str) -> Value:
    """A text as it is. Outside of Fn::Sub ``${`` means nothing, but it looks as if: in two pieces nobody can take it for a reference."""
    start = tables.limits("cloudformation")["dynamic_reference"]
    if start in given:
        raise UserError(f"CloudFormation would replace the text from {start} on, and nothing can stop it: change it, or use --to terraform")
    return Join(tuple(re.split(r"(?<=\$)(?=\{)", given))) if "${" in given else given


def prose(given: str) -> str:
    """A text for people, in which another bracket does not matter: so CloudFormation replaces nothing, and nobody thinks that it does."""
    return given.replace("{{resolve:", "({resolve:").replace("${", "$(")


def text(*parts: Value) -> Value:
    """Parts written one after another; a literal where all of them are."""
    flat: list[Value] = []
    for part in parts:
        for each in part.parts if isinstance(part, (Sub, Join)) else (part,):
            last = flat[-1] if flat else None
            if isinstance(each, str) and isinstance(last, str):
                flat[-1] = last + each
            elif each != "":
                flat.append(each)
    literals = [literal(each) for each in flat if isinstance(each, str)]
    if len(literals) == len(flat):
        return literals[0] if literals else ""
    if len(flat) == 1:
        return flat[0]
    simple = tuple(each for each in flat if isinstance(each, (str, Ref, GetAtt)))
    if len(simple) == len(flat) and not any(isinstance(each, str) and "$" in each for each in simple):
        return Sub(simple)
    return Join(tuple(_pieces(flat)))


def _pieces(flat: list[Value]) -> Iterator[Value]:
    for each in flat:
        piece = literal(each) if isinstance(each, str) else each
        yield from piece.parts if isinstance(piece, Join) else (piece,)


def fixed(value: Any) -> Value:
    """A value of the table; a mapping stands for its JSON text."""
    if isinstance(value, list):
        return List(tuple(value))
    return json.dumps(value, sort_keys=True, separators=(",", ":")) if isinstance(value, dict) else value


def _attribute(form: str, logical_id: str) -> Value:
    """``!GetAtt {}.Arn`` and the like of the table."""
    function, _, wanted = form.partition(" ")
    named = wanted.replace("{}", logical_id)
    if function == "!Ref":
        return Ref(named)
    if function == "!GetAtt":
        return GetAtt(*named.split(".", 1))
    return Sub(tuple(part if number % 2 == 0 else Ref(part) for number, part in enumerate(re.split(r"\$\{([^}]+)\}", named)) if part))


def _shown(value: Traced[Any]) -> Any:
    if value.sensitive:
        where = ", ".join(f"{origin.document.file} {origin.path()}" for origin in value.origins)
        raise ValueError(f"a sensitive value reached the SAM writer, from {where or 'nowhere'}")
    return value.value
