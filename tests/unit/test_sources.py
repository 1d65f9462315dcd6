import io
import json
from hashlib import sha256
from pathlib import Path

import pytest

from k2l.sources import gather

OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


@pytest.fixture(autouse=True)
def empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def names(*paths: str) -> list[str]:
    found = gather(paths)
    assert not found.problems
    return [each.file for each in found.inputs]


def problems(*paths: str) -> list[str]:
    return [str(problem) for problem in gather(paths).problems]


def test_a_folder_gives_every_manifest_below_it_in_the_order_of_names():
    put({"m/b.yml": OBJECT, "m/a/x.yaml": OBJECT, "m/c.txt": "no manifest", "m/B.YAML": OBJECT})
    put({"m/c.json": '{"apiVersion": "v1", "kind": "ConfigMap"}'})

    assert names("m") == ["B.YAML", "a/x.yaml", "b.yml", "c.json"]


def test_hidden_files_and_folders_are_left_out():
    put({"m/a.yaml": OBJECT, "m/.b.yaml": OBJECT, "m/.git/c.yaml": OBJECT})

    assert names("m") == ["a.yaml"]


def test_the_names_do_not_depend_on_where_the_folder_is(tmp_path):
    put({"m/a/x.yaml": OBJECT})

    assert names(str(tmp_path / "m")) == names("m") == names("./m/") == ["a/x.yaml"]


def test_a_file_is_named_by_its_last_part():
    put({"m/a/x.txt": OBJECT})

    assert names("m/a/x.txt") == ["x.txt"]


def test_files_of_the_same_name_are_told_apart_by_their_folders():
    put({"m/a/x.yaml": OBJECT, "m/b/x.yaml": OBJECT, "n/y.yaml": OBJECT})

    assert names("m/a/x.yaml", "m/b/x.yaml", "n") == ["a/x.yaml", "b/x.yaml", "y.yaml"]
    assert names("m/a", "m/b") == ["a/x.yaml", "b/x.yaml"]


def test_objects_carry_the_same_name_as_inputs():
    put({"a/x.yaml": OBJECT, "b/x.yaml": OBJECT})

    assert [node.document.file for node in gather(["a", "b"]).objects] == ["a/x.yaml", "b/x.yaml"]


def test_a_file_reached_twice_is_read_once():
    put({"m/x.yaml": OBJECT})

    assert names("m", "m/x.yaml", "m") == ["x.yaml"]


def test_links_in_circles_end():
    put({"m/a/x.yaml": OBJECT})
    Path("m/a/up").symlink_to("..")

    assert names("m") == ["a/x.yaml"]


def test_an_input_has_the_digest_of_its_bytes():
    Path("x.yaml").write_bytes(b"\xef\xbb\xbf" + OBJECT.encode())

    assert gather(["x.yaml"]).inputs[0].sha256 == sha256(b"\xef\xbb\xbf" + OBJECT.encode()).hexdigest()


def test_standard_input_is_read_for_a_dash_and_without_any_path():
    assert [node.document.file for node in gather(["-"], io.BytesIO(OBJECT.encode())).objects] == ["stdin"]
    assert len(gather([], io.BytesIO(OBJECT.encode())).objects) == 1


def test_nothing_to_read_is_a_problem():
    assert problems() == ["nothing to read: name a file or a folder, or pipe manifests in"]


def test_paths_that_are_not_there_are_problems_of_their_own():
    put({"x.yaml": OBJECT})

    assert problems("no/such.yaml", "x.yaml", "no") == [
        "no/such.yaml: there is no such file or folder",
        "no: there is no such file or folder",
    ]


def test_an_unreadable_file_in_a_folder_does_not_hide_the_others():
    put({"m/x.yaml": OBJECT})
    Path("m/gone.yaml").symlink_to("nowhere")
    found = gather(["m"])

    assert [str(problem) for problem in found.problems] == ["gone.yaml: there is no such file or folder"]
    assert len(found.objects) == 1


def test_a_folder_that_cannot_be_listed_is_a_problem(monkeypatch):
    put({"m/x.yaml": OBJECT})

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert problems("m") == ["m: cannot be read: Permission denied"]


def test_broken_files_are_problems_and_inputs_and_do_not_hide_the_others():
    put({"m/a.yaml": "a: [", "m/b.yaml": OBJECT})
    Path("m/c.yaml").write_bytes(b"\xff\xfe\xff")
    found = gather(["m"])

    assert [problem.file for problem in found.problems] == ["a.yaml", "c.yaml"]
    assert [each.file for each in found.inputs] == ["a.yaml", "b.yaml", "c.yaml"]
    assert len(found.objects) == 1


@pytest.mark.parametrize("text", ["", "# nothing\n", "apiVersion: v1\nkind: List\nitems: []\n"])
def test_no_objects_are_a_problem_unless_allowed(text):
    put({"x.yaml": text})

    assert problems("x.yaml") == ["there are no Kubernetes objects in x.yaml; --allow-empty accepts that"]
    assert gather(["x.yaml"], allow_empty=True).problems == ()


