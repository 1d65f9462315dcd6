"""What a workload becomes on Lambda Managed Instances: a function as on Lambda, with instances, bounds and a network."""

from __future__ import annotations

from typing import Any

import pytest

from harness import stages
from k2l.aws.capacity_provider import CapacityProvider
from k2l.aws.ecs import Service
from k2l.aws.expr import Ref, Var
from k2l.aws.function import Alias, EnvironmentBounds, FunctionUrl, Permission
from k2l.aws.http_api import HttpApi
from k2l.aws.iam import ManagedPolicy, Role, RolePolicy
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.network import Ingress, SecurityGroup
from k2l.aws.queue import Queue
from k2l.converters.instances_size import EnvironmentSize, SizeRules, smallest, with_memory

RULES = SizeRules(2048, 32768, (2, 4, 8))
VPC = "vpc: {id: vpc-1, subnet_ids: [subnet-1, subnet-2], security_group_ids: [sg-1]}\n"
DECIDED = """\
vpc: {subnet_ids: [subnet-1], security_group_ids: [sg-1]}
workloads:
  Deployment/shop/web: {target: managed-instances, requests-per-pod: 20}
"""


def bundle(text: str, decided: str = "") -> Any:
    """All stages; what an attribute holds is plain to see in each test."""
    return stages.bundle(text, decided)


def web(container: str = "", spec: str = "", target: str = "managed-instances", name: str = "web", pod: str = "", more: str = "") -> str:
    return f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: shop, annotations: {{k2l.dev/target: {target}{more}}}}}
spec:
  {spec}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      {pod}
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          {container}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""


def scaler(least: str = "minReplicas: 2", metric: str = "", name: str = "web") -> str:
    return f"""
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: {name}, namespace: shop}}
spec:
  {least}
  maxReplicas: 7
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}
  {metric}
---
"""


def of_cpu(percent: int) -> str:
    return f"metrics: [{{type: Resource, resource: {{name: cpu, target: {{type: Utilization, averageUtilization: {percent}}}}}}}]"


def ingress(name: str, host: str = "shop.example.com") -> str:
    path = f"{{path: /{name}, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}"
    return f"""
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}, namespace: shop}}
spec: {{rules: [{{host: {host}, http: {{paths: [{path}]}}}}]}}
---
"""


def bounds(made: Any) -> tuple[int, int]:
    found = made.one(EnvironmentBounds)
    return found.minimum.value, found.maximum.value


@pytest.mark.parametrize(
    ("millicores", "mib", "expected"),
    [
        (0, 0, (2048, 1, 2)),
        (1000, 2048, (2048, 1, 2)),
        (1, 2049, (4096, 1, 4)),
        (2000, 4096, (4096, 2, 2)),
        (500, 12 * 1024, (12 * 1024, 3, 4)),
        (4000, 16 * 1024, (16 * 1024, 4, 4)),
        (16000, 20 * 1024, (32768, 16, 2)),
        (0, 32768, (32768, 4, 8)),
    ],
)
def test_the_smallest_environment_has_enough_of_both_and_as_few_cpus_as_it_can(millicores, mib, expected):
    assert smallest(millicores, mib, RULES) == EnvironmentSize(*expected)


def test_nothing_is_large_enough_for_more_than_there_is():
    assert smallest(16001, 0, RULES) is smallest(0, 32769, RULES) is with_memory(32769, 0, RULES) is None


def test_memory_that_is_decided_gets_as_much_cpu_as_comes_with_it():
    assert with_memory(4096, 500, RULES) == EnvironmentSize(4096, 1, 4)
    assert with_memory(4096, 9000, RULES) == EnvironmentSize(4096, 2, 2)


def test_a_function_on_instances_has_their_memory_and_is_in_no_network_itself():
    made = bundle(web("resources: {requests: {cpu: 4}, limits: {memory: 16Gi}}"), DECIDED)
    function = made.function
    assert (function.memory_size.value, function.capacity.memory_gib_per_vcpu.value, function.capacity.requests.value) == (16384, 4, 20)
    assert function.capacity.provider == Ref("CapacityProvider", "k2l-shop-x86-64", "arn")
    assert (function.vpc_config, function.reserved_concurrency, made.plan.of(ConcurrencyBudget)) == (None, None, ())
    assert made.fate("spec.template.spec.containers[0].resources.requests.cpu")[0] == "mapped"
    assert {statement.sid for policy in made.plan.of(RolePolicy) for statement in policy.statements} == {"WriteLogs"}


