"""Services behind the init: a real HTTP server, signals and exit status, and loopback ports that sign what they pass on."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import time

import pytest

from harness.function import PYTHON, Function, command_of, descendants, free_port, server, wait_for_port
from harness.function_url import FunctionUrl

pytestmark = [pytest.mark.requires("go", "namespaces"), pytest.mark.xdist_group("init")]

APPLICATION = """
import http.server, json, os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: (print("asked to end", flush=True), os._exit(7)))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = {"pid": os.getpid(), "parent": os.getppid(), "cwd": os.getcwd(), "environment": dict(os.environ)}
        found["files"] = {p: open(p).read() for p in self.path[1:].split(",") if p}
        body = json.dumps(found).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *args): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture(scope="module")
def account(aws_server):
    """An account with a URL that may not be called, and secrets, one of them broken."""
    aws_server.reset()
    aws_server.client("ssm").put_parameter(Name="/plain", Value="http://example.com/", Type="String")
    secrets = aws_server.client("secretsmanager")
    secrets.create_secret(Name="shop/db", SecretString='{"password": "p4ssw0rd"}')
    secrets.create_secret(Name="shop/broken", SecretString='{"password": "p4ssw0rd"')
    return aws_server


@pytest.fixture(scope="module")
def start(init_program, tmp_path_factory):
    """``start(field=...)``: a server that says what it finds, or ``command``; it is ready at its ``port``, and killed in the end."""
    started = []

    def serve(given=None, **changes):
        port = free_port()
        made = server(command=[PYTHON, "-c", APPLICATION, str(port)], args=None) | changes
        function = Function(tmp_path_factory.mktemp("function") / "image", init_program, made, given or {}, emulated=False).__enter__()
        started.append(function)
        function.port = port
        if "command" not in changes:
            wait_for_port(port, function.process)
        return function

    yield serve
    for function in started:
        function.__exit__(None, None, None)


@pytest.fixture(scope="module")
def callee():
    with FunctionUrl() as found:
        yield found


@pytest.fixture(scope="module")
def calling(start, account, callee):
    """``calling()``: a service that calls the function at ``callee`` through its ``ports``, one patient and one not."""
    account.client("ssm").put_parameter(Name="/k2l.url/shop-api", Value=callee.url, Type="String")

    def begin(**changes):
        ports = {free_port(): 30, free_port(): 1}
        listen = [{"port": port, "target": "ssm:/k2l.url/shop-api", "timeout": timeout} for port, timeout in ports.items()]
        function = start(account.environment, listen=listen, **changes)
        function.ports = tuple(ports)
        return function

    return begin


@pytest.fixture(scope="module")
def shared(calling):
    return calling()


@pytest.fixture
def caller(shared, callee):
    """The service that all calls of this file come from; nobody has called yet."""
    callee.requests.clear()
    callee.go_on.clear()
    return shared