def test_yaml_that_is_no_kubernetes_object_is_a_problem_where_the_user_named_it():
    put({"values.yaml": "# defaults\nreplicas: 2\n"})

    assert problems("values.yaml") == ["values.yaml:2:1: this is no Kubernetes object: it has no apiVersion and no kind"]
    assert len(gather(["-"], io.BytesIO(b"- 1\n")).problems) == 1


def test_yaml_that_is_no_kubernetes_object_is_noticed_in_a_folder():
    put({"m/values.yaml": "replicas: 2\n", "m/list.yaml": "- 1\n", "m/Chart.yml": "apiVersion: v2\nname: x\n", "m/x.yaml": OBJECT})
    found = gather(["m"])

    assert [(notice.file, notice.line) for notice in found.notices] == [("Chart.yml", 1), ("list.yaml", 1), ("values.yaml", 1)]
    assert [each.file for each in found.inputs] == ["x.yaml"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("kind: Pod\n", "apiVersion"),
        ("apiVersion: v1\nmetadata: {name: a}\n", "kind"),
        ("apiVersion: v1\nkind: 5\nmetadata: {name: a}\n", "kind"),
        ("apiVersion: ''\nkind: Pod\n", "apiVersion"),
    ],
)
def test_half_a_kubernetes_object_is_a_problem_even_in_a_folder(text, lacking):
    put({"m/x.yaml": text})

    assert problems("m") == [f"x.yaml:1:1: this is no Kubernetes object: it has no {lacking}"]


def test_the_settings_beside_the_manifests_are_no_input():
    put({"m/x.yaml": OBJECT, "m/k2l.yaml": "vpc: {}\n"})

    assert names("m") == ["x.yaml"]
    assert gather(["m"]).notices == ()


def wrote(folder: str, **files: str) -> None:
    """What an earlier run leaves: these files and its record."""
    outputs = [{"file": name, "sha256": sha256(text.encode()).hexdigest()} for name, text in files.items()]
    put({f"{folder}/{name}": text for name, text in files.items()})
    put({f"{folder}/k2l.json": json.dumps({"schema": "k2l/v1", "outputs": outputs})})


@pytest.mark.parametrize("folder", ["m", "m/out"])
def test_what_an_earlier_run_wrote_is_no_input_wherever_it_wrote_it(folder):
    put({"m/x.yaml": OBJECT})
    wrote(folder, **{"template.yaml": "Resources: !Sub x\n", "images/web/files/inner.yaml": OBJECT})

    assert names("m") == ["x.yaml"]
    assert gather(["m"]).notices == ()


@pytest.mark.parametrize("folder", ["m", "m/out"])
def test_what_an_earlier_run_wrote_and_somebody_edited_is_noticed(folder):
    put({"m/x.yaml": OBJECT})
    wrote(folder, **{"template.yaml": "Resources: !Sub x\n"})
    put({f"{folder}/template.yaml": OBJECT})

    assert names("m") == ["x.yaml"]
    assert "has been edited since" in str(gather(["m"]).notices[0])


@pytest.mark.parametrize("record", ["{}", "[", "[" * 100_000, '{"schema": "k2l/v1", "outputs": 1}', '{"schema": "theirs"}'])
def test_no_file_of_another_program_hides_the_manifests_beside_it(record):
    put({"m/out/k2l.json": record, "m/out/x.yaml": OBJECT})

    assert "out/x.yaml" in [node.document.file for node in gather(["m"]).objects]


def test_a_kustomization_inside_a_folder_is_noticed_and_the_manifests_are_read():
    put({"m/k/kustomization.yaml": "resources: [x.yaml]\n", "m/k/x.yaml": OBJECT})
    found = gather(["m"])

    assert [each.file for each in found.inputs] == ["k/x.yaml"]
    assert str(found.notices[0]).startswith("k/kustomization.yaml: not built, and the manifests beside it are read as they are")


def test_a_file_name_that_is_no_utf8_can_be_printed():
    Path("m").mkdir()
    Path("m", b"\xff.yaml".decode(errors="surrogateescape")).write_text(OBJECT)

    assert names("m") == ["\ufffd.yaml"]


@pytest.mark.parametrize("start", ["", "./", "TMP/"])
def test_files_can_be_called_as_the_user_may_open_them(start, tmp_path):
    put({"m/a/x.yaml": OBJECT, "y.yaml": OBJECT})
    start = start.replace("TMP", str(tmp_path))
    found = gather([f"{start}m", f"{start}y.yaml", "no"], as_given=True)

    assert [each.file for each in found.inputs] == ["m/a/x.yaml", "y.yaml"]
    assert [str(problem) for problem in found.problems] == ["no: there is no such file or folder"]
