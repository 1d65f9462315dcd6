"""Logical ids: letters and digits only, and of different keys never the same."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.aws.expr import Ref
from k2l.aws.queue import Queue
from k2l.formats.sam.index import index
from k2l.formats.sam.names import spelling
from k2l.formats.sam.quoting import LONGEST, logical_name


@pytest.mark.parametrize(
    ("key", "name"),
    [("web", "Web"), ("shop-web", "ShopWeb"), ("a-1", "AN1"), ("web-2-x", "WebN2X"), ("a1-b2", "A1B2")],
)
def test_a_plain_key_is_written_in_capitals(key, name):
    assert logical_name(key) == name


def test_an_input_is_separated_by_underscores():
    assert logical_name("service_shop_cache_6379", "_") == "ServiceShopCacheN6379"


@pytest.mark.parametrize("key", ["shop_web", "shop.web", "Shop", "shop--web", "-a", "a-", "", "/shop/a", "a-n1", "ü", "x" * 61, "a b"])
def test_what_has_to_be_altered_gets_a_digest(key):
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*[0-9a-f]{8}", logical_name(key))
    assert len(logical_name(key)) <= LONGEST + 1


@pytest.mark.parametrize(
    "alike",
    [("a-1", "a1", "a-n1", "an1"), ("a-b", "a_b", "a.b", "ab", "aB", "A-b"), ("x" * 60, "x" * 61, "x" * 70), ("a", "A", "-a", "a-")],
)
def test_keys_that_look_alike_stay_apart(alike):
    assert len({logical_name(key) for key in alike}) == len(alike)


@given(st.lists(st.text(st.sampled_from("ab1n-_./A"), max_size=6), min_size=2, max_size=30, unique=True))
def test_no_two_keys_have_one_name(keys):
    assert len({logical_name(key) for key in keys}) == len(keys)


def test_a_function_and_a_role_of_names_that_end_alike_stay_apart():
    classes = [spelling(name) for name in ("Function", "Role", "LogGroup", "Queue", "Parameter", "Secret", "HttpApi", "Domain")]
    keys = ["web", "web-role", "web-function", "web-queue", "web-log-group", "web-function-role"]
    names = [own.logical_id(key) for own, key in itertools.product(classes, keys)]
    assert len(names) == len(set(names))


def test_a_resource_that_is_not_there_is_named():
    with pytest.raises(LookupError, match="Queue b"):
        index((Queue(key="a", home="a", name="a", retention=60),)).at(Ref("Queue", "b", "arn"))