def call(port, method="GET", target="/", body=None, headers=None):
    """Status, headers and body of a plain request to this machine. The target is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, target, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        if isinstance(body, bytes):
            connection.putheader("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders(body, encode_chunked=not isinstance(body, bytes))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def ended(function):
    """The exit status of the init, as soon as it has ended."""
    return function.process.wait(10)


def test_without_loopback_ports_the_init_becomes_the_server(start):
    function = start(environment=[{"name": "a.b", "value": "1"}], workingDir="/tmp/work")
    found = json.loads(call(function.port)[2])
    assert (found["parent"], found["cwd"], found["environment"]["a.b"]) == (1, "/tmp/work", "1")
    assert [command_of(pid)[0] for pid in descendants(function.process.pid)] == ["sh", PYTHON]


def test_a_server_finds_secrets_as_variables_and_files(start, account):
    target = "/tmp/k2l/files/etc/db"
    files = [{"path": "/etc/db", "mode": "0400", "from": "secretsmanager:shop/db", "target": target}]
    function = start(account.environment, files=files, environment=[{"prefix": "DB.", "from": "secretsmanager:shop/db"}])
    found = json.loads(call(function.port, target=f"/,{target}/password")[2])
    assert (found["environment"]["DB.password"], found["files"]) == ("p4ssw0rd", {f"{target}/password": "p4ssw0rd"})
    assert "p4ssw0rd" not in function.log


@pytest.mark.parametrize("stays", [False, True])
def test_a_signal_reaches_the_server_once_and_its_exit_status_is_the_inits(start, calling, stays):
    function = calling() if stays else start()
    init = descendants(function.process.pid)[1]
    assert command_of(init)[0] == ("/opt/k2l/init" if stays else PYTHON)
    os.kill(init, signal.SIGTERM)
    assert ended(function) == 7
    assert function.log.count("asked to end") == 1


def test_a_server_killed_by_a_signal_ends_the_init_as_a_shell_would_say_it(calling):
    function = calling()
    os.kill(descendants(function.init())[0], signal.SIGKILL)
    assert ended(function) == 128 + signal.SIGKILL


def test_orphans_of_a_server_are_the_inits_and_reaped(calling):
    parent = "cut -d ' ' -f 4 /proc/$(cat /tmp/orphan)/stat"
    reaped = "sleep 0.4 && test ! -e /proc/$(cat /tmp/orphan)"
    script = f"(sleep 0.3 & echo $! > /tmp/orphan); sleep 0.1; test $({parent}) = $PPID && {reaped} && exit 3"
    assert ended(calling(command=["/bin/sh", "-c", script])) == 3


def test_a_start_that_fails_says_why_and_shows_no_value(start, account):
    function = start(account.environment, command=["true"], environment=[{"prefix": "", "from": "secretsmanager:shop/broken"}])
    assert ended(function) == 1
    assert function.log == "k2l-init: Init.Reference: secretsmanager:shop/broken: its value is no JSON object\n"


def test_a_start_without_credentials_says_so(start):
    function = start({"AWS_ACCESS_KEY_ID": ""}, command=["true"], environment=[{"name": "A", "from": "ssm:/a"}])
    assert ended(function) == 1
    assert "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set" in function.log


def test_a_store_that_cannot_be_reached_is_named_with_its_reference(start):
    given = {"AWS_ENDPOINT_URL_SSM": f"http://127.0.0.1:{free_port()}"}
    function = start(given, command=["true"], environment=[{"name": "A", "from": "ssm:/a"}])
    assert ended(function) == 1
    assert "ssm:/a: " in function.log
    assert "connection refused" in function.log


def test_a_url_without_tls_is_not_called(start, account):
    function = start(account.environment, command=["true"], listen=[{"port": free_port(), "target": "ssm:/plain", "timeout": 1}])
    assert ended(function) == 1
    assert function.log == "k2l-init: Init.Prepare: ssm:/plain: its value is no https URL\n"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_request_is_signed_for_the_called_function(caller, callee, method):
    port = caller.ports[0]
    body = b'{"order": 1}' if method in ("POST", "PUT", "PATCH") else None
    status, _, answer = call(port, method, "/orders", body, {"Content-Type": "application/json", "X-Own": "kept"})
    assert (status, answer) == (200, body or b"")
    (request,) = callee.requests
    assert (request.method, request.target, request.body) == (method, "/orders", body or b"")
    assert (request.headers["content-type"], request.headers["x-own"]) == ("application/json", "kept")


def test_host_and_authorization_go_on_under_other_names(caller, callee):
    port = caller.ports[0]
    forged = {"X-Amz-Security-Token": "theirs", "X-Amz-Date": "19700101T000000Z"}
    call(port, headers={"Host": "api.shop.svc:80", "Authorization": "Bearer own", **forged})
    headers = callee.requests[0].headers
    assert headers["host"] == callee.url.removeprefix("http://").rstrip("/")
    assert (headers["x-forwarded-host"], headers["x-forwarded-authorization"]) == ("api.shop.svc:80", "Bearer own")
    assert {"x-forwarded-for", "user-agent", "accept-encoding"} & set(headers) == set()


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("/a%20b/%C3%A9//c;d=1", "/a%20b/%C3%A9//c;d=1"),
        ("/a/../b/./", "/a/../b/./"),
        ("/%2F:@!$&'()*+,", "/%2F:@!$&'()*+,"),
        ("/?b=2&a=1&a=0", "/?b=2&a=1&a=0"),
        ("/?q=a+b/c&flag&e=", "/?q=a%20b%2Fc&flag&e="),
        ("/?u=%c3%a9&t=1~2", "/?u=%C3%A9&t=1~2"),
    ],
)
def test_any_path_and_query_has_a_valid_signature(caller, callee, given, sent):
    port = caller.ports[0]
    status, _, answer = call(port, target=given)
    assert (status, [request.target for request in callee.requests]) == (200, [sent]), answer


def test_answers_come_back_as_they_are(caller):
    port = caller.ports[0]
    status, headers, body = call(port, target="/status")
    assert (status, headers.get_all("Set-Cookie"), headers["Content-Encoding"], body) == (418, ["a=1", "b=2"], "gzip", b"teapot")
    assert call(port, "HEAD", "/status")[0] == 418


def test_an_answer_is_passed_on_while_it_is_made(caller, callee):
    port = caller.ports[0]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/stream")
    answer = connection.getresponse()
    assert answer.read1(100) == b"first"
    callee.go_on.set()
    assert answer.read() == b"second"
    connection.close()


def test_a_body_may_come_in_pieces(caller, callee):
    port = caller.ports[0]
    status, _, _ = call(port, "POST", "/", iter([b"one ", b"two"]), {"Transfer-Encoding": "chunked"})
    assert (status, callee.requests[0].body, callee.requests[0].headers["content-length"]) == (200, b"one two", "7")


def test_a_request_larger_than_lambda_takes_is_refused_at_once(caller, callee):
    port = caller.ports[0]
    assert call(port, "POST", "/", b"x" * (6 << 20))[0] == 200
    status, _, answer = call(port, "POST", "/", b"x" * ((6 << 20) + 1))
    assert (status, len(callee.requests)) == (413, 1)
    assert b"6 MB" in answer


def test_a_call_is_given_up_after_its_time(caller):
    port = caller.ports[1]
    begin = time.monotonic()
    status, _, _ = call(port, target="/silent?token=in-the-url")
    assert status == 504
    assert time.monotonic() - begin > 0.9
    assert "in-the-url" not in caller.log
    assert f"k2l-init: port {port}: " in caller.log


def test_many_calls_are_passed_on_at_once(caller, callee):
    port = caller.ports[0]
    waiting = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(20)]
    for connection in waiting:
        connection.sendall(b"GET /silent HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n")
    end = time.monotonic() + 20
    while len(callee.requests) < 20:
        assert time.monotonic() < end
        time.sleep(0.01)
    callee.go_on.set()
    for connection in waiting:
        with connection:
            assert connection.recv(1000).startswith(b"HTTP/1.1 200 OK")
