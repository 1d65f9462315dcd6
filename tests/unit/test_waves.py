"""In which order workloads move, and under which conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bundles import GPU, bundle_of, claim, ingress, mounted, service, workload
from k2l import tables
from k2l.finding import Target
from k2l.migration.components import components
from k2l.migration.dependencies import Dependencies, Edge, Relation, Sort, Vertex, dependencies
from k2l.migration.waves import Why, waves


def planned(text):
    return waves(dependencies(bundle_of(text)))


def calls(*names):
    return {f"{name.upper()}_URL": f"http://{name}" for name in names}


def member(found, name, kind="Deployment"):
    (one,) = (m for wave in found.waves for m in wave.members if m.workload == f"{kind}/shop/{name}")
    return one


def conditions(found, name):
    return {condition.code: (condition.others, condition.until) for condition in member(found, name).conditions}


def test_what_is_called_moves_before_its_caller():
    found = planned(workload("web", calls("api")) + workload("api", calls("auth")) + workload("auth"))
    assert found.numbers == {"Deployment/shop/auth": 1, "Deployment/shop/api": 2, "Deployment/shop/web": 3}
    assert member(found, "auth").why is Why.FIRST
    assert (member(found, "web").why, member(found, "web").after) == (Why.AFTER, ("Deployment/shop/api",))


def test_what_calls_each_other_in_a_circle_moves_together_and_is_shown():
    found = planned(workload("a", calls("b")) + workload("b", calls("c")) + workload("c", calls("a")) + workload("web", calls("a")))
    circle = tuple(f"Deployment/shop/{name}" for name in "abc")
    assert {found.numbers[one] for one in circle} == {1}
    assert found.numbers["Deployment/shop/web"] == 2
    assert member(found, "a").together == circle[1:]
    assert member(found, "a").why is Why.TOGETHER
    assert conditions(found, "a") == {"called-until-later": (("Deployment/shop/web",), 2)}
    (cycle,) = found.cycles
    assert cycle.workloads == circle
    assert [(edge.source[-1], edge.target[-1]) for edge in cycle.edges] == [("a", "b"), ("b", "c"), ("c", "a")]


def test_a_service_in_front_of_several_waits_for_all_of_them():
    front = service("all", "{selector: {tier: x}, ports: [{port: 80, targetPort: 8080}]}")
    one = workload("one").replace("labels: {app: one}", "labels: {app: one, tier: x}")
    two = workload("two", calls("deep")).replace("labels: {app: two}", "labels: {app: two, tier: x}")
    found = planned(workload("web", calls("all")) + front + one + two + workload("deep"))
    assert found.numbers["Deployment/shop/web"] == 3
    assert member(found, "web").after == ("Service/shop/all",)


def test_who_writes_to_one_volume_moves_together_and_who_reads_need_not():
    written = (
        workload("web", **mounted("files")) + workload("api", {**calls("deep")}, **mounted("files")) + workload("deep") + claim("files")
    )
    found = planned(written)
    assert found.numbers["Deployment/shop/web"] == found.numbers["Deployment/shop/api"] == 2
    (tie,) = found.ties
    assert (tie.state, tie.together) == ("PersistentVolumeClaim/shop/files", True)
    read = workload("web", **mounted("files", read_only=True)) + workload("api", calls("deep"), **mounted("files", read_only=True))
    found = planned(read + workload("deep") + claim("files"))
    assert (found.numbers["Deployment/shop/web"], found.numbers["Deployment/shop/api"]) == (1, 2)
    assert found.ties == ()


def test_a_database_is_changed_over_by_all_who_use_it_but_does_not_bind_them():
    database = workload("db", image="postgres:16", port=5432)
    found = planned(database + workload("web", calls("db", "api")) + workload("api", calls("db")))
    assert found.numbers == {"Deployment/shop/db": 1, "Deployment/shop/api": 2, "Deployment/shop/web": 3}
    (tie,) = found.ties
    assert (tie.state, tie.workloads, tie.together) == ("Deployment/shop/db", ("Deployment/shop/api", "Deployment/shop/web"), False)
    assert conditions(found, "db") == {"changes-over": (("Deployment/shop/api", "Deployment/shop/web"), None)}


def test_a_callee_that_stays_is_a_condition_and_orders_nothing():
    found = planned(workload("web", calls("gpu")) + workload("gpu", calls("api"), container=GPU) + workload("api"))
    assert found.stays == ("Deployment/shop/gpu",)
    assert found.numbers == {"Deployment/shop/api": 1, "Deployment/shop/web": 1}
    assert conditions(found, "web") == {"calls-the-cluster": (("Deployment/shop/gpu",), None)}
    assert conditions(found, "api") == {"called-from-the-cluster": (("Deployment/shop/gpu",), None)}


def test_a_caller_that_moves_later_is_a_condition_until_its_wave():
    found = planned(workload("web", calls("api", "auth")) + workload("api", calls("auth")) + workload("auth"))
    assert conditions(found, "auth") == {"called-until-later": (("Deployment/shop/api", "Deployment/shop/web"), 3)}


def test_a_host_with_paths_on_both_sides_is_a_condition():
    both = ingress("shop.example.com", "web", "api")
    later = planned(workload("web", calls("api")) + workload("api") + both)
    assert conditions(later, "api")["shared-host"] == (("host/shop.example.com",), 2)
    assert "shared-host" not in conditions(later, "web")
    never = planned(workload("web") + workload("api", container=GPU) + both)
    assert conditions(never, "web") == {"shared-host": (("host/shop.example.com",), None)}


def test_data_that_the_cluster_keeps_using_is_a_condition():
    found = planned(
        workload("web", **mounted("files"))
        + workload("gpu", **{**mounted("files"), "container": f"{mounted('files')['container']}, {GPU}"})
        + claim("files")
    )
    assert conditions(found, "web") == {"shared-state": (("PersistentVolumeClaim/shop/files",), None)}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (workload("web", {"X_URL": "http://x.gone.svc.cluster.local"}), "calls-missing"),
        (
            workload("web", calls("old"))
            + service("old", "{ports: [{port: 80}]}")
            + "apiVersion: v1\nkind: Endpoints\nmetadata: {name: old, namespace: shop}\nsubsets: [{addresses: [{ip: 10.1.2.3}]}]\n",
            "calls-outside",
        ),
    ],
)
def test_what_is_not_in_the_manifests_is_a_condition(text, code):
    assert set(conditions(planned(text), "web")) == {code}


def test_a_public_host_is_no_condition():
    assert conditions(planned(workload("web", {"X_URL": "https://api.pay.example.com"})), "web") == {}


def test_what_aws_makes_needless_is_listed_apart():
    found = planned(workload("dns", image="registry.k8s.io/external-dns/external-dns:v0.15"))
    assert (found.needless, found.waves, found.stays) == (("Deployment/shop/dns",), (), ())


def test_every_workload_is_in_one_place():
    text = (
        workload("web", calls("gpu"))
        + workload("gpu", container=GPU)
        + workload("dns", image="registry.k8s.io/external-dns/external-dns:v0.15")
    )
    bundle = bundle_of(text + workload("db", image="postgres:16"))
    found = waves(dependencies(bundle))
    every = [m.workload for wave in found.waves for m in wave.members] + [*found.stays, *found.needless]
    assert sorted(every) == sorted(placement.workload.id for placement in bundle.plan.placements)


def test_every_condition_has_words_and_every_word_is_used():
    found = planned(workload("web", calls("gpu")) + workload("gpu", container=GPU))
    (condition,) = member(found, "web").conditions
    assert "{others}" in condition.sentence
    assert condition.help
    assert condition.source.startswith("https://")
    source = (tables.path("..") / "k2l/migration/conditions.py").read_text(encoding="utf-8")
    assert all(f'"{code}"' in source for code in tables.table("waves")["conditions"])


def test_every_store_is_a_service_that_images_name():
    named = {row.get("to") for row in tables.table("images")["images"]}
    assert set(tables.table("waves")["stores"]) <= named


def graph_of(pairs):
    """Workloads by number, and their calls."""
    names = {number for pair in pairs for number in pair}
    vertices = tuple(Vertex(str(n), Sort.WORKLOAD, str(n), target=Target.LAMBDA) for n in sorted(names, key=str))
    edges = sorted({(str(a), str(b)) for a, b in pairs if a != b})
    return Dependencies(vertices, tuple(Edge(a, b, Relation.CALLS, ()) for a, b in edges))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40))
def test_nothing_moves_before_what_it_calls(pairs):
    graph = graph_of(pairs)
    found = waves(graph)
    bound = {one: cycle.workloads for cycle in found.cycles for one in cycle.workloads}
    for edge in graph.edges:
        before, own = found.numbers[edge.target], found.numbers[edge.source]
        assert before < own or (before == own and edge.target in bound.get(edge.source, ()))


def test_a_chain_of_thousands_is_no_problem_for_the_stack():
    length = 5000
    groups = components({str(n): [str(n + 1)] if n < length else [str(0)] for n in range(length + 1)})
    assert len(groups) == 1
    assert len(groups[0]) == length + 1
    assert waves(graph_of([(n, n + 1) for n in range(length)])).numbers["0"] == length + 1
