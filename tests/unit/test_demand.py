"""What a pod needs in all."""

from __future__ import annotations

import pytest

from k2l.joins import demand
from k2l.manifest.cursor import Cursor
from k2l.manifest.pod import read_pod_template
from k2l.source import load

MIB = 1024 * 1024


def pod(text):
    template = read_pod_template(Cursor(load(f"{{spec: {{{text}}}}}", "x.yaml").objects[0]))
    assert template
    return template


def container(**amounts):
    written = ", ".join(f"{group}: {{{values}}}" for group, values in amounts.items())
    return f"{{name: a, resources: {{{written}}}}}"


def value(amount):
    return amount and amount.value


def test_containers_are_added_up():
    both = f"containers: [{container(limits='memory: 1Gi')}, {container(limits='memory: 512Mi')}]"
    assert value(demand.memory(pod(both))) == 1536 * MIB


def test_a_larger_init_container_counts_instead():
    text = f"containers: [{container(limits='memory: 1Gi')}], initContainers: [{container(limits='memory: 4Gi')}]"
    assert value(demand.memory(pod(text))) == 4096 * MIB


def test_a_sidecar_is_added():
    sidecar = container(limits="memory: 1Gi").replace("{name: a", "{name: a, restartPolicy: Always")
    assert value(demand.memory(pod(f"containers: [{container(limits='memory: 1Gi')}], initContainers: [{sidecar}]"))) == 2048 * MIB


def test_memory_is_the_limit_and_cpu_the_request():
    text = f"containers: [{container(requests='memory: 1Gi, cpu: 1', limits='memory: 2Gi, cpu: 4')}]"
    assert (value(demand.memory(pod(text))), value(demand.cpu(pod(text)))) == (2048 * MIB, 1000)


@pytest.mark.parametrize("text", ["containers: [{name: a}]", "containers: [{name: a, resources: {limits: {memory: many, cpu: 0}}}]"])
def test_nothing_and_nonsense_are_no_demand(text):
    assert (demand.memory(pod(text)), demand.cpu(pod(text)), demand.scratch(pod(text))) == (None, None, None)


def test_scratch_space_is_the_larger_of_volumes_and_ephemeral_storage():
    volumes = "volumes: [{name: a, emptyDir: {sizeLimit: 2Gi}}, {name: b, emptyDir: {sizeLimit: 1Gi}}]"
    text = f"containers: [{container(limits='ephemeral-storage: 1Gi')}], {volumes}"
    assert value(demand.scratch(pod(text))) == 3072 * MIB
