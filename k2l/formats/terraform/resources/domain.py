"""A custom domain and its mapping to the API: both exist only when a certificate is given for the host."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.http_api import Domain
from k2l.formats.terraform.names import resource_at
from k2l.formats.terraform.shape import Context, Shape, companion_block, table_block
from k2l.formats.terraform.syntax import Attribute, Blank, Block, Call, Conditional, Index, Traversal, ref
from k2l.formats.terraform.values import expression

CERTIFICATES = ref("var", "certificate_arns")


def build(domain: Domain, context: Context) -> Iterator[Block]:
    host = expression(domain.host)
    if not isinstance(host, str):
        raise TypeError(f"the host of {domain.key} is not known before the apply")
    given = Conditional(Call("contains", (Call("keys", (CERTIFICATES,)), host)), 1, 0)
    certificate = Attribute("certificate_arn", Traversal((*CERTIFICATES.parts, Index(host))))
    yield table_block(
        domain, context, {"domain_name_configuration.certificate_arn": certificate}, first=(Attribute("count", given), Blank())
    )
    itself = resource_at("Domain", domain.key)
    name = Attribute("domain_name", Traversal((*itself.parts, Index(0), "domain_name")))
    count = Attribute("count", Call("length", (itself,)))
    yield companion_block(domain, context, {"domain_name": name}, (count, Blank()))


SHAPE = Shape(Domain, build)
