"""Jobs under AWS's own emulator of Lambda's runtime: how runs end, what they find, and that nothing is left behind them."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from harness.function import PYTHON, Function, contract

pytestmark = [pytest.mark.requires("go", "lambda-emulator", "namespaces"), pytest.mark.xdist_group("init")]


@pytest.fixture
def job(init_program, tmp_path):
    """``job(script, field=...)``: a function that runs this script of the shell, or ``command``; it is killed when the test ends."""
    started: list[Function] = []

    def start(script=None, given=None, kept=None, **changes):
        made = contract(args=script and [script], **changes)
        started.append(Function(tmp_path / f"function{len(started)}", init_program, made, given or {}, kept or {}).__enter__())
        return started[-1]

    yield start
    for function in started:
        function.__exit__(None, None, None)


def test_a_command_runs_once_for_every_event(job):
    function = job("echo ran")
    assert [function.invoke() for _ in range(3)] == [{"exitStatus": 0}] * 3
    assert function.log.count("ran\n") == 3


def test_a_command_finds_arguments_variables_and_an_empty_stdin(job):
    names = ["spring.datasource.url", "A", "_X", "a-b"]
    variables = [{"name": name, "value": f"value of {name}"} for name in names] + [{"name": "COPY", "parts": ["<", {"variable": "A"}, ">"]}]
    script = "import os, sys; print(sys.argv[1:], sys.stdin.read() == '', os.getcwd(), {k: os.environ[k] for k in sys.argv[2].split(',')})"
    args = [{"parts": ["x ", {"variable": "COPY"}]}, ",".join([*names, "COPY", "AWS_REGION"])]
    function = job(command=[PYTHON, "-c", script, *args], workingDir="/tmp/work/here", environment=variables)
    assert function.invoke() == {"exitStatus": 0}
    found = {name: f"value of {name}" for name in names} | {"COPY": "<value of A>", "AWS_REGION": "eu-west-1"}
    assert f"{['x <value of A>', args[1]]} True /tmp/work/here {found}" in function.log


def test_an_event_is_given_to_the_command_byte_for_byte(job):
    function = job('od -An -c "$K2L_EVENT_FILE"; stat -c %a "$K2L_EVENT_FILE"; echo "trace $_X_AMZN_TRACE_ID"')
    assert function.invoke(b'{"b": 1,\t"a":\n "\\u00e9"}') == {"exitStatus": 0}
    assert r'{   "   b   "   :       1   ,  \t' in function.log
    assert "\n600\n" in function.log


def test_a_failure_is_a_function_error_with_the_last_lines_of_stderr(job):
    function = job("echo out; seq 1 200 >&2; echo 'cannot tidy' >&2; exit 3")
    failed = function.invoke()
    assert failed["errorType"] == "Job.ExitStatus"
    assert failed["errorMessage"] == "the command ended with exit status 3: cannot tidy"
    assert failed["stackTrace"] == [*map(str, range(138, 201)), "cannot tidy"]


def test_a_signal_is_a_function_error(job):
    failed = job("kill -SEGV $$").invoke()
    assert (failed["errorType"], failed["stackTrace"]) == ("Job.Signal", [])
    assert failed["errorMessage"] == "the command was killed by signal 11 (segmentation fault)"


def test_a_command_that_cannot_be_started_says_so(job):
    failed = job(command=["no-such-program"]).invoke()
    assert failed["errorType"] == "Init.Command"
    assert failed["errorMessage"] == 'the command cannot be started: "no-such-program" is in no directory of PATH'


def test_before_the_functions_time_is_over_a_command_is_asked_to_end(job):
    script = "trap 'echo asked >&2; exit 0' TERM; while :; do sleep 0.05; done"
    function = job(script, job={"timeout": 4, "deadline": None, "gracePeriod": 30})
    failed = function.invoke()
    assert failed["errorType"] == "Job.DeadlineExceeded"
    expected = "the function's time-out of 4 s was near; the command, asked to end, ended with exit status 0: asked"
    assert failed["errorMessage"] == expected
    assert "Task timed out" not in function.log


def test_what_does_not_end_when_asked_is_killed_with_all_that_it_started(job):
    script = "trap '' TERM; (setsid sleep 60 &) ; while :; do sleep 0.05; done"
    function = job(script, job={"timeout": 10, "deadline": 1, "gracePeriod": 1})
    begin = time.monotonic()
    failed = function.invoke()
    assert time.monotonic() - begin > 1.9
    expected = "activeDeadlineSeconds of 1 s passed; the command, asked to end, was killed by signal 9 (killed)"
    assert (failed["errorType"], failed["errorMessage"]) == ("Job.DeadlineExceeded", expected)
    assert function.left() == []


def test_large_output_is_passed_on_whole_and_kept_in_part(job):
    lines = 40_000
    function = job(f"seq -f 'out %.0f {'x' * 90}' {lines}; seq -f 'err %.0f {'y' * 90}' {lines} >&2; exit 1")
    failed = function.invoke()
    assert failed["errorMessage"].startswith("the command ended with exit status 1: err")
    assert failed["stackTrace"][-1].startswith(f"err {lines} ")
    assert len(failed["stackTrace"]) == 64
    assert [function.log.count(f"\n{word} ") for word in ("out", "err")] == [lines, lines]


def test_an_event_on_a_day_that_is_left_to_the_other_schedule_runs_nothing(job):
    function = job("echo ran")
    event = {"timeZone": "Europe/Berlin", "skipDaysOfMonth": [13, 14]}
    skipped = function.invoke(event | {"scheduledTime": "2026-11-12T23:30:00Z"})
    assert skipped == {"skipped": "day 13 of the month in Europe/Berlin is left to the other schedule"}
    assert "ran\n" not in function.log
    assert function.invoke(event | {"scheduledTime": "2026-11-12T22:30:00Z"}) == {"exitStatus": 0}
    assert function.invoke({"scheduledTime": "2026-11-13T12:00:00Z", "timeZone": "UTC"}) == {"exitStatus": 0}
    assert function.log.count("ran\n") == 2


def test_a_schedule_that_cannot_be_read_fails_loudly(job):
    failed = job("echo ran").invoke({"skipDaysOfMonth": [13], "scheduledTime": "<aws.scheduler.scheduled-time>", "timeZone": "UTC"})
    assert failed["errorType"] == "Job.BadEvent"


def test_no_process_outlives_its_run(job):
    function = job("(setsid sh -c 'sleep 60 & sleep 60' >/dev/null 2>&1 &); sleep 60 & (sleep 60 &) ; sleep 0.1")
    for _ in range(3):
        assert function.invoke() == {"exitStatus": 0}
        assert function.left() == []


def test_no_file_outlives_its_run_but_what_was_there_before(job):
    cache = "/tmp/k2l/paths/cache"
    script = f"mkdir -m 0500 /tmp/a; echo x > {cache}/b; echo x > /dev/shm/c; ls -ld {cache}"
    function = job(script, writable=[{"path": "/cache", "target": cache}])
    for _ in range(2):
        assert function.invoke() == {"exitStatus": 0}
        assert function.files("/tmp") == {"of-lambda"}
        assert function.files("/dev/shm") == set()
    assert function.log.count("drwxrwxrwx") == 2


def test_two_hundred_runs_leak_nothing(job):
    function = job("echo $$ > /tmp/x; (sleep 60 &); test $(($(wc -c < $K2L_EVENT_FILE) % 2)) = 0")

    def state():
        own = Path(f"/proc/{function.init()}")
        resident = next(int(line.split()[1]) for line in (own / "status").read_text().splitlines() if line.startswith("VmRSS"))
        return function.init(), len(list((own / "fd").iterdir())), len(list((own / "task").iterdir())), resident

    answers = [function.invoke("x" * (number % 7)) for number in range(50)]
    init, files, threads, memory = state()
    answers += [function.invoke("x" * (number % 7)) for number in range(150)]
    after = state()
    assert {answer.get("errorType", "none") for answer in answers} == {"none", "Job.ExitStatus"}
    assert (after[0], function.left(), function.files("/tmp")) == (init, [], {"of-lambda"})
    assert after[1] <= files
    assert after[2] <= threads + 2
    assert after[3] < memory + 8192, f"{memory} KB before, {after[3]} KB after"


@pytest.fixture(scope="module")
def account(aws_server):
    """A secret, more parameters than come on one page, and nothing else."""
    aws_server.reset()
    aws_server.client("secretsmanager").create_secret(Name="shop/db", SecretString=json.dumps(SECRET))
    ssm = aws_server.client("ssm")
    ssm.put_parameter(Name="/shop/tidy/big", Value="b" * 8000, Type="String", Tier="Advanced")
    ssm.put_parameter(Name="/shop/tidy/secure", Value="secure-value-1", Type="SecureString")
    for number in range(11):
        ssm.put_parameter(Name=f"/shop/config/key.{number}", Value=f"value {number}", Type="String")
    return aws_server


SECRET = {"password": "p4ssw0rd-of-the-db", "tls.key": "-----BEGIN\nMIIEvAIBADAN\n", "raw": {"base64": "AP8K"}}
STORED = {
    "environment": [
        {"prefix": "", "from": "ssm:/shop/config/"},
        {"name": "spring.datasource.password", "from": "secretsmanager:shop/db#password"},
        {"name": "BIG", "from": "ssm:/shop/tidy/big"},
        {"name": "SECURE", "from": "ssm:/shop/tidy/secure"},
        {"name": "DSN", "parts": ["db://", {"from": "secretsmanager:shop/db#password"}, "@", {"variable": "HOST"}]},
        {"name": "NONE", "from": "secretsmanager:shop/none#password?optional"},
        {"name": "ELSE", "parts": [{"from": "ssm:/shop/none?optional", "else": ["$(NONE)"]}]},
    ],
    "files": [
        {"path": "/etc/tls/key", "mode": "0400", "from": "secretsmanager:shop/db#tls.key", "target": "/tmp/k2l/files/etc/tls/key"},
        {"path": "/etc/db", "mode": "0444", "from": "secretsmanager:shop/db", "target": "/tmp/k2l/files/etc/db"},
        {"path": "/etc/db/extra", "mode": "0640", "source": "files/etc/db/extra"},
        {"path": "/etc/none", "mode": "0444", "from": "secretsmanager:shop/none?optional", "target": "/tmp/k2l/files/etc/none"},
    ],
}
LOOK = """
import os, pathlib
root = pathlib.Path("/tmp/k2l/files/etc")
print(sorted((n, v) for n, v in os.environ.items() if n in ("SECURE", "DSN", "NONE", "ELSE", "DB_password")))
print(sum(n.startswith("key.") for n in os.environ), os.environ["key.10"], len(os.environ["BIG"]), os.environ["spring.datasource.password"])
print(sorted((str(p.relative_to(root)), oct(p.stat().st_mode & 0o777), p.read_bytes()) for p in root.rglob("*") if p.is_file()))
"""


def test_secrets_and_parameters_become_variables_and_files(job, account):
    kept = {"/etc/db/extra": "baked"}
    function = job(None, {**account.environment, "HOST": "db.internal"}, kept, **STORED, command=[PYTHON, "-c", LOOK])
    assert function.invoke() == {"exitStatus": 0}, function.log
    found = [("DSN", "db://p4ssw0rd-of-the-db@db.internal"), ("ELSE", "$(NONE)"), ("SECURE", "secure-value-1")]
    assert f"{found}\n11 value 10 8000 p4ssw0rd-of-the-db\n" in function.log
    files = [
        ("db/extra", "0o640", b"baked"),
        ("db/password", "0o444", b"p4ssw0rd-of-the-db"),
        ("db/raw", "0o444", b"\x00\xff\n"),
        ("db/tls.key", "0o444", b"-----BEGIN\nMIIEvAIBADAN\n"),
        ("tls/key", "0o400", b"-----BEGIN\nMIIEvAIBADAN\n"),
    ]
    assert f"{files}\n" in function.log


def test_a_value_that_no_variable_can_hold_is_named_and_not_shown(job, account):
    failed = job("true", account.environment, environment=[{"prefix": "DB_", "from": "secretsmanager:shop/db"}]).invoke()
    assert failed["errorMessage"] == "the variable DB_raw would hold a zero byte, which no variable can"


def test_no_value_of_a_secret_is_in_an_error(job, account):
    script = 'echo "login $PASSWORD failed; $(echo -n "$PASSWORD" | base64); $SECURE" >&2; exit 1'
    variables = [{"name": "PASSWORD", "from": "secretsmanager:shop/db#password"}, {"name": "SECURE", "from": "ssm:/shop/tidy/secure"}]
    failed = job(script, account.environment, environment=variables).invoke()
    assert failed["errorMessage"].endswith(": login [redacted] failed; [redacted]; [redacted]")
    assert "p4ssw0rd" not in json.dumps(failed)


def test_nothing_of_a_secret_is_left_between_runs_and_the_next_run_reads_it_anew(job, account):
    secrets = account.client("secretsmanager")
    secrets.create_secret(Name="shop/rotated", SecretString='{"password": "old", "key": "key"}')
    variables = [{"name": "PASSWORD", "from": "secretsmanager:shop/rotated#password"}]
    files = [{"path": "/etc/key", "mode": "0400", "from": "secretsmanager:shop/rotated#key", "target": "/tmp/k2l/files/etc/key"}]
    function = job('echo "password $PASSWORD"; ls /tmp/k2l/files/etc', account.environment, environment=variables, files=files)
    assert function.invoke() == {"exitStatus": 0}
    assert function.files("/tmp") == {"of-lambda"}
    secrets.put_secret_value(SecretId="shop/rotated", SecretString='{"password": "new", "key": "key"}')
    assert function.invoke() == {"exitStatus": 0}
    assert function.files("/tmp") == {"of-lambda"}
    assert "password old\nkey\n" in function.log
    assert "password new\nkey\n" in function.log


def test_what_cannot_be_read_is_named_before_anything_runs(job, account):
    variables = [
        {"name": "A", "from": "secretsmanager:shop/none#a"},
        {"name": "B", "from": "secretsmanager:shop/db#none"},
        {"name": "C", "from": "ssm:/shop/none"},
        {"prefix": "D", "from": "ssm:/shop/none/"},
        {"name": "E", "from": "secretsmanager:shop/db#password"},
    ]
    function = job("echo ran", account.environment, environment=variables)
    failed = function.invoke()
    assert failed["errorType"] == "Init.Reference"
    assert failed["errorMessage"].splitlines() == [
        "secretsmanager:shop/db#none: the secret has no such member",
        "secretsmanager:shop/none#a: it does not exist, or nobody has put a value into it",
        "ssm:/shop/none/: it does not exist",
        "ssm:/shop/none: it does not exist",
    ]
    assert "ran\n" not in function.log


def test_a_secret_removed_between_runs_fails_the_run_and_leaves_the_function(job, account):
    secrets = account.client("secretsmanager")
    secrets.create_secret(Name="shop/removed", SecretString='{"password": "old"}')
    function = job("true", account.environment, environment=[{"name": "A", "from": "secretsmanager:shop/removed#password"}])
    assert function.invoke() == {"exitStatus": 0}
    init = function.init()
    secrets.delete_secret(SecretId="shop/removed", ForceDeleteWithoutRecovery=True)
    assert function.invoke()["errorType"] == "Init.Reference"
    assert function.init() == init


def test_a_contract_that_cannot_be_read_is_the_starts_error(job):
    failed = job("true", schema="k2l.init/v2").invoke()
    assert failed["errorType"] == "Init.Contract"
    assert failed["errorMessage"] == '/opt/k2l/init.json: schema is "k2l.init/v2": this program reads k2l.init/v1'


def test_the_command_runs_in_a_group_of_its_own(job):
    function = job("echo $$ $(cut -d ' ' -f 5 /proc/$$/stat) of $(cut -d ' ' -f 5 /proc/$PPID/stat)")
    assert function.invoke() == {"exitStatus": 0}
    found = re.search(r"^(\d+) (\d+) of (\d+)$", function.log, re.MULTILINE)
    assert found
    assert found[1] == found[2] != found[3]
