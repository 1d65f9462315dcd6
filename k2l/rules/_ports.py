"""The doors of a workload that speak something a function cannot answer."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem
from k2l.graph import Workload
from k2l.joins.doors import Door, Said, Speech, annotated, used
from k2l.rules._worker import serves


def speaking(workload: Workload, speech: Speech) -> Iterator[tuple[Door, Said]]:
    """A port that an Ingress leads to is HTTP, whatever its number."""
    if serves(workload):
        for door in used(workload):
            said = door.says()
            if said.speech is speech and not (said.speech is Speech.TCP and door.routed):
                yield door, said


def problems(workload: Workload, speech: Speech, what: str, help_: str) -> Iterator[Problem]:
    """One Problem for each port, and for each annotation, that says ``speech``; ``what`` is said of the port."""
    for door, said in speaking(workload, speech):
        yield Problem(said.at, f"port {label(door)} {what}: {said.words}", help_)
    for said in annotated(workload):
        if said.speech is speech:
            yield Problem(said.at, f"the port behind it {what}: {said.words}", help_)


def label(door: Door) -> str:
    if door.number is not None:
        return str(door.number)
    return f'"{door.names[0].value}"' if door.names else "without a number"
