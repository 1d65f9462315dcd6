"""Which commands do nothing but wait for a server."""

from __future__ import annotations

import pytest

from k2l.joins.waiting import waits


@pytest.mark.parametrize(
    "script",
    [
        "until nslookup db; do echo waiting; sleep 2; done",
        "until nslookup db.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace).svc.cluster.local; do sleep 2; done",
        "while ! nc -z db 5432 2>/dev/null; do sleep 1; done; echo ok",
        'until [ "$(curl -s -o /dev/null -w "%{http_code}" http://api)" = "200" ]; do sleep 1; done',
        "for i in $(seq 1 30); do pg_isready -h db && exit 0; sleep 1; done; exit 1",
        "set -e\ni=0\nuntil wget -q --spider http://api/health\ndo\n  i=$((i+1))\n  sleep 1\ndone\n",
        "until (echo > /dev/tcp/db/5432) 2>/dev/null; do sleep 1; done",
        "until mysql -h db -uroot -p$PASSWORD -e 'SELECT 1'; do sleep 2; done",
        "until redis-cli -h cache ping | grep PONG; do sleep 1; done",
    ],
)
def test_a_loop_of_questions_waits(script):
    assert waits(["/bin/sh", "-c", script])


@pytest.mark.parametrize(
    "words",
    [
        ("wait-for-it.sh", "db:5432", "-t", "60"),
        ("./wait-for", "db:5432"),
        ("dockerize", "-wait", "tcp://db:5432", "-timeout", "60s"),
        ("python", "manage.py", "wait_for_db"),
    ],
)
def test_a_tool_that_is_made_for_it_waits(words):
    assert waits(words)


@pytest.mark.parametrize(
    "script",
    [
        "until nc -z db 5432; do sleep 1; done; python manage.py migrate",
        "sleep 30",
        "nc -z db 5432",
        "until curl -s -X POST http://api/start; do sleep 1; done",
        "until curl -so /data/model http://api; do sleep 1; done",
        "until curl --data-binary @x http://api; do sleep 1; done",
        "until wget http://api/file; do sleep 1; done",
        "until wget -O /data/file http://api/file; do sleep 1; done",
        "until psql -c 'create table made()'; do sleep 1; done",
        "until redis-cli flushall; do sleep 1; done",
        "until nc -z db 1; do sleep 1; done > /shared/ready",
        "until nc -e /bin/sh db 1; do sleep 1; done",
        "until test -f /shared/ready; do sleep 1; done",
        "until nc -z db 1; do sleep 1; done; $(curl -s http://api/script)",
        "until nc -z db 1; do sleep `rm -rf /data`; done",
        'until nc -z db 1; do echo "$(rm -rf $(echo /data))"; done',
    ],
)
def test_whatever_does_more_or_does_not_ask_a_server_is_no_wait(script):
    assert not waits(["/bin/sh", "-c", script])


@pytest.mark.parametrize(
    "words", [(), ("wait-for-it.sh", "db:5432", "--", "python", "app.py"), ("dockerize", "-wait", "tcp://db:1", "./run")]
)
def test_a_tool_that_starts_another_program_is_no_wait(words):
    assert not waits(words)
