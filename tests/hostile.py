"""Texts that mean something to YAML, Terraform, SSM, Docker, a shell or a terminal, and manifests that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import yaml

from harness import sweep

ESCAPED = 'resource "escaped" "out" {}'
"""A line that must never begin outside of a string: as Terraform it is a block."""

TEXTS = (
    *("", " ", "  both  ", "'", '"', '"""', "\\", "\\\\", "\\n", '\\"', "a\\", "null", "true", "0644", "1e3", "~"),
    *("${x}", "$${x}", "$", "$$", "%", "%%", "%{if true}", "%%{ if }", "${path.module}", "${", "}", '"${"', "~}", "\\${x}"),
    *("$(HOME)", "$HOME", "`id`", "; exit 1", "{{ .Values.x }}", "{{resolve:ssm:x}}", "!Sub ${AWS::Region}", "Fn::Sub"),
    *("<<EOT\nx\nEOT\n", "<<-EOT", "# no comment", "/* x */", "// x", "<aws.scheduler.scheduled-time>"),
    *("line\nline", "line\r\nline\r\n", "\ttab\t", "\n", "\r", f"\n{ESCAPED}\n", '"\n}\n'),
    *("\x01\x1b[31m\x7f", "\x85\u2028\u2029", "\ufeffx", "\u202egpj.exe", "\u200d"),
    *("größe", "e\u0301", "\u212b", "日本", "👩\u200d👩\u200d👧", "\U0010ffff"),
)

EVERYTHING = "".join((*TEXTS[2:], "$(X) ${aws_iam_role.x.arn} %{ for x in y }"))[:900] + f"\n{ESCAPED}\nRUN escaped\n"
"""Many of them in one."""


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def dump(*objects: Any) -> str:
    """YAML in ASCII and with quotes around every text: what it says is what is read."""
    return yaml.dump_all(objects, Dumper=_Dumper, explicit_start=True, width=10**6)


def in_every_field(text: str) -> str:
    """Objects of which each has ``text`` in another field that takes texts, as value and as key."""
    return "".join(cases_of(text))


def cases_of(text: str) -> Iterator[str]:
    """The same in pieces: one for each field, with what it takes besides."""
    return (dump(made, *case.companions).replace("NAMESPACE", case.name) for case, made in _cases(text))


def _cases(text: str) -> Iterator[tuple[sweep.Case, Any]]:
    seen: set[tuple[str, ...]] = set()
    for case in sweep.cases():
        made = deepcopy(case.object)
        *way, last = case.steps
        at: Any = made
        for step in way:
            at = at[step]
        value, field = _replaced(at[last], text), tuple(step for step in case.steps if isinstance(step, str))[-3:]
        if value is not None and field not in seen:
            seen.add(field)
            at[last] = value
            yield case, made


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [text]
    if isinstance(value, dict) and value and all(isinstance(item, str) for item in value.values()):
        return {**value, text: text}
    return None


def service(container: Mapping[str, Any], *, name: str = "web", **pod: Any) -> Sequence[Any]:
    """A Deployment that serves HTTP, and its Service."""
    first = {"name": "web", "image": "registry.example/web:1.0", "ports": [{"containerPort": 8080}], **container}
    template = {"metadata": {"labels": {"app": name}}, "spec": {"containers": [first], **pod}}
    deployment = {"selector": {"matchLabels": {"app": name}}, "template": template}
    ports = [{"port": 80, "targetPort": 8080}]
    return (
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": deployment},
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": {"selector": {"app": name}, "ports": ports}},
    )


def ingress(*paths: str, name: str = "web", host: str | None = None) -> Any:
    """To the Service web."""
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    rule = {"http": {"paths": [{"path": path, "pathType": "Exact", "backend": backend} for path in paths]}}
    rules = [rule if host is None else {**rule, "host": host}]
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": name}, "spec": {"rules": rules}}


def config_map(name: str, data: Mapping[str, str]) -> Any:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": dict(data)}
