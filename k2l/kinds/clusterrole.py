"""ClusterRole: what may be done with the Kubernetes API, in every namespace or where a RoleBinding says so.

One that is added to another role by its label belongs to the people who have that one.
https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Offers, Stays
from k2l.kinds import Kind
from k2l.manifest.access import read_rules
from k2l.manifest.manifest import Manifest

AGGREGATED = "rbac.authorization.k8s.io/aggregate-to-"


def relate(manifest: Manifest) -> Iterator[Fact]:
    aggregated = any(label.startswith(AGGREGATED) for label in manifest.metadata.strings("labels"))
    yield Stays("serves-cluster") if aggregated else Offers()


KIND = Kind(
    ("rbac.authorization.k8s.io/v1 ClusterRole", "rbac.authorization.k8s.io/v1beta1 ClusterRole"), read_rules, relate, namespaced=False
)
