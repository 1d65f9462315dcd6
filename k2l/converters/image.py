"""Container image references as Docker reads them, and what they are called in the account's own registry.

Grammar: https://github.com/distribution/reference/blob/main/reference.go
ECR names: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from k2l.converters.names import altered, digest

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_PART}(?:/{_PART})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}")
_REPOSITORY = re.compile(r"(?=..)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*")
_HUB = "docker.io"
_TAG_MAX = 128


class ImageError(ValueError):
    """A text that no container engine reads as an image reference."""


class ImageReference(Struct, frozen=True):
    """``registry`` is docker.io and ``repository`` starts with library/ where the manifest leaves them out.

    ``tag`` and ``digest`` are as written, None when absent; without both, engines take ``latest``."""

    registry: str
    repository: str
    tag: str | None = None
    digest: str | None = None

    @property
    def floating(self) -> bool:
        """Whether the same reference may be another image tomorrow by design."""
        return self.digest is None and self.tag in (None, "latest")

    @property
    def name(self) -> str:
        """Registry and repository, without tag and digest."""
        return f"{self.registry}/{self.repository}"

    def __str__(self) -> str:
        """Everything spelt out, as a Dockerfile's FROM takes it."""
        tag = f":{self.tag}" if self.tag else "" if self.digest else ":latest"
        return f"{self.name}{tag}" + (f"@{self.digest}" if self.digest else "")


@lru_cache(maxsize=4096)
def parse(text: str) -> ImageReference:
    """``[registry/]repository[:tag][@digest]``. Raises ImageError."""
    rest, at, sha = text.partition("@")
    slash = rest.rfind("/")
    colon = rest.find(":", slash + 1)
    path, tag = (rest[:colon], rest[colon + 1 :]) if colon >= 0 else (rest, None)
    first, _, others = path.partition("/")
    # As in Docker: without a dot, a port or capitals the first part is no host name, unless it is localhost.
    named = bool(others) and ("." in first or ":" in first or first == "localhost" or first != first.lower())
    registry, repository = (first, others) if named else (_HUB, path)
    if registry in (_HUB, "index.docker.io"):
        registry, repository = _HUB, repository if "/" in repository else f"library/{repository}"
    if not _DOMAIN.fullmatch(registry) or not _PATH.fullmatch(repository) or len(f"{registry}/{repository}") > 255:
        raise ImageError(f"{text!r} is not an image reference")
    if tag is not None and not is_tag(tag):
        raise ImageError(f"{text!r} has an invalid tag")
    if at and not _DIGEST.fullmatch(sha):
        raise ImageError(f"{text!r} has an invalid digest")
    return ImageReference(registry, repository, tag, sha or None)


def is_reference(text: str) -> bool:
    """Whether a container engine could pull ``text``: templates and placeholders it could not."""
    try:
        parse(text)
    except ImageError:
        return False
    return True


def is_tag(text: str) -> bool:
    """Whether engines and ECR take ``text`` as a tag."""
    return _TAG.fullmatch(text) is not None


def tag_for(reference: ImageReference | None, build: str = "") -> str:
    """The tag of the wrapped image: the source's tag (else the start of its digest, else latest), then ``build``.

    Tags in the account's registry are immutable, so what is built into the image has to be part of its tag: ``build`` is its digest.
    None stands for a source that somebody has to name first."""
    if reference is None:
        return f"unnamed-{build}" if build else "unnamed"
    tag = reference.tag or (reference.digest.replace(":", "-")[:19] if reference.digest else "latest")
    made = f"{tag}-{build}" if build else tag
    return made if len(made) <= _TAG_MAX and is_tag(made) else f"{tag[: _TAG_MAX - 9]}-{digest(made)}"


def repository_for(function: str, longest: int) -> str:
    """The ECR repository of a function's image: the function's name where ECR takes it, else made to fit, with a digest of it."""
    if _REPOSITORY.fullmatch(function) and len(function) <= longest:
        return function
    return altered(function, function, longest)
