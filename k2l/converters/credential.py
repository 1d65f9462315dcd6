"""Whether a literal value looks like a credential. The patterns stand in ``mappings/credentials.yaml``.

A form that is unmistakable (a private key, a URL with a password) counts under any name. Else the name decides, by what it *ends* in:
``DB_PASSWORD`` holds one, ``DB_PASSWORD_FILE`` says where one lies. The value is never part of an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log2
from typing import Any

from msgspec import Struct

# A longer value is judged, by its name, from its start: looking for the ends of references takes time.
_ENOUGH = 16_384


class NamePattern(Struct, frozen=True):
    """``ends`` are the last words of a name; see the table for the others."""

    ends: tuple[str, ...]
    glued: bool = False
    within: bool = False
    random: bool = False
    digits: int = 1
    unless: frozenset[str] = frozenset()


class Patterns(Struct, frozen=True, eq=False):
    names: tuple[NamePattern, ...]
    neutral: frozenset[str]
    values: tuple[tuple[str, str], ...]
    any_value: re.Pattern[str]
    harmless: re.Pattern[str]
    references: re.Pattern[str]
    placeholders: re.Pattern[str]
    length: int
    bits: float


def read(table: Mapping[str, Any]) -> Patterns:
    """The patterns of ``mappings/credentials.yaml``, given as plain data."""
    return Patterns(
        names=tuple(_name_pattern(row) for row in table["names"]),
        neutral=frozenset(table["neutral"]),
        # Compiled when one of them is there, which is rare: compiling all of them takes longer than judging a small manifest.
        values=tuple((row["is"], row["form"]) for row in table["values"]),
        any_value=re.compile("|".join(row["form"].replace("(?P<value>", "(?:") for row in table["values"])),
        harmless=re.compile("|".join(table["harmless"]), re.IGNORECASE),
        references=re.compile("|".join(table["references"])),
        placeholders=re.compile(table["placeholders"]),
        length=table["random"]["length"],
        bits=table["random"]["bits"],
    )


def credential(name: str, value: str, patterns: Patterns) -> str | None:
    """Why the literal ``value`` of the variable ``name`` is taken for a credential; None when it is not."""
    for form, pattern in patterns.values if patterns.any_value.search(value) else ():
        if any(_filled(found, patterns) for found in re.finditer(pattern, value)):
            return f"its value has the form of {form}"
    start = value.strip()[:_ENOUGH]
    rest = patterns.references.sub("", start).strip()
    if not rest or (rest != start and not re.search(r"\w", rest)) or patterns.harmless.fullmatch(rest):
        return None
    named = _named(name, patterns)
    if named is None or (rest.isdecimal() and len(rest) < named.digits):
        return None
    if named.random and not _random(rest, patterns):
        return None
    return f"its name ends in {' '.join(named.ends)}" + (" and its value looks random" if named.random else "")


def _name_pattern(row: Mapping[str, Any]) -> NamePattern:
    given = {key: row[key] for key in ("glued", "within", "random", "digits") if key in row}
    return NamePattern(tuple(row["ends"].split()), unless=frozenset(row.get("unless", ())), **given)


def _words(name: str, neutral: frozenset[str]) -> tuple[str, ...]:
    """``spring.redis.hostPassword2`` -> spring, redis, host, password."""
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    words = [word for word in re.split(r"[^a-z0-9]+", split.lower()) if word]
    while words and (words[-1].isdecimal() or words[-1] in neutral):
        words.pop()
    if words:
        words[-1] = words[-1].rstrip("0123456789")
    return tuple(words)


@lru_cache(maxsize=4096)
def _named(name: str, patterns: Patterns) -> NamePattern | None:
    """The pattern of a name. Names are few, and many containers have the same."""
    words = _words(name, patterns.neutral)
    return next((p for p in patterns.names if words and _ends(words, p)), None)


def _ends(words: tuple[str, ...], pattern: NamePattern) -> bool:
    count = len(pattern.ends)
    if words[-count:] == pattern.ends:
        return not (pattern.within and len(words) == count) and not (len(words) > count and words[-count - 1] in pattern.unless)
    return pattern.glued and words[-1].endswith("".join(pattern.ends))


def _filled(found: re.Match[str], patterns: Patterns) -> bool:
    value = found.groupdict().get("value")
    if value is None:
        return True
    rest = patterns.references.sub("", value)
    return bool(rest) and patterns.placeholders.fullmatch(rest) is None


def _random(value: str, patterns: Patterns) -> bool:
    if len(value) < patterns.length or not re.fullmatch(r"[A-Za-z0-9+/=_-]+", value):
        return False
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return mixed and sum(_bits(value)) >= patterns.bits


def _bits(text: str) -> Iterator[float]:
    for count in Counter(text).values():
        share = count / len(text)
        yield -share * log2(share)
