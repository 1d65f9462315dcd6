"""The Dockerfile of a function: the workload's image, the web adapter where there is a server, and the init where something has to be
prepared when the function starts.

The base image may have no shell (scratch, distroless), and need not be for the processor that builds: so nothing runs in the last stage.
Files and links come from a stage of their own, laid out by a program (``layout/``), because a path may hold any character. They are copied
with ``--link``: as a layer that knows nothing of the base, in which a link takes the place of a folder that the base has there, where a
plain COPY fails ("cannot replace to directory"). What lies below /bin, /lib and the like is copied plainly, because these are links into
/usr in most images, and such a layer would put a folder in their place.
https://docs.docker.com/reference/dockerfile/#copy---link, https://github.com/tonistiigi/fsutil/blob/master/copy/copy.go

ENTRYPOINT resets the CMD of the base, so both have to be known where the init takes their place: ``asks_image``.

Three kinds of text need three kinds of quoting: JSON for ENTRYPOINT and CMD, where nothing is expanded; a word, in which ``$``, quotes and
backslashes are special, for ENV and WORKDIR; both for COPY. The build context is the folder above the function's own.
https://docs.docker.com/reference/dockerfile/, https://github.com/aws/aws-lambda-web-adapter

Written line by line and by no template: the tag of an image depends on this text, so that even lint needs it, and the import of a template
engine would take a quarter of its time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from k2l import tables
from k2l.aws.build_context import BuildContext, File, Link, Readiness, Writable
from k2l.contract import mode, source
from k2l.converters import image
from k2l.reference import Expanded, Reference
from k2l.traced import Traced

SHARED = "k2l.init"
"""The folder with the programs' source, beside the functions': no function can have this name."""


def render(context: BuildContext) -> str:
    """A source that is no image reference has to be named when the image is built."""
    lines = [f"# {context.key}: the workload's image {_purpose(context)}."]
    given = context.source_image.value
    base = "${SOURCE_IMAGE}"
    if image.is_reference(given):
        base = str(image.parse(given))
    else:
        lines.append(
            f"# The manifest says {json.dumps(given)}, which is no image reference: name one in k2l.yaml, or give --build-arg SOURCE_IMAGE."
        )
        lines.append("ARG SOURCE_IMAGE")
    program = needs_program(context)
    if program:
        lines += _stages(context)
    lines.append(f"FROM {base}")
    if context.mode == "serve":
        limits = tables.limits("adapter")
        lines.append(f"COPY --from={limits['image']}:{limits['version']} /lambda-adapter /opt/extensions/lambda-adapter")
        lines += (f"ENV {name}={word(value)}" for name, value in _settings(context))
    lines += _prepared(context) if program else _overridden(context)
    return "\n".join(lines) + "\n"


def _stages(context: BuildContext) -> Iterator[str]:
    """The stages that compile the programs and lay out the files."""
    yield f"FROM --platform=$BUILDPLATFORM {tables.limits('build')['go_image']} AS programs"
    yield "ARG TARGETARCH"
    yield "ENV CGO_ENABLED=0 GOTOOLCHAIN=local"
    yield f"COPY {SHARED}/ /src/"
    yield "WORKDIR /src/layout"
    yield "RUN go build -o /usr/local/bin/layout ."
    yield "WORKDIR /src/init"
    made = 'GOARCH="$TARGETARCH" go build -trimpath -ldflags="-s -w" -o /opt/k2l/init .'
    yield f"RUN go build -o /usr/local/bin/init . && {made}"
    yield ""
    yield "# The files and links of this function."
    yield "FROM programs AS tree"
    if asks_image(context):
        yield "# The manifest leaves these to the image: images/build.sh reads them from it, as JSON."
        yield from ("ARG ENTRYPOINT", "ARG CMD", "ARG WORKDIR")
    yield f"COPY ./{context.key}/ /function/"
    yield f"RUN {' '.join(['layout /function /tree', *_followed(context)])} && init check /tree/opt/k2l/init.json"
    yield ""


def _prepared(context: BuildContext) -> Iterator[str]:
    """What the last stage takes over from the others, with the init in front of the workload."""
    directory = _directory(context)
    if directory is not None:
        yield f"WORKDIR {word(directory)}"
    yield "COPY --link --from=programs /etc/ssl/certs/ca-certificates.crt /opt/k2l/ca-certificates.crt"
    yield "COPY --link --from=programs /opt/k2l/init /opt/k2l/init"
    yield "# With --link, a link takes the place of a folder that the image has there."
    yield "COPY --link --from=tree /tree/ /"
    yield from (f"COPY --from=tree /tree.{name}/ /{name}/" for name in _followed(context))
    if _linked(context):
        yield "# The image's own may be a link now, which leads to nothing before the init has run: the init goes there."
        yield "WORKDIR /"
    yield 'ENTRYPOINT ["/opt/k2l/init"]'


def _overridden(context: BuildContext) -> Iterator[str]:
    """What the manifest says instead of the image, where all of it is known."""
    for file in context.files:
        yield f"COPY --chmod={mode(file)} {copied([f'./{context.key}/{source(file)}', file.place])}"
    directory, command, args = _directory(context), _texts(context.command), _texts(context.args)
    if directory is not None:
        yield f"WORKDIR {word(directory)}"
    if command is not None:
        yield f"ENTRYPOINT {exec_form(command)}"
    if args is not None or command is not None:
        # A command without args drops the CMD of the image, in Kubernetes too.
        yield f"CMD {exec_form(args or [])}"


def needs_program(context: BuildContext) -> bool:
    """Whether the init goes into the image: when something is known only at start, and when a Dockerfile could not say where files go."""
    return context.needs_init or not can_say(context)


def asks_image(context: BuildContext) -> bool:
    """Whether the build has to be told what the image says about its start: ENTRYPOINT, CMD and WORKDIR, as JSON."""
    return needs_program(context) and (context.command is None or (context.working_directory is None and bool(_linked(context))))


def can_say(context: BuildContext) -> bool:
    """Whether a Dockerfile without a program can say where the function's files and folders are."""
    known = context.working_directory is None or not context.working_directory.value.known or _directory(context) is not None
    return known and all(_is_word(file.place) for file in context.files)


