"""``docker-bake.hcl``: how all images are built, for ``docker buildx bake``.

https://docs.docker.com/build/bake/reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from k2l.formats.images.build import Build

FILE = "docker-bake.hcl"

_HEAD = """\
# Builds the images of the functions, for docker buildx bake. build.sh calls it with what has to be built.

# An image with an attestation is an index of two manifests, and Lambda takes a single image only: so there is none.

variable "REGISTRY" {
  description = "The account's private registry: ACCOUNT.dkr.ecr.REGION.amazonaws.com"
}
"""
_TARGET = """
target {function} {{
  context    = "."
  dockerfile = {dockerfile}
  platforms  = [{platform}]
  tags       = ["${{REGISTRY}}/{image}"]
  attest     = ["type=provenance,disabled=true", "type=sbom,disabled=true"]
}}
"""


def render(every: Iterable[Build]) -> str:
    """Raises ValueError for a name that would be more than text in HCL: none is possible in AWS."""
    return _HEAD + "".join(_target(build) for build in every)


def _target(build: Build) -> str:
    return _TARGET.format(
        function=_quoted(build.function),
        dockerfile=_quoted(f"{build.function}/Dockerfile"),
        platform=_quoted(build.platform),
        image=_plain(f"{build.repository}:{build.tag}"),
    )


def _quoted(text: str) -> str:
    return f'"{_plain(text)}"'


def _plain(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_./:-]+", text):
        raise ValueError(f"{text!r} is no name of an image or a function")
    return text
