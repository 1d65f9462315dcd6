"""
A program speaks TLS itself, and the web adapter speaks plain HTTP to it.

For a function TLS ends before the request arrives. The adapter asks the program by HTTP on 127.0.0.1, whether it is ready and for
every request, and a port that expects TLS answers neither. A port for HTTPS beside one for HTTP does no harm: the other one is used.

Source: https://github.com/aws/aws-lambda-web-adapter (checked 2026-11-21)

Bad:

    ports:
      - {name: https, containerPort: 8443}

Good:

    ports:
      - {name: http, containerPort: 8080}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Door, Speech, annotated, used
from k2l.rules._ports import label
from k2l.rules._worker import serves

HELP = "let it speak plain HTTP; else it goes to Fargate, behind a load balancer that speaks TLS to it"


def check(workload: Workload) -> Iterator[Problem]:
    if not serves(workload):
        return
    found = used(workload)
    plain = any(door.says().speech in (Speech.HTTP, Speech.UNKNOWN) or _by_service_only(door) for door in found)
    for door in found:
        said = door.says()
        if said.speech is Speech.HTTPS and not plain:
            yield Problem(said.at, f"port {label(door)} speaks TLS: {said.words}", HELP)
    for said in annotated(workload):
        if said.speech is Speech.HTTPS:
            yield Problem(said.at, f"the port behind it speaks TLS: {said.words}", HELP)
    probe = workload.container.readiness or workload.container.startup
    if probe is not None and probe.scheme is not None and probe.scheme.value == "HTTPS":
        yield Problem(probe.scheme.origins[0], "it is asked by HTTPS whether it is ready", HELP)


def _by_service_only(door: Door) -> bool:
    """443 in front of a port of another number says what callers speak to a load balancer, not what the program does."""
    said = door.says()
    return said.speech is Speech.HTTPS and said.guessed and said.at.value != door.number


RULE = Rule("K2L230", "tls-in-pod", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
