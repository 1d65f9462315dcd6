"""Names of resources that containers ask for, beyond cpu and memory."""

from __future__ import annotations

import re

ORDINARY = frozenset({"cpu", "memory", "ephemeral-storage", "storage"})
GPU = re.compile(r"(?:gpu|[a-z0-9-]*\.?nvidia\.com|amd\.com|habana\.ai|aws\.amazon\.com)/.*|.*/(?:gpu|neuron|tpu|vgpu|mig-).*|.*gpu.*")


def is_gpu(name: str) -> bool:
    """``nvidia.com/gpu``, ``nvidia.com/mig-1g.5gb``, ``aws.amazon.com/neuroncore``: a processor that calculates beside the cpu."""
    return name not in ORDINARY and GPU.fullmatch(name) is not None
