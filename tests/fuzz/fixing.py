"""``lint --fix`` mends what it says and nothing else, and once it has there is nothing to mend."""

from __future__ import annotations

from fuzz._manifests import mutate
from k2l import findings, graph, manifests, settings
from k2l.errors import UserError, UserErrors
from k2l.finding import Finding
from k2l.fixing import fix
from k2l.source import Node, load

__all__ = ["check", "mutate"]


def check(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    wanted = _fixable(text)
    if wanted is None:
        return
    fixed = fix(text, wanted)
    assert fixed.done or fixed.text == text
    left = _fixable(fixed.text)
    assert left is not None
    if wanted and len(fixed.done) == len(wanted):
        assert set(map(_place, fixed.done)).isdisjoint(map(_place, left))


def _fixable(text: str) -> list[Finding] | None:
    """The findings that can be mended; None for what cannot be read."""
    loaded = load(text, "web.yaml")
    if loaded.problems:
        return None
    objects, _ = manifests.last_of_each(manifests.read(tuple(node for node in loaded.objects if _is_object(node))))
    try:
        found = findings.check(graph.build(objects, manifests.facts(objects)), settings.Settings())
    except (UserError, UserErrors):
        return None
    return [finding for finding in found if finding.fixable]


def _place(finding: Finding) -> tuple[int, str, str]:
    return finding.at.document.index, finding.code, finding.at.path()


def _is_object(node: Node) -> bool:
    return all(each is not None and isinstance(each.value, str) for each in (node.get("kind"), node.get("apiVersion")))
