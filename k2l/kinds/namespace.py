"""Namespace: a part of other objects' names."""

from __future__ import annotations

from k2l.kinds import Kind

KIND = Kind(("v1 Namespace",), namespaced=False)
