"""A pod as a task on Fargate: its size, its containers, its variables, who reaches it."""

from __future__ import annotations

from typing import Any

import pytest

from harness.stages import Staged, bundle
from k2l.aws.build_context import Assignment
from k2l.aws.ecs import Container, Injected, Service, TaskDefinition
from k2l.aws.elb import Listener, ListenerRule, LoadBalancer, TargetGroup
from k2l.aws.expr import Element, Join, Ref, Var
from k2l.aws.function import Function
from k2l.aws.network import Ingress
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.aws.schedule import TaskSchedule
from k2l.traced import Traced

SERVICE = """
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
"""


def web(container: str = "", pod: str = "", spec: str = "", more: str = "", annotations: str = "") -> str:
    return f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{k2l.dev/target: fargate{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  {spec}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{{pod} containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}]{container}}}]}}
{more}"""


def task(found: Staged) -> TaskDefinition:
    return found.one(TaskDefinition)


def container(found: Staged, name: str = "web") -> Container:
    (only,) = (c for c in task(found).containers if plain(c.name) == name)
    return only


def plain(value: Any) -> Any:
    if isinstance(value, Traced):
        return plain(value.value)
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("requests: {cpu: 100m, memory: 100Mi}", (256, 512)),
        ("requests: {cpu: 300m, memory: 300Mi}, limits: {memory: 1500Mi}", (512, 2048)),
        ("requests: {cpu: 250m}, limits: {memory: 3Gi}", (512, 3072)),
        ("requests: {cpu: 5, memory: 17Gi}", (8192, 20480)),
    ],
)
def test_a_task_is_the_smallest_that_holds_what_its_containers_ask_for(asked, size):
    found = task(bundle(web(f", resources: {{{asked}}}")))
    assert (plain(found.cpu), plain(found.memory)) == size


@pytest.mark.parametrize(("asked", "units"), [("500m", 512), ("1", 1024), ("1m", 2)])
def test_a_container_has_its_share_of_the_processor_and_no_less_than_the_kernel_knows(asked, units):
    assert plain(container(bundle(web(f", resources: {{requests: {{cpu: {asked}}}}}"))).cpu) == units


def test_the_size_of_a_task_that_asks_for_nothing_is_a_decision():
    found = bundle(web())
    assert (plain(task(found).cpu), plain(task(found).memory)) == (256, 512)
    assert "Deployment/default/web:memory" in {d.id for d in found.plan.decisions}


def test_an_init_container_ends_before_the_next_begins_and_a_native_sidecar_stays():
    inits = 'initContainers: [{name: a, image: "r.example/a:1"}, {name: b, image: "r.example/b:1", restartPolicy: Always}],'
    found = task(bundle(web(pod=inits)))
    assert [(plain(c.name), c.essential, c.restarts) for c in found.containers] == [
        ("a", False, False),
        ("b", False, True),
        ("web", True, False),
    ]
    waits = [[(plain(d.container_name), plain(d.condition)) for d in c.depends_on] for c in found.containers]
    assert waits == [[], [("a", "SUCCESS")], [("b", "START")]]


def test_a_sidecar_with_a_startup_command_is_waited_for_until_it_is_well():
    inits = 'initContainers: [{name: b, image: "r.example/b:1", restartPolicy: Always, startupProbe: {exec: {command: [ok]}}}],'
    assert [plain(d.condition) for d in container(bundle(web(pod=inits))).depends_on] == ["HEALTHY"]


def test_scratch_space_is_opened_to_every_user_before_the_containers_begin():
    found = task(bundle(web(", volumeMounts: [{name: tmp, mountPath: /cache}]", "volumes: [{name: tmp, emptyDir: {}}],")))
    assert [plain(v.name) for v in found.volumes] == ["tmp"]
    assert [plain(c.name) for c in found.containers] == ["k2l-volumes", "web"]
    assert plain(found.containers[0].command) == ("sh", "-c", "chmod 0777 /volumes/*")


def test_a_secret_and_a_configmap_are_put_in_by_ecs_and_need_no_image_of_our_own():
    env = ", env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: pw}}}, {name: B, valueFrom: {configMapKeyRef: {name: c, key: k}}}]"
    found = bundle(web(env, more="---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\n"))
    secrets = {name: value.value.value_from for name, value in container(found).secrets.items() if isinstance(value, Traced)}
    assert secrets == {"A": Join((Ref("Secret", "default/db", "arn"), ":pw::")), "B": Ref("Parameter", "/default/c/k", "arn")}
    assert all(isinstance(value.value, Injected) for value in container(found).secrets.values() if isinstance(value, Traced))
    assert plain(container(found).image) == "registry.example/web:1.0"


def test_what_is_composed_of_a_secret_is_made_by_the_init_in_an_image_of_our_own():
    env = ', env: [{name: A, valueFrom: {secretKeyRef: {name: db, key: pw}}}, {name: B, value: "pg://$(A)@db.example"}]'
    found = bundle(web(env))
    assert found.image.mode == "task"
    assert [each.name for each in found.image.environment if isinstance(each, Assignment)] == ["B"]
    assert container(found).entry_point is None


def test_a_grace_period_is_cut_where_ecs_waits_no_longer():
    found = bundle(web(pod="terminationGracePeriodSeconds: 300,"))
    assert plain(container(found).stop_timeout) == 120
    assert found.fate("spec.template.spec.terminationGracePeriodSeconds") == ("approximated", "stop-shortened")


@pytest.mark.parametrize(
    ("strategy", "replicas", "bounds"),
    [
        ("", 1, (100, 200)),
        ("", 4, (75, 125)),
        ("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}},", 2, (50, 100)),
        ("strategy: {type: Recreate},", 3, (0, 100)),
        ("strategy: {rollingUpdate: {maxSurge: 50%, maxUnavailable: 50%}},", 3, (66, 167)),
    ],
)
def test_a_new_version_takes_over_in_the_steps_that_kubernetes_would_take(strategy, replicas, bounds):
    found = bundle(web(spec=f"replicas: {replicas}\n  {strategy.rstrip(',')}")).one(Service)
    assert (plain(found.minimum_healthy_percent), plain(found.maximum_percent)) == bounds


def test_an_autoscalers_share_of_the_request_becomes_one_of_the_task():
    more = """---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
