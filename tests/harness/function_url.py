"""A function's URL as Lambda guards it: a server that answers only to a valid SigV4 signature, checked with botocore's own signer."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from harness.function import KEYS, REGION


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class FunctionUrl:
    """``requests`` are those that were let in. ``go_on`` lets the second half of an answer to /stream out."""

    def __enter__(self) -> Self:
        self.requests: list[Request] = []
        self.go_on = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.go_on.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: FunctionUrl

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given = Request(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        problem = refused(given)
        if problem:
            self._send(403, problem.encode())
            return
        self.owner.requests.append(given)
        if self.path.startswith("/stream"):
            self._stream()
        elif self.path.startswith("/silent"):
            self.owner.go_on.wait(10)
            self._send(200, b"too late")
        elif self.path.startswith("/status"):
            self._send(418, b"teapot", ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Encoding", "gzip"))
        else:
            self._send(200, body[:100])

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\nfirst\r\n")
        self.owner.go_on.wait(10)
        self.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


for _method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
    setattr(_Handler, f"do_{_method}", _Handler.answer)


def refused(request: Request) -> str:
    """Why Lambda would not let a request in; empty when it would."""
    given = request.headers.get("authorization", "")
    if not given.startswith("AWS4-HMAC-SHA256 "):
        return f"Authorization is {given!r}"
    parts = dict(part.strip().split("=", 1) for part in given.partition(" ")[2].split(","))
    if request.headers.get("x-amz-content-sha256") != hashlib.sha256(request.body).hexdigest():
        return "the payload is not the one that was signed"
    if request.headers.get("x-amz-security-token") != KEYS["AWS_SESSION_TOKEN"]:
        return "the session token is missing"
    names = parts["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"} <= set(names):
        return f"signed are {names}"
    signer = SigV4Auth(Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"], KEYS["AWS_SESSION_TOKEN"]), "lambda", REGION)
    copy = AWSRequest(request.method, f"http://{request.headers['host']}{request.target}", {name: request.headers[name] for name in names})
    copy.context["timestamp"] = request.headers["x-amz-date"]
    text = signer.string_to_sign(copy, signer.canonical_request(copy))
    if parts["Credential"] != signer.scope(copy) or parts["Signature"] != signer.signature(text, copy):
        return f"the signature is not that of\n{signer.canonical_request(copy)}"
    return ""
