"""ServiceAccount: who a pod is, and on EKS the IAM role it may assume.

https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Identifies
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

ROLE = "eks.amazonaws.com/role-arn"


def read(c: Cursor) -> Identifies:
    metadata = c.child("metadata")
    return Identifies(metadata.strings("annotations").get(ROLE) if metadata else None)


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield manifest.body


KIND = Kind(("v1 ServiceAccount",), read, relate)
