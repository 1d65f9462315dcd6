"""A custom domain and its mapping to the API: both exist only when a certificate is given for the host.

SAM's own ``Domain`` of an HTTP API is there or not, whatever is given.
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapidomainconfiguration.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.http_api import Domain
from k2l.formats.sam import names
from k2l.formats.sam.shape import Context, Shape, entry, properties
from k2l.formats.sam.syntax import Entry, Map, Ref


def build(domain: Domain, context: Context) -> Iterator[Entry]:
    certificate, own = names.certificate(domain.key), names.class_of(domain)
    condition = {"Condition": Entry("Condition", names.given(certificate))}
    given = {"DomainNameConfigurations[].CertificateArn": Entry("CertificateArn", Ref(certificate))}
    yield entry(domain, Map(properties(domain, context, given)), context, attributes=condition)
    assert own.companion is not None
    name = {"DomainName": Entry("DomainName", Ref(own.logical_id(domain.key)))}
    yield entry(domain, Map(properties(domain, context, name, own.companion)), context, own.companion, condition)


SHAPE = Shape(Domain, build)
