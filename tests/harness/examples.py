"""The examples in a rule's page: k2l/rules/__init__.py says what they may leave out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from k2l import formats, pipeline, source, tables
from k2l.pipeline import Bundle
from k2l.settings import Settings

_LENGTH = re.compile(r"<(\d+) characters>")
_TIMES = re.compile(r"^(.*) <(\d+) times>$", re.MULTILINE)


def block(page: str, heading: str) -> str:
    """The indented text below ``heading:``, as objects of their own."""
    found = re.search(rf"^{heading}:\n\n((?: {{4}}.*\n|\n)+)", page + "\n", re.MULTILINE)
    assert found, f"no block {heading}: in {page}"
    text = _LENGTH.sub(lambda m: "x" * int(m[1]), textwrap.dedent(found[1]))
    text = _TIMES.sub(lambda m: "\n".join(m[1].replace("#", str(n)) for n in range(int(m[2]))), text)
    return _with_workload(text) if "apiVersion:" in text else _dump(_objects(yaml.safe_load(text)))


def translated(text: str) -> Bundle:
    """These objects after every stage."""
    loaded = source.load(text, "example.yaml")
    assert not loaded.problems, loaded.problems
    return pipeline.translate((), loaded.objects, Settings(), formats.by_name("terraform"))


def codes(text: str) -> set[str]:
    """Of what a user reads, and of what stands against targets that nobody thought of."""
    bundle = translated(text)
    rejected = (finding for p in bundle.plan.placements for against in p.rejected.values() for finding in against)
    return {finding.code for finding in (*bundle.findings, *rejected)}


def _dump(objects: Iterable[Any]) -> str:
    return yaml.safe_dump_all(objects, sort_keys=False, width=10**9)


def _with_workload(text: str) -> str:
    """``text`` itself, and after it what of the Deployment and its Service is not in it."""
    if re.search(r"^kind: (CronJob|DaemonSet|Deployment|Job|Pod|ReplicaSet|StatefulSet)$", text, re.MULTILINE):
        return text
    given = {(o["kind"], o["metadata"]["name"]) for o in yaml.safe_load_all(text)}
    return f"{text}\n---\n{_dump(o for o in _web({}, {}) if (o['kind'], o['metadata']['name']) not in given)}"


def _objects(part: dict[str, Any]) -> list[Any]:
    if "schedule" in part:
        return [_cron_job(part)]
    of_container = part.keys() <= tables.inventory().types["Container"].keys() or part.keys() == {"containerPort"}
    return _web(part, {}) if of_container else _web({}, part)


def _web(container: Mapping[str, Any], pod: Mapping[str, Any]) -> list[Any]:
    first = {"name": "web", "image": "registry.example/web:1.0", "ports": [{"containerPort": 8080}], **container}
    spec = {"containers": [first], **pod}
    port = (spec["containers"][0].get("ports") or [{"containerPort": 8080}])[0]
    entrance = {"port": 80, "targetPort": port["containerPort"], "protocol": port.get("protocol", "TCP")}
    template = {"metadata": {"labels": {"app": "web"}}, "spec": spec}
    deployment = {"selector": {"matchLabels": {"app": "web"}}, "template": template}
    return [
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": deployment},
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"selector": {"app": "web"}, "ports": [entrance]}},
    ]


def _cron_job(spec: dict[str, Any]) -> Any:
    job = spec.setdefault("jobTemplate", {}).setdefault("spec", {})
    container = {"name": "job", "image": "registry.example/job:1.0"}
    job["template"] = {"spec": {"restartPolicy": "Never", "containers": [container]}}
    return {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "job"}, "spec": spec}
