import gc
import json
import textwrap

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from k2l.source import Node, decode, load

DEPLOYMENT = """\
# Source: shop/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app.kubernetes.io/name: web
spec:
  replicas: 02
  template:
    spec:
      containers:
        - image: "nginx"
          args: []
        - {image: redis, env: {}}
"""


def read(text: str) -> Node:
    """The only object of a file without problems."""
    loaded = load(textwrap.dedent(text), "web.yaml")
    assert not loaded.problems
    (root,) = loaded.objects
    return root


def problems(text: str) -> list[str]:
    return [str(problem) for problem in load(text, "web.yaml").problems]


def places(root: Node) -> dict[str, tuple[int, int]]:
    return {leaf.path(): (leaf.line, leaf.column) for leaf in root.leaves()}


def test_every_leaf_knows_its_path_line_and_column_in_the_order_of_the_document():
    assert list(places(read(DEPLOYMENT)).items()) == [
        ("apiVersion", (2, 13)),
        ("kind", (3, 7)),
        ("metadata.labels[app.kubernetes.io/name]", (6, 29)),
        ("spec.replicas", (8, 13)),
        ("spec.template.spec.containers[0].image", (12, 18)),
        ("spec.template.spec.containers[0].args", (13, 17)),
        ("spec.template.spec.containers[1].image", (14, 19)),
        ("spec.template.spec.containers[1].env", (14, 31)),
    ]


def test_a_key_has_a_place_of_its_own():
    replicas = next(leaf for leaf in read(DEPLOYMENT).leaves() if leaf.key == "replicas")

    assert (replicas.key_line, replicas.key_column, replicas.value, replicas.text) == (8, 3, 2, "02")


def test_columns_count_characters_not_bytes():
    assert places(read("{ä😀: ü, x: y}")) == {"[ä😀]": (1, 6), "x": (1, 12)}


def test_the_root_of_every_place_is_the_object():
    root = read(DEPLOYMENT)

    assert {leaf.root() for leaf in root.leaves()} == {root}
    assert root.path() == ""


def test_a_document_knows_its_file_its_number_its_first_line_and_its_helm_template():
    first, second = load(f"a: 1\n---\n{DEPLOYMENT}", "out/all.yaml").objects

    assert (first.document.index, first.document.line, first.document.template) == (0, 1, None)
    assert (second.document.file, second.document.index, second.document.line) == ("out/all.yaml", 1, 4)
    assert second.document.template == "shop/templates/web.yaml"


def test_a_node_cannot_be_changed():
    with pytest.raises(AttributeError, match="immutable"):
        read("a: 1").line = 3  # type: ignore[misc]


def test_two_nodes_with_the_same_content_differ():
    one, other = load("a: 1\n---\na: 1\n", "web.yaml").objects

    assert one != other
    assert len({one, other}) == 2


def test_the_representation_of_a_node_shows_no_value():
    (password,) = read("stringData: {password: hunter2}").leaves()

    assert repr(password) == "<Node web.yaml:1:24 stringData.password>"


@pytest.mark.parametrize("text", ["", "\n\n", "---\n---\n", "# only a comment\n", "~\n", "--- # nothing\n...\n", "\ufeff"])
def test_documents_without_content_give_nothing(text):
    assert load(text, "web.yaml").objects == ()
    assert problems(text) == []


def test_a_line_of_dashes_inside_a_block_of_text_is_text():
    assert read("a: |\n  x\n  ---\n  y\n").plain() == {"a": "x\n---\ny\n"}


def test_what_follows_an_end_mark_without_dashes_is_a_problem_where_kubectl_drops_it():
    assert "web.yaml:3:1: " in problems("a: 1\n...\nb: 2\n")[0]


def test_a_directive_belongs_to_the_document_after_it():
    text = "# c\n%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 1\n---\nb: 1\n"

    assert [node.plain() for node in load(text, "web.yaml").objects] == [{"a": "1"}, {"b": 1}]


def test_the_last_line_ends_like_every_other():
    assert read("a: |\n  x").plain() == {"a": "x\n"}


def test_garbage_is_collected_again_after_reading():
    read("a: 1")

    assert gc.isenabled()


def test_files_put_together_with_their_byte_order_marks_are_read():
    assert [node.plain() for node in load("\ufeffa: 1\n\ufeff---\nb: 1\n", "web.yaml").objects] == [{"a": 1}, {"b": 1}]


def test_members_of_a_list_are_objects_with_their_own_places():
    one, other = load("kind: List\nitems:\n- kind: A\n  spec: {x: 1}\n- kind: B\n", "web.yaml").objects

    assert (one.parent, one.key, one.line, other.line) == (None, None, 3, 5)
    assert places(one) == {"kind": (3, 9), "spec.x": (4, 13)}


