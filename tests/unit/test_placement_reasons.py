"""What keeps a pod from Lambda is said at the very field, whatever kind runs the pod."""

from __future__ import annotations

import textwrap

import pytest

from harness.examples import translated
from k2l.finding import AWS_COMPUTE, FUNCTIONS, Target

IMAGE = "registry.example/web:1.0"
NO_GPU = AWS_COMPUTE


def pod(container: str = "", spec: str = "", port: str = "containerPort: 8080") -> str:
    """The spec of a pod, in flow style."""
    own = f"{container}, " if container else ""
    ports = "" if "ports:" in container else f", ports: [{{{port}}}]"
    return f'{{{spec}{", " if spec else ""}containers: [{{{own}name: web, image: "{IMAGE}"{ports}}}]}}'


def deployment(spec: str) -> str:
    """With the Service in front, whose target is the pod's first port by number."""
    return textwrap.dedent(f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: web}}
        spec:
          selector: {{matchLabels: {{app: web}}}}
          template: {{metadata: {{labels: {{app: web}}}}, spec: {spec}}}
        """)


def against(text: str) -> set[tuple[str, str, frozenset[Target]]]:
    """(code, path below the pod's spec, targets ruled out) of what speaks against a target."""
    (placement,) = translated(text).plan.placements
    found = {finding for findings in placement.rejected.values() for finding in findings}
    return {(f.code, f.at.path().removeprefix("spec.template.spec."), f.rule.blocks) for f in found}


def node_affinity(key: str, values: str) -> str:
    term = f"{{matchExpressions: [{{key: {key}, operator: In, values: {values}}}]}}"
    return f"affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: [{term}]}}}}}}"


def limits(resource: str) -> str:
    return f"resources: {{limits: {{{resource}}}}}"


OS = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]"
FIRST = "containers[0]"
CASES = [
    (pod(limits("nvidia.com/gpu: 1")), "K2L101", f"{FIRST}.resources.limits[nvidia.com/gpu]", NO_GPU),
    (pod(limits("nvidia.com/mig-1g.5gb: 1")), "K2L101", f"{FIRST}.resources.limits[nvidia.com/mig-1g.5gb]", NO_GPU),
    (pod(limits("nvidia.com/gpu.shared: 1")), "K2L101", f"{FIRST}.resources.limits[nvidia.com/gpu.shared]", NO_GPU),
    (pod(limits("aliyun.com/gpu-mem: 3")), "K2L101", f"{FIRST}.resources.limits[aliyun.com/gpu-mem]", NO_GPU),
    (pod(limits("amd.com/gpu: 1")), "K2L101", f"{FIRST}.resources.limits[amd.com/gpu]", NO_GPU),
    (pod(limits("gpu.intel.com/i915: 1")), "K2L101", f"{FIRST}.resources.limits[gpu.intel.com/i915]", NO_GPU),
    (pod(limits("aws.amazon.com/neuron: 1")), "K2L101", f"{FIRST}.resources.limits[aws.amazon.com/neuron]", NO_GPU),
    (pod(limits("aws.amazon.com/neuroncore: 2")), "K2L101", f"{FIRST}.resources.limits[aws.amazon.com/neuroncore]", NO_GPU),
    (pod(limits("google.com/tpu: 4")), "K2L101", f"{FIRST}.resources.limits[google.com/tpu]", NO_GPU),
    (pod(spec="resourceClaims: [{name: accelerator}]"), "K2L101", "resourceClaims[0]", NO_GPU),
    (
        pod(spec="nodeSelector: {cloud.google.com/gke-accelerator: nvidia-l4}"),
        "K2L101",
        "nodeSelector[cloud.google.com/gke-accelerator]",
        NO_GPU,
    ),
    (pod(spec="runtimeClassName: nvidia"), "K2L101", "runtimeClassName", NO_GPU),
    (pod(limits("hugepages-2Mi: 64Mi")), "K2L102", f"{FIRST}.resources.limits.hugepages-2Mi", AWS_COMPUTE),
    (pod(limits("memory: 10241Mi")), "K2L103", f"{FIRST}.resources.limits.memory", {Target.LAMBDA}),
    (pod("resources: {requests: {cpu: 7}}"), "K2L103", f"{FIRST}.resources.requests.cpu", {Target.LAMBDA}),
    (pod(limits("memory: 300Gi")), "K2L105", f"{FIRST}.resources.limits.memory", {Target.FARGATE}),
    (f'{{containers: [{{name: a, image: "{IMAGE}"}}, {{name: b, image: "{IMAGE}"}}]}}', "K2L108", "containers[1]", FUNCTIONS),
    (pod(spec=f'initContainers: [{{name: first, image: "{IMAGE}"}}]'), "K2L109", "initContainers[0]", FUNCTIONS),
    (pod(spec=f'initContainers: [{{name: beside, image: "{IMAGE}", restartPolicy: Always}}]'), "K2L110", "initContainers[0]", FUNCTIONS),
    (pod(spec="hostNetwork: true"), "K2L111", "hostNetwork", AWS_COMPUTE),
    (pod(spec="hostPID: true"), "K2L111", "hostPID", AWS_COMPUTE),
    (pod(spec="hostIPC: true"), "K2L111", "hostIPC", AWS_COMPUTE),
    (pod(port="containerPort: 8080, hostPort: 8080"), "K2L130", f"{FIRST}.ports[0].hostPort", FUNCTIONS),
    (pod(spec="volumes: [{name: logs, hostPath: {path: /var/log}}]"), "K2L302", "volumes[0]", AWS_COMPUTE),
    (pod("securityContext: {privileged: true}"), "K2L112", f"{FIRST}.securityContext.privileged", AWS_COMPUTE),
    (
        pod(spec=f'initContainers: [{{name: first, image: "{IMAGE}", securityContext: {{privileged: true}}}}]'),
        "K2L112",
        "initContainers[0].securityContext.privileged",
        AWS_COMPUTE,
    ),
    (
        pod(spec="securityContext: {windowsOptions: {hostProcess: true}}"),
        "K2L112",
        "securityContext.windowsOptions.hostProcess",
        AWS_COMPUTE,
    ),
    (pod("securityContext: {capabilities: {add: [SYS_ADMIN]}}"), "K2L113", f"{FIRST}.securityContext.capabilities.add[0]", AWS_COMPUTE),
    (pod("volumeDevices: [{name: data, devicePath: /dev/xvda}]"), "K2L304", f"{FIRST}.volumeDevices[0]", AWS_COMPUTE),
    (pod(spec="os: {name: windows}"), "K2L114", "os.name", FUNCTIONS),
    (pod(spec="nodeSelector: {kubernetes.io/os: windows}"), "K2L114", "nodeSelector[kubernetes.io/os]", FUNCTIONS),
    (pod(spec="nodeSelector: {beta.kubernetes.io/os: windows}"), "K2L114", "nodeSelector[beta.kubernetes.io/os]", FUNCTIONS),
    (pod(spec=node_affinity("kubernetes.io/os", "[windows]")), "K2L114", OS, FUNCTIONS),
    (pod(port="containerPort: 443"), "K2L205", f"{FIRST}.ports[0].containerPort", FUNCTIONS),
    (pod(port="containerPort: 5060, protocol: UDP"), "K2L201", f"{FIRST}.ports[0].protocol", FUNCTIONS),
    (pod(port="protocol: SCTP, containerPort: 5060"), "K2L201", f"{FIRST}.ports[0].protocol", FUNCTIONS),
    (pod(port="containerPort: 5672, name: amqp"), "K2L202", f"{FIRST}.ports[0].name", FUNCTIONS),
    (pod(port="containerPort: 9000, name: grpc"), "K2L203", f"{FIRST}.ports[0].name", FUNCTIONS),
    (pod("livenessProbe: {grpc: {port: 8080}}"), "K2L203", f"{FIRST}.livenessProbe", FUNCTIONS),
    (pod(port="containerPort: 8080, name: ws"), "K2L204", f"{FIRST}.ports[0].name", FUNCTIONS),
]
NAMES = [f"{number}-{code}-{path}" for number, (_, code, path, _) in enumerate(CASES)]


