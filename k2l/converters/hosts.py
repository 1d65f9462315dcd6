"""Places in an environment value or argument that may name a Service of the cluster: ``cart``, ``cart.shop``, ``cart.shop.svc``,
``cart.shop.svc.cluster.local``, with or without scheme and port.

They are candidates: what a Service is called decides, and only the caller knows.
https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_HOST = r"(?P<host>[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)*\.?)(?::(?P<port>[0-9]{1,5}))?"
_AUTHORITY = re.compile(_HOST + r"(?![\w:.%$@*-])")
# In a word without scheme a path or a further part may follow the port: host:1521:sid.
_AUTHORITY_OF_WORD = re.compile(_HOST + r"(?=$|[/:?#])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_USER = re.compile(r"[^\s/@\"'?#]*@")
_TOKEN = re.compile(r"[^\s,;\"'()<>\[\]{}|]+")
_FLAG = re.compile(r"(?P<name>-{0,2}[A-Za-z_][\w.-]*)=")
_ADDRESS_WORDS = frozenset(
    "host hosts hostname hostnames addr addrs address addresses url urls uri uris server servers endpoint endpoints "
    "broker brokers service services upstream backend sink".split()
)
_CLUSTER = ("svc", "cluster", "local")


class HostRef(Struct, frozen=True):
    """``value[start:end]`` is the host with its port. ``scheme`` is None where there is none.

    ``host`` is as DNS compares it: in lower case, without a final dot."""

    scheme: str | None
    host: str
    port: int | None
    start: int
    end: int

    @property
    def service(self) -> str:
        """The Service's name, if this is one; the name of a single pod in front of it is left out."""
        return self._labels[-2] if len(self._labels) > 1 else self._labels[0]

    @property
    def namespace(self) -> str | None:
        return self._labels[-1] if len(self._labels) > 1 else None

    @property
    def of_cluster(self) -> bool:
        """Whether it can be nothing but a name of the cluster: it ends in ``.svc`` or ``.svc.cluster.local``."""
        return "svc" in self.host.split(".")[2:]

    @property
    def may_be_service(self) -> bool:
        """Whether its form is one that the cluster's DNS has for Services."""
        labels = self.host.split(".")
        at = labels.index("svc", 2) if "svc" in labels[2:] else -1
        return len(labels) <= 2 or (at >= 0 and tuple(labels[at:]) in (_CLUSTER[:1], _CLUSTER))

    @property
    def _labels(self) -> list[str]:
        labels = self.host.split(".")
        return labels[: labels.index("svc", 2)] if "svc" in labels[2:] else labels


def references(value: str, variable: str | None = None) -> tuple[HostRef, ...]:
    """Every place in ``value`` that may name a Service, in order.

    A bare name, without scheme, port and dots, counts only where the name before it says that an address follows: that of the
    ``variable``, or of a flag or key in the text (``--redis-host=redis``, ``host=db port=5432``)."""
    found = {ref.start: ref for ref, _ in _in_words(value, variable)} | {ref.start: ref for ref in _in_urls(value)}
    return tuple(found[start] for start in sorted(found) if found[start].may_be_service)


def elsewhere(value: str, variable: str | None = None) -> tuple[HostRef, ...]:
    """Every host in ``value`` that cannot be a Service: with a scheme, with a port, or where the name before it says that an address
    follows, as for ``references``."""
    words = {ref.start: ref for ref, name in _in_words(value, variable) if ref.port is not None or (name and says_address(name))}
    found = words | {ref.start: ref for ref in _in_urls(value)}
    return tuple(found[start] for start in sorted(found) if not found[start].may_be_service)


def rewrite(value: str, ref: HostRef, authority: str) -> str:
    """``value`` with ``authority`` (``127.0.0.1:18080``) in the place of ``ref``; https becomes http, because the way there is local."""
    before = value[: ref.start]
    if ref.scheme is not None and ref.scheme.lower() == "https":
        at = before.rindex("://")
        before = f"{before[: at - len(ref.scheme)]}http{before[at:]}"
    return before + authority + value[ref.end :]


@lru_cache(maxsize=4096)
def says_address(name: str) -> bool:
    """Whether a variable, flag or key is called like one that holds an address: REDIS_HOST, --api-url, PGHOST, spring.redis.host2."""
    split = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    words = [w for w in re.split(r"[^a-z]+", split.lower()) if w]
    # HOSTNAME on its own is the pod's own name.
    if not words or words == ["hostname"]:
        return False
    return words[-1] in _ADDRESS_WORDS or words[-1].endswith(("host", "addr", "url", "uri", "endpoint"))


def _in_urls(value: str) -> Iterator[HostRef]:
    """``scheme://[user@]host[:port][,host...]``, also behind another scheme (jdbc:postgresql://)."""
    for mark in re.finditer("://", value):
        scheme = _SCHEME.search(value, max(0, mark.start() - 40), mark.start())
        if scheme is None:
            continue
        user = _USER.match(value, mark.end())
        at: int | None = user.end() if user else mark.end()
        while at is not None and (found := _AUTHORITY.match(value, at)):
            if ref := _ref(found, scheme[0]):
                yield ref
            at = found.end() + 1 if value.startswith(",", found.end()) else None


def _in_words(value: str, variable: str | None) -> Iterator[tuple[HostRef, str | None]]:
    """Each with the name before it."""
    for chunk in re.finditer(r"\S+", value):
        name, last = variable, chunk.start()
        for token in _TOKEN.finditer(value, chunk.start(), chunk.end()):
            start = token.start()
            if flag := _FLAG.match(value, start, token.end()):
                start, name = flag.end(), flag["name"]
            elif value[last:start].strip("'\"") != ",":
                name = variable
            last = token.end()
            if ref := _in_word(value, start, last, name):
                yield ref, name


def _in_word(value: str, start: int, end: int, name: str | None) -> HostRef | None:
    at = value.rfind("@", start, end)
    found = _AUTHORITY_OF_WORD.match(value, max(start, at + 1), end)
    ref = _ref(found, None) if found and value.find("://", start, end) < 0 else None
    if found is None or ref is None or ref.port is not None:
        return ref
    # Behind an @ without a port stands the domain of a mail address.
    if at >= 0 or found.end() < end:
        return None
    return ref if "." in ref.host or (name is not None and says_address(name)) else None


def _ref(found: re.Match[str], scheme: str | None) -> HostRef | None:
    host = found["host"].lower().rstrip(".")
    labels = host.split(".")
    if any(len(label) > 63 or label.endswith("-") for label in labels) or host == "localhost":
        return None
    port = int(found["port"]) if found["port"] else None
    return None if port is not None and not 0 < port < 65536 else HostRef(scheme, host, port, found.start(), found.end())
