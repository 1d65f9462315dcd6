"""Sets of manifests that other people wrote, as parameters of tests."""

from __future__ import annotations

from typing import Any

import pytest

from harness import programs

LARGE = frozenset(
    {
        "argo-cd",
        "gke-samples",
        "hazards",
        "istio-samples",
        "keda",
        "kubernetes-examples",
        "lint-testdata",
        "podinfo",
        "python-discord",
        "small-apps",
        "tekton-plumbing",
    }
)
"""Those that AWS's and HashiCorp's tools take longer for than for all others together."""


def names() -> list[str]:
    corpus = programs.find("corpus")
    return sorted(folder.name for folder in corpus.iterdir() if folder.is_dir()) if corpus else ["none"]


def sets(*chosen: str, without: str = "") -> list[Any]:
    """``chosen`` or all of them; the large ones only where thoroughness is asked for."""
    return [pytest.param(n, marks=[pytest.mark.thorough] if n in LARGE else []) for n in chosen or names() if n != without]
