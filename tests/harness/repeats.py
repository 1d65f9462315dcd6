"""A request that AWS's SDK sends again, because the answer to it got lost on the way, is answered again and not carried out twice.

On a busy machine that happens. AWS tells most repeated requests from new ones; the mock says that what it just made is there already.
https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.test import run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Answer = tuple[str, list[tuple[str, str]], bytes]


class Repeats:
    """The application, each of whose answers is kept under the number that the SDK gives to all attempts of one call.

    A repetition waits for what is still being carried out. Answers that make an SDK try again (throttling and 5xx) are not kept."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._answers: dict[str, Answer] = {}
        self._calls: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        status, headers, body = self._once(call, environ) if call else self._answer(environ)
        start_response(status, headers)
        return [body]

    def _once(self, call: str, environ: WSGIEnvironment) -> Answer:
        with self._calls[call]:
            answer = self._answers.get(call) or self._answer(environ)
            if not answer[0].startswith(("429", "5")):
                self._answers[call] = answer
        return answer

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        parts, status, headers = run_wsgi_app(self._application, environ, buffered=True)
        return status, list(headers), b"".join(parts)
