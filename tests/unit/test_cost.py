"""Hand-computed months. Prices: us-east-1, 2026-11-21; a month has 730 hours, which is 2,628,000 seconds."""

from __future__ import annotations

import pytest

from harness.costs import ID, bundle, costs, line, of, web
from k2l.finding import Target
from k2l.migration import prices, usage
from k2l.migration.cost.line import Side
from k2l.migration.cost.model import cost

ONE_A_SECOND = f"workloads: {{{ID}: {{requests-per-second: 1, duration: 100, log-bytes-per-request: 1000, payload-bytes: 20000}}}}"
BUSY = f"workloads: {{{ID}: {{requests-per-second: 10, duration: 100}}}}"
SWITCHES = "cluster: {node-type: m6i.xlarge, node-utilisation: 0.5, cluster-share: 1, nat-gateways: 0, scaling-position: 0.5}"
JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  schedule: "0 3 * * *"
  timeZone: Etc/UTC
  jobTemplate:
    spec:
      activeDeadlineSeconds: %(deadline)s
      template:
        spec:
          restartPolicy: Never
          nodeSelector: {kubernetes.io/arch: amd64}
          containers: [{name: report, image: "registry.example/report:1.0", resources: {limits: {memory: 512Mi}}}]
"""
SCALER = """
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 2, maxReplicas: 6, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""


def expected(found, price):
    return line(found, price).amount.expected


def test_a_function_of_1_gb_that_is_always_busy():
    """10 a second x 0.1 s = one environment: 2,628,000 s x 1 GB x 0.0000166667 = 43.80"""
    found = of(costs(web(), BUSY))
    assert found.target is Target.LAMBDA
    assert line(found.after, "lambda-duration-x86_64").quantity.expected == pytest.approx(2_628_000)
    assert expected(found.after, "lambda-duration-x86_64") == pytest.approx(43.80, abs=0.005)


def test_the_same_pod_on_fargate():
    """0.5 vCPU, 1 GB: 730 x (0.5 x 0.04048 + 1 x 0.004445) = 14.7752 + 3.24485 = 18.02"""
    found = of(costs(web("k2l.dev/target: fargate"), BUSY))
    assert found.target is Target.FARGATE
    assert expected(found.after, "fargate-vcpu-x86_64") == pytest.approx(14.7752)
    assert expected(found.after, "fargate-memory-x86_64") == pytest.approx(3.24485)
    assert sum(each.amount.expected for each in found.after if each.item == "fargate") == pytest.approx(18.02, abs=0.005)


def test_a_task_is_as_large_as_it_is_written_with_the_init_that_is_in_it():
    """It calls a function, so that the init is there, and 1,024 + 16 MiB are beyond 1 GB: 730 x 2 x 0.004445 = 6.4897"""
    caller = web("k2l.dev/target: fargate").replace(
        "ports: [{containerPort", 'env: [{name: API, value: "http://api"}]\n        ports: [{containerPort'
    )
    found = of(costs(f"{caller}---\n{web().replace('web', 'api')}", BUSY))
    assert expected(found.after, "fargate-vcpu-x86_64") == pytest.approx(14.7752)
    assert expected(found.after, "fargate-memory-x86_64") == pytest.approx(6.4897)


def test_1_vcpu_and_2_gb_of_fargate_buy_2_16_million_gb_seconds():
    """730 x (0.04048 + 2 x 0.004445) = 36.04, and 36.04 / 0.0000166667 = 2,162,000"""
    text = web("k2l.dev/target: fargate").replace("cpu: 500m, memory: 1Gi", "cpu: 1, memory: 2Gi").replace("{memory: 1Gi}", "{memory: 2Gi}")
    found = of(costs(text, BUSY))
    amount = expected(found.after, "fargate-vcpu-x86_64") + expected(found.after, "fargate-memory-x86_64")
    assert amount == pytest.approx(36.04, abs=0.005)
    assert amount / prices.shipped()["lambda-duration-x86_64"].unit_price == pytest.approx(2.16e6, rel=0.002)


def test_one_request_a_second_through_an_http_api():
    """2,628,000 requests: x 0.20 / M = 0.5256; x 1.00 / M = 2.628; x 0.1 s x 1 GB = 262,800 GB-s x 0.0000166667 = 4.38"""
    found = of(costs(web(service="LoadBalancer"), ONE_A_SECOND))
    assert expected(found.after, "lambda-requests") == pytest.approx(0.5256)
    assert expected(found.after, "http-api-requests") == pytest.approx(2.628)
    assert expected(found.after, "lambda-duration-x86_64") == pytest.approx(4.38, abs=0.0001)