@pytest.mark.parametrize(("spec", "code", "path", "targets"), CASES, ids=NAMES)
def test_what_speaks_against_a_target_is_said_at_its_field(spec, code, path, targets):
    assert (code, path, frozenset(targets)) in against(deployment(spec))


@pytest.mark.parametrize(("spec", "code", "path", "targets"), CASES, ids=NAMES)
def test_a_lone_pod_is_judged_as_the_pods_of_a_deployment(spec, code, path, targets):
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web, labels: {{app: web}}}}\nspec: {spec}\n"
    assert (code, f"spec.{path}", frozenset(targets)) in against(text)


@pytest.mark.parametrize(
    "spec",
    [
        pod(limits("nvidia.com/gpu: 0")),
        pod(limits("memory: 10240Mi")),
        pod("resources: {requests: {cpu: 6}}"),
        pod(spec="hostNetwork: false"),
        pod(port="containerPort: 8080, hostPort: 0"),
        pod("securityContext: {privileged: false}"),
        pod(spec="os: {name: linux}"),
        pod(spec=node_affinity("kubernetes.io/os", "[linux, windows]")),
        pod(spec="nodeSelector: {nvidia.com/gpu.present: 'false'}"),
        pod(spec="nodeSelector: {disk: ssd}"),
        pod(spec="runtimeClassName: gvisor"),
        pod(port="containerPort: 1024"),
        pod(port="containerPort: 8080, name: http"),
    ],
)
def test_what_a_function_can_do_speaks_against_nothing(spec):
    (placement,) = translated(deployment(spec)).plan.placements
    assert placement.target is Target.LAMBDA


