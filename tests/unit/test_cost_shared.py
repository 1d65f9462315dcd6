"""What several workloads share, what the cluster has beside them, and what has no price."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from harness.costs import AGENT, EVERY, ID, INGRESS, JOB, REDIS, bundle, costs, of, web
from k2l import tables
from k2l.migration import prices, usage
from k2l.migration.cost.line import Side
from k2l.migration.cost.model import cost


def test_a_managed_service_has_no_amount_and_is_named():
    found = costs(web() + REDIS)
    assert of(found, "Deployment/shop/cache").after == ()
    (entry,) = (each for each in found.unpriced if each.item == "managed-services")
    assert (entry.what, entry.workloads) == ("Amazon ElastiCache", ("Deployment/shop/cache",))


def test_what_something_unpriced_replaces_is_no_saving():
    alone, found = costs(web()), costs(web() + REDIS)
    assert found.unmatched.expected == of(found, "Deployment/shop/cache").total_before.expected > 0
    assert found.difference.expected == pytest.approx(alone.difference.expected)
    assert (found.difference.low, found.difference.high) == pytest.approx((alone.difference.low, alone.difference.high))
    assert alone.unmatched.expected == 0.0


def test_a_volume_has_no_amount_on_either_side_where_it_stays():
    claim = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n      containers:"
    text = web("k2l.dev/target: kubernetes").replace("containers:", claim, 1)
    found = [(each.side, each.workloads) for each in costs(text).unpriced if each.item == "storage"]
    assert found == [(Side.BEFORE, (ID,)), (Side.AFTER, (ID,))]


def test_a_node_with_a_graphics_processor_costs_more_than_is_said():
    text = web().replace("limits: {memory: 1Gi}", "limits: {memory: 1Gi, nvidia.com/gpu: 1}")
    found = [(each.side, each.workloads) for each in costs(text).unpriced if each.item == "accelerators"]
    assert found == [(Side.BEFORE, (ID,)), (Side.AFTER, (ID,))]
    assert [each for each in costs(web()).unpriced if each.item == "accelerators"] == []


def test_what_nobody_knows_is_said_on_both_sides():
    found = [(each.side, each.item) for each in costs(web()).unpriced]
    assert (Side.BEFORE, "traffic") in found
    assert (Side.AFTER, "traffic") in found


def test_a_daemon_has_a_pod_on_every_node():
    """30 pods x 0.125 / 0.5 = 7.5 nodes; a daemon on each, max(0.4 / 4, 1 / 16) / 0.5 = 0.2 of a node: 7.5 x 0.2 x 730 x 0.192 = 210.24"""
    found = costs(web(replicas=30) + AGENT, "cluster: {node-type: m6i.xlarge, node-utilisation: 0.5}")
    assert of(found, "DaemonSet/shop/agent").pods.expected == pytest.approx(7.5)
    assert of(found, "DaemonSet/shop/agent").total_before.expected == pytest.approx(210.24)
    alone = costs(AGENT, "cluster: {node-type: m6i.xlarge, node-utilisation: 0.5}")
    assert of(alone, "DaemonSet/shop/agent").pods.expected == 1.0


def test_ingresses_of_one_class_stand_behind_one_load_balancer():
    one, two = (INGRESS % {"number": n, "annotations": "", "class": "nginx"} for n in "ab")
    (hours,) = (each for each in costs(web() + one + two).shared_on(Side.BEFORE) if each.price == "nlb-hour")
    assert hours.quantity.expected == 730


def test_the_load_balancer_controller_makes_one_for_each_ingress_or_group():
    apart = [INGRESS % {"number": n, "annotations": "", "class": "alb"} for n in "ab"]
    group = "alb.ingress.kubernetes.io/group.name: shop"
    together = [INGRESS % {"number": n, "annotations": group, "class": "alb"} for n in "ab"]
    numbers = [sum(each.price == "alb-hour" for each in costs(web() + "".join(i)).shared_on(Side.BEFORE)) for i in (apart, together)]
    assert numbers == [2, 1]


def test_a_controllers_own_load_balancer_is_the_way_in_of_its_ingresses():
    image = "registry.k8s.io/ingress-nginx/controller:v1.12.1"
    controller = web(service="LoadBalancer").replace("web", "ingress").replace("registry.example/ingress:1.0", image)
    found = costs(web() + "---" + controller + INGRESS % {"number": "a", "annotations": "", "class": "nginx"})
    hours = [each for each in found.shared_on(Side.BEFORE) if each.price == "nlb-hour"]
    assert [each.note for each in hours] == ["Service/shop/ingress"]


def test_what_only_serves_the_cluster_is_paid_for_as_long_as_there_is_one():
    image = "registry.k8s.io/metrics-server/metrics-server:v0.8.0"
    controller = web().replace("web", "metrics").replace("registry.example/metrics:1.0", image)
    goes, stays = (costs(web(target) + "---" + controller) for target in ("", "k2l.dev/target: kubernetes"))
    assert of(goes, "Deployment/shop/metrics").after == ()
    assert of(stays, "Deployment/shop/metrics").total_after == of(stays, "Deployment/shop/metrics").total_before


class Watched(dict[str, prices.Price]):
    """Remembers which rows were asked for."""

    def __init__(self, rows):
        super().__init__(rows)
        self.asked = set()

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)


def test_every_row_of_the_price_table_is_used_by_some_bill_or_offer():
    rows = Watched(prices.shipped().rows)
    table = replace(prices.shipped(), rows=rows)
    sizes = iter(("1536Mi", "30Gi"))
    scratch = re.sub(r"limits: {memory: 1Gi", lambda found: f"{found[0]}, ephemeral-storage: {next(sizes)}", EVERY, count=2)
    secret = "\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: not-a-real-one}\n"
    advanced = f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: big, namespace: shop}}\ndata: {{BIG: {'x' * 5000}}}\n"
    sources = "envFrom: [{secretRef: {name: db}}, {configMapRef: {name: big}}]\n        ports: ["
    job = JOB
    text = scratch.replace("ports: [", sources, 1) + secret + advanced + job + INGRESS % {"number": "a", "annotations": "", "class": "alb"}
    for architecture in ("amd64", "arm64"):
        for name in usage.instance_types():
            said = f"cluster: {{node-type: {name}, extended-support: true}}\nfree-tier: true"
            cost(bundle(text.replace("amd64", architecture)), table, usage.read(said))
    offered = {row[name] for row in tables.table("calls")["alternatives"] for name in ("hour", "gigabyte")}
    assert rows.asked | offered == set(rows)


def test_a_workload_behind_two_load_balancers_sends_half_through_each():
    """2,628,000 x 20,000 bytes = 48.95 GB, in halves"""
    used = f"workloads: {{{ID}: {{requests-per-second: 1, payload-bytes: 20000}}}}"
    ingress = INGRESS % {"number": "a", "annotations": "", "class": "alb"}
    found = costs(web(service="LoadBalancer") + ingress, used).shared_on(Side.BEFORE)
    passed = {each.price: each.quantity.expected for each in found if each.price.endswith("lcu")}
    assert passed == {"alb-lcu": pytest.approx(24.475, abs=0.001), "nlb-lcu": pytest.approx(24.475, abs=0.001)}


def test_both_architectures_use_up_one_free_amount():
    """arm64 first, all of its 262,800 GB-s; then x86_64 what is left of 400,000: 137,200"""
    both = web() + "---" + web().replace("web", "arm").replace("amd64", "arm64")
    said = "{requests-per-second: 1, duration: 100}"
    found = costs(both, f"free-tier: true\nworkloads: {{{ID}: {said}, Deployment/shop/arm: {said}}}")
    free = {each.price: each.quantity.expected for each in found.shared if each.item == "free-tier"}
    assert free == {
        "lambda-duration-arm64": pytest.approx(262_800),
        "lambda-duration-x86_64": pytest.approx(137_200),
        "lambda-requests": pytest.approx(1_000_000),
    }


def test_a_nat_gateway_is_shared_as_the_control_plane_is():
    """1 x 0.25 x 730 hours"""
    found = costs(web(), "cluster: {nat-gateways: 1, cluster-share: 0.25}").shared_on(Side.BEFORE)
    assert {each.price: each.quantity.expected for each in found if each.item in ("nat-gateways", "control-plane")} == {
        "nat-gateway": 182.5,
        "eks-control-plane": 182.5,
    }


def test_a_function_in_a_network_needs_a_nat_gateway():
    vpc = "vpc: {subnet_ids: [subnet-1], security_group_ids: [sg-1]}\nworkloads: {Deployment/shop/web: {vpc: true}}"
    there, apart = (costs(web(), decided=decided).shared_on(Side.AFTER) for decided in (vpc, ""))
    assert "nat-gateway" in [each.price for each in there]
    assert "nat-gateway" not in [each.price for each in apart]


def test_a_node_keeps_free_what_is_requested_and_not_the_limit():
    """1 pod x max(0.1 / 4, 4 / 16) = 0.25 of a node, half filled: 0.5 x 730 x 0.192 = 70.08"""
    text = web().replace("cpu: 500m, memory: 1Gi", "cpu: 100m, memory: 4Gi").replace("{memory: 1Gi}", "{memory: 8Gi}")
    found = of(costs(text, "cluster: {node-type: m6i.xlarge, node-utilisation: 0.5}"))
    assert found.total_before.expected == pytest.approx(70.08)


def test_a_sidecar_takes_its_share_of_the_node_too():
    """0.5 + 0.5 cores of 4, filled: 0.25 x 730 x 0.192 = 35.04"""
    proxy = (
        "containers:\n      - {name: istio-proxy, image: docker.io/istio/proxyv2:1.24.0, resources: {requests: {cpu: 500m, memory: 1Gi}}}"
    )
    found = of(costs(web().replace("containers:", proxy, 1), "cluster: {node-type: m6i.xlarge, node-utilisation: 1}"))
    assert found.total_before.expected == pytest.approx(35.04)