def test_what_nobody_reaches_from_outside_pays_for_no_http_api():
    assert "http-api-requests" not in [each.price for each in of(costs(web(), ONE_A_SECOND)).after]


def test_a_large_payload_counts_as_several_requests():
    """600,000 bytes are two units of 524,288: 2 x 2.628"""
    used = ONE_A_SECOND.replace("payload-bytes: 20000", "payload-bytes: 600000")
    assert expected(of(costs(web(service="LoadBalancer"), used)).after, "http-api-requests") == pytest.approx(5.256)


def test_logs_are_paid_for_as_they_come_and_as_long_as_they_stay():
    """2,628,000 x 1,000 bytes = 2.44752 GB: x 0.50 = 1.22376; kept 30 days of a month of 730 hours: x 30 x 24 / 730 x 0.03 = 0.07242"""
    found = of(costs(web(), ONE_A_SECOND))
    assert expected(found.after, "logs-ingest") == pytest.approx(1.22376, rel=1e-4)
    assert expected(found.after, "logs-storage") == pytest.approx(0.07242, rel=1e-3)


def test_a_cron_job_runs_as_often_as_its_schedule_says():
    """Once a day: 730 / 24 = 30.41667 runs x 60 s x 0.5 GB = 912.5 GB-s x 0.0000166667 = 0.015208"""
    found = of(costs(JOB % {"deadline": 600}, "defaults: {run-duration: 60}"), "CronJob/shop/report")
    assert found.invocations.expected == pytest.approx(30.41667)
    assert found.invocations.assumed == ()
    assert expected(found.after, "lambda-duration-x86_64") == pytest.approx(0.015208, rel=1e-4)
    assert line(found.after, "scheduler-invocations").quantity.expected == pytest.approx(30.41667)
    assert expected(found.after, "scheduler-invocations") == 0.0


def test_a_long_job_on_fargate_is_paid_for_while_it_runs():
    """30.41667 runs x 3,600 s = 30.41667 hours x (0.25 x 0.04048 + 0.5 x 0.004445) = 0.30782 + 0.06760 = 0.37542"""
    used = "workloads: {CronJob/shop/report: {run-duration: 3600, cpu: 0.25}}"
    found = of(costs(JOB % {"deadline": 7200}, used), "CronJob/shop/report")
    assert found.target is Target.FARGATE
    amount = expected(found.after, "fargate-vcpu-x86_64") + expected(found.after, "fargate-memory-x86_64")
    assert amount == pytest.approx(0.37542, rel=1e-3)


def test_a_pods_share_of_a_node_is_the_larger_of_cpu_and_memory():
    """2 pods x max(0.5 / 4, 1 / 16) = 0.25 of a node, half filled: 0.5 nodes x 730 x 0.192 = 70.08"""
    found = costs(web(replicas=2), SWITCHES)
    assert found.nodes.expected == pytest.approx(0.5)
    assert of(found).total_before.expected == pytest.approx(70.08)
    assert of(found).total_before.assumed == ()


def test_memory_counts_where_it_is_the_larger_share():
    """1 pod x max(0.1 / 4, 8 / 16) = 0.5, half filled: one node x 730 x 0.192 = 140.16"""
    text = web().replace("cpu: 500m, memory: 1Gi", "cpu: 100m, memory: 8Gi").replace("{memory: 1Gi}", "{memory: 8Gi}")
    assert of(costs(text, SWITCHES)).total_before.expected == pytest.approx(140.16)


def test_the_control_plane_is_paid_for_until_the_last_workload_has_left():
    """730 x 0.10 = 73.00"""
    leaves, stays = costs(web(), SWITCHES), costs(web("k2l.dev/target: kubernetes"), SWITCHES)
    assert expected(leaves.shared_on(Side.BEFORE), "eks-control-plane") == pytest.approx(73.00)
    assert [each.price for each in leaves.shared_on(Side.AFTER) if each.item == "control-plane"] == []
    assert expected(stays.shared_on(Side.AFTER), "eks-control-plane") == pytest.approx(73.00)


def test_extended_support_makes_it_six_times_as_much():
    """730 x (0.10 + 0.50) = 438.00"""
    found = costs(web(), SWITCHES.replace("}", ", extended-support: true}")).shared_on(Side.BEFORE)
    assert expected(found, "eks-control-plane") + expected(found, "eks-extended-support") == pytest.approx(438.00)


def test_what_stays_on_kubernetes_costs_what_it_cost():
    found = of(costs(web("k2l.dev/target: kubernetes"), SWITCHES))
    assert found.total_after == found.total_before
    assert found.break_even is None


