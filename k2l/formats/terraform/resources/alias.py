"""Which version an alias names, and how much of the traffic a newer one gets, are inputs; without them every apply moves it to the newest.

A version named as stable keeps the traffic. The newest gets a share only when it has a weight besides, and is not the stable one itself:
AWS refuses one version twice, and weights beside provisioned concurrency. https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Ref
from k2l.aws.function import Alias
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Binary, Block, Call, Entry, Expr, For, Object, Traversal, Tuple, ref
from k2l.formats.terraform.values import expression
from k2l.traced import Traced

STABLE, CANARIES = ref("var", "stable_versions"), ref("local", "canaries")


def build(alias: Alias, context: Context) -> Iterator[Block]:
    newest = expression(alias.version)
    if isinstance(newest, str):
        # There is this one version only, which is published anew in place of itself.
        yield table_block(alias, context)
        return
    function = _function(alias)
    version = Attribute("function_version", Call("lookup", (STABLE, function, newest)), context.places(alias).comments(alias.version))
    routing = (_routing(function, newest),) if alias.weighted else ()
    yield table_block(alias, context, {"function_version": version}, routing)


def _function(alias: Alias) -> str:
    """The name that the user gives a version for."""
    to = alias.function.value if isinstance(alias.function, Traced) else alias.function
    return to.key if isinstance(to, Ref) else alias.key


def _routing(function: str, newest: Expr) -> Block:
    """The version is unknown while a new one is being made; that must not matter where no weight is given, so it is asked for last."""
    assert isinstance(newest, Traversal)
    stable = Call("lookup", (STABLE, function, ""))
    each = For(("weight",), Call("lookup", (CANARIES, function, Tuple(()))), ref("weight"), condition=Binary("!=", stable, newest))
    weights = Object((Entry(newest, ref("routing_config", "value")),))
    content = Block("content", (), (Attribute("additional_version_weights", weights),))
    return Block("dynamic", ("routing_config",), (Attribute("for_each", each), content))


SHAPE = Shape(Alias, build)
