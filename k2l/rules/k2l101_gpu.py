"""
A function has no GPU, and neither has Fargate.

Lambda and Fargate give cpu and memory only. Lambda Managed Instances offer parts of a GPU since November 2026, for x86_64 images on
a capacity provider; neither Terraform nor SAM can ask for one yet, so that k2l does not write it. ECS and EKS on EC2 instances have
whole ones.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    resources:
      limits: {nvidia.com/gpu: 1}

Good:

    resources:
      limits: {cpu: 500m}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.manifest.pod import PodTemplate
from k2l.rules._resources import is_accelerated, is_gpu

HELP = "keep it in the cluster, or run it on ECS with EC2 instances that have one"

# https://github.com/NVIDIA/k8s-device-plugin#prerequisites
NVIDIA = "nvidia"


def check(container: Container, workload: Workload) -> Iterator[Problem]:
    for name, amount in {**container.requests, **container.limits}.items():
        if is_gpu(name) and amount.value != "0":
            yield Problem(amount.origins[0], f'container "{container.name.value}" asks for "{name}"', HELP)
    if container is workload.container:
        yield from _of_pod(workload.pod)


def _of_pod(pod: PodTemplate) -> Iterator[Problem]:
    for claim in pod.resource_claims:
        yield Problem(claim, "the pod claims a device of its node", HELP)
    for label, value in pod.node_selector.items():
        if is_accelerated(label) and value.value != "false":
            yield Problem(value.origins[0], f'the pod wants a node with "{label}"', HELP)
    if pod.runtime_class is not None and pod.runtime_class.value == NVIDIA:
        yield Problem(pod.runtime_class.origins[0], "the pod runs with the runtime for GPUs of NVIDIA", HELP)


RULE = Rule("K2L101", "gpu", Severity.WARNING, check, blocks=AWS_COMPUTE)
