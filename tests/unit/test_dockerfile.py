import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from k2l.adapters.dockerfile import asks_image, can_say, copied, exec_form, needs_program, render, word
from k2l.aws.build_context import Assignment, BuildContext, File, Link, Readiness, Run, Writable
from k2l.formats.images import address, context, finished, write_one
from k2l.reference import of
from k2l.traced import Traced

ADAPTER = "public.ecr.aws/awsguru/aws-lambda-adapter:1.0.0"
SERVICE = BuildContext(
    key="shop-web",
    home="shop-web",
    mode="serve",
    source_image=Traced("acme/web:1.2"),
    architecture=Traced("x86_64"),
    port=Traced(8080),
)
JOB = replace(SERVICE, mode="job", port=None, run=Run(Traced(900)))
# What a line can hold at all: see can_say.
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20)
HOSTILE = (
    "",
    " ",
    "a b",
    "$HOME",
    "${HOME}",
    "$$",
    '"',
    "'",
    "\\",
    "\\n",
    '\\"',
    "a\\",
    "#x",
    "a#b",
    "é 日",
    "[x]",
    "{{ x }}",
    "`x`",
    "$(x)",
)


def lines(context):
    """The instructions, without the comment at the top."""
    return render(context).splitlines()[1:]


def in_docker(text):
    """A word as BuildKit's shell lexer reads it, without variables: quotes go, a backslash takes the next character as it is.

    https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go"""
    quoted = text[1:-1] if text.startswith('"') else text
    assert not re.search(r'(?<!\\)(?:\\\\)*[$"\']', quoted) or text.startswith('"')
    return re.sub(r'\\([$"\'\\])', r"\1", quoted)


def test_a_service_without_a_probe_is_ready_when_its_port_is_open():
    assert lines(SERVICE) == [
        "FROM docker.io/acme/web:1.2",
        f"COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter",
        "ENV AWS_LWA_HOST=127.0.0.1",
        "ENV AWS_LWA_PORT=8080",
        "ENV AWS_LWA_AUTHORIZATION_SOURCE=X-Forwarded-Authorization",
        "ENV AWS_LWA_READINESS_CHECK_PROTOCOL=tcp",
    ]


def test_a_readiness_probe_becomes_the_adapters_check():
    readiness = Readiness(Traced("http"), Traced(8081), Traced("/ready?deep=1"), "200-399", Traced(value=True))
    assert lines(replace(SERVICE, readiness=readiness))[2:] == [
        "ENV AWS_LWA_HOST=127.0.0.1",
        "ENV AWS_LWA_PORT=8080",
        "ENV AWS_LWA_AUTHORIZATION_SOURCE=X-Forwarded-Authorization",
        "ENV AWS_LWA_READINESS_CHECK_PORT=8081",
        'ENV AWS_LWA_READINESS_CHECK_PATH="/ready?deep=1"',
        "ENV AWS_LWA_READINESS_CHECK_HEALTHY_STATUS=200-399",
        "ENV AWS_LWA_ASYNC_INIT=true",
    ]


def test_a_digest_is_kept():
    digest = "sha256:" + "0a" * 32
    assert lines(replace(SERVICE, source_image=Traced(f"acme/web:1@{digest}")))[0] == f"FROM docker.io/acme/web:1@{digest}"


def test_what_the_manifest_overrides_is_overridden():
    context = replace(SERVICE, command=(Traced(of("/bin/web")),), args=(Traced(of("-v")),), working_directory=Traced(of("/srv")))
    assert lines(context)[6:] == ["WORKDIR /srv", 'ENTRYPOINT ["/bin/web"]', 'CMD ["-v"]']


def test_a_command_without_args_drops_those_of_the_image():
    assert lines(replace(SERVICE, command=(Traced(of("/bin/web")),)))[6:] == ['ENTRYPOINT ["/bin/web"]', "CMD []"]


def test_args_alone_keep_the_entry_point_of_the_image():
    assert lines(replace(SERVICE, args=(Traced(of("-v")),)))[6:] == ['CMD ["-v"]']


def test_baked_files_are_copied_with_their_modes_and_can_be_read_by_whoever_runs_the_function():
    files = (File(Traced("/etc/web/a.yaml"), Traced(0o500), Traced("a")), File(Traced("/etc/b c"), Traced(0o644), Traced("b")))
    found = lines(replace(SERVICE, files=files))[6:]
    assert found[0] == 'COPY --chmod=0555 ["./shop-web/files/etc/web/a.yaml", "/etc/web/a.yaml"]'
    assert re.fullmatch(r'COPY --chmod=0644 \["\./shop-web/files/\.k2l/[0-9a-f]{16}", "/etc/b c"\]', found[1])


