"""Which version an alias names, and how much of the traffic a newer one gets, are inputs: by default every apply moves it to the newest.

A version kept stable goes on taking the traffic until it is taken out of the input again; the newest then gets its weight, if it has one and
is another version: AWS refuses two weights for one. https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Ref
from k2l.aws.function import Alias
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Binary, Block, Call, Conditional, Entry, Expr, Index, Object, Traversal, Tuple, ref
from k2l.formats.terraform.values import expression
from k2l.traced import Traced

STABLE, WEIGHTS = ref("var", "stable_versions"), ref("var", "canary_weights")


def build(alias: Alias, context: Context) -> Iterator[Block]:
    function, newest = _function(alias), expression(alias.version)
    version = Attribute("function_version", Call("lookup", (STABLE, function, newest)), context.places(alias).comments(alias.version))
    yield table_block(alias, context, {"function_version": version}, (_routing(function, newest),))


def _function(alias: Alias) -> str:
    """The name that the user gives a version for."""
    to = alias.function.value if isinstance(alias.function, Traced) else alias.function
    return to.key if isinstance(to, Ref) else alias.key


def _routing(function: str, newest: Expr) -> Block:
    """Two conditions, one in the other: the version is unknown while a new one is being made, and must not matter when no weight is given."""
    both = Binary("&&", _has(STABLE, function), _has(WEIGHTS, function))
    same = Binary("==", _of(STABLE, function), newest)
    each = Conditional(both, Conditional(same, Tuple(()), Tuple((_of(WEIGHTS, function),))), Tuple(()))
    assert isinstance(newest, Traversal)
    weights = Object((Entry(newest, ref("routing_config", "value")),))
    content = Block("content", (), (Attribute("additional_version_weights", weights),))
    return Block("dynamic", ("routing_config",), (Attribute("for_each", each), content))


def _has(variable: Traversal, function: str) -> Expr:
    return Call("contains", (Call("keys", (variable,)), function))


def _of(variable: Traversal, function: str) -> Expr:
    return Traversal((*variable.parts, Index(function)))


SHAPE = Shape(Alias, build)
