"""A route names its integration with a word in front: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.http_api import Route
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block, Template
from k2l.formats.terraform.values import expression


def build(route: Route, context: Context) -> Iterator[Block]:
    comments = context.places(route).comments(route.integration)
    target = Attribute("target", Template(("integrations/", expression(route.integration))), comments)
    yield table_block(route, context, {"target": target})


SHAPE = Shape(Route, build)
