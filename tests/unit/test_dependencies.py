"""Who calls, mounts, shares, routes to, scales and schedules whom."""

from __future__ import annotations

import time

import pytest

from harness.bundles import bundle_of, claim, ingress, mounted, service, workload
from k2l.finding import Target
from k2l.migration.dependencies import Sort, dependencies


def edges(text):
    """(source, relation, target) of all."""
    return {(edge.source, str(edge.relation), edge.target) for edge in dependencies(bundle_of(text)).edges}


def called(text, source="Deployment/shop/web"):
    return {target for one, relation, target in edges(text) if relation == "calls" and one == source}


SECRET = """
apiVersion: v1
kind: {kind}
metadata: {{name: settings, namespace: shop}}
{key}: {{{name}: "{value}"}}
---
"""


@pytest.mark.parametrize(
    "web",
    [
        workload("web", {"API": "http://api:80/v1"}),
        workload("web", {"API": "http://$(API_SERVICE_HOST):$(API_SERVICE_PORT)"}),
        workload("web", {"HOST": "api", "API": "http://$(HOST)"}),
        workload("web", container='args: ["--api=http://api.shop.svc.cluster.local"]'),
        workload("web", container="envFrom: [{configMapRef: {name: settings}}]")
        + SECRET.format(kind="ConfigMap", key="data", name="API_URL", value="http://api"),
        workload("web", container="envFrom: [{secretRef: {name: settings}}]")
        + SECRET.format(kind="Secret", key="stringData", name="API_URL", value="http://u:pw@api"),
        workload("web", container="volumeMounts: [{name: c, mountPath: /c}]", pod="volumes: [{name: c, configMap: {name: settings}}]")
        + SECRET.format(kind="ConfigMap", key="data", name="nginx.conf", value="proxy_pass http://api:80;"),
    ],
    ids=["variable", "service-link", "expansion", "argument", "configmap", "secret", "file"],
)
def test_a_call_is_found_wherever_a_service_is_named(web):
    assert called(web + workload("api")) == {"Deployment/shop/api"}


def test_an_init_container_that_waits_for_a_service_shows_a_call():
    waiting = 'initContainers: [{name: wait, image: busybox:1.36, command: [sh, -c, "until nc -z db 80; do sleep 1; done"]}]'
    assert called(workload("web", pod=waiting) + workload("db")) == {"Deployment/shop/db"}


def test_a_workload_that_names_itself_does_not_depend_on_itself():
    assert called(workload("web", {"OWN_URL": "http://web"})) == set()


def test_the_same_call_in_two_places_is_one_edge_with_both_places():
    text = workload("web", {"API_URL": "http://api", "API_HOST": "api"}) + workload("api")
    (edge,) = (e for e in dependencies(bundle_of(text)).edges if e.relation == "calls")
    assert {node.value for node in edge.at} >= {"http://api", "api"}


def test_an_alias_leads_to_what_it_is_an_alias_of():
    alias = "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\nspec: {type: ExternalName, externalName: %s}\n---\n"
    web = workload("web", {"DB_URL": "http://db"})
    assert called(web + alias % "pg.data.svc.cluster.local" + workload("pg", namespace="data")) == {"Deployment/data/pg"}
    assert called(web + alias % "pg.example.com") == {"host/pg.example.com"}


@pytest.mark.parametrize(
    ("value", "vertex", "sort"),
    [
        ("https://api.pay.example.com/v1", "host/api.pay.example.com", Sort.ELSEWHERE),
        ("https://example.com", "host/example.com", Sort.ELSEWHERE),
        ("db.abc.eu-west-1.rds.amazonaws.com:5432", "host/db.abc.eu-west-1.rds.amazonaws.com", Sort.ELSEWHERE),
        ("http://billing.finance.svc.cluster.local:8080", "Service/finance/billing", Sort.MISSING),
        ("http://billing:8080", "Service/shop/billing", Sort.MISSING),
    ],
)
def test_what_is_not_among_the_manifests_is_a_vertex_of_its_own(value, vertex, sort):
    found = dependencies(bundle_of(workload("web", {"X_URL": value})))
    assert found.by_id[vertex].sort is sort
    assert [edge.source for edge in found.arriving[vertex]] == ["Deployment/shop/web"]


@pytest.mark.parametrize("value", ["1.2.3-beta.4", "com.example.app.Main", "a.b.c", "true", "someone@mail.example.com"])
def test_a_value_that_is_no_address_names_no_host(value):
    found = dependencies(bundle_of(workload("web", {"SETTING": value})))
    assert [vertex.id for vertex in found.vertices] == ["Deployment/shop/web"]


def test_no_host_of_a_secret_is_shown():
    text = workload("web", container="envFrom: [{secretRef: {name: settings}}]")
    text += SECRET.format(kind="Secret", key="stringData", name="DB_URL", value="postgres://u:pw@private.db.example.com/x")
    assert [vertex.id for vertex in dependencies(bundle_of(text)).vertices] == ["Deployment/shop/web"]


def test_a_service_in_front_of_several_workloads_is_a_hub():
    front = service("all", "{selector: {tier: x}, ports: [{port: 80, targetPort: 8080}]}")
    both = "".join(workload(name).replace(f"labels: {{app: {name}}}", f"labels: {{app: {name}, tier: x}}") for name in ("one", "two"))
    found = edges(workload("web", {"ALL_URL": "http://all"}) + front + both)
    assert ("Deployment/shop/web", "calls", "Service/shop/all") in found
    assert {target for source, _, target in found if source == "Service/shop/all"} == {"Deployment/shop/one", "Deployment/shop/two"}


