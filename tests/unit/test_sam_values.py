"""Values of planned attributes as values of a template."""

import pytest

from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Json, Lookup, Pseudo, Var
from k2l.aws.expr import Ref as To
from k2l.aws.logs import LogGroup
from k2l.errors import UserError
from k2l.formats.sam.index import index
from k2l.formats.sam.syntax import GetAtt, Ref, Sub
from k2l.formats.sam.syntax import Join as Joined
from k2l.formats.sam.values import Values, literal, prose, text
from k2l.source import load
from k2l.traced import Traced

GROUP = LogGroup(key="web", home="web", name="/aws/lambda/web", retention=1)
STORED = Parameter(key="/a", home="a", name="/a", value="x")
VALUES = Values(index((GROUP, STORED)))


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("a", "a"),
        (1, 1),
        (True, True),
        (Join(("a", "b")), "ab"),
        (Join(("", Pseudo("region"))), Ref("AWS::Region")),
        (Join(("a-", Pseudo("region"))), Sub(("a-", Ref("AWS::Region")))),
        (Join(("a$", Pseudo("region"))), Joined(("a$", Ref("AWS::Region")))),
        (Join(("${a}", Pseudo("region"))), Joined(("$", "{a}", Ref("AWS::Region")))),
        (Join(("$", "{a}")), Joined(("$", "{a}"))),
        (To("Parameter", "/a", "value"), GetAtt("A9ba4d0b2Parameter", "Value")),
        (Var("log_retention_in_days"), Ref("LogRetentionInDays")),
        (Json({"b": 1, "a": ("<x>", None)}), '{"a":["<x>",null],"b":1}'),
        (Json({"a": Pseudo("region")}), Sub(('{"a":"', Ref("AWS::Region"), '"}'))),
    ],
)
def test_a_value_is_spelled(given: Expr, made):
    found = VALUES.value(given)
    assert found == made if not isinstance(made, GetAtt) else isinstance(found, GetAtt)


def test_a_log_groups_arn_has_no_star_at_its_end():
    assert VALUES.reference(To("LogGroup", "web", "arn")) == Sub(
        ("arn:", Ref("AWS::Partition"), ":logs:", Ref("AWS::Region"), ":", Ref("AWS::AccountId"), ":log-group:", Ref("WebLogGroup"))
    )


def test_an_attribute_that_the_table_lacks_is_refused():
    with pytest.raises(LookupError, match=r"LogGroup\.gone"):
        VALUES.reference(To("LogGroup", "web", "gone"))


def test_what_is_no_value_of_a_property_is_refused():
    with pytest.raises(TypeError, match="Lookup"):
        VALUES.value(Lookup("a", "b", "c"))


@pytest.mark.parametrize("given", ["${x}", "$${x}", "a${b}c${d}", "${", "\\${x}"])
def test_what_looks_like_a_reference_is_in_two_pieces_of_one_text(given):
    made = literal(given)
    assert isinstance(made, Joined)
    assert "".join(map(str, made.parts)) == given
    assert not any("${" in str(part) for part in made.parts)


def test_what_cloudformation_would_replace_is_refused_with_its_place_and_without_its_text():
    (root,) = load("a:\n  b: '{{resolve:ssm:hunter2}}'\n", "in.yaml").objects
    (leaf,) = root.leaves()
    with pytest.raises(UserError, match=r"in\.yaml:2:6: CloudFormation would replace") as refused:
        VALUES.value(Traced("{{resolve:ssm:hunter2}}", (leaf,)))
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("parts", [("{{res", "olve:ssm:x}}"), ("{{resolve:", Ref("A"))])
def test_nor_does_it_come_together_from_parts(parts):
    with pytest.raises(UserError, match="CloudFormation would replace"):
        text(*parts)


def test_words_for_people_are_no_references_and_no_longer_than_before():
    given = "the {{resolve:ssm:x}} of ${AWS::Region}"
    assert ("{{resolve:" in prose(given), "${" in prose(given), len(prose(given))) == (False, False, len(given))
