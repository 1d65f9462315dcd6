"""``$(VAR)`` in ``env[].value``, ``command``, ``args`` and ``subPathExpr``, as Kubernetes expands it.

``$(NAME)`` becomes the value of a known variable and stays when it is unknown; ``$$`` is ``$`` and protects what follows; a name goes to
the first ``)``; nothing else is touched and nothing is expanded twice.
https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from k2l.reference import Expanded, Part, Reference, Unset, of
from k2l.traced import Traced, merge

Scope = Mapping[str, Traced[Expanded]]
"""The variables that a text may use: those defined before it, and every one of ``envFrom``; for command and args the whole environment."""


def expand(value: Traced[str], scope: Scope, *, complete: bool = True) -> Traced[Expanded]:
    """``value`` with the variables of ``scope`` put in, from all their places. A secret one enters as a reference, never as text.

    Not ``complete`` says that there are variables whose names are known only at start (envFrom of a Secret that the input does not hold):
    a name not in ``scope`` is then looked up by the init. The scope must hold no variable that such a source may have replaced."""
    used = [scope[name] for name in names(value.value) if name in scope]
    parts = of(*_parts(value.value, scope, complete))
    return Traced(
        parts,
        merge(value.origins, *(u.origins for u in used)),
        value.sensitive or any(u.sensitive for u in used),
        value.reason or next((u.reason for u in used if u.reason), None),
        value.note,
    )


def literal(text: Traced[str]) -> Traced[Expanded]:
    """A value that Kubernetes does not expand: from a ConfigMap, or a field of the pod."""
    return text.map(of)


def names(text: str) -> Iterator[str]:
    """The variables that ``text`` refers to, in order."""
    return (name for _, _, name in _operators(text) if name is not None)


def _operators(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and variable of each expression, None for the escape ``$$``. A ``$`` before anything else is only itself."""
    at, closing = text.find("$"), 0
    while 0 <= at < len(text) - 1:
        end, name = at + 1, None
        if text[at + 1] == "(" and closing >= 0 and (closing := text.find(")", at)) >= 0:
            end, name = closing + 1, text[at + 2 : closing]
        elif text[at + 1] == "$":
            end = at + 2
        if end > at + 1:
            yield at, end, name
        at = text.find("$", end)


def _parts(text: str, scope: Scope, complete: bool) -> Iterator[Part]:
    last = 0
    for start, end, name in _operators(text):
        yield text[last:start]
        last = end
        if name is None:
            yield "$"
        elif name in scope:
            yield from (_within(part, name) for part in scope[name].value.parts)
        else:
            yield f"$({name})" if complete else Unset(name)
    yield text[last:]


def _within(part: Part, name: str) -> Part:
    """An optional Secret that is absent leaves its variable unset, and the reference to it as it was written."""
    if isinstance(part, Reference) and part.optional and not part.otherwise:
        return replace(part, otherwise=(f"$({name})",))
    return part
