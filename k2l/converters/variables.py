"""How large environment variables are for AWS Lambda, which measures them as one JSON object: names, values, quotes and escapes.

https://github.com/github-aws-runners/terraform-aws-github-runner/issues/3594 ("exceeded the 4KB limit. String measured: {...}")
"""

from __future__ import annotations

import json
from collections.abc import Iterable

_BRACES = 2


def member(name: str, value: str) -> int:
    """Bytes that one variable adds, with the comma behind it."""
    return sum(len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) for text in (name, value)) + len(":,")


def total(members: Iterable[int]) -> int:
    """Bytes of all variables; the last one has no comma."""
    sizes = tuple(members)
    return _BRACES + sum(sizes) - (1 if sizes else 0)