def test_a_list_in_a_list_is_unpacked_too():
    text = "kind: List\nitems:\n- kind: FooList\n  items: [{kind: A}, {kind: B}]\n"

    assert [node.plain() for node in load(text, "web.yaml").objects] == [{"kind": "A"}, {"kind": "B"}]


def test_members_of_a_typed_list_get_their_kind_from_it():
    member = read("apiVersion: v1\nkind: PodList\nitems:\n- spec: {x: 1}\n")

    assert member.plain() == {"apiVersion": "v1", "kind": "Pod", "spec": {"x": 1}}
    assert places(member)["kind"] == (2, 7)


@pytest.mark.parametrize("items", ["[1]", "[~]", "{a: b}", "text"])
def test_a_list_of_anything_but_objects_is_a_problem(items):
    (problem,) = problems(f"kind: List\nitems: {items}\n")

    assert problem.startswith("web.yaml:2:")


def test_an_alias_is_a_copy_with_the_place_of_its_anchor_and_a_parent_of_its_own():
    root = read("a: &x\n  b: 1\nc: *x\n")
    copy = root.get("c")

    assert copy is not None
    assert (copy.plain(), copy.line, copy.key_line, copy.parent) == ({"b": 1}, 1, 3, root)
    assert places(root) == {"a.b": (2, 6), "c.b": (2, 6)}


def test_merged_entries_keep_the_place_of_their_anchor():
    root = read("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n")

    assert root.plain()["d"] == {"b": 1, "c": 3}
    assert places(root) == {"a.b": (1, 11), "a.c": (1, 17), "d.b": (1, 11), "d.c": (4, 6)}


def test_an_alias_bomb_is_refused():
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 9))

    assert "web.yaml:6:" in problems(f"x0: &x0 [a]\n{levels}")[0]


def test_aliases_cannot_nest_without_end():
    levels = "".join(f"x{n}: &x{n} {'[' * 30}*x{n - 1}{']' * 30}\n" for n in range(1, 9))

    assert "levels" in problems(f"x0: &x0 a\n{levels}")[0]


def test_a_real_use_of_many_aliases_is_accepted():
    assert len(list(read("a: &x {b: 1, c: 2}\nd: [" + "*x, " * 1000 + "]\n").leaves())) == 2002


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_bottomless_nesting_is_refused(opening):
    (problem,) = problems(opening * 50_000)

    assert "levels deep" in problem


def test_bottomless_json_is_refused():
    (problem,) = problems('{"a":1}' + '{"a":' * 50_000)

    assert problem.startswith("web.yaml:1:")


def test_json_keeps_its_places_where_the_yaml_parser_gives_up():
    root = load('{"a": "\\ud83d\\ude00",\n "b": [1,\n  true]}', "web.yaml").objects[0]

    assert root.plain() == {"a": "😀", "b": [1, True]}
    assert places(root) == {"a": (1, 7), "b[0]": (2, 8), "b[1]": (3, 3)}


def test_json_objects_may_follow_each_other():
    objects = load('{"a": "\\ud83d\\ude00"} {"b": 2}\n{"c": 3}', "web.yaml").objects

    assert [(node.plain(), node.line, node.column) for node in objects] == [({"a": "😀"}, 1, 1), ({"b": 2}, 1, 23), ({"c": 3}, 2, 1)]


def test_the_python_parser_gives_the_same_tree(monkeypatch):
    fast = load(DEPLOYMENT, "web.yaml").objects[0]
    monkeypatch.setattr("k2l.source._Parser", yaml.SafeLoader)
    slow = load(DEPLOYMENT, "web.yaml").objects[0]

    assert (slow.plain(), places(slow)) == (fast.plain(), places(fast))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer())
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_a_value_written_as_yaml_reads_back_the_same(value):
    text = yaml.safe_dump({"value": value}, default_style='"')

    assert json.dumps(read(text).plain()) == json.dumps({"value": value}, sort_keys=True)


@given(JSON)
def test_a_value_written_as_json_reads_back_the_same(value):
    text = json.dumps({"value": value})

    assert json.dumps(read(text).plain()) == text


@given(st.text())
def test_no_text_makes_the_reader_fail(text):
    for problem in load(text, "web.yaml").problems:
        assert problem.file == "web.yaml"
        assert problem.line


@given(st.text("{}[]:,-#&*!|>'\"%@` \n\tab1<?."))
def test_no_text_full_of_yaml_signs_makes_the_reader_fail(text):
    for problem in load(text, "web.yaml").problems:
        assert problem.line
        assert problem.line <= text.count("\n") + 2


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(mark):
    assert decode("a: ü\n".encode(mark), "web.yaml") == "a: ü\n"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_all_line_ends_are_alike(line_end):
    assert decode(f"a: 1{line_end}b: 2{line_end}".encode(), "web.yaml") == "a: 1\nb: 2\n"
