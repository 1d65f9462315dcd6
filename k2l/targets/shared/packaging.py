"""What the init of an image reads from stores."""

from __future__ import annotations

from k2l.aws.build_context import Assignments, BuildContext
from k2l.reference import Expanded, Reference
from k2l.traced import Traced


def references(context: BuildContext) -> list[Traced[Reference]]:
    """Everything that the init reads from a store."""
    found = []
    for entry in context.environment:
        found += [entry.reference] if isinstance(entry, Assignments) else _within(entry.value)
    for text in (*(context.command or ()), *(context.args or ())):
        found += _within(text)
    for file in context.files:
        reference = file.content.value
        if isinstance(reference, Reference):
            found.append(Traced(reference, file.content.origins))
    return found


def _within(text: Traced[Expanded]) -> list[Traced[Reference]]:
    return [Traced(part, text.origins) for part in text.value.parts if isinstance(part, Reference)]
