import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k2l.converters import names
from k2l.converters.names import NameRules, function_name

RULES = NameRules(
    function=64, role=64, schedule=64, queue=80, parameter=1011, secret=512, repository=256, region=14, tag_key=128, tag_value=256
)
REGION = "ap-southeast-2"
LABEL = st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")
SUBDOMAIN = st.lists(LABEL, min_size=1, max_size=4).map(".".join).filter(lambda name: len(name) <= 253)
SHORT = st.from_regex(r"\A[ab]([ab-]{0,2}[ab])?\Z")
KEY = st.from_regex(r"\A[A-Za-z0-9._-]{1,253}\Z").filter(lambda key: key not in (".", ".."))
KIND = st.sampled_from(["Deployment", "StatefulSet", "Job", "CronJob"])
ANY = st.text(max_size=300)
PATH_CHARACTERS = re.compile(r"[A-Za-z0-9_./-]+")


@pytest.mark.parametrize(
    ("kind", "namespace", "name", "expected"),
    [
        ("Deployment", "shop", "web", "shop-web"),
        ("Deployment", "default", "web", "web"),
        ("Deployment", None, "web", "web"),
        ("Job", "shop", "migrate", "shop-migrate-job"),
        ("CronJob", None, "nightly", "nightly-cron"),
        ("Deployment", "shop", "web.v2", "shop-web-v2-aa480852"),
    ],
)
def test_a_function_is_called_after_its_object(kind, namespace, name, expected):
    assert function_name(kind, namespace, name, RULES) == expected


def test_a_name_that_fits_alone_but_not_with_its_role_is_cut_and_gets_a_digest():
    name = function_name("Deployment", "shop", "w" * 45, RULES)
    assert re.fullmatch(r"shop-w+-[0-9a-f]{8}", name)
    assert len(name) == 49


def test_a_cronjob_leaves_room_for_the_role_of_its_schedules():
    assert names.longest_function("CronJob", RULES) == 40
    assert len(function_name("CronJob", "shop", "w" * 52, RULES)) == 40


@given(KIND, st.none() | LABEL, SUBDOMAIN)
def test_every_object_has_legal_names_throughout_aws(kind, namespace, name):
    function = function_name(kind, namespace, name, RULES)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]|[a-z0-9]", function)
    assert len(names.role_prefix(function) + REGION) <= RULES.role
    assert len(function + names.ON_FAILURE_QUEUE) <= RULES.queue


@given(st.none() | LABEL, SUBDOMAIN)
def test_every_cronjob_has_legal_names_for_its_schedules_too(namespace, name):
    function = function_name("CronJob", namespace, name, RULES)
    assert len(names.role_prefix(function, names.SCHEDULER_ROLE) + REGION) <= RULES.role
    assert len(function + names.UNDELIVERED_QUEUE) <= RULES.queue
    assert all(len(function + suffix) <= RULES.schedule for suffix in names.SCHEDULES)


@given(KIND, ANY, ANY)
def test_even_an_illegal_object_name_gives_a_legal_function_name(kind, namespace, name):
    assert re.fullmatch(r"[a-z0-9-]{1,64}", function_name(kind, namespace, name, RULES))


@given(KIND, SHORT, SHORT, SHORT, SHORT)
def test_two_objects_of_a_kind_share_a_name_only_when_namespace_and_name_run_together(kind, namespace, name, other_namespace, other_name):
    assume((namespace, name) != (other_namespace, other_name))
    first, second = (function_name(kind, ns, n, RULES) for ns, n in ((namespace, name), (other_namespace, other_name)))
    assert (first == second) is (f"{namespace}-{name}" == f"{other_namespace}-{other_name}")


def test_namespace_and_name_that_run_together_are_one_name_for_the_caller_to_refuse():
    assert function_name("Deployment", "a-b", "c", RULES) == function_name("Deployment", "a", "b-c", RULES)


@given(KIND, SUBDOMAIN, SUBDOMAIN)
def test_names_that_differ_only_in_what_aws_cannot_hold_stay_different(kind, left, right):
    dotted, dashed = f"{left}.{right}", f"{left}-{right}"
    assume(len(dotted) <= 253)
    assert function_name(kind, "shop", dotted, RULES) != function_name(kind, "shop", dashed, RULES)