def test_a_function_that_needs_the_init_starts_with_it_and_nothing_runs_in_its_own_stage():
    found = lines(replace(SERVICE, environment=(Assignment("my.key", Traced(of("x"))),), command=(Traced(of("/bin/web")),)))
    last = found[max(i for i, line in enumerate(found) if line.startswith("FROM")) :]
    assert last[0] == "FROM docker.io/acme/web:1.2"
    assert last[-1] == 'ENTRYPOINT ["/opt/k2l/init"]'
    assert not [line for line in last if line.startswith(("RUN", "CMD"))]
    assert f"COPY --from={ADAPTER} /lambda-adapter /opt/extensions/lambda-adapter" in last


def test_the_init_is_built_by_a_pinned_image_for_the_functions_processor():
    (stage,) = (line for line in lines(JOB) if line.endswith(" AS programs"))
    assert re.fullmatch(r"FROM --platform=\$BUILDPLATFORM docker\.io/library/golang:\d+\.\d+\.\d+-alpine\d+\.\d+ AS programs", stage)
    assert any('GOARCH="$TARGETARCH" go build' in line for line in lines(JOB))


def test_a_job_has_no_web_adapter():
    assert "adapter" not in render(JOB)
    assert "AWS_LWA" not in render(JOB)


@pytest.mark.parametrize("path", ["/a\nRUN evil", "/a\rb", "/a\0b", "/a\u2028b", "/a<<EOF"])
def test_a_path_that_would_end_its_line_is_left_to_the_program(path):
    context = replace(SERVICE, files=(File(Traced(path), Traced(0o644), Traced("")),))
    assert not can_say(context)
    assert needs_program(context)
    assert "evil" not in render(context)


def test_a_working_directory_that_would_end_its_line_is_left_to_the_init():
    context = replace(SERVICE, working_directory=Traced(of("/a\nRUN evil")))
    assert needs_program(context)
    assert "evil" not in render(context)


COMMAND = (Traced(of("/bin/web")),)
DATA = Writable(Traced("/data"), Traced("data"))


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"command": COMMAND}, False),
        ({}, True),
        ({"args": COMMAND}, True),
        ({"command": COMMAND, "writable_paths": (DATA,)}, True),
        ({"command": COMMAND, "links": (Link(Traced("/data"), "/mnt/data"),)}, True),
        ({"command": COMMAND, "writable_paths": (DATA,), "working_directory": Traced(of("/srv"))}, False),
        ({"command": COMMAND, "writable_paths": (Writable(Traced("/tmp")),)}, False),
    ],
)
def test_the_image_is_asked_how_it_starts_where_the_manifest_does_not_say(given, asked):
    assert asks_image(replace(JOB, **given)) == asked
    assert finished(replace(JOB, **given)) == (not asked)


def test_a_service_that_needs_no_init_is_never_asked():
    assert not asks_image(SERVICE)
    assert finished(SERVICE)


def test_a_function_without_an_image_cannot_be_built_by_its_dockerfile_alone():
    assert not finished(replace(SERVICE, source_image=Traced("${IMAGE}")))


def test_the_docker_context_is_the_folder_that_all_functions_share():
    assert context(SERVICE) == ("images", "shop-web/Dockerfile")


def test_a_probe_path_with_a_line_break_stays_one_setting():
    readiness = Readiness(Traced("http"), Traced(8080), Traced("/a\nRUN evil"), None)
    assert "ENV AWS_LWA_READINESS_CHECK_PATH=/a%0ARUN%20evil" in lines(replace(SERVICE, readiness=readiness))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_word_is_read_back_unchanged(text):
    assert in_docker(word(text)) == text


@given(LINE)
def test_any_word_is_read_back_unchanged(text):
    assert in_docker(word(text)) == text


@given(LINE, LINE)
def test_any_copied_path_is_read_back_unchanged(left, right):
    assert [in_docker(item) for item in json.loads(copied([left, right]))] == [left, right]


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_command_is_one_line_and_read_back_unchanged(items):
    text = exec_form(items)
    assert json.loads(text) == items
    assert text.isascii()
    assert text.isprintable()


def test_the_folder_of_a_finished_function_holds_contract_files_and_dockerfile():
    written = write_one(replace(SERVICE, files=(File(Traced("/etc/a"), Traced(0o644), Traced(b"\0")),)))
    assert list(written) == ["images/shop-web/Dockerfile", "images/shop-web/files/etc/a", "images/shop-web/init.json"]
    assert written["images/shop-web/files/etc/a"] == b"\0"


def test_the_record_names_the_place_in_the_contract():
    assert address(SERVICE, "source_image") == "images/shop-web/init.json#/image/source"
    assert address(SERVICE, "args") == "images/shop-web/init.json#/args"
