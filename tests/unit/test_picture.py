"""The picture of dependencies and waves."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from harness.bundles import GPU, bundle_of, claim, ingress, mounted, workload
from k2l.finding import Target
from k2l.formats.picture import layout
from k2l.formats.picture.collapsing import MOST, collapsed
from k2l.formats.picture.drawing import draw
from k2l.formats.picture.picture import svg
from k2l.migration.dependencies import Dependencies, Edge, Relation, Sort, Vertex, dependencies
from k2l.migration.waves import waves

SVG = "{http://www.w3.org/2000/svg}"


def given(text):
    found = dependencies(bundle_of(text))
    return found, waves(found)


def picture(text):
    return svg(*given(text))


def many(number, links=(), namespaces=("shop",)):
    """Functions by number, and their calls."""
    vertices = [
        Vertex(
            f"Deployment/{namespaces[n % len(namespaces)]}/w{n:04}",
            Sort.WORKLOAD,
            f"w{n:04}",
            namespaces[n % len(namespaces)],
            "Deployment",
            Target.LAMBDA,
        )
        for n in range(number)
    ]
    edges = sorted({(vertices[a].id, vertices[b].id) for a, b in links})
    found = Dependencies(tuple(sorted(vertices, key=lambda v: v.id)), tuple(Edge(a, b, Relation.CALLS, ()) for a, b in edges))
    return found, waves(found)


SHOP = (
    workload("web", {"API_URL": "http://api", "PAY_URL": "https://api.pay.example.com", "OLD_URL": "http://old.a.svc"}, **mounted("files"))
    + workload("api", {"DB_URL": "http://db:80", "GPU_URL": "http://gpu"}, **mounted("files"))
    + workload("db", image="postgres:16", port=5432) + workload("gpu", container=GPU, namespace="shop") + workload("other", namespace="ops")
    + claim("files") + ingress("shop.example.com", "web")
)  # fmt: skip


def drawn(found, planned):
    """Everything that is drawn: boxes by id, with their places."""
    return layout.lay_out(collapsed(draw(found, planned)))


def test_it_is_well_formed_and_has_a_title_and_a_description():
    root = ET.fromstring(picture(SHOP))
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    named = root.attrib["aria-labelledby"].split()
    assert [element.attrib["id"] for element in root if element.attrib.get("id") in named] == named
    assert "Wave 1" in root.findtext(f"{SVG}desc", "")


def test_every_vertex_is_named_in_full_by_a_title():
    found, planned = given(SHOP)
    titles = {element.text or "" for element in ET.fromstring(svg(found, planned)).iter(f"{SVG}title")}
    hidden = {Sort.SCALER, Sort.SCHEDULE, Sort.CONFIGURATION}
    for vertex in found.vertices:
        assert vertex.sort in hidden or any(title.startswith(vertex.id) for title in titles), vertex.id


def test_a_workload_stands_in_the_column_of_its_wave():
    found, planned = given(SHOP)
    placed = {one.box.id: one for one in drawn(found, planned).boxes}
    left = [
        placed["Deployment/shop/gpu"].x,
        placed["Deployment/shop/db"].x,
        placed["Deployment/shop/api"].x,
        placed["host/shop.example.com"].x,
    ]
    assert left == sorted(set(left))
    assert placed["Deployment/shop/web"].x == placed["Deployment/shop/api"].x


def test_relations_differ_by_more_than_colour():
    css = picture(SHOP)
    dashes = dict(re.findall(r"\.line\.(\w+)\{[^}]*stroke-dasharray:([^;]+);", css))
    assert set(dashes) == {"routes", "shares"}
    assert len(set(dashes.values())) == 2
    assert {"calls", "routes", "shares"} <= set(re.findall(r'class="line (\w+)"', css))


def test_text_from_manifests_is_never_markup():
    evil = Vertex('x"/><script>alert(1)</script>', Sort.WORKLOAD, "<b>&amp;\x1b[31m", '"><img src=x>', "Deployment", Target.LAMBDA)
    found = Dependencies((evil,), ())
    text = svg(found, waves(found))
    root = ET.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g",
    }  # fmt: skip
    assert "<b>&amp;" in next(element.text for element in root.iter(f"{SVG}text") if element.text and element.text.startswith("<b>"))
    assert "\x1b" not in text


def test_nothing_comes_from_elsewhere_and_nothing_runs():
    text = picture(SHOP).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|href|@import|<script|\bon\w+=|url\((?!#)", re.sub(r"<title>[^<]*</title>", "", text))


def test_it_follows_the_colour_scheme_by_variables():
    text = picture(SHOP)
    assert "@media (prefers-color-scheme:dark)" in text
    assert not re.findall(r'(?:fill|stroke)="#', text)


@pytest.mark.parametrize("number", [5, 150])
def test_boxes_do_not_overlap_and_stay_within_the_picture(number):
    links = [(n, n // 3) for n in range(1, number)] + [(n, n // 7) for n in range(8, number)]
    made = drawn(*many(number, links, ("shop", "billing", "ops")))
    for one in made.boxes:
        assert 0 <= one.x <= made.width - layout.WIDTH
        assert layout.HEAD <= one.y <= made.height - layout.HEIGHT
    for one, other in combinations(made.boxes, 2):
        assert abs(one.x - other.x) >= layout.WIDTH or abs(one.y - other.y) >= layout.HEIGHT


def test_no_line_runs_through_a_box():
    links = [(n, n // 3) for n in range(1, 60)] + [(n, n // 7) for n in range(8, 60)]
    made = drawn(*many(60, links, ("shop", "billing")))
    straight = 0
    for line in made.lines:
        for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False):
            if y == to_y and abs(x - to_x) == layout.WIDTH:
                straight += 1
                assert not any(box.x == min(x, to_x) and box.y <= y <= box.y + layout.HEIGHT for box in made.boxes)
    assert straight > 0


def test_five_workloads_are_drawn_as_they_are():
    found, planned = many(5, [(1, 0), (2, 1)])
    assert collapsed(draw(found, planned)) == draw(found, planned)


def test_a_crowded_column_is_put_together_and_says_what_is_in_it():
    found, planned = many(150, [(n, 0) for n in range(100, 150)])
    drawing = collapsed(draw(found, planned))
    columns = [box.column for box in drawing.boxes]
    assert max(columns.count(column) for column in columns) <= MOST
    assert sum(box.members for box in drawing.boxes) == 150
    titles = " ".join(box.title for box in drawing.boxes)
    assert all(vertex.id in titles for vertex in found.vertices)
    assert sum(link.number for link in drawing.links) == 50
    (note,) = (note for note in drawing.notes if note.startswith("Put together"))
    assert "149 items in 2 boxes" in note
    assert "149 items in 2 boxes" in svg(found, planned)


def test_many_namespaces_are_put_together_too():
    found, planned = many(200, namespaces=tuple(f"team-{n}" for n in range(100)))
    drawing = collapsed(draw(found, planned))
    assert len(drawing.boxes) <= MOST
    assert sum(box.members for box in drawing.boxes) == 200


def test_configuration_that_many_share_is_counted_and_not_drawn():
    settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {COLOUR: blue}\n---\n"
    using = "envFrom: [{configMapRef: {name: settings}}]"
    few = picture("".join(workload(f"w{n}", container=using) for n in range(3)) + settings)
    assert "ConfigMap/shop/settings" in few
    text = picture("".join(workload(f"w{n}", container=using) for n in range(20)) + settings)
    assert "ConfigMap/shop/settings" not in text
    assert "1 ConfigMap or Secret that several workloads share, in 20 places" in text


def test_what_moves_together_and_shared_data_are_said_in_the_boxes():
    text = picture(
        workload("a", {"B_URL": "http://b"}, **mounted("files")) + workload("b", {"A_URL": "http://a"}, **mounted("files")) + claim("files")
    )
    assert text.count("with 1 other") == 4
    assert "data of 2" in text


def test_the_same_dependencies_give_the_same_picture():
    assert picture(SHOP) == picture(SHOP)


def test_links_of_neighbouring_columns_do_not_cross_needlessly():
    """Pairs in reverse order: the sweeps have to turn one side round."""
    found, planned = many(12, [(6 + n, 5 - n) for n in range(6)])
    made = drawn(found, planned)
    places = {one.box.id: one.y for one in made.boxes}
    ends = [(places[line.link.source], places[line.link.target]) for line in made.lines]
    crossings = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(ends, 2))
    assert crossings == 0


def test_a_picture_of_nothing_is_a_picture():
    found = Dependencies((), ())
    assert ET.fromstring(svg(found, waves(found))).tag == f"{SVG}svg"
