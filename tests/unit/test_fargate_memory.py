"""The memory that the init takes in a container of a task counts for that container, and for the task."""

from __future__ import annotations

from typing import Any

import pytest

from harness.stages import Staged, bundle
from k2l import tables
from k2l.aws.ecs import Container, TaskDefinition
from k2l.traced import Traced

FUNCTION = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: fn}
spec:
  selector: {matchLabels: {app: fn}}
  template:
    metadata: {labels: {app: fn}}
    spec: {containers: [{name: fn, image: "registry.example/fn:1.0", ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: fn}
spec: {selector: {app: fn}, ports: [{port: 80, targetPort: 8080}]}
---
"""
CALLS = '{name: FN, value: "http://fn/"}'
READS = '{name: P, valueFrom: {secretKeyRef: {name: db, key: pw}}}, {name: DSN, value: "pg://$(P)@db.example"}'


def caller(resources: str, env: str = CALLS, annotations: str = "", rest: str = "") -> Staged:
    return bundle(f"""{FUNCTION}
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{k2l.dev/target: fargate{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{{rest} containers: [{{name: web, image: "registry.example/web:1.0", env: [{env}], resources: {{{resources}}}}}]}}
""")


def container(found: Staged) -> Container:
    (only,) = (c for c in found.one(TaskDefinition).containers if plain(c.name) == "web")
    return only


def plain(value: Any) -> Any:
    return plain(value.value) if isinstance(value, Traced) else value


def limit(name: str) -> int:
    return int(tables.limits("fargate")[name])


def test_an_init_that_stays_has_memory_beside_that_of_its_container():
    found = caller("requests: {memory: 10Mi}, limits: {memory: 20Mi}")
    ours = limit("init_memory_mib")
    assert plain(container(found).memory) == 20 + ours
    assert plain(container(found).memory_reservation) == 10 + ours
    memory = container(found).memory
    assert isinstance(memory, Traced)
    assert memory.note == f"20 MiB for the container and {ours} MiB for k2l's init in it"


def test_the_task_is_large_enough_for_both():
    found = caller("limits: {memory: 1Gi}").one(TaskDefinition)
    assert plain(found.memory) == 2048
    assert isinstance(found.cpu, Traced)
    assert "1,024 MiB (and 16 MiB for k2l's init beside them)" in str(found.cpu.note)


def test_an_init_that_becomes_the_workload_needs_no_more_than_it_starts_with():
    assert plain(container(caller("limits: {memory: 20Mi}", READS)).memory) == 20
    assert plain(container(caller("limits: {memory: 6Mi}", READS)).memory) == limit("init_start_memory_mib")


def test_a_container_without_the_init_keeps_its_limit():
    assert plain(container(caller("limits: {memory: 6Mi}", "{name: A, value: b}")).memory) == 6


def test_no_container_is_given_more_than_its_task():
    found = caller("limits: {memory: 1Gi}", annotations=', k2l.dev/memory: "512"')
    assert plain(found.one(TaskDefinition).memory) == 512
    assert plain(container(found).memory) == 512


def test_the_largest_task_stays_one_with_the_init():
    assert plain(caller("limits: {memory: 244Gi}").one(TaskDefinition).memory) == limit("memory_max_mib")


def test_an_init_container_that_calls_needs_its_init_only_while_it_runs():
    inits = f'initContainers: [{{name: a, image: "r.example/a:1", env: [{CALLS}], resources: {{limits: {{memory: 1Gi}}}}}}],'
    for amount, size in (("1Gi", 2048), ("1000Mi", 1024)):
        found = caller(f"limits: {{memory: {amount}}}", "{name: A, value: b}", rest=inits.replace("1Gi", amount))
        assert plain(found.one(TaskDefinition).memory) == size


@pytest.mark.parametrize("name", ["init_memory_mib", "init_start_memory_mib"])
def test_the_smallest_container_is_smaller_than_what_the_init_takes(name):
    """Otherwise nothing would have to be counted."""
    assert limit(name) > limit("container_memory_min_mib")
