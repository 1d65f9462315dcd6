"""
A program works in a cluster only, and AWS has nothing in its place.

Engines that run workflows or jobs as pods, operators of what AWS does not run, and tools like kubectl and helm work with the objects
of a Kubernetes cluster. They stay there, with what they look after. Which images these are stands in `mappings/images.yaml`; kubectl
and helm are also known by the command.

Source: https://kubernetes.io/docs/concepts/extend-kubernetes/operator/ (checked 2026-11-21)

Bad:

    image: registry.example/tools:1.0
    command: [kubectl, get, pods]

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.images import known
from k2l.manifest.container import Container
from k2l.rules._commands import programs

CLIENTS = ("kubectl", "helm")
HELP = "keep it in the cluster as long as there is one"


def check(workload: Workload) -> Iterator[Problem]:
    image = workload.container.image
    what = known(image.value) if image is not None else None
    if image is not None and what is not None and what.goes is Target.KUBERNETES:
        yield Problem(image.origins[0], f"this is {what.what}: {what.because}", HELP)
    else:
        yield from _by_command(workload.container)


def _by_command(container: Container) -> Iterator[Problem]:
    for at, program in programs(container):
        if program in CLIENTS:
            yield Problem(at, f'it runs "{program}", which works with the objects of a cluster', HELP)
            return


RULE = Rule("K2L144", "cluster-client", Severity.NOTE, check, sends=Target.KUBERNETES)
