"""What a user puts into terraform.tfvars before the first apply."""

from __future__ import annotations

import re
from pathlib import Path

from harness.terraform import VARIABLE


def answers(output: Path) -> dict[str, str]:
    """A host and port for every input of the main root that has no default."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(output.glob("*.tf")))
    required = [name for name, body in VARIABLE.findall(text) if not re.search(r"^\s*default\s*=", body, re.MULTILINE)]
    return {name: f"{name.replace('_', '-')}.example.com:8080" for name in required}
