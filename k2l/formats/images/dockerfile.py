"""The Dockerfile of a service that needs no init: its own image, the web adapter, its settings, and what the manifest overrides.

Three kinds of text need three kinds of quoting: JSON for ENTRYPOINT and CMD, where nothing is expanded; a word, in which ``$``, quotes and
backslashes are special, for ENV and WORKDIR; both for COPY.
https://docs.docker.com/reference/dockerfile/, https://github.com/aws/aws-lambda-web-adapter
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from k2l.aws.build_context import BuildContext, Readiness
from k2l.contract import mode, source
from k2l.converters import image
from k2l.reference import Expanded
from k2l.traced import Traced


def render(context: BuildContext, adapter: str) -> str:
    """``adapter`` is the image that the web adapter is copied from.

    Raises ValueError for a context that needs the init. A source that is no image reference has to be named when the image is built."""
    from jinja2 import Environment, StrictUndefined

    if context.needs_init or not can_say(context):
        raise ValueError(f"the image of {context.key} needs more than a Dockerfile can say")
    # Nothing here is HTML; the filters below are the quoting.
    made = Environment(trim_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    made.filters |= {"word": word, "copied": copied, "exec": exec_form}
    command, args = _texts(context.command), _texts(context.args)
    return made.from_string(Path(__file__).with_name("Dockerfile.j2").read_text(encoding="utf-8")).render(
        function=context.key,
        image=image.parse(given) if image.is_reference(given := context.source_image.value) else None,
        given=json.dumps(given),
        adapter=adapter,
        settings=tuple(_settings(context)),
        files=[{"mode": mode(f), "source": source(f), "place": f.place} for f in context.files],
        working_directory=context.working_directory.value.text if context.working_directory else None,
        command=command,
        # A command without args drops the CMD of the image, in Kubernetes too.
        args=[] if command is not None and args is None else args,
    )


def can_say(context: BuildContext) -> bool:
    """A word of a Dockerfile can hold no control character, and ``<<`` begins a document of its own."""
    directory = context.working_directory.value.text if context.working_directory and context.working_directory.value.known else ""
    return not any(re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]|<<", text) for text in (directory, *(f.place for f in context.files)))


def word(text: str) -> str:
    """A text as one word in which nothing is expanded."""
    if re.fullmatch(r"[A-Za-z0-9_./:@%+,=-]+", text):
        return text
    return '"' + re.sub(r'(["$\\])', r"\\\1", text) + '"'


def exec_form(items: Sequence[str]) -> str:
    return json.dumps(list(items))


def copied(items: Sequence[str]) -> str:
    """The JSON form of COPY, whose strings are expanded like words once more."""
    return json.dumps([re.sub(r"""(["'$\\])""", r"\\\1", item) for item in items])


def _texts(texts: tuple[Traced[Expanded], ...] | None) -> list[str] | None:
    return None if texts is None else [text.value.text for text in texts]


def _settings(context: BuildContext) -> Iterator[tuple[str, str]]:
    # The adapter would take HOST for its own, which the workload may use for something else.
    yield "AWS_LWA_HOST", "127.0.0.1"
    if context.port is not None:
        yield "AWS_LWA_PORT", str(context.port.value)
    yield from _readiness(context.readiness)


def _readiness(readiness: Readiness | None) -> Iterator[tuple[str, str]]:
    """Without a readiness probe Kubernetes sends requests at once; here they wait until the port is open."""
    if readiness is None or readiness.protocol.value == "tcp":
        yield "AWS_LWA_READINESS_CHECK_PROTOCOL", "tcp"
    if readiness is None:
        return
    yield "AWS_LWA_READINESS_CHECK_PORT", str(readiness.port.value)
    if readiness.path is not None:
        yield "AWS_LWA_READINESS_CHECK_PATH", quote(readiness.path.value, safe="/?=&%~!$'()*+,;:@#")
    if readiness.statuses is not None:
        yield "AWS_LWA_READINESS_CHECK_HEALTHY_STATUS", readiness.statuses
    if readiness.async_init is not None and readiness.async_init.value:
        yield "AWS_LWA_ASYNC_INIT", "true"
