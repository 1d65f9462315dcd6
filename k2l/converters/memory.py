"""Lambda memory from a container's memory and cpu, in MB (of 1,048,576 bytes, as Lambda counts).

Lambda gives cpu in proportion to memory, so a cpu wish is a memory wish: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
"""

from __future__ import annotations

from msgspec import Struct

_MB = 1024 * 1024


class MemoryRules(Struct, frozen=True):
    """From the tables: the least that Lambda gives, MB that come with one vCPU, and MB assumed where a manifest says nothing."""

    minimum: int
    per_vcpu: int
    default: int


class Sized(Struct, frozen=True):
    """``mb`` with the arithmetic in words; ``assumed`` when nothing in the manifest decided it."""

    mb: int
    note: str
    assumed: bool = False


class _Wish(Struct, frozen=True):
    mb: int
    words: str


def lambda_memory(
    limit_bytes: int | None,
    request_bytes: int | None,
    cpu_request_millicores: int | None,
    cpu_limit_millicores: int | None,
    rules: MemoryRules,
) -> Sized:
    """The larger of (memory limit, else request) and (cpu request, else limit) x MB per vCPU, at least the minimum.

    Zero says as little as absence. There is no upper bound here: what is too large for Lambda is placed elsewhere."""
    wishes = [w for w in (_memory(limit_bytes, request_bytes), _cpu(cpu_request_millicores, cpu_limit_millicores, rules)) if w]
    if not wishes:
        return Sized(rules.default, f"{rules.default:,} MB assumed: neither memory nor cpu given", assumed=True)
    mb = max(w.mb for w in wishes)
    words = ", ".join(w.words for w in wishes)
    if len(wishes) > 1:
        words = f"max({words}) = {mb:,}"
    return Sized(max(mb, rules.minimum), words if mb >= rules.minimum else f"{words}; raised to the minimum of {rules.minimum:,} MB")


def _memory(limit: int | None, request: int | None) -> _Wish | None:
    amount, word = (limit, "limit") if limit and limit > 0 else (request, "request")
    if not amount or amount <= 0:
        return None
    mb = -(-amount // _MB)
    if amount % _MB == 0:
        return _Wish(mb, f"{mb:,} MiB {word}")
    return _Wish(mb, f"{amount:,} bytes {word} = {mb:,}")


def _cpu(request: int | None, limit: int | None, rules: MemoryRules) -> _Wish | None:
    amount, word = (request, "cpu") if request and request > 0 else (limit, "cpu limit")
    if not amount or amount <= 0:
        return None
    mb = -(-amount * rules.per_vcpu // 1000)
    cores = f"{amount // 1000:,}" + f".{amount % 1000:03d}".rstrip("0").rstrip(".")
    return _Wish(mb, f"{cores} {word} x {rules.per_vcpu:,} MB = {mb:,}")
