"""Writes mappings/kubernetes.json: every Kubernetes type that k2l may meet and its fields, from the ``kubernetes`` package.

    python -m k2l.dev.inventory

``kinds`` is what a manifest says (``apps/v1 Deployment``) -> type. ``types`` is type -> field -> form; a form is ``string``,
``integer``, ``number``, ``boolean``, ``Quantity``, ``IntOrString``, ``object`` (anything), ``[]X``, ``map[string]X`` or the name
of a type. A type is named without its version; where versions differ, the newest has the bare name and an older one is, for
example, ``HorizontalPodAutoscalerV1``. What stands under ``status`` is left out: no manifest decides it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from k2l.dev.models import bare, fetch, version

NEWEST = "kubernetes==36.0.3"
# The last wheels whose models still have what Kubernetes 1.16, 1.21, 1.22, and 1.25 and 1.26 removed; the newest comes last.
OLDER = ("kubernetes==12.0.1", "kubernetes==19.15.0", "kubernetes==21.7.0", "kubernetes==24.2.0")

KINDS = {
    "v1": "ConfigMap Endpoints LimitRange Namespace PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController"
    " ResourceQuota Secret Service ServiceAccount",
    "admissionregistration.k8s.io/v1": "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    "admissionregistration.k8s.io/v1beta1": "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    "apiextensions.k8s.io/v1": "CustomResourceDefinition",
    "apiextensions.k8s.io/v1beta1": "CustomResourceDefinition",
    "apps/v1": "DaemonSet Deployment ReplicaSet StatefulSet",
    "apps/v1beta1": "Deployment StatefulSet",
    "apps/v1beta2": "DaemonSet Deployment ReplicaSet StatefulSet",
    "autoscaling/v1": "HorizontalPodAutoscaler",
    "autoscaling/v2": "HorizontalPodAutoscaler",
    "autoscaling/v2beta1": "HorizontalPodAutoscaler",
    "autoscaling/v2beta2": "HorizontalPodAutoscaler",
    "batch/v1": "CronJob Job",
    "batch/v1beta1": "CronJob",
    "batch/v2alpha1": "CronJob",
    "discovery.k8s.io/v1": "EndpointSlice",
    "discovery.k8s.io/v1beta1": "EndpointSlice",
    "extensions/v1beta1": "DaemonSet Deployment Ingress ReplicaSet",
    "networking.k8s.io/v1": "Ingress IngressClass NetworkPolicy",
    "networking.k8s.io/v1beta1": "Ingress IngressClass",
    "policy/v1": "PodDisruptionBudget",
    "policy/v1beta1": "PodDisruptionBudget",
    "rbac.authorization.k8s.io/v1": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "rbac.authorization.k8s.io/v1beta1": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "scheduling.k8s.io/v1": "PriorityClass",
    "scheduling.k8s.io/v1beta1": "PriorityClass",
    "storage.k8s.io/v1": "StorageClass",
    "storage.k8s.io/v1beta1": "StorageClass",
}

# The models say str where the API says Quantity, and object where it says IntOrString.
QUANTITIES = {
    "ContainerResourceMetricSource": "targetAverageValue",
    "EmptyDirVolumeSource": "sizeLimit",
    "ExternalMetricSource": "targetAverageValue targetValue",
    "HPAScalingRules": "tolerance",
    "LimitRangeItem": "default defaultRequest max maxLimitRequestRatio min",
    "MetricTarget": "averageValue value",
    "ObjectMetricSource": "averageValue targetValue",
    "PersistentVolumeSpec": "capacity",
    "PodSpec": "overhead",
    "PodsMetricSource": "targetAverageValue",
    "ResourceFieldSelector": "divisor",
    "ResourceMetricSource": "targetAverageValue",
    "ResourceQuotaSpec": "hard",
    "ResourceRequirements": "limits requests",
    "VolumeResourceRequirements": "limits requests",
}
# A schema is of any depth, and says nothing of what runs.
OBJECTS = ("CustomResourceSubresources.status", "CustomResourceValidation.openAPIV3Schema", "ManagedFieldsEntry.fieldsV1")
SCALARS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "object": "IntOrString", "datetime": "string"}
_WRAPPED = re.compile(r"^(?P<outer>list|dict)[\[(](?:str, )?(?P<inner>.+)[\])]$")

Models = Mapping[str, Mapping[str, str]]


class Naming:
    """Gives every model the name of its type. An older version shares the newer one's when that has all it may say, in the same form."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self.names: dict[str, str] = {}
        for model in sorted(models, key=_age, reverse=True):
            self._settle(model)

    def _settle(self, model: str) -> None:
        if model in self.names:
            return
        newer = next((m for m, name in self.names.items() if name == bare(model)), None)
        self.names[model] = bare(model)
        for inner in needs(model, self.models[model]):
            self._settle(inner)
        if newer is not None and not self._covers(newer, model):
            self.names[model] = f"{bare(model)}V{version(model)}"

    def _covers(self, newer: str, older: str) -> bool:
        return self.fields(older).items() <= self.fields(newer).items()

    def fields(self, model: str) -> dict[str, str]:
        return {field: self._form(model, field, written) for field, written in self.models[model].items()}

    def _form(self, model: str, field: str, written: str) -> str:
        if found := _WRAPPED.match(written):
            return ("[]" if found["outer"] == "list" else "map[string]") + self._form(model, field, found["inner"])
        if written == "str" and field in QUANTITIES.get(bare(model), "").split():
            return "Quantity"
        if _is_status(field, written) or f"{bare(model)}.{field}" in OBJECTS:
            return "object"
        return SCALARS.get(written) or self.names[written]