def test_a_whole_month_that_does_not_move_makes_no_difference():
    found = costs(web("k2l.dev/target: kubernetes"))
    assert (found.difference.expected, found.difference.low, found.difference.high) == (0.0, 0.0, 0.0)
    assert found.before.expected > 0


def test_provisioned_concurrency_is_paid_for_while_it_waits():
    """2 pods x 10 requests = 20 environments x 1 GB x 2,628,000 s = 52,560,000 GB-s x 0.0000041667 = 219.00;
    of its 262,800 GB-s of duration each costs 0.0000097222 = 2.555, and none the ordinary price"""
    found = of(costs(web("k2l.dev/cold-starts: avoid", replicas=2), ONE_A_SECOND))
    assert expected(found.after, "lambda-provisioned-x86_64") == pytest.approx(219.00, abs=0.005)
    assert expected(found.after, "lambda-provisioned-duration-x86_64") == pytest.approx(2.555, abs=0.001)
    assert expected(found.after, "lambda-duration-x86_64") == 0.0


def test_what_overflows_provisioned_concurrency_is_ordinary():
    """1 pod x 10 = 10 environments; 300 a second x 0.1 s = 30 at once: 20 x 2,628,000 GB-s are ordinary"""
    found = of(costs(web("k2l.dev/cold-starts: avoid"), BUSY.replace("requests-per-second: 10", "requests-per-second: 300")))
    assert line(found.after, "lambda-duration-x86_64").quantity.expected == pytest.approx(20 * 2_628_000)
    assert line(found.after, "lambda-provisioned-duration-x86_64").quantity.expected == pytest.approx(10 * 2_628_000)


def test_provisioned_concurrency_is_scaled_as_the_pods_were():
    """2 to 6 pods x 10: 20 to 60 environments, half way 40 x 1 GB x 2,628,000 s"""
    found = of(costs(web("k2l.dev/cold-starts: avoid") + SCALER, SWITCHES))
    assert line(found.after, "lambda-provisioned-x86_64").quantity.expected == pytest.approx(40 * 2_628_000)


def test_arm64_prices_are_those_of_a_published_bill():
    """9,000,000 GB-s kept = 30.00; 1,750,000 GB-s of duration = 13.61"""
    table = prices.shipped()
    assert table["lambda-provisioned-arm64"].amount(9_000_000) == pytest.approx(30.00, abs=0.005)
    assert table["lambda-provisioned-duration-arm64"].amount(1_750_000) == pytest.approx(13.61, abs=0.005)


def test_scratch_space_above_what_is_included_is_paid_for_while_requests_run():
    """1,536 MB are 1 GB more: 2,628,000 s x 1 GB x 0.0000000309 = 0.0812"""
    text = web().replace("limits: {memory: 1Gi}", "limits: {memory: 1Gi, ephemeral-storage: 1536Mi}")
    assert expected(of(costs(text, BUSY)).after, "lambda-storage") == pytest.approx(0.0812, abs=0.0001)
    assert "lambda-storage" not in [each.price for each in of(costs(web(), BUSY)).after]


def test_scratch_space_on_fargate_above_20_gb():
    """30 GB are 10 more: 730 x 10 x 0.000111 = 0.8103"""
    text = web("k2l.dev/target: fargate").replace("limits: {memory: 1Gi}", "limits: {memory: 1Gi, ephemeral-storage: 30Gi}")
    assert expected(of(costs(text, BUSY)).after, "fargate-storage") == pytest.approx(0.8103)


def test_managed_instances_are_three_at_least():
    """2 environments of 2 GB and a vCPU: each fills max(2 / 15, 1 / 3) = 1/3 of an instance, 2/3 in all, and 2 1/3 are shared;
    3 x 730 x 0.192 = 420.48, and 15 % of it 63.07"""
    used = BUSY + "\naws: {instance-type: m6i.xlarge}"
    found = costs(web("k2l.dev/target: managed-instances", replicas=2), used)
    own, shared = of(found).after, found.shared_on(Side.AFTER)
    assert line(own, "ec2-m6i.xlarge").quantity.expected == pytest.approx(2 / 3 * 730)
    assert line(shared, "ec2-m6i.xlarge").quantity.expected == pytest.approx(7 / 3 * 730)
    assert expected(own, "ec2-m6i.xlarge") + expected(shared, "ec2-m6i.xlarge") == pytest.approx(420.48)
    assert expected(own, "managed-instances-fee") + expected(shared, "managed-instances-fee") == pytest.approx(63.072)
    assert expected(own, "managed-instances-requests") == pytest.approx(5.256)


