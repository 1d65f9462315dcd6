"""Names of resources that containers ask for, beyond cpu and memory."""

from __future__ import annotations

import re

ORDINARY = frozenset({"cpu", "memory", "ephemeral-storage", "storage"})
ACCELERATED = re.compile(r"accelerator|gpu|neuron|(?<![a-z])tpu(?![a-z])")
GPU = re.compile(r"(?:gpu|[a-z0-9-]*\.?nvidia\.com|amd\.com|habana\.ai|aws\.amazon\.com)/.*|.*/(?:gpu|neuron|tpu|vgpu|mig-).*|.*gpu.*")


def is_accelerated(label: str) -> bool:
    """A node's label that only nodes with such a processor have: ``cloud.google.com/gke-accelerator``, ``nvidia.com/gpu.present``."""
    return ACCELERATED.search(label) is not None


def is_gpu(name: str) -> bool:
    """``nvidia.com/gpu``, ``nvidia.com/mig-1g.5gb``, ``aws.amazon.com/neuroncore``: a processor that calculates beside the cpu."""
    return name not in ORDINARY and GPU.fullmatch(name) is not None