"""
    found = bundle(web(", resources: {requests: {cpu: 300m, memory: 1Gi}}", more=more))
    assert (plain(found.one(ScalableTarget).min_capacity), plain(found.one(ScalableTarget).max_capacity)) == (2, 6)
    assert plain(found.one(ScalingPolicy).target) == 42.0
    assert plain(found.one(Service).desired_count) == 2


def test_tasks_of_a_namespace_find_each_other_by_the_services_own_name_and_port():
    found = bundle(web(more=SERVICE)).one(Service)
    assert found.connect is not None
    (offer,) = found.connect.offers
    assert (plain(offer.dns_name), plain(offer.port)) == ("web", 80)


CALLER = """---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: caller, namespace: {namespace}, annotations: {{k2l.dev/target: {target}}}}}
spec:
  selector: {{matchLabels: {{app: caller}}}}
  template:
    metadata: {{labels: {{app: caller}}}}
    spec:
      containers:
        - name: caller
          image: registry.example/caller:1
          ports: [{{containerPort: 8080}}]
          env: [{{name: WEB, value: "{url}"}}]
---
apiVersion: v1
kind: Service
metadata: {{name: caller, namespace: {namespace}}}
spec: {{selector: {{app: caller}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""
VPC = "vpc: {id: vpc-1, subnet_ids: [subnet-1, subnet-2], security_group_ids: [sg-1]}"


def called(namespace: str, target: str, url: str, decided: str = "") -> Any:
    found = bundle(web(more=SERVICE + CALLER.format(namespace=namespace, target=target, url=url)), decided)
    if target == "lambda":
        return plain(found.function.environment["WEB"])
    (only,) = (c for t in found.plan.of(TaskDefinition) for c in t.containers if plain(c.name) == "caller")
    return plain(only.environment["WEB"])


def test_a_call_within_the_namespace_stays_as_it_is():
    assert called("default", "fargate", "http://web/x") == "http://web/x"


def test_a_call_from_another_namespace_goes_by_the_full_name_to_the_containers_port():
    assert called("other", "fargate", "http://web.default:80/x") == "http://web.default.svc.cluster.local:8080/x"


def test_a_function_in_the_vpc_calls_a_task_by_its_full_name():
    assert called("default", "lambda", "http://web:80", VPC) == "http://web.default.svc.cluster.local:8080"


def test_a_function_without_a_network_is_told_where_the_task_is():
    found = called("default", "lambda", "http://web:80")
    assert isinstance(found, Join)
    assert [part.name for part in found.parts if isinstance(part, Var)] == ["service_default_web_80"]


def test_a_task_calls_a_function_through_the_init_that_signs_for_it():
    caller = CALLER.format(namespace="default", target="fargate", url="http://web/x")
    found = bundle(web(more=SERVICE + caller).replace("k2l.dev/target: fargate}", "k2l.dev/target: lambda}", 1))
    assert [f.key for f in found.plan.of(Function)] == ["web"]
    (only,) = (c for t in found.plan.of(TaskDefinition) for c in t.containers if plain(c.name) == "caller")
    assert plain(only.environment["WEB"]) == "http://127.0.0.1:18000/x"


def test_without_a_policy_every_task_may_connect_and_with_one_only_its_peers():
    assert [plain(rule.source_group) for rule in bundle(web(more=SERVICE)).plan.of(Ingress)] == [Ref("SecurityGroup", "k2l-tasks", "id")]
    policy = """---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: caller}}}, {ipBlock: {cidr: 10.9.0.0/16}}]}]
"""
    caller = CALLER.format(namespace="default", target="fargate", url="x")
    found = [r for r in bundle(web(more=SERVICE + policy + caller)).plan.of(Ingress) if plain(r.group) == Ref("SecurityGroup", "web", "id")]
    assert [(plain(r.source_group), plain(r.cidr_ipv4)) for r in found] == [
        (Ref("SecurityGroup", "caller", "id"), None),
        (None, "10.9.0.0/16"),
    ]


INGRESS = """---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web, annotations: {{{annotations}}}}}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - {{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}
          - {{path: /api, pathType: Exact, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}
"""


def test_an_ingress_is_rules_of_a_load_balancer_the_exact_path_first():
    found = bundle(web(more=SERVICE + INGRESS.format(annotations="")))
    rules = sorted(found.plan.of(ListenerRule), key=lambda rule: plain(rule.priority))
    assert [[plain(c.paths) for c in rule.conditions if c.paths] for rule in rules] == [[("/api",)], []]
    assert plain(found.one(LoadBalancer).internal) is False
    assert plain(found.one(Listener).hosts) == ("shop.example.com",)


def test_an_ingress_for_some_addresses_only_gets_an_internal_load_balancer():
    given = 'nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8"'
    assert plain(bundle(web(more=SERVICE + INGRESS.format(annotations=given))).one(LoadBalancer).internal) is True


def test_grpc_behind_an_ingress_is_spoken_to_the_tasks_and_needs_a_certificate():
    given = 'nginx.ingress.kubernetes.io/backend-protocol: "GRPC"'
    found = bundle(web(more=SERVICE + INGRESS.format(annotations=given)))
    assert plain(found.one(TargetGroup).protocol_version) == "GRPC"
    assert found.one(Listener).required is True


def test_a_load_balancer_service_with_source_ranges_lets_in_these_addresses():
    service = SERVICE.replace("{selector", "{type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24], selector")
    found = bundle(web(more=service))
    assert plain(found.one(LoadBalancer).type) == "network"
    assert {plain(rule.cidr_ipv4) for rule in found.plan.of(Ingress)} == {None, "192.0.2.0/24"}


def test_a_cronjob_starts_a_task_at_its_times():
    text = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: night, annotations: {k2l.dev/target: fargate}}
spec:
  schedule: "0 3 * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: n, image: "r.example/n:1"}]}}}}
"""
    found = bundle(text).one(TaskSchedule)
    assert plain(found.expression) == "cron(0 3 * * ? *)"
    assert (found.task.task_definition, plain(found.task.count)) == (Ref("TaskDefinition", "night-cron", "arn"), 1)


def test_several_pods_with_a_volume_each_stay_and_one_gets_a_file_system():
    text = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: "r.example/ledger:1", volumeMounts: [{{name: data, mountPath: /data}}]}}]}}
  volumeClaimTemplates: [{{metadata: {{name: data}}, spec: {{accessModes: [ReadWriteOnce]}}}}]
"""
    assert list(bundle(text.format(replicas=3)).targets.values()) == ["kubernetes"]
    found = bundle(text.format(replicas=1))
    assert [plain(v.file_system) for v in task(found).volumes] == [Ref("FileSystem", "data-db-0", "id")]


def test_subnets_that_nobody_named_are_inputs():
    found = bundle(web())
    assert plain(found.one(Service).subnets) == Var("subnet_ids")
    assert "Deployment/default/web:network" in {d.id for d in found.plan.decisions}
    assert Element("subnet_ids", 0) != Element("subnet_ids", 1)


def test_a_database_is_a_decision_with_the_service_that_replaces_it_and_nothing_is_made_of_it():
    text = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "postgres:16", ports: [{containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {selector: {app: db}, ports: [{port: 5432}]}
"""
    found = bundle(text)
    (decision,) = (d for d in found.plan.decisions if d.id == "Deployment/default/db:service")
    assert "RDS" in decision.chosen
    assert "service_default_db_5432" in decision.why
    assert found.plan.resources == ()
    assert found.fate("spec.template.spec.containers[0].image") == ("kept", "placed-elsewhere")


def test_a_capability_that_is_kept_when_all_others_go_is_not_dropped_with_them():
    both = ", securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}"
    made = container(bundle(web(both))).capabilities
    assert made is not None
    assert made.add is None
    assert "NET_RAW" in plain(made.drop)
    assert not {"ALL", "NET_BIND_SERVICE"} & {*plain(made.drop)}


def test_where_no_capability_is_kept_all_go():
    made = container(bundle(web(", securityContext: {capabilities: {drop: [ALL]}}"))).capabilities
    assert made is not None
    assert plain(made.drop) == ("ALL",)


def test_a_service_waits_until_its_tasks_may_do_what_they_need_at_their_start():
    assert Ref("RolePolicy", "web-execution", "id") in bundle(web()).one(Service).after
