"""
An object has no name that Kubernetes takes.

Names are lower-case letters, digits, dashes and dots, and begin and end with a letter or digit; only those of roles and their bindings
may be anything without `/` and `%`. `${NAME}` or `{{ .Name }}` in a name shows that a template was not rendered.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: ${NAME}

Good:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: theme
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.manifest.manifest import Manifest

SUBDOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
# https://kubernetes.io/docs/reference/access-authn-authz/rbac/: "a valid path segment name"
SEGMENT = re.compile(r"(?!\.{1,2}$)[^/%]+")
ROLES = ("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
TEMPLATE = re.compile(r"\$[{(]|\{\{|<%|^\$[A-Z]")


def check(manifest: Manifest) -> Iterator[Problem]:
    if manifest.type is None:
        return
    if not manifest.name:
        yield Problem(manifest.metadata.node, f"{manifest.kind} has no name", "give it one in metadata.name")
        return
    for key in ("name", "namespace"):
        given = manifest.metadata.text(key)
        if given and not _takes(manifest.kind, key, given.value):
            advice = "render the template first" if TEMPLATE.search(given.value) else "use lower-case letters, digits, dashes and dots"
            yield Problem(given.origins[0], f'{key} "{given.value}" is not one that Kubernetes takes', advice)


def _takes(kind: str, key: str, name: str) -> bool:
    if kind in ROLES and key == "name":
        return SEGMENT.fullmatch(name) is not None and not TEMPLATE.search(name)
    return SUBDOMAIN.fullmatch(name) is not None


RULE = Rule("K2L010", "invalid-name", Severity.ERROR, check)
