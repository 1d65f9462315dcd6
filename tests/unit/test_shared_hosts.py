"""One host whose paths lead to functions and to tasks: one load balancer for both, or an HTTP API where that cannot be."""

from __future__ import annotations

from typing import Any

from harness.stages import Staged, bundle
from k2l.aws.elb import FunctionPermission, FunctionTargetGroup, ListenerRule, LoadBalancer
from k2l.aws.expr import Join, Ref
from k2l.aws.http_api import Domain, HttpApi
from k2l.traced import Traced


def workload(name: str, target: str, more: str = "") -> str:
    return f"""
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, annotations: {{k2l.dev/target: {target}{more}}}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: {name}, image: "registry.example/{name}:1.0", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""


def ingress(*paths: tuple[str, str, str], name: str = "web", annotations: str = "") -> str:
    """``paths`` are hosts, paths and Services."""
    rules = "".join(
        f"""
    - host: {host}
      http: {{paths: [{{path: {path}, pathType: Prefix, backend: {{service: {{name: {service}, port: {{number: 80}}}}}}}}]}}"""
        for host, path, service in paths
    )
    return f"""
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}, annotations: {{{annotations}}}}}
spec:
  ingressClassName: nginx
  rules:{rules}
"""


HOST, OTHER = "shop.example.com", "api.example.com"
BOTH = ingress((HOST, "/", "web"), (HOST, "/files", "files"))


def plain(value: Any) -> Any:
    return plain(value.value) if isinstance(value, Traced) else value


def groups(found: Staged) -> dict[str, Any]:
    """Listener rules of the host: first path -> the class of the target group."""
    return {(plain(rule.conditions[-1].paths) or ("/",))[0]: plain(rule.target_group).type for rule in found.plan.of(ListenerRule)}


def said(found: Staged) -> list[str]:
    return [f.problem.message for f in found.findings if f.code == "K2L224"]


def test_a_load_balancer_leads_to_functions_beside_tasks():
    found = bundle(workload("web", "lambda") + workload("files", "fargate") + BOTH)
    assert groups(found) == {"/files": "TargetGroup", "/": "FunctionTargetGroup"}
    assert found.plan.of(HttpApi) == ()
    group, permission = found.one(FunctionTargetGroup), found.one(FunctionPermission)
    assert group.target == permission.alias == Ref("Alias", "web", "arn")
    assert group.after == (Ref("FunctionPermission", permission.key, "id"),)
    assert permission.principal == "elasticloadbalancing.amazonaws.com"
    assert isinstance(permission.source_arn, Join)
    assert f"targetgroup/{group.name}/*" in permission.source_arn.parts
    assert all(entry.disposition != "dropped" for entry in found.ledger.entries)


def test_what_changes_for_the_function_is_said():
    found = bundle(workload("web", "lambda") + workload("files", "fargate") + BOTH)
    (message,) = said(found)
    assert message.startswith('"/" of shop.example.com leads to Deployment/default/web through the load balancer')
    assert "1 MB" in message


def test_another_host_of_the_function_keeps_its_http_api():
    rules = ingress((HOST, "/", "web"), (HOST, "/files", "files"), (OTHER, "/", "web"))
    found = bundle(workload("web", "lambda") + workload("files", "fargate") + rules)
    assert plain(found.one(Domain).host) == OTHER
    assert groups(found) == {"/files": "TargetGroup", "/": "FunctionTargetGroup"}


def test_several_paths_of_one_function_share_its_target_group():
    rules = ingress((HOST, "/a", "web"), (HOST, "/b", "web"), (HOST, "/files", "files"))
    found = bundle(workload("web", "lambda") + workload("files", "fargate") + rules)
    assert len(found.plan.of(FunctionTargetGroup)) == len(found.plan.of(FunctionPermission)) == 1
    assert groups(found) == {"/a": "FunctionTargetGroup", "/b": "FunctionTargetGroup", "/files": "TargetGroup"}


def test_what_only_the_network_reaches_is_shared_inside_the_network():
    closed = ingress((HOST, "/", "web"), (HOST, "/files", "files"), annotations="alb.ingress.kubernetes.io/scheme: internal")
    found = bundle(workload("web", "lambda") + workload("files", "fargate") + closed)
    assert plain(found.one(LoadBalancer).internal) is True
    assert groups(found) == {"/files": "TargetGroup", "/": "FunctionTargetGroup"}
    assert all(entry.reason != "stays-private" for entry in found.ledger.entries)


def test_what_is_not_for_everybody_is_not_shared_with_what_is():
    rules = BOTH
    found = bundle(workload("web", "lambda") + workload("files", "fargate", ", k2l.dev/exposure: private") + rules)
    assert groups(found) == {"/files": "TargetGroup"}
    assert len(found.plan.of(HttpApi)) == 1
    assert said(found) == [
        '"/files" of shop.example.com leads to Deployment/default/files, which is not on Lambda, and other paths lead to functions'
    ]


def test_a_function_that_streams_is_not_behind_a_load_balancer():
    streams = workload("web", "lambda", ', k2l.dev/streaming: "true", k2l.dev/exposure: private')
    found = bundle(streams + workload("files", "fargate", ", k2l.dev/exposure: private") + BOTH)
    assert groups(found) == {"/files": "TargetGroup"}
    assert len(said(found)) == 1


def test_functions_alone_need_no_load_balancer():
    found = bundle(workload("web", "lambda") + workload("files", "lambda") + BOTH)
    assert found.plan.of(LoadBalancer) == ()
    assert said(found) == []


def test_a_function_on_instances_is_reached_in_the_same_way():
    on_instances = workload("web", "managed-instances", ', k2l.dev/memory: "4096"')
    found = bundle(on_instances + workload("files", "fargate") + BOTH)
    assert found.targets["Deployment/default/web"] == "managed-instances"
    assert groups(found) == {"/files": "TargetGroup", "/": "FunctionTargetGroup"}
    assert found.one(FunctionTargetGroup).target == Ref("Alias", "web", "arn")
