"""The repository that the function's image is pushed to: Lambda takes private ECR of its own Region only.

https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.registry import Repository
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site


def build(site: Site) -> Iterator[Fact]:
    yield Repository(key=site.name, home="registry", origins=site.origins, name=site.repository, tags=site.tags)


CONCERN = Concern("registry", each=build)
