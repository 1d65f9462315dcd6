"""AWS's limits on names, from the tables, as the name converters take them."""

from __future__ import annotations

from functools import cache

from k2l import tables
from k2l.converters.names import NameRules


@cache
def rules() -> NameRules:
    names = tables.limits("names")
    return NameRules(**{field: names[field] for field in NameRules.__struct_fields__})