@pytest.mark.parametrize("seconds", [901, 5401])
def test_a_deadline_beyond_a_target_is_said_at_the_deadline(seconds):
    text = f"""
        apiVersion: batch/v1
        kind: Job
        metadata: {{name: long}}
        spec:
          activeDeadlineSeconds: {seconds}
          template: {{spec: {{restartPolicy: Never, containers: [{{name: a, image: "{IMAGE}"}}]}}}}
        """
    expected = {("K2L106", "spec.activeDeadlineSeconds", FUNCTIONS)}
    if seconds > 5400:
        expected.add(("K2L107", "spec.activeDeadlineSeconds", frozenset({Target.MANAGED_INSTANCES})))
    assert against(textwrap.dedent(text)) == expected


def once(command: str) -> str:
    spec = f'{{restartPolicy: Never, containers: [{{name: a, image: "{IMAGE}", command: {command}}}]}}'
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: client}}\nspec: {spec}\n"


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("[sleep, infinity]", "spec.containers[0].command[0]"),
        ('[sh, -c, "prepare && tail -f /dev/null"]', "spec.containers[0].command[2]"),
        ('[bash, -c, "while :; do sleep 5; done"]', "spec.containers[0].command[2]"),
        ('[python, -c, "while True: poll()"]', "spec.containers[0].command[2]"),
        ('[sh, -c, "sleep 1h"]', "spec.containers[0].command[2]"),
        ('[sleep, "901"]', "spec.containers[0].command[0]"),
    ],
)
def test_a_run_that_does_not_end_in_time_is_said_at_its_command(command, path):
    assert ("K2L131", path, FUNCTIONS) in against(once(command))


@pytest.mark.parametrize(
    "command",
    ['[sleep, "900"]', '[sh, -c, "sleep 15m && work"]', '[sh, -c, "while true; do ready && exit 0; done"]', '[echo, "whiletrue"]'],
)
def test_a_run_that_ends_is_a_function(command):
    (placement,) = translated(once(command)).plan.placements
    assert placement.target is Target.LAMBDA
