from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.credential import credential, read

TABLE = Path(__file__).parents[2] / "mappings" / "credentials.yaml"
PATTERNS = read(yaml.safe_load(TABLE.read_text(encoding="utf-8")))
RANDOM = "q7Zp0XvR3mB9tKcW5yHd"


def found(name, value):
    return credential(name, value, PATTERNS)


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD",
        "DB_PASSWORD",
        "PGPASSWORD",
        "redisPassword",
        "spring.datasource.password",
        "RABBITMQ_DEFAULT_PASS",
        "DB_PWD",
        "JWT_SECRET",
        "OAUTH_CLIENT_SECRET",
        "SECRET_KEY_BASE",
        "GITHUB_TOKEN",
        "SLACK_TOKEN_2",
        "api-key",
        "DD_APIKEY",
        "STRIPE_API_KEY_OLD",
        "TLS_PRIVATE_KEY",
        "AWS_SECRET_ACCESS_KEY",
    ],
)
def test_a_name_that_ends_like_a_credential_holds_one(name):
    assert found(name, "hunter2x")


@pytest.mark.parametrize(
    "name",
    [
        "TOKEN_URL",
        "PASSWORD_FILE",
        "SECRET_NAME",
        "PASSWORD_MIN_LENGTH",
        "MAX_TOKENS",
        "API_KEY_HEADER",
        "BYPASS",
        "COMPASS",
        "PWD",
        "CACHE_KEY",
        "AUTH",
        "IMAGE_PULL_SECRET",
        "TLS_SECRET",
        "EOS_TOKEN",
        "KEYCLOAK_REALM",
        "PASSENGER",
        "",
    ],
)
def test_a_name_that_only_speaks_of_a_credential_holds_none(name):
    assert found(name, "hunter2x") is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "  ",
        "true",
        "No",
        "none",
        "3600",
        "/run/secrets/token",
        "./token.txt",
        "~/.netrc",
        "file:/etc/token",
        "$(TOKEN)",
        "${TOKEN}",
        "$TOKEN",
        "$(USER):$(TOKEN)",
        "{{ .Values.token }}",
        "vault:secret/data/app#token",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app",
    ],
)
def test_a_value_that_can_be_no_credential_is_none_under_any_name(value):
    assert found("APP_TOKEN", value) is None


@pytest.mark.parametrize(
    ("name", "value"), [("PASSWORD", "12345"), ("PASSWORD", "prefix-$(ID)"), ("API_KEY", "1234567890"), ("TOKEN", "abc")]
)
def test_a_short_or_partly_composed_value_is_a_credential_all_the_same(name, value):
    assert found(name, value)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("AKIA" + "ABCDEFGH234567AB", "AWS access key id"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE...", "private key"),
        ("eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "JSON Web Token"),
        ("postgres://app:hunter2@db:5432/shop", "URL with a password"),
        ("redis://:hunter2@cache:6379", "URL with a password"),
        ("user=app password=hunter2 host=db", "connection string with a password"),
        ("Server=db;User Id=sa;Pwd=hunter2;", "connection string with a password"),
        ("jdbc:mysql://db/shop?user=a&password=hunter2", "connection string with a password"),
        ("AccountName=a;AccountKey=abcd==", "connection string with a key"),
        ("ghp" + "_" + "a1" * 18, "GitHub token"),
        ("Bearer abcdefgh12345678", "HTTP authorization"),
    ],
)
def test_an_unmistakable_form_is_a_credential_under_any_name(value, form):
    assert form in found("ANYTHING", value)


@pytest.mark.parametrize(
    "value",
    [
        "postgres://app:$(PASSWORD)@db:5432/shop",
        "postgres://app:<password>@db/shop",
        "postgres://app:****@db/shop",
        "postgres://app@db/shop",
        "user=app password=${PASSWORD} host=db",
        "http://cart:8080/users/@me",
        "-----BEGIN CERTIFICATE-----",
        "sha256:" + "0a" * 32,
        "Bearer token authentication",
    ],
)
def test_a_form_without_a_real_secret_is_no_credential(value):
    assert found("ANYTHING", value) is None


def test_a_vague_name_needs_a_value_that_looks_random():
    assert "looks random" in found("SIGNING_SALT", RANDOM)
    assert found("SIGNING_SALT", "the-name-of-some-thing") is None
    assert found("REGION", RANDOM) is None


def test_the_reason_says_which_words_decided():
    assert found("APP_API_KEY", "hunter2x") == "its name ends in api key"


@given(st.text(alphabet="abcXYZ0189+/=", min_size=12, max_size=60), st.sampled_from(["PASSWORD", "APP_SALT", "TOKEN", "X"]))
def test_the_value_is_never_part_of_the_answer(value, name):
    assert value not in (found(name, value) or "")


@pytest.mark.parametrize("pattern", ["{{", "$(", "${", "://", "a:b", "/a", "password=", "A ", "eyJ"])
def test_a_long_hostile_value_gets_an_answer_without_the_value(pattern):
    assert pattern * 3 not in (found("APP_TOKEN", pattern * 100_000) or "")


@given(st.text(), st.text())
def test_any_name_and_value_get_an_answer(name, value):
    assert found(name, value) is None or found(name, value)