def _directory(context: BuildContext) -> str | None:
    """The working directory, which WORKDIR makes where it is missing; None when only the start knows it, or no line could hold it."""
    given = context.working_directory
    return given.value.text if given is not None and given.value.known and given.value.text and _is_word(given.value.text) else None


def _is_word(text: str) -> bool:
    """A word of a Dockerfile can hold no control character, and ``<<`` begins a document of its own."""
    return not re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]|<<", text)


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


def _purpose(context: BuildContext) -> str:
    if context.mode == "task":
        return "with files of its configuration" + (", and a program that prepares its start" if needs_program(context) else "")
    if context.mode == "job":
        return "behind a program that runs its command once for every event"
    adapted = "with the Lambda Web Adapter, which hands requests of Lambda to a web server as HTTP"
    return f"{adapted}, and a program that prepares its start" if needs_program(context) else adapted


def _linked(context: BuildContext) -> frozenset[str]:
    """The paths that lead elsewhere."""
    read = (file for file in context.files if isinstance(file.content.value, Reference))
    every: tuple[Writable | Link | File, ...] = (*context.writable_paths, *context.links, *read)
    return frozenset(each.place for each in every if each.place != each.target)


def _followed(context: BuildContext) -> list[str]:
    """The folders of the root that may be links and below which something goes."""
    places = (*_linked(context), *(file.place for file in context.files))
    first = {place.split("/")[1] for place in places if place.count("/") > 1}
    return sorted(first & set(tables.limits("build")["linked_folders"]))


def _texts(texts: tuple[Traced[Expanded], ...] | None) -> list[str] | None:
    return None if texts is None else [text.value.text for text in texts]


def _settings(context: BuildContext) -> Iterator[tuple[str, str]]:
    # The adapter would take HOST for its own, which the workload may use for something else.
    yield "AWS_LWA_HOST", "127.0.0.1"
    if context.port is not None:
        yield "AWS_LWA_PORT", str(context.port.value)
    yield "AWS_LWA_AUTHORIZATION_SOURCE", tables.limits("adapter")["authorization_header"]
    if context.streams:
        yield "AWS_LWA_INVOKE_MODE", "response_stream"
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
