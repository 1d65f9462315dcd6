"""What holds of every bill: it adds up, it knows what it rests on, and nothing without a price is 0."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.costs import AGENT, EVERY, ID, NOTHING_SAID, REDIS, costs, line, of, web
from k2l.migration import usage
from k2l.migration.cost.break_even import KEPT_WARM, SWITCHED_OFF, TOO_LARGE
from k2l.migration.cost.line import Item, Side
from k2l.migration.cost.model import Costs
from k2l.registry import collect

FALLING = ("free-tier", "volume", "managed-instances-unfilled")
"""Items that are less, the more there is of others."""
BILLS = pytest.mark.parametrize("text", [EVERY, EVERY + REDIS + AGENT, NOTHING_SAID], ids=["targets", "everything", "nothing said"])


def amounts(found: Costs, side: Side) -> Iterator[float]:
    for workload in found.workloads:
        yield (workload.total_before if side is Side.BEFORE else workload.total_after).expected
    yield from (each.amount.expected for each in found.shared_on(side))


@BILLS
@pytest.mark.parametrize("used", ["", "free-tier: true", "defaults: {requests-per-second-per-replica: 20000}\nfree-tier: true"])
def test_workloads_and_what_they_share_add_up(text, used):
    found = costs(text, used)
    assert sum(amounts(found, Side.BEFORE)) == pytest.approx(found.before.expected)
    assert sum(amounts(found, Side.AFTER)) == pytest.approx(found.after.expected)
    assert found.difference.expected == pytest.approx(found.after.expected - (found.before.expected - found.unmatched.expected))


@BILLS
@pytest.mark.parametrize("used", ["", "free-tier: true"])
def test_every_amount_lies_between_its_bounds_in_order(text, used):
    found = costs(text, used)
    lines = [each for w in found.workloads for each in (*w.before, *w.after)] + list(found.shared)
    for each in lines:
        if each.item not in FALLING:
            assert 0 <= each.amount.low <= each.amount.expected <= each.amount.high, each
    for number in (found.before, found.after):
        assert 0 <= number.low <= number.expected <= number.high
    assert found.difference.low <= found.difference.expected <= found.difference.high


@settings(max_examples=25)
@given(
    st.floats(0, 50000),
    st.floats(1, 3),
    st.sampled_from(["", "k2l.dev/cold-starts: avoid", "k2l.dev/target: managed-instances"]),
    st.booleans(),
)
def test_more_requests_never_cost_less(rate, factor, annotations, free):
    def after(requests: float) -> float:
        said = f"workloads: {{{ID}: {{requests-per-second: {requests}}}}}\nfree-tier: {str(free).lower()}"
        return costs(web(annotations, service="LoadBalancer"), said).after.expected

    assert after(rate * factor) >= after(rate) * (1 - 1e-12)


def test_what_the_user_said_is_not_assumed():
    said = "duration: 100, requests-per-second: 1, log-bytes-per-request: 1, payload-bytes: 1"
    found = of(costs(web(service="LoadBalancer"), f"workloads: {{{ID}: {{{said}}}}}"))
    assert {name for each in found.after for name in each.assumed} == set()
    assert found.total_after.bounds == (found.total_after.expected, found.total_after.expected)


def test_each_default_is_marked_wherever_it_touches_a_number():
    found = of(costs(NOTHING_SAID))
    assert line(found.after, "lambda-requests").assumed == ("requests-per-second-per-replica",)
    assert line(found.after, "lambda-duration-x86_64").assumed == ("architecture", "duration", "memory", "requests-per-second-per-replica")
    assert line(found.before, "ec2-m6i.xlarge").assumed == ("cpu", "memory", "node-type", "node-utilisation")
    assert found.total_after.assumed == tuple(sorted({name for each in found.after for name in each.assumed}))


def test_an_architecture_that_somebody_chose_is_no_assumption():
    (decided, own, assumed) = (
        line(of(costs(text, decided=k2l_yaml)).after, f"lambda-duration-{name}")
        for text, k2l_yaml, name in (
            (NOTHING_SAID, "assumptions: {architecture: arm64}", "arm64"),
            (NOTHING_SAID, f"workloads: {{{ID}: {{architecture: arm64}}}}", "arm64"),
            (NOTHING_SAID, "", "x86_64"),
        )
    )
    assert "architecture" not in (*decided.assumed, *own.assumed)
    assert assumed.amount.moved["architecture"][0] == pytest.approx(decided.amount.expected)


def test_a_pod_too_large_for_any_task_has_no_amount_on_fargate():
    large = f"workloads: {{{ID}: {{cpu: 100}}}}"
    found = costs(NOTHING_SAID.replace("annotations: {}", "annotations: {k2l.dev/target: fargate}"), large)
    assert [each.price for each in of(found).after if each.item == "fargate"] == []
    assert [each.workloads for each in found.unpriced if each.item == "fargate"] == [(ID,)]
    there = of(costs(NOTHING_SAID, large)).break_even
    assert there is not None
    assert (there.fargate.rate, there.fargate.why_not) == (None, TOO_LARGE)


def test_an_effect_is_what_the_bill_would_be():
    """Moved by hand to its high end, the rate makes the total that the effect says."""
    found = costs(web())
    effect = next(e for e in found.effects if e.name == "requests-per-second-per-replica")
    end = usage.figures()["requests-per-second-per-replica"]
    low, high = (costs(web(), f"defaults: {{requests-per-second-per-replica: {value}}}") for value in (end.low, end.high))
    assert effect.after == pytest.approx((low.after.expected, high.after.expected))
    assert effect.difference == pytest.approx((low.difference.expected, high.difference.expected))


def test_every_assumption_that_the_bill_rests_on_has_an_effect_and_words():
    found = costs(EVERY + REDIS + AGENT + "---" + NOTHING_SAID.replace("web", "plain"))
    assert {e.name for e in found.effects} == {*found.before.assumed, *found.after.assumed} == {a.name for a in found.assumptions}
    assert [e.width for e in found.effects] == sorted((e.width for e in found.effects), reverse=True)
    assert all(a.of.what and a.of.why and a.of.unit for a in found.assumptions)


def test_all_ends_together_are_the_bounds_of_the_total():
    """The high end of everything that this bill rests on, said by hand."""
    found = costs(web())
    names = {*found.after.assumed, *found.before.assumed} - {"node-type"}
    ends = {name: usage.figures()[name].high for name in names}
    cluster = ("cluster-share", "nat-gateways", "node-utilisation")
    said = "\n".join(
        [
            f"cluster: {{node-type: m7i.xlarge, {', '.join(f'{n}: {ends[n]}' for n in cluster if n in ends)}}}",
            f"aws: {{image-size: {ends['image-size']}}}",
            f"defaults: {{{', '.join(f'{n}: {v}' for n, v in ends.items() if n not in (*cluster, 'image-size'))}}}",
        ]
    )
    moved = costs(web(), said)
    assert moved.before.expected == pytest.approx(found.before.high)
    assert moved.after.expected == pytest.approx(found.after.high)
    assert moved.after.assumed == ()


def test_what_lambda_costs_at_the_break_even_is_what_fargate_costs():
    """One request: 0.0000002 + 0.1 s x 1 GB x 0.0000166667 = 0.00000186667; x 2,628,000 = 4.9056 a month;
    18.02 / 4.9056 = 3.673"""
    found = of(costs(web(), "defaults: {duration: 100}")).break_even
    assert found is not None
    assert found.fargate.rate is not None
    assert found.fargate.rate.expected == pytest.approx(3.673, abs=0.001)
    there = of(costs(web(), f"workloads: {{{ID}: {{requests-per-second: {found.fargate.rate.expected}, duration: 100}}}}"))
    lambda_ = sum(each.amount.expected for each in there.after if each.item.startswith("lambda"))
    assert lambda_ == pytest.approx(18.02, abs=0.005)


def test_the_break_even_against_the_cluster_is_with_the_share_of_nodes():
    """max(0.5 / 4, 1 / 16) / 0.5 = 0.25 nodes x 730 x 0.192 = 35.04; / 4.9056 = 7.143"""
    used = "cluster: {node-type: m6i.xlarge, node-utilisation: 0.5}\ndefaults: {duration: 100}"
    found = of(costs(web(), used)).break_even
    assert found is not None
    assert found.cluster.rate is not None
    assert found.cluster.rate.expected == pytest.approx(7.143, abs=0.001)


def test_where_there_is_no_break_even_it_says_why():
    warm = of(costs(web("k2l.dev/cold-starts: avoid"), "defaults: {duration: 100}")).break_even
    off = of(costs(web(replicas=0))).break_even
    assert warm is not None
    assert off is not None
    assert (warm.fargate.rate, warm.fargate.why_not) == (None, KEPT_WARM)
    assert (off.cluster.rate, off.cluster.why_not) == (None, SWITCHED_OFF)
    assert of(costs(web("k2l.dev/target: fargate"))).break_even is None


def test_the_order_of_manifests_does_not_matter():
    parts = [web(), web().replace("web", "api"), REDIS.lstrip("\n-")]
    one, other = costs("---\n".join(parts)), costs("---\n".join(reversed(parts)))
    assert [w.id for w in one.workloads] == [w.id for w in other.workloads] == sorted(w.id for w in one.workloads)
    assert one.after == other.after


def test_no_choice_or_figure_is_out_of_order():
    for figure in usage.figures().values():
        if figure.default is not None and figure.low is not None and figure.high is not None:
            assert min(figure.low, figure.high) <= figure.default <= max(figure.low, figure.high), figure.name
    for choice in usage.choices().values():
        assert choice.low != choice.high
    assert {c.default for c in usage.choices().values() if c.name.endswith("type")} <= set(usage.instance_types())


def test_each_item_of_a_bill_has_a_name_of_its_own():
    names = [item.name for item in collect("k2l.migration.cost.items", Item)]
    assert len(set(names)) == len(names) > 10
