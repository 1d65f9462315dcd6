"""The tag of an image changes with all that k2l puts into it, and with nothing else."""

import pytest
from msgspec.structs import replace

from k2l import adapters
from k2l.adapters import dockerfile, fingerprint, source
from k2l.aws.build_context import BuildContext, File, Run
from k2l.reference import of
from k2l.traced import Traced

SERVICE = BuildContext(
    key="web", home="web", mode="serve", source_image=Traced("acme/web:1"), architecture=Traced("x86_64"), port=Traced(8080)
)
JOB = replace(SERVICE, mode="job", port=None, run=Run(Traced(900)), command=(Traced(of("/run")),))


def with_file(content):
    return replace(SERVICE, files=(File(Traced("/a"), Traced(0o644), Traced(content)),))


def test_contract_and_files_are_part_of_it():
    assert len({fingerprint(context) for context in (SERVICE, JOB, with_file("1"), with_file("2"))}) == 4


def test_the_same_again_is_the_same():
    assert fingerprint(with_file("1")) == fingerprint(with_file("1"))


@pytest.fixture
def limits(monkeypatch):
    """``limits(service, name, value)``: another number or name in the tables."""
    from k2l import tables

    original = tables.limits

    def change(service, name, value):
        monkeypatch.setattr(tables, "limits", lambda asked: {**original(asked), **({name: value} if asked == service else {})})

    return change


def test_another_adapter_makes_another_service_but_no_other_job(limits):
    before = fingerprint(SERVICE), fingerprint(JOB)
    limits("adapter", "version", "9.9.9")
    assert (fingerprint(SERVICE) != before[0], fingerprint(JOB) != before[1]) == (True, False)


def test_another_compiler_makes_another_job_but_no_other_service(limits):
    before = fingerprint(SERVICE), fingerprint(JOB)
    limits("build", "go_image", "docker.io/library/golang:9")
    assert (fingerprint(SERVICE) != before[0], fingerprint(JOB) != before[1]) == (False, True)


def test_another_init_makes_another_job_but_no_other_service(monkeypatch):
    before = fingerprint(SERVICE), fingerprint(JOB)
    monkeypatch.setattr(adapters.source, "digest", lambda: "another")
    assert (fingerprint(SERVICE) != before[0], fingerprint(JOB) != before[1]) == (False, True)


def test_the_source_of_the_programs_is_all_of_it_and_no_test():
    files = source.files()
    assert {"init/go.mod", "init/main.go", "layout/go.mod", "layout/main.go"} <= files.keys()
    assert not [name for name in files if name.endswith("_test.go") or name.count("/") != 1]


def test_no_function_can_have_the_name_of_the_folder_of_the_programs():
    from k2l.converters import names
    from k2l.targets.shared.naming import rules

    assert names.unfit(dockerfile.SHARED, "Deployment", rules())
