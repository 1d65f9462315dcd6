"""How many requests an environment takes at once: what no manifest says, and what the program has to bear.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-execution-environment.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.plan import Concern, Decision
from k2l.targets.managed_instances.site import Site


def build(site: Site) -> Iterator[Decision]:
    if site.runs_to_completion:
        return
    per_pod, question = site.requests_per_pod, "How many requests does one environment serve at the same time?"
    why = "no manifest says how many the program takes side by side; 1 gives each request an environment of its own"
    yield site.decision("requests-per-pod", question, ("1 or more",), str(per_pod.value), per_pod, why, "requests-per-pod")


CONCERN = Concern("requests", each=build)