@pytest.mark.parametrize("name", ["web.v2", "", "a b", "w" * 50, "wéb"])
def test_a_name_that_the_user_wants_is_refused_when_aws_would_refuse_it(name):
    assert names.unfit(name, "Deployment", RULES)


def test_a_name_that_the_user_wants_may_have_capitals_and_underscores():
    assert names.unfit("Shop_Web", "Deployment", RULES) is None


def test_the_logs_of_a_function_are_where_lambda_writes_them():
    assert names.log_group("shop-web") == "/aws/lambda/shop-web"


def test_a_parameter_is_called_after_the_key_of_its_configmap():
    assert names.parameter_name("shop", "web-config", "spring.datasource.url", RULES) == "/shop/web-config/spring.datasource.url"
    assert names.parameter_name(None, "web", "A", RULES) == "/default/web/A"


@pytest.mark.parametrize("namespace", ["aws", "aws-observability", "ssm", "ssm2"])
def test_a_parameter_never_starts_with_a_name_that_aws_keeps_for_itself(namespace):
    assert names.parameter_name(namespace, "web", "A", RULES) == f"/k8s.{namespace}/web/A"


@given(LABEL, SUBDOMAIN, KEY)
def test_every_key_of_every_configmap_has_a_legal_parameter(namespace, configmap, key):
    name = names.parameter_name(namespace, configmap, key, RULES)
    assert PATH_CHARACTERS.fullmatch(name)
    assert not re.match(r"/(aws|ssm)", name, re.IGNORECASE)
    assert name.endswith(f"{namespace}/{configmap}/{key}")


@given(ANY, ANY, ANY)
def test_even_an_illegal_key_gives_a_legal_parameter(namespace, configmap, key):
    name = names.parameter_name(namespace, configmap, key, RULES)
    assert PATH_CHARACTERS.fullmatch(name)
    assert len(f"arn:aws-us-gov:ssm:us-gov-east-1:123456789012:parameter{name}") <= RULES.parameter
    assert name.count("/") == 3


def test_keys_that_differ_only_in_what_ssm_cannot_hold_stay_different():
    assert len({names.parameter_name("shop", "web", key, RULES) for key in ("a b", "a:b", "a_b", "a/b")}) == 4


@given(LABEL, SUBDOMAIN, KEY, LABEL, st.from_regex(r"\A[ -<>-~]{1,40}\Z"))
def test_no_variable_or_url_of_a_function_shares_a_parameter_with_a_configmap(namespace, configmap, key, function, variable):
    parameter = names.parameter_name(namespace, configmap, key, RULES)
    others = {names.environment_parameter(function, variable, RULES), names.url_parameter(function, RULES)}
    assert len(others | {parameter}) == 3


def test_a_secret_is_called_after_its_object():
    assert names.secret_name("shop", "db", RULES) == "shop/db"
    assert names.secret_name(None, "db", RULES) == "default/db"


@given(LABEL, SUBDOMAIN, LABEL, SUBDOMAIN)
def test_no_two_secrets_share_a_name(namespace, name, other_namespace, other_name):
    assume((namespace, name) != (other_namespace, other_name))
    assert names.secret_name(namespace, name, RULES) != names.secret_name(other_namespace, other_name, RULES)


@given(LABEL, SUBDOMAIN, LABEL)
def test_the_secret_of_a_functions_literals_is_never_that_of_an_object(namespace, name, function):
    assert names.environment_secret(function, RULES) != names.secret_name(namespace, name, RULES)


@pytest.mark.parametrize("label", ["app.kubernetes.io/name", "team", "a/b-c_d.e"])
def test_a_label_is_a_tag_as_it_stands(label):
    assert names.tag_key(label, RULES) == label


@given(ANY)
def test_every_text_gives_a_legal_tag(text):
    key, value = names.tag_key(text, RULES), names.tag_value(text, RULES)
    assert 0 < len(key) <= 128
    assert len(value) <= 256
    assert not key.lower().startswith("aws:")
    assert all(c.isalnum() or c in " _.:/=+-@" or c.isnumeric() for c in key + value)


def test_tags_that_differ_only_in_what_aws_cannot_hold_stay_different():
    assert len({names.tag_key(key, RULES) for key in ("a,b", "a;b", "a_b", "aws:a", "aws_a", "k" * 200, "k" * 201)}) == 7