def test_managed_instances_follow_the_busiest_hour():
    """1,000 a second x 0.1 s x peak 2 = 200 at once / 10 = 20 environments x 1/3 instance, or as many as there may be"""
    used = f"workloads: {{{ID}: {{requests-per-second: 1000, duration: 100, peak-factor: 2, requests-per-pod: 10}}}}"
    for most, environments in ((40, 20), (12, 12)):
        target = "{apiVersion: apps/v1, kind: Deployment, name: web}"
        scaler = f"{{metadata: {{name: web, namespace: shop}}, spec: {{maxReplicas: {most}, scaleTargetRef: {target}}}}}"
        scaled = f"\n--- {{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, {scaler[1:]}\n"
        found = of(costs(web("k2l.dev/target: managed-instances") + scaled, used))
        assert line(found.after, "ec2-m6i.xlarge").quantity.expected == pytest.approx(environments / 3 * 730)


def test_many_functions_reach_the_cheaper_tier_together():
    """Two functions with 4 B GB-s each: 2 B of 8 B cost 0.0000150000 and not 0.0000166667, which is 3,333.40 less"""
    one = web()
    busy = "{requests-per-second: 15220.7, duration: 100}"
    used = f"workloads: {{{ID}: {busy}, Deployment/shop/api: {busy}}}"
    found = costs(one + "---" + one.replace("web", "api"), used)
    saved = [each for each in found.shared if each.item == "volume" and each.price == "lambda-duration-x86_64"]
    assert [each.amount.expected for each in saved] == [pytest.approx(-3_333.40, rel=0.001)]


def test_the_free_tier_counts_where_somebody_says_so():
    """1,000,000 requests x 0.20 / M = 0.20 and 400,000 GB-s x 0.0000166667 = 6.67, but no more than is used: 262,800 GB-s = 4.38"""
    without, found = costs(web(), ONE_A_SECOND), costs(web(), ONE_A_SECOND + "\nfree-tier: true")
    free = {each.price: each.amount.expected for each in found.shared if each.item == "free-tier"}
    assert free == {"lambda-requests": pytest.approx(-0.20), "lambda-duration-x86_64": pytest.approx(-4.38, abs=0.0001)}
    assert found.after.expected == pytest.approx(without.after.expected - 4.58, abs=0.0001)
    assert [each for each in without.shared if each.item == "free-tier"] == []


def test_a_secret_costs_so_much_a_month():
    """1 x 0.40"""
    secret = "\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: not-a-real-one}\n"
    text = web().replace("ports: [", "envFrom: [{secretRef: {name: db}}]\n        ports: [", 1) + secret
    assert expected(costs(text).shared_on(Side.AFTER), "secret") == pytest.approx(0.40)


def test_a_load_balancer_goes_when_only_functions_are_behind_it():
    """730 x 0.0225 = 16.43, and 2,628,000 x 20,000 bytes = 48.95 GB, an NLCU-hour each: x 0.006 = 0.2937"""
    leaves, stays = (costs(web(target, service="LoadBalancer"), ONE_A_SECOND) for target in ("", "k2l.dev/target: fargate"))
    assert expected(leaves.shared_on(Side.BEFORE), "nlb-hour") == pytest.approx(16.425)
    assert expected(leaves.shared_on(Side.BEFORE), "nlb-lcu") == pytest.approx(0.2937, rel=1e-3)
    assert [each for each in leaves.shared_on(Side.AFTER) if each.item == "load-balancers"] == []
    assert expected(stays.shared_on(Side.AFTER), "nlb-hour") == pytest.approx(16.425)


def test_nat_gateways_are_needed_while_something_runs_in_a_network():
    """2 x 730 x 0.045 = 65.70"""
    used = "cluster: {nat-gateways: 2, cluster-share: 1}"
    lambda_, fargate = costs(web(), used), costs(web("k2l.dev/target: fargate"), used)
    assert expected(lambda_.shared_on(Side.BEFORE), "nat-gateway") == pytest.approx(65.70)
    assert [each for each in lambda_.shared_on(Side.AFTER) if each.price == "nat-gateway"] == []
    assert expected(fargate.shared_on(Side.AFTER), "nat-gateway") == pytest.approx(65.70)


def test_nothing_to_move_costs_nothing():
    found = cost(bundle("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"), prices.shipped(), usage.Usage())
    assert (found.before.expected, found.after.expected, found.workloads, found.unpriced) == (0.0, 0.0, (), ())
