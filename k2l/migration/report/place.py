"""Places of the manifests, as every part of the report names them."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, order=True):
    """``object`` is the id of the object, ``path`` the field below it."""

    object: str
    path: str
    file: str
    line: int
    column: int
