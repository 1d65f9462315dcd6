"""What every planned resource has."""

from __future__ import annotations

from msgspec import Struct

from k2l.source import Node


class Resource(Struct, frozen=True, kw_only=True):
    """``key`` is unique among resources of one class and stable (a function's name, a route); ``home`` names the file or theme it is
    shown in; ``origins`` are the objects it stands for; ``comment`` says why it exists when that is not plain."""

    key: str
    home: str
    origins: tuple[Node, ...] = ()
    comment: str | None = None
