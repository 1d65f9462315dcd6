"""The AWS Price List API as ``k2l prices refresh`` needs it: asks for every row of the price table, and reads what it answers.

https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from k2l.errors import UserError
from k2l.migration.prices import Query, Tier

ENDPOINT_REGION = "us-east-1"
"""The API is in few Regions, and knows the prices of all."""

# EUW1-, USE2-, and EU- for eu-west-1; in us-east-1 many usage types have none.
_PREFIX = r"(?:(?:EU|[A-Z]{2,4}[0-9])-)?"
_PAGE = 100


class Found(Struct, frozen=True):
    """``tiers`` are prices of one unit, or None with the reason ``why_not``."""

    tiers: tuple[Tier, ...] | None
    why_not: str | None = None


def client(region: str) -> Any:
    """Raises UserError when boto3 is missing, or there is no such Region."""
    try:
        import boto3
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise UserError("k2l prices refresh needs boto3: pip install 'kube2lambda[aws]'") from error
    try:
        return boto3.session.Session(region_name=region).client("pricing")
    except BotoCoreError as error:
        raise UserError(f"cannot talk to AWS: {type(error).__name__}") from None


def ask(aws: Any, query: Query, region: str) -> Found:
    """The on-demand price of what the query describes in a Region. Raises UserError when AWS cannot be reached or refuses."""
    from botocore.exceptions import BotoCoreError, ClientError

    wanted = {**query.filters, "regionCode": region}
    filters = [{"Type": "TERM_MATCH", "Field": field, "Value": value} for field, value in wanted.items()]
    request = {"ServiceCode": query.service, "Filters": filters, "FormatVersion": "aws_v1", "MaxResults": _PAGE}
    try:
        pages = aws.get_paginator("get_products").paginate(**request)
        return parse([item for page in pages for item in page["PriceList"]], query)
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "unknown"))
    except BotoCoreError as error:
        code = type(error).__name__
    raise UserError(f"the prices of {query.service} cannot be read: {code}") from None


def parse(price_list: Iterable[str], query: Query) -> Found:
    """Items of a ``PriceList`` are JSON texts. Free amounts, and prices in other currencies, are left out; several products with the same
    prices are as good as one."""
    found = {tiers for item in price_list if (tiers := _tiers(json.loads(item), query))}
    if len(found) == 1:
        return Found(found.pop())
    return Found(None, f"{len(found)} different prices fit" if found else "no price fits")


def _tiers(item: Mapping[str, Any], query: Query) -> tuple[Tier, ...]:
    """Sorted by where they start; none for what is something else."""
    attributes = item.get("product", {}).get("attributes", {})
    if query.usage_type and not re.fullmatch(_PREFIX + re.escape(query.usage_type), attributes.get("usagetype", "")):
        return ()
    if "free tier" in " ".join(str(value) for value in attributes.values()).lower():
        return ()
    terms = item.get("terms", {}).get("OnDemand", {}).values()
    tiers = [tier for term in terms for tier in _dimensions(term.get("priceDimensions", {}).values())]
    return tuple(sorted(tiers, key=lambda tier: tier.start)) if any(tier.price > 0 for tier in tiers) else ()


def _dimensions(dimensions: Iterable[Mapping[str, Any]]) -> Iterator[Tier]:
    for dimension in dimensions:
        price = dimension.get("pricePerUnit", {}).get("USD")
        try:
            if price is not None and "free tier" not in str(dimension.get("description", "")).lower():
                yield Tier(float(Decimal(dimension.get("beginRange") or "0")), float(Decimal(price)))
        except InvalidOperation:
            continue