def _age(model: str) -> tuple[int, bool, str, str]:
    """Sorts v2alpha1 before v1beta1 before v1 before v2beta1: a finished version is newer than its betas, and anything than an alpha."""
    number, alpha, _ = version(model).partition("alpha")
    number = number.partition("beta")[0]
    beta = version(model)[len(number) :]
    return int(0 if alpha else number or 0), not beta, beta, model


def _is_status(field: str, written: str) -> bool:
    return field == "status" and written not in SCALARS


def needs(model: str, fields: Mapping[str, str]) -> Iterator[str]:
    """The models that these fields are made of."""
    for field, written in fields.items():
        if f"{bare(model)}.{field}" in OBJECTS:
            continue
        inner = written
        while found := _WRAPPED.match(inner):
            inner = found["inner"]
        if inner not in SCALARS and not _is_status(field, inner):
            yield inner


def reachable(models: Models, roots: Iterable[str]) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    todo = list(roots)
    while todo:
        model = todo.pop()
        if model not in found:
            found[model] = models[model]
            todo.extend(needs(model, models[model]))
    return found


def build(release: str, models: Models) -> dict[str, object]:
    """The inventory of ``KINDS``. Raises KeyError for a kind or type without a model."""
    kinds = {f"{api} {kind}": _model(api, kind, models) for api, names in KINDS.items() for kind in names.split()}
    needed = reachable(models, kinds.values())
    naming = Naming(needed)
    types = {naming.names[model]: naming.fields(model) for model in needed}
    return {"kubernetes": release, "kinds": {kind: naming.names[model] for kind, model in kinds.items()}, "types": types}


def _model(api: str, kind: str, models: Models) -> str:
    """``V1beta1DaemonSet``, or ``ExtensionsV1beta1Deployment`` where several groups have one of that version."""
    group, _, version_ = api.rpartition("/")
    plain = f"V{version_.removeprefix('v')}{kind}"
    own = f"{group.partition('.')[0].capitalize()}{plain}"
    return own if own in models else plain


def render(inventory: Mapping[str, object]) -> str:
    """JSON with one kind or type a line, so that a difference reads well."""
    lines = []
    for name, value in inventory.items():
        if isinstance(value, Mapping):
            inner = ",\n".join(f"{json.dumps(key)}: {json.dumps(value[key], sort_keys=True)}" for key in sorted(value))
            lines.append(f'"{name}": {{\n{inner}\n}}')
        else:
            lines.append(f'"{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    newest = fetch(NEWEST)
    older = {name: fields for release in OLDER for name, fields in fetch(release).models.items()}
    target = Path(__file__).parents[2] / "mappings" / "kubernetes.json"
    target.write_text(render(build(newest.release, {**older, **newest.models})), encoding="utf-8")


if __name__ == "__main__":
    main()
