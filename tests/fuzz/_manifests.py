"""Manifests made of other manifests: a field gone, twice, elsewhere, of another type or with a text that means something to somebody."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import yaml

from hostile import TEXTS, dump

_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63 - 1, 10**30, 0.5, 1e300, [], {}, [None], [[]], {"": ""}, {"key": None}),
    *(
        "",
        "0",
        "-1",
        "1e9",
        "100m",
        "1Ei",
        "1.5Gi",
        "50%",
        "99999%",
        "8080/udp",
        "* * * * *",
        "@every 90s",
        "0 0 31 2 *",
        "TZ=UTC 0 0 1 * 1",
    ),
    *(
        "http://other:8080",
        "other.default.svc.cluster.local",
        "postgres://u:p@db:5432/x",
        "AKIAIOSFODNN7EXAMPLE",
        "$(OTHER)",
        "$(",
        "a" * 5000,
    ),
    *("nginx", "redis:7", "registry.example/x@sha256:" + "0" * 64, "*.example.com", "/healthz", "tcp://x", "2001:db8::1", "../../etc", "/"),
    *TEXTS,
)
_Place = tuple[Any, Any]
"""What holds it, and its key or index there."""


def mutate(data: bytes, dice: random.Random) -> bytes:
    """The same objects with a few changes; what is no YAML is given back."""
    try:
        objects = [each for each in yaml.load_all(data, yaml.CSafeLoader) if isinstance(each, dict)]
    except (yaml.YAMLError, ValueError, RecursionError):
        return data
    if not objects:
        return data
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        places = list(_places(objects))
        if places:
            _change(dice.choice(places), places, dice)
    if dice.randrange(3) == 0:
        _wish(dice.choice([*objects, None]), dice)
    try:
        return dump(*objects).encode("utf-8", "replace")
    except (yaml.YAMLError, ValueError, RecursionError):
        return data


def _wish(made: Any, dice: random.Random) -> None:
    """Sends a workload to where chance says, because most would go to Lambda or stay."""
    metadata = made.setdefault("metadata", {}) if isinstance(made, dict) else None
    annotations = metadata.setdefault("annotations", {}) if isinstance(metadata, dict) else None
    if isinstance(annotations, dict):
        annotations["k2l.dev/target"] = dice.choice(("lambda", "fargate", "managed-instances"))


def _places(value: Any) -> Iterator[_Place]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _change(place: _Place, places: list[_Place], dice: random.Random) -> None:
    holder, key = place
    kind = dice.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        other, theirs = dice.choice(places)
        holder[key] = deepcopy(other[theirs])
    elif kind == 2 and isinstance(holder, list):
        holder.append(deepcopy(holder[key]))
    elif kind == 3 and isinstance(holder, dict):
        other, theirs = dice.choice(places)
        name = theirs if isinstance(theirs, str) else dice.choice(TEXTS)
        holder[name] = holder[key]
    elif kind == 4 and isinstance(holder[key], str):
        text = holder[key]
        at = dice.randint(0, len(text))
        holder[key] = text[:at] + str(dice.choice(_VALUES)) + text[at:]
    else:
        holder[key] = deepcopy(dice.choice(_VALUES))