def test_an_ingress_host_routes_to_what_is_behind_it_and_is_the_same_vertex_for_callers():
    text = workload("web") + workload("job", {"SHOP_URL": "https://www.shop.example.com"}) + ingress("www.shop.example.com", "web")
    assert edges(text) == {
        ("host/www.shop.example.com", "routes", "Deployment/shop/web"),
        ("Deployment/shop/job", "calls", "host/www.shop.example.com"),
    }
    assert dependencies(bundle_of(text)).by_id["host/www.shop.example.com"].sort is Sort.ENTRANCE


def test_a_load_balancer_is_a_way_in():
    text = workload("web").replace("spec: {selector: {app: web}", "spec: {type: LoadBalancer, selector: {app: web}")
    assert edges(text) == {("entrance/Service/shop/web", "routes", "Deployment/shop/web")}


def test_a_claim_of_one_workload_is_mounted_and_one_of_several_is_shared():
    one = workload("web", **mounted("files")) + claim("files")
    assert ("Deployment/shop/web", "mounts", "PersistentVolumeClaim/shop/files") in edges(one)
    assert ("Deployment/shop/web", "shares", "PersistentVolumeClaim/shop/files") in edges(one + workload("api", **mounted("files")))


def test_a_volume_that_is_only_read_is_no_state():
    text = workload("web", **mounted("files", read_only=True)) + claim("files")
    assert not dependencies(bundle_of(text)).by_id["PersistentVolumeClaim/shop/files"].state
    text = workload("web", **mounted("files")) + claim("files")
    assert dependencies(bundle_of(text)).by_id["PersistentVolumeClaim/shop/files"].state


def test_the_volumes_of_a_stateful_set_are_its_own():
    text = workload("db", kind="StatefulSet").replace(
        "  template:", "  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]\n  template:", 1
    )
    assert edges(text) == {("StatefulSet/shop/db", "mounts", "PersistentVolumeClaim/shop/data-db")}
    assert dependencies(bundle_of(text)).by_id["StatefulSet/shop/db"].state


def test_configuration_counts_from_the_second_user_on():
    settings = SECRET.format(kind="ConfigMap", key="data", name="COLOUR", value="blue")
    using = "envFrom: [{configMapRef: {name: settings}}]"
    assert edges(workload("web", container=using) + settings) == set()
    both = edges(workload("web", container=using) + workload("api", container=using) + settings)
    assert both == {(f"Deployment/shop/{name}", "shares", "ConfigMap/shop/settings") for name in ("web", "api")}


def test_an_autoscaler_scales_and_a_cron_job_is_scheduled():
    scaler = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 9}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "registry.example/x:1.0"}]}}}}
---
"""
    found = dependencies(bundle_of(workload("web") + scaler))
    assert {(e.source, str(e.relation), e.target) for e in found.edges} == {
        ("HorizontalPodAutoscaler/shop/web", "scales", "Deployment/shop/web"),
        ("schedule/CronJob/shop/nightly", "schedules", "CronJob/shop/nightly"),
    }
    assert found.by_id["HorizontalPodAutoscaler/shop/web"].name == "2-9"
    assert found.by_id["schedule/CronJob/shop/nightly"].name == "0 3 * * *"


def test_a_database_says_what_takes_its_place():
    vertex = dependencies(bundle_of(workload("db", image="postgres:16", port=5432))).by_id["Deployment/shop/db"]
    assert (vertex.target, vertex.becomes, vertex.state) == (Target.MANAGED_SERVICE, "Amazon RDS for PostgreSQL", True)


def test_every_edge_has_a_place_and_both_its_ends():
    text = workload("web", {"API_URL": "http://api", "X_URL": "https://x.pay.example.com"}, **mounted("files"))
    text += workload("api", {"WEB_URL": "http://web"}, **mounted("files")) + claim("files") + ingress("www.shop.example.com", "web", "api")
    found = dependencies(bundle_of(text))
    assert len(found.edges) == 7
    assert all(edge.at for edge in found.edges)
    assert {end for edge in found.edges for end in (edge.source, edge.target)} <= set(found.by_id)


def test_the_order_of_the_manifests_does_not_matter():
    parts = [workload("web", {"API_URL": "http://api"}), workload("api", {"DB_URL": "http://db:80"}), workload("db")]
    one, other = (dependencies(bundle_of("".join(order))) for order in (parts, parts[::-1]))
    assert [(e.source, e.target, e.relation) for e in one.edges] == [(e.source, e.target, e.relation) for e in other.edges]
    assert [v.id for v in one.vertices] == [v.id for v in other.vertices]


def test_what_hundreds_share_costs_one_edge_each():
    using = "volumeMounts: [{name: c, mountPath: /c}]"
    pod = "volumes: [{name: c, configMap: {name: settings}}]"
    text = "".join(workload(f"w{number}", container=using, pod=pod) for number in range(300))
    bundle = bundle_of(text + SECRET.format(kind="ConfigMap", key="data", name="conf", value="http://w0:80 " * 2000))
    started = time.process_time()
    found = dependencies(bundle)
    assert time.process_time() - started < 5
    assert len([edge for edge in found.edges if edge.relation == "shares"]) == 300
    assert len([edge for edge in found.edges if edge.relation == "calls"]) == 299
