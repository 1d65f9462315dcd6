"""Blocks with what scanners are told to skip: checkov reads it within the block, trivy right above it."""

from __future__ import annotations

from msgspec.structs import replace

from k2l.formats.scanners import Skip, known, skips
from k2l.formats.terraform.syntax import Attribute, Block, Item


def told(block: Block) -> Block:
    if block.type != "resource" or not known("terraform", block.labels[0]):
        return block
    found = skips("terraform", block.labels[0], {name for item in block.items if (name := _name(item))})
    above = tuple(skip.comment for skip in found if skip.scanner == "trivy")
    return replace(block, items=_within(block.items, found), comments=(*block.comments, *above))


def _name(item: Item) -> str | None:
    if isinstance(item, Attribute):
        return item.name
    return item.type if isinstance(item, Block) else None


def _within(items: tuple[Item, ...], found: tuple[Skip, ...]) -> tuple[Item, ...]:
    """Above what comes first, and apart from what that says itself."""
    lines = tuple(skip.comment for skip in found if skip.scanner == "checkov")
    first = items[0] if items else None
    if not lines or not isinstance(first, Attribute | Block):
        return items
    return (replace(first, comments=(*lines, *first.comments)), *items[1:])
