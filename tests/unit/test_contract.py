import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from k2l.aws.build_context import Assignment, Assignments, BuildContext, File, Listener, Readiness, Run, Writable
from k2l.contract import baked_files, document, to_json
from k2l.reference import Reference, Unset, of
from k2l.traced import Traced

SCHEMA = json.loads((Path(__file__).parents[2] / "mappings" / "schema" / "init.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
PASSWORD = Reference("secretsmanager", "shop/db", "password")
OPTIONAL = Reference("secretsmanager", "shop/db", "token", optional=True)

SERVICE = BuildContext(
    key="shop-web",
    home="shop-web",
    mode="serve",
    source_image=Traced("docker.io/acme/web:1.2"),
    architecture=Traced("x86_64"),
    port=Traced(8080),
)
JOB = replace(SERVICE, key="shop-tidy-cron", mode="job", port=None, run=Run(Traced(900), Traced(600), Traced(30)))

TEXT = st.text(max_size=20)
TRACED = TEXT.map(Traced)
PATH = st.text(min_size=1, max_size=20).map(lambda path: Traced("/" + path))
KEYS = st.from_regex(r"\A[A-Za-z0-9._-]{1,10}\Z")
ONE = st.builds(Reference, st.just("secretsmanager"), st.just("shop/db"), KEYS, st.booleans())
MANY = st.builds(Reference, st.just("secretsmanager"), st.just("shop/db"), st.none(), st.booleans())
EXPANDED = st.lists(TEXT | ONE | KEYS.map(Unset), max_size=4).map(lambda parts: Traced(of(*parts)))
TEXTS = st.none() | st.lists(EXPANDED, max_size=3).map(tuple)
VARIABLE = st.builds(Assignment, st.from_regex(r"\A[ -<>-~]{1,20}\Z"), EXPANDED) | st.builds(Assignments, MANY.map(Traced), TEXT)
FILE = st.builds(File, PATH, st.integers(0, 0o777).map(Traced), TRACED | st.binary(max_size=9).map(Traced) | (ONE | MANY).map(Traced))
PORT = st.integers(1, 65535).map(Traced)
PARAMETER = st.from_regex(r"\A/k2l\.url/[a-z0-9-]{1,20}\Z").map(Traced)
CONTEXT = st.builds(
    BuildContext,
    key=st.just("shop-web"),
    home=st.just("shop-web"),
    mode=st.just("serve"),
    source_image=st.just(Traced("nginx")),
    architecture=st.sampled_from(["x86_64", "arm64"]).map(Traced),
    command=TEXTS,
    args=TEXTS,
    working_directory=st.none() | EXPANDED,
    environment=st.lists(VARIABLE, max_size=3).map(tuple),
    files=st.lists(FILE, max_size=3).map(tuple),
    writable_paths=st.lists(st.builds(Writable, PATH, st.none() | KEYS.map(Traced), st.none() | TRACED), max_size=3).map(tuple),
    listen=st.lists(st.builds(Listener, PORT, PARAMETER, st.just(Traced(30))), max_size=2).map(tuple),
    port=PORT,
    readiness=st.none()
    | st.builds(Readiness, st.sampled_from(["http", "tcp"]).map(Traced), PORT, st.none() | PATH, st.none() | st.just("200-399,404")),
)


def variables(*entries):
    return document(replace(SERVICE, environment=entries))["environment"]


@given(CONTEXT)
def test_every_contract_keeps_to_its_schema(context):
    assert list(VALIDATOR.iter_errors(json.loads(to_json(context)))) == []


@pytest.mark.parametrize("context", [SERVICE, JOB])
def test_the_smallest_contracts_keep_to_the_schema(context):
    assert list(VALIDATOR.iter_errors(document(context))) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [("schema", "k2l.init/v2"), ("mode", "job"), ("extra", 1), ("args", "x"), ("files", [{"path": "/a", "mode": "0644"}]), ("http", None)],
)
def test_the_schema_refuses_what_is_not_a_contract(place, value):
    assert not VALIDATOR.is_valid(document(SERVICE) | {place: value})


@pytest.mark.parametrize("reference", ["db:shop/db#a", "ssm:relative", "secretsmanager:a#b#c", "secretsmanager:shop db#a", "ssm:/a?maybe"])
def test_the_schema_refuses_what_is_not_a_reference(reference):
    assert not VALIDATOR.is_valid(document(SERVICE) | {"environment": [{"name": "A", "from": reference}]})


def test_what_the_manifest_does_not_say_is_null():
    found = document(SERVICE)
    assert [found[name] for name in ("command", "args", "workingDir", "job")] == [None] * 4


def test_a_variable_is_a_value_a_reference_or_a_text_in_parts():
    assert variables(
        Assignment("spring.profile", Traced(of("prod"))),
        Assignment("PASSWORD", Traced(of(PASSWORD))),
        Assignment("DSN", Traced(of("db://", PASSWORD, "@", Unset("HOST")))),
    ) == [
        {"name": "spring.profile", "value": "prod"},
        {"name": "PASSWORD", "from": "secretsmanager:shop/db#password"},
        {"name": "DSN", "parts": ["db://", {"from": "secretsmanager:shop/db#password"}, "@", {"variable": "HOST"}]},
    ]


def test_an_optional_secret_may_leave_its_variable_unset():
    assert variables(Assignment("TOKEN", Traced(of(OPTIONAL)))) == [{"name": "TOKEN", "from": "secretsmanager:shop/db#token?optional"}]


def test_within_a_text_an_optional_secret_says_what_stands_in_its_place():
    within = replace(OPTIONAL, otherwise=("$(TOKEN)",))
    assert variables(Assignment("COPY", Traced(of(within)))) == [
        {"name": "COPY", "parts": [{"from": "secretsmanager:shop/db#token?optional", "else": ["$(TOKEN)"]}]}
    ]


def test_all_of_a_secret_becomes_variables_with_a_prefix():
    whole = Assignments(Traced(Reference("secretsmanager", "shop/db")), "DB_")
    assert variables(whole) == [{"prefix": "DB_", "from": "secretsmanager:shop/db"}]


def test_a_parameter_and_everything_below_a_path_are_told_apart_by_the_last_slash():
    entries = variables(Assignment("A", Traced(of(Reference("ssm", "/shop/web/A")))), Assignments(Traced(Reference("ssm", "/shop/web/"))))
    assert [entry["from"] for entry in entries] == ["ssm:/shop/web/A", "ssm:/shop/web/"]


def test_a_baked_file_lies_in_the_build_context_and_a_secret_one_is_written_at_start():
    files = (File(Traced("/etc/web/a.yaml"), Traced(0o644), Traced("a: 1")), File(Traced("/etc/tls/key"), Traced(0o400), Traced(PASSWORD)))
    context = replace(SERVICE, files=files)
    assert document(context)["files"] == [
        {"path": "/etc/web/a.yaml", "mode": "0644", "source": "files/etc/web/a.yaml"},
        {"path": "/etc/tls/key", "mode": "0400", "from": "secretsmanager:shop/db#password", "target": "/tmp/k2l/files/etc/tls/key"},
    ]
    assert baked_files(context) == {"files/etc/web/a.yaml": "a: 1"}


@given(st.text(max_size=40))
def test_no_path_of_a_manifest_leads_out_of_the_build_context(path):
    (name,) = baked_files(replace(SERVICE, files=(File(Traced(path), Traced(0o644), Traced("")),)))
    assert name.startswith("files/")
    assert ".." not in name.split("/")


def test_files_whose_paths_no_system_would_take_as_they_are_stay_apart():
    files = tuple(File(Traced(f"/etc/a{c}b"), Traced(0o644), Traced(c)) for c in " :\n?")
    assert sorted(baked_files(replace(SERVICE, files=files)).values()) == sorted(" :\n?")


def test_mounts_of_one_volume_lead_to_one_folder():
    mounts = (Writable(Traced("/var/run"), Traced("scratch")), Writable(Traced("/cache"), Traced("scratch"), Traced("web")))
    assert document(replace(SERVICE, writable_paths=mounts))["writable"] == [
        {"path": "/var/run", "target": "/tmp/k2l/volumes/scratch"},
        {"path": "/cache", "target": "/tmp/k2l/volumes/scratch/web"},
    ]


def test_what_is_below_tmp_already_stays_where_it_is():
    assert Writable(Traced("/tmp/web/"), Traced("scratch")).target == "/tmp/web"


def test_a_callee_is_found_by_the_parameter_that_holds_its_url():
    listener = Listener(Traced(18080), Traced("/k2l.url/shop-cart"), Traced(30))
    assert document(replace(SERVICE, listen=(listener,)))["listen"] == [{"port": 18080, "target": "ssm:/k2l.url/shop-cart", "timeout": 30}]


def test_a_service_tells_its_port_and_when_it_is_ready():
    readiness = Readiness(Traced("http"), Traced(8081), Traced("/ready"), "200-399", Traced(value=True))
    assert document(replace(SERVICE, readiness=readiness))["http"] == {
        "port": 8080,
        "readiness": {"protocol": "http", "port": 8081, "path": "/ready", "statuses": "200-399", "asyncInit": True},
    }


def test_a_job_tells_how_long_it_may_run():
    assert document(JOB)["job"] == {"timeout": 900, "deadline": 600, "gracePeriod": 30}


@pytest.mark.parametrize(
    "part",
    [
        {"args": (Traced(of("hush"), sensitive=True),)},
        {"command": (Traced(of("hush"), sensitive=True),)},
        {"working_directory": Traced(of("hush"), sensitive=True)},
        {"environment": (Assignment("A", Traced(of("hush"), sensitive=True)),)},
    ],
)
def test_a_sensitive_value_is_refused_without_being_told(part):
    with pytest.raises(ValueError, match="may not hold the sensitive value of") as caught:
        to_json(replace(SERVICE, **part))
    assert "hush" not in str(caught.value)


def test_a_sensitive_file_is_never_baked():
    with pytest.raises(ValueError, match="file /etc/key"):
        baked_files(replace(SERVICE, files=(File(Traced("/etc/key"), Traced(0o400), Traced("hush", sensitive=True)),)))


def test_the_text_is_sorted_and_ends_with_a_newline():
    text = to_json(JOB)
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize(
    "part",
    [
        {"mode": "job"},
        {"environment": (Assignment("my.key", Traced(of("x"))),)},
        {"files": (File(Traced("/a"), Traced(0o400), Traced(PASSWORD)),)},
        {"writable_paths": (Writable(Traced("/var/run")),)},
        {"listen": (Listener(Traced(18080), Traced("/k2l.url/x"), Traced(30)),)},
        {"args": (Traced(of("--password=", PASSWORD)),)},
    ],
)
def test_what_is_known_only_at_start_needs_the_init(part):
    assert replace(SERVICE, **part).needs_init


def test_a_service_whose_every_part_is_known_needs_none():
    baked = (File(Traced("/a"), Traced(0o644), Traced("1")),)
    assert not replace(SERVICE, args=(Traced(of("-v")),), files=baked).needs_init
