"""``k2l prices refresh`` against answers of the AWS Price List API, as it words them."""

from __future__ import annotations

import builtins
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from k2l import price_list
from k2l.migration import prices
from k2l.migration.prices import Query, Tier, shipped

EU = "eu-west-1"
LAMBDA = Query("AWSLambda", {"productFamily": "Serverless", "group": "AWS-Lambda-Duration"})
FARGATE = Query("AmazonECS", {"productFamily": "Compute"}, "Fargate-GB-Hours")


def product(tiers: list[tuple[str, str]], usage_type: str = "EU-X", currency: str = "USD", **attributes: str) -> str:
    """One item of a PriceList: an on-demand term with a dimension for each tier, and a reserved term, which is not ours."""
    dimensions = {
        f"SKU.JRTCKXETXF.{number}": {
            "unit": "Hrs",
            "description": f"{price} per unit",
            "beginRange": start,
            "endRange": "Inf",
            "pricePerUnit": {currency: price},
        }
        for number, (start, price) in enumerate(tiers)
    }
    reserved = {"SKU.4NA7Y494T4": {"priceDimensions": {"SKU.4NA7Y494T4.1": {"beginRange": "0", "pricePerUnit": {"USD": "0.01"}}}}}
    return json.dumps(
        {
            "product": {"productFamily": "Any", "attributes": {"usagetype": usage_type, **attributes}, "sku": "SKU"},
            "serviceCode": "Any",
            "terms": {"OnDemand": {"SKU.JRTCKXETXF": {"priceDimensions": dimensions}}, "Reserved": reserved},
            "version": "20261120000000",
        }
    )


