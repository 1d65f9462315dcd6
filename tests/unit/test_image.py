import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.image import ImageError, ImageReference, is_tag, parse, repository_for, tag_for

SHA = "sha256:" + "0123456789abcdef" * 4
# https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html, in its narrower, older form.
ECR = re.compile(r"(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*")
EXAMPLES = {
    "nginx": ImageReference("docker.io", "library/nginx"),
    "nginx:1.25": ImageReference("docker.io", "library/nginx", "1.25"),
    "bitnami/redis": ImageReference("docker.io", "bitnami/redis"),
    "docker.io/nginx": ImageReference("docker.io", "library/nginx"),
    "index.docker.io/bitnami/redis:7": ImageReference("docker.io", "bitnami/redis", "7"),
    "ghcr.io/acme/web:v1": ImageReference("ghcr.io", "acme/web", "v1"),
    "localhost/web": ImageReference("localhost", "web"),
    "localhost:5000/web:1": ImageReference("localhost:5000", "web", "1"),
    "registry:5000/a/b": ImageReference("registry:5000", "a/b"),
    f"gcr.io/distroless/static@{SHA}": ImageReference("gcr.io", "distroless/static", None, SHA),
    f"web:1@{SHA}": ImageReference("docker.io", "library/web", "1", SHA),
}


@pytest.mark.parametrize(("text", "reference"), EXAMPLES.items())
def test_a_reference_is_read_as_docker_reads_it(text, reference):
    assert parse(text) == reference


@pytest.mark.parametrize(
    "text", ["", "Nginx", "nginx:", "nginx:-1", "nginx@sha256:12", "a b", "a//b", "/nginx", "nginx/", "-a.io/b", "$(IMAGE)", "{{ image }}"]
)
def test_what_docker_refuses_is_refused(text):
    with pytest.raises(ImageError):
        parse(text)


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_reference_spelt_out_is_the_same_reference(text):
    assert str(parse(str(parse(text)))) == str(parse(text))


def test_without_tag_and_digest_the_tag_is_latest():
    assert str(parse("nginx")) == "docker.io/library/nginx:latest"


def test_a_digest_is_kept_beside_the_tag():
    assert str(parse(f"web:1@{SHA}")) == f"docker.io/library/web:1@{SHA}"


@pytest.mark.parametrize(("text", "floating"), [("nginx", True), ("nginx:latest", True), ("nginx:1", False), (f"nginx@{SHA}", False)])
def test_only_latest_floats(text, floating):
    assert parse(text).floating is floating


def test_the_built_image_keeps_the_tag_of_its_source():
    assert tag_for(parse("web:1.2")) == "1.2"


def test_what_is_built_in_is_part_of_the_tag():
    assert tag_for(parse("web:1.2"), "1a2b3c4d") == "1.2-1a2b3c4d"


def test_a_digest_gives_the_tag_when_there_is_no_other():
    assert tag_for(parse(f"web@{SHA}")) == "sha256-0123456789ab"


@given(st.from_regex(r"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z"), st.sampled_from(["", "1a2b3c4d"]))
def test_every_tag_leads_to_a_legal_tag(tag, build):
    assert is_tag(tag_for(ImageReference("docker.io", "library/web", tag), build))


def test_long_tags_that_differ_at_the_end_stay_different():
    tags = {tag_for(ImageReference("docker.io", "library/web", "1" * 127 + end), "1a2b3c4d") for end in "ab"}
    assert len(tags) == 2


def test_a_repository_is_called_like_its_function():
    assert repository_for("shop-web", 256) == "shop-web"


@given(st.from_regex(r"\A[A-Za-z0-9_-]{1,64}\Z"))
def test_every_function_has_a_legal_repository(function):
    assert ECR.fullmatch(repository_for(function, 256))


@given(st.lists(st.from_regex(r"\A[A-Za-z0-9_-]{1,4}\Z"), min_size=2, max_size=40, unique=True))
def test_no_two_functions_share_a_repository(functions):
    assert len({repository_for(function, 256) for function in functions}) == len(functions)
