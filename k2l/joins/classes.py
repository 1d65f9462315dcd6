"""Which controller an Ingress is for: the IngressClass that it names, or the one that is the default.

https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from k2l.facts import Classifies, Routes
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced


class Classes:
    def __init__(self, found: Iterable[tuple[Manifest, Classifies]]) -> None:
        self._by_name = {manifest.name: fact for manifest, fact in found}
        # The API server refuses an Ingress without a class where two are the default.
        defaults = [(name, fact.default) for name, fact in self._by_name.items() if fact.default is not None]
        self._default = Traced(defaults[0][0]).because(defaults[0][1]) if len(defaults) == 1 else None

    def of(self, routes: Routes) -> Routes:
        """The route with its class and controller, as far as IngressClasses say them."""
        chosen = routes.ingress_class or self._default
        known = self._by_name.get(chosen.value) if chosen else None
        return replace(routes, ingress_class=chosen, controller=known.controller if known else None)