def test_an_alias_leads_to_the_one_version_that_is_published_anew():
    alias = bundle(web(), DECIDED).one(Alias)
    assert (alias.version, alias.weighted, alias.gradual) == ("$LATEST.PUBLISHED", False, False)


def test_an_environment_serves_no_more_than_its_cpus_bear():
    made = bundle(web(more=', k2l.dev/requests-per-pod: "100"'), VPC)
    assert made.function.capacity.requests.value == 64
    assert made.fate("metadata.annotations[k2l.dev/requests-per-pod]", "Deployment/shop/web") == ("approximated", "requests-capped")


def test_a_run_has_its_environment_for_itself():
    text = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: night, annotations: {k2l.dev/target: managed-instances}}
        spec:
          schedule: "0 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "a.example/a:1"}]}}}}
        """
    made = bundle(text, VPC)
    assert (made.function.capacity.requests.value, bounds(made)) == (1, (1, 1))
    assert made.fate("spec.concurrencyPolicy") == ("approximated", "forbid-waits")
    assert len(made.plan.of(Queue)) == 2


def test_an_autoscaler_bounds_the_environments():
    made = bundle(web() + scaler(), DECIDED)
    assert bounds(made) == (2, 7)
    assert made.fate("spec.minReplicas") == made.fate("spec.maxReplicas") == ("mapped", None)


def test_replicas_without_an_autoscaler_are_all_there_is():
    assert bounds(bundle(web(spec="replicas: 4"), DECIDED)) == (4, 4)
    made = bundle(web(spec="replicas: 4") + scaler(), DECIDED)
    assert bounds(made) == (2, 7)
    assert made.fate("spec.replicas") == ("not-applicable", "scaler-decides")


def test_no_replicas_switch_the_function_off():
    assert bounds(bundle(web(spec="replicas: 0") + scaler(), DECIDED)) == (0, 0)


def test_what_nobody_said_is_what_lambda_keeps_and_a_decision():
    made = bundle(web(), VPC)
    assert bounds(made) == (3, 3)
    decisions = {decision.id.rpartition(":")[2]: decision.chosen for decision in made.plan.decisions}
    assert decisions == {"memory": "2048", "architecture": "x86_64", "requests-per-pod": "10", "environments": "3, always"}


def test_an_autoscaler_of_cpu_says_when_instances_are_added():
    made = bundle(web("resources: {requests: {cpu: 500m}}") + scaler(metric=of_cpu(80)), DECIDED)
    provider = made.one(CapacityProvider)
    (policy,) = provider.policies
    assert (provider.mode, policy.metric.value) == ("Manual", "LambdaCapacityProviderAverageCPUUtilization")
    assert policy.target.value == 40.0
    assert made.fate("spec.metrics[0].resource.target.averageUtilization") == ("approximated", "scaled-by-provider")
    assert made.fate("spec.metrics[0].resource.name") == ("mapped", None)


def test_functions_that_do_not_agree_leave_it_to_lambda():
    made = bundle(
        web() + scaler(metric=of_cpu(80)) + web(name="other") + scaler(metric=of_cpu(50), name="other"),
        VPC,
    )
    provider = made.one(CapacityProvider)
    assert (provider.mode, provider.policies) == ("Auto", ())
    path, owner = "spec.metrics[0].resource.target.averageUtilization", "HorizontalPodAutoscaler/shop/other"
    assert made.fate(path, owner) == ("approximated", "scaled-by-lambda")


def test_metrics_that_lambda_lacks_are_lost():
    made = bundle(web() + scaler(metric=of_cpu(80).replace("cpu", "memory")), DECIDED)
    assert made.one(CapacityProvider).mode == "Auto"
    assert made.fate("spec.metrics[0].resource.target.averageUtilization") == ("dropped", "metric-not-in-lambda")


def test_each_namespace_and_processor_has_a_capacity_provider():
    arm = web(name="arm", more=", k2l.dev/architecture: arm64")
    elsewhere = web(name="else").replace("namespace: shop", "namespace: other")
    made = bundle(web() + web(name="beside") + arm + elsewhere, VPC)
    providers = {provider.key: provider for provider in made.plan.of(CapacityProvider)}
    assert set(providers) == {"k2l-shop-x86-64", "k2l-shop-arm64", "k2l-other-x86-64"}
    assert providers["k2l-shop-arm64"].architectures == ("arm64",)
    assert len(providers["k2l-shop-x86-64"].origins) == 2


def test_lambda_manages_the_instances_with_a_role_for_this_account_only():
    made = bundle(web(), VPC)
    provider, policy = made.one(CapacityProvider), made.one(ManagedPolicy)
    role = made.one(Role, provider.operator_role.key)
    assert (role.service, list(role.trust_conditions)) == ("lambda.amazonaws.com", ["StringEquals"])
    assert policy.role == Ref("Role", role.key, "name")
    assert policy.policy.parts[-1] == ":iam::aws:policy/AWSLambdaManagedEC2ResourceOperator"


def test_more_vcpus_are_allowed_where_the_environments_may_need_them():
    few, many = (bundle(web(size, f"replicas: {number}"), VPC) for size, number in (("", 100), ("resources: {requests: {cpu: 8}}", 100)))
    assert (few.one(CapacityProvider).vcpus.value, many.one(CapacityProvider).vcpus.value) == (400, 900)


def test_without_a_vpc_the_network_is_asked_for_and_a_group_made():
    made = bundle(web())
    provider = made.one(CapacityProvider)
    assert provider.subnet_ids == Var("subnet_ids")
    assert provider.security_group_ids == (Ref("SecurityGroup", "k2l-instances", "id"),)
    assert {variable.key: variable.description for variable in made.plan.of(Variable)}["vpc_id"] == "The VPC that the instances run in"
    assert "Deployment/shop/web:network" in {decision.id for decision in made.plan.decisions}


def test_with_a_vpc_the_instances_are_in_it():
    made = bundle(web(), VPC)
    provider = made.one(CapacityProvider)
    assert (provider.subnet_ids, provider.security_group_ids) == (("subnet-1", "subnet-2"), ("sg-1",))
    assert made.plan.of(SecurityGroup) == made.plan.of(Variable) == ()


def test_a_host_has_one_api_whatever_its_functions_run_on():
    made = bundle(web() + web(name="small", target="lambda") + ingress("web") + ingress("small"), VPC)
    assert len(made.plan.of(HttpApi)) == 1
    assert {permission.function.key for permission in made.plan.of(Permission)} == {"shop-web", "shop-small"}
    assert made.targets == {"Deployment/shop/web": "managed-instances", "Deployment/shop/small": "lambda"}


def test_functions_call_each_other_whatever_they_run_on():
    calls = 'env: [{name: OTHER, value: "http://other.shop"}]'
    made = bundle(web(calls) + web(name="other", target="lambda", container=calls.replace("other", "web")), VPC)
    assert {url.key for url in made.plan.of(FunctionUrl)} == {"shop-web", "shop-other"}
    called = {p.key: {s.sid for s in p.statements} for p in made.plan.of(RolePolicy)}
    assert all("CallServices" in sids for sids in called.values())


@pytest.mark.parametrize(("decided", "group"), [(VPC, "sg-1"), ("", Ref("SecurityGroup", "k2l-instances", "id"))])
def test_a_function_on_instances_reaches_tasks_in_the_network(decided, group):
    calls = 'env: [{name: OTHER, value: "http://other.shop"}]'
    made = bundle(web(calls) + web(name="other", target="fargate"), decided)
    assert made.one(Service).key == "shop-other"
    assert made.function.environment["OTHER"].value == "http://other.shop.svc.cluster.local:8080"
    assert group in {rule.source_group.value for rule in made.plan.of(Ingress)}


def test_a_slow_start_is_no_matter_where_environments_have_time_for_it():
    slow = "startupProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 10, failureThreshold: 6}"
    assert bundle(web(slow), VPC).image.readiness.async_init is None
    assert bundle(web(slow, target="lambda"), VPC).image.readiness.async_init is not None


def test_what_isolates_on_lambda_does_not_on_instances():
    drops = "securityContext: {capabilities: {drop: [ALL]}}"
    path = "spec.template.spec.containers[0].securityContext.capabilities.drop[0]"
    assert bundle(web(drops), VPC).fate(path) == ("dropped", "confined-by-lambda")
    assert bundle(web(drops, target="lambda"), VPC).fate(path) == ("not-applicable", "lambda-isolates")


def test_what_is_only_known_of_lambdas_end_is_not_said_of_instances():
    slow = web(pod="terminationGracePeriodSeconds: 90")
    path = "spec.template.spec.terminationGracePeriodSeconds"
    assert bundle(slow, VPC).fate(path) == ("dropped", "shutdown-unsaid")
    assert bundle(slow.replace("managed-instances", "lambda"), VPC).fate(path) == ("dropped", "short-shutdown")
