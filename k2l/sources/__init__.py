"""Catalogue of where manifests come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read: its name as the record shows it, and the SHA-256 of its bytes."""

    file: str
    sha256: str