class Api(HTTPServer):
    """Answers GetProducts with what ``answer`` makes of the service and the filters; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.without: set[str] = set()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        filters = {each["Field"]: each["Value"] for each in request["Filters"]}
        for row in shipped().rows.values():
            query = row.query
            if query and query.service == request["ServiceCode"] and {**query.filters, "regionCode": EU} == filters:
                return self.pages(request, filters)
        return {"FormatVersion": "aws_v1", "PriceList": []}

    def pages(self, request: dict[str, Any], filters: dict[str, str]) -> dict[str, Any]:
        """Everything that this service sells for these filters, at twice the shipped price, on two pages."""
        found = []
        for row in shipped().rows.values():
            query = row.query
            if (
                row.id in self.without
                or not query
                or query.service != request["ServiceCode"]
                or {**query.filters, "regionCode": EU} != filters
            ):
                continue
            tiers = [(f"{tier.start:.0f}", f"{tier.price * 2:.14f}") for tier in row.tiers]
            found.append(product(tiers, f"EU-{query.usage_type or row.id}"))
        if not filters.keys() & {"group", "instanceType"}:
            found.append(product([("0", "9.9")], "EU-Something-Else"))
        if "NextToken" not in request:
            return {"FormatVersion": "aws_v1", "PriceList": found[:1], "NextToken": "more"}
        return {"FormatVersion": "aws_v1", "PriceList": found[1:]}


class Handler(BaseHTTPRequestHandler):
    server: Api

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(request)
        failed = {"__type": "AccessDeniedException", "message": "no"}
        body = json.dumps(self.server.answer(request) if self.server.status == 200 else failed).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """The Price List API on this machine."""
    server = Api()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def refresh(k2l, *options):
    return k2l("prices", "refresh", "--region", EU, "--date", "2026-12-01", *options)


@pytest.mark.usefixtures("api")
def test_the_prices_of_a_region_are_written_as_a_file_for_the_plan(k2l, tmp_path):
    done = refresh(k2l)
    assert done.exit_code == 0, done.stderr
    found = prices.read((tmp_path / "prices.yaml").read_text(), "prices.yaml")
    asked = [row for row in shipped().rows.values() if row.query]
    for row in asked:
        assert [tier.start for tier in found[row.id].tiers] == [tier.start for tier in row.tiers], row.id
        assert [tier.price for tier in found[row.id].tiers] == pytest.approx([tier.price * 2 for tier in row.tiers]), row.id
        assert (found[row.id].checked, found[row.id].region) == ("2026-12-01", EU)
    assert found.elsewhere == (
        "lattice-gigabyte",
        "lattice-hour",
        "managed-instances-fee",
        "managed-instances-requests",
        "ssm-advanced-parameter",
    )
    assert f"{len(asked)} of {len(found.rows)} prices are those of {EU}, 2026-12-01" in done.stderr
    assert (
        "ssm-advanced-parameter: it is not asked for (the Price List has it by the hour and the pricing page by the month)" in done.stderr
    )


def test_every_page_is_read(k2l, api):
    assert refresh(k2l).exit_code == 0
    assert sum("NextToken" in request for request in api.asked) == sum("NextToken" not in request for request in api.asked) > 10
    assert all(request["FormatVersion"] == "aws_v1" and request["MaxResults"] <= 100 for request in api.asked)


@pytest.mark.usefixtures("api")
def test_it_writes_the_same_bytes_for_the_same_answers(k2l, tmp_path):
    first = refresh(k2l, "-o", "-").stdout
    assert first == refresh(k2l, "-o", "-").stdout
    assert not (tmp_path / "prices.yaml").exists()
    assert 'checked: "2026-12-01"' in first


def test_what_cannot_be_found_keeps_its_price_and_says_so(k2l, api, tmp_path):
    api.without = {"secret"}
    done = refresh(k2l)
    assert done.exit_code == 1
    assert "secret: no price fits; it keeps the price of us-east-1, 2026-11-21" in done.stderr
    found = prices.read((tmp_path / "prices.yaml").read_text(), "prices.yaml")["secret"]
    assert (found.unit_price, found.region, found.checked) == (0.40, "us-east-1", "2026-11-21")
    assert found.evidence.endswith("not found for eu-west-1 on 2026-12-01: no price fits")


def test_a_refusal_is_an_error_of_one_line(k2l, api, tmp_path):
    api.status = 400
    done = refresh(k2l)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "the prices of AWSELB cannot be read: AccessDeniedException\n"
    assert not (tmp_path / "prices.yaml").exists()


@pytest.mark.usefixtures("api")
def test_an_api_that_cannot_be_reached_is_an_error_of_one_line(k2l, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    done = refresh(k2l)
    assert (done.exit_code, done.stderr) == (2, "the prices of AWSELB cannot be read: EndpointConnectionError\n")


def test_without_boto3_it_says_what_to_install(k2l, monkeypatch):
    original = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] in ("boto3", "botocore"):
            raise ImportError(name)
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    done = refresh(k2l)
    assert (done.exit_code, done.stderr) == (2, "k2l prices refresh needs boto3: pip install 'kube2lambda[aws]'\n")


@pytest.mark.parametrize("options", [("--date", "yesterday"), ("--region", "Ireland")])
def test_a_wrong_option_is_bad_usage(k2l, options):
    assert k2l("prices", "refresh", *options).exit_code == 2


def test_tiers_are_read_in_order_whatever_order_they_come_in():
    answer = product([("6000000000", "0.0000150000"), ("0", "0.0000166667")])
    assert price_list.parse([answer], LAMBDA).tiers == (Tier(0.0, 0.0000166667), Tier(6e9, 0.000015))


def test_products_with_the_same_prices_are_one():
    assert price_list.parse([product([("0", "0.5")]), product([("0", "0.5000")])], LAMBDA).tiers == (Tier(0.0, 0.5),)


def test_products_with_different_prices_are_none():
    found = price_list.parse([product([("0", "0.5")]), product([("0", "0.6")])], LAMBDA)
    assert (found.tiers, found.why_not) == (None, "2 different prices fit")


def test_free_amounts_are_left_out():
    free = product([("0", "0.0000000000")])
    chinese = product([("0", "0.3")], groupDescription="Lambda China free tier")
    assert price_list.parse([free, chinese, product([("0", "0.5")])], LAMBDA).tiers == (Tier(0.0, 0.5),)


def test_other_currencies_are_left_out():
    assert price_list.parse([product([("0", "0.5")], currency="CNY")], LAMBDA).tiers is None


@pytest.mark.parametrize("usage_type", ["Fargate-GB-Hours", "USE1-Fargate-GB-Hours", "EU-Fargate-GB-Hours"])
def test_a_usage_type_has_the_prefix_of_its_region_or_none(usage_type):
    assert price_list.parse([product([("0", "0.5")], usage_type)], FARGATE).tiers == (Tier(0.0, 0.5),)


@pytest.mark.parametrize(
    "usage_type", ["EU-Fargate-ARM-GB-Hours", "TS-Fargate-GB-Hours", "EU-Fargate-GB-Hours-Spot", "EU-SpotUsage-Fargate-GB-Hours"]
)
def test_another_usage_type_is_something_else(usage_type):
    assert price_list.parse([product([("0", "0.5")], usage_type)], FARGATE).tiers is None
