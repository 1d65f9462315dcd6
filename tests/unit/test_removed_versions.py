"""Versions that clusters no longer serve: they are read as they were meant, and said to be gone."""

from __future__ import annotations

import pytest

from harness.stages import Staged, bundle
from k2l.aws.function import Function
from k2l.aws.http_api import Route
from k2l.kinds import by_api
from k2l.tables import table, type_of
from k2l.traced import Traced

TEMPLATE = """
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]}
"""
SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
"""
REMOVED = {
    "apps/v1beta1 Deployment", "apps/v1beta1 StatefulSet",
    "apps/v1beta2 DaemonSet", "apps/v1beta2 Deployment", "apps/v1beta2 ReplicaSet", "apps/v1beta2 StatefulSet",
    "batch/v1beta1 CronJob", "batch/v2alpha1 CronJob",
    "extensions/v1beta1 DaemonSet", "extensions/v1beta1 Deployment", "extensions/v1beta1 Ingress", "extensions/v1beta1 ReplicaSet",
    "networking.k8s.io/v1beta1 Ingress",
}  # fmt: skip


NEW = {"80": "{number: 80}", "http": "{name: http}"}
"""A port of the old form, as the new one says it."""


def workload(api: str, kind: str) -> str:
    return f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: web}}\nspec:{TEMPLATE}"


def as_planned(function: Function) -> list[object]:
    fields = (function.name, function.memory_size, function.timeout, function.reserved_concurrency)
    return [field.value if isinstance(field, Traced) else field for field in fields]


def route_keys(found: Staged) -> list[object]:
    return [route.route_key.value if isinstance(route.route_key, Traced) else route.route_key for route in found.plan.of(Route)]


def ingress(api: str, backend: str = "{serviceName: web, servicePort: 80}", spec: str = "") -> str:
    return f"""
---
apiVersion: {api}
kind: Ingress
metadata: {{name: web}}
spec:
  {spec}
  rules: [{{host: shop.example.com, http: {{paths: [{{path: /shop, backend: {backend}}}]}}}}]
"""


@pytest.mark.parametrize("api", sorted(REMOVED))
def test_a_removed_version_has_a_reader_a_type_and_a_row_that_says_it_is_gone(api):
    version, kind = api.split()
    assert api in by_api()
    assert type_of(api) is not None
    assert any(row["api"] == version and kind in row["kinds"] for row in table("removed")["versions"])


@pytest.mark.parametrize("api", ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"])
def test_an_old_deployment_becomes_the_function_that_it_would_be_today(api):
    old, new = bundle(workload(api, "Deployment") + SERVICE), bundle(workload("apps/v1", "Deployment") + SERVICE)
    assert "K2L014" in old.codes
    assert "K2L014" not in new.codes
    assert as_planned(old.function) == as_planned(new.function)


def test_versions_that_never_were_are_kinds_like_any_other_unknown_one():
    assert "K2L002" in bundle(workload("apps/v1beta1", "ReplicaSet")).codes
    assert "K2L002" in bundle(workload("extensions/v1beta1", "StatefulSet")).codes


def test_without_a_selector_an_old_deployment_is_told_to_name_its_pods_labels():
    (found,) = (f for f in bundle(workload("extensions/v1beta1", "Deployment")).findings if f.code == "K2L014")
    assert found.at.path() == "apiVersion"
    assert "apps/v1 took its place in 1.9" in found.problem.message
    assert "spec.selector.matchLabels" in str(found.problem.help)


def test_a_rollback_that_an_old_deployment_asks_for_is_not_made():
    text = workload("extensions/v1beta1", "Deployment").replace("spec:", "spec:\n  rollbackTo: {revision: 2}", 1)
    assert bundle(text + SERVICE).fate("spec.rollbackTo.revision") == ("dropped", "rollback-by-alias")


@pytest.mark.parametrize("api", ["extensions/v1beta1", "networking.k8s.io/v1beta1"])
@pytest.mark.parametrize("port", ["80", "http"])
def test_an_old_ingress_leads_to_its_service_by_number_and_by_name(api, port):
    backend = f"{{serviceName: web, servicePort: {port}}}"
    found = bundle(workload("apps/v1", "Deployment") + SERVICE + ingress(api, backend))
    today = bundle(
        workload("apps/v1", "Deployment") + SERVICE + ingress("networking.k8s.io/v1", f"{{service: {{name: web, port: {NEW[port]}}}}}")
    )
    assert route_keys(found)
    assert route_keys(found) == route_keys(today)
    assert found.fate("spec.rules[0].http.paths[0].backend.servicePort") == ("mapped", None)
    assert "K2L003" not in found.codes


def test_an_old_default_backend_takes_what_no_path_matches():
    text = ingress("extensions/v1beta1", spec="backend: {serviceName: web, servicePort: 80}")
    found = bundle(workload("apps/v1", "Deployment") + SERVICE + text)
    assert found.fate("spec.backend.serviceName") == ("mapped", None)


def test_the_old_form_in_the_new_version_leads_nowhere_as_in_a_cluster():
    found = bundle(workload("apps/v1", "Deployment") + SERVICE + ingress("networking.k8s.io/v1"))
    assert found.plan.of(Route) == ()
    assert found.fate("spec.rules[0].http.paths[0].backend.serviceName")[0] != "mapped"
    assert "K2L006" in found.codes
