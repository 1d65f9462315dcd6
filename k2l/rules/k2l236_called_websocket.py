"""
A server calls itself one for WebSocket.

Neither a function URL nor an HTTP API carries a WebSocket connection: what upgrades one never reaches a function. No port of this
workload says what it speaks, but its name does. If it answers plain requests only, the annotation `k2l.dev/target` says so.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html (checked 2026-11-21)

Bad:

    name: chat-websockets
    image: registry.example/chat-websockets:1.0
    ports: [{name: http, containerPort: 8080}]

Good:

    name: chat
    image: registry.example/chat:1.0
    ports: [{name: http, containerPort: 8080}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech
from k2l.rules._worker import called, names, serves, words_of


def check(workload: Workload) -> Iterator[Problem]:
    if not serves(workload) or not called(workload):
        return
    spoken = {word for word in tables.table("protocols")["words"][Speech.WEBSOCKET] if len(word) > 3}
    for text, at, what in names(workload):
        if not spoken.isdisjoint(words_of(text)):
            yield Problem(
                at, f'it looks like a WebSocket server: {what} "{text}"', "it goes to Fargate, behind an Application Load Balancer"
            )
            return


RULE = Rule("K2L236", "called-websocket", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
