"""Values of the plan as expressions."""

import json
import re

import pytest

from k2l.aws.expr import Image, Json, Lookup, Pseudo, Ref, Var, arn, join
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.syntax import Attribute
from k2l.formats.terraform.values import expression
from k2l.source import load
from k2l.traced import Traced


def text(value) -> str:
    return render([Attribute("x", expression(value))]).removeprefix("x = ").removesuffix("\n")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${x}", '"$${x}"'),
        (3, "3"),
        (None, "null"),
        (Traced(True), "true"),
        (Traced(Traced("a")), '"a"'),
        (Var("peer"), "var.peer"),
        (Lookup("digests", "web", ":v1"), 'lookup(var.digests, "web", ":v1")'),
        (Ref("Role", "shop-web", "arn"), "aws_iam_role.shop_web.arn"),
        (join(Traced("a-"), Pseudo("region")), '"a-${data.aws_region.current.id}"'),
        (join(Var("peer")), "var.peer"),
        (("a", Ref("Queue", "q", "arn")), '["a", aws_sqs_queue.q.arn]'),
        ({"a b": Traced(1)}, '{\n  "a b" = 1\n}'),
        (Json({"a": Ref("Queue", "q", "arn")}), "jsonencode({\n  a = aws_sqs_queue.q.arn\n})"),
        (Image("shop/web", "v1", "web"), '"${local.registry}/shop/web${lookup(local.image_references, "web", ":v1")}"'),
    ],
)
def test_each_value_has_its_expression(value, expected):
    assert text(value) == expected


def test_an_arn_is_that_of_the_partition_region_and_account():
    where = "${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
    assert text(arn("sqs", "q")) == f'"arn:{where}:q"'


def test_what_aws_fills_in_by_text_is_spelled_out():
    assert json.loads(json.loads(text(Json({"b": "<aws.scheduler.scheduled-time>", "a": (1, None, {})})))) == {
        "a": [1, None, {}],
        "b": "<aws.scheduler.scheduled-time>",
    }


def test_what_aws_fills_in_may_stand_beside_references():
    assert text(Json(("<a>", Ref("Queue", "q", "arn")))) == '"[\\"<a>\\",${jsonencode(aws_sqs_queue.q.arn)}]"'


def test_a_sensitive_value_is_refused_without_being_named():
    (secret,) = load("kind: Secret\nstringData: {password: hunter2}\n", "secret.yaml").objects
    (node,) = [leaf for leaf in secret.leaves() if leaf.key == "password"]
    for value in (Traced("hunter2", (node,), sensitive=True), {"a": (join("b", Traced("hunter2", (node,), sensitive=True)),)}):
        with pytest.raises(ValueError, match=re.escape("secret.yaml stringData.password")) as refused:
            expression(value)
        assert "hunter2" not in str(refused.value)


def test_a_sensitive_value_within_a_json_text_is_refused():
    with pytest.raises(ValueError, match="sensitive"):
        expression(Json({"a": "<x>", "b": Traced("hunter2", sensitive=True)}))


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="set is no value"):
        expression({1})  # type: ignore[arg-type]
