"""What a Terraform configuration says it makes, read from its text by python-hcl2, in words that are the same for every format.

What is known at deployment only is written as ``<account>``, ``<input: its description>`` or ``<queue NAME>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.said import OF_TASKS, Said, arn, document

DATA = {
    "data.aws_caller_identity.current.account_id": "<account>",
    "data.aws_region.current.id": "<region>",
    "data.aws_partition.current.partition": "<partition>",
    "data.aws_partition.current.dns_suffix": "<dns_suffix>",
    "local.registry": "<account>.dkr.ecr.<region>.<dns_suffix>",
}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
# What is about the configuration, or an expression over an input that no other format has.
META = frozenset({"count", "depends_on", "domain_name_configuration", "dynamic", "function_version", "lifecycle"})
Body = Mapping[str, Any]


def read(folder: Path) -> Said:
    return _Configuration(folder).said()


class _Configuration:
    def __init__(self, folder: Path) -> None:
        import hcl2

        self._parse: Callable[[str], Any] = hcl2.loads
        self._resources: dict[str, dict[str, Body]] = {}
        self._inputs: dict[str, str] = {}
        for file in sorted(folder.glob("*.tf")):
            found = hcl2.loads(file.read_text(encoding="utf-8"))
            for block in found.get("resource", []):
                for kind, named in block.items():
                    self._resources.setdefault(kind.strip('"'), {}).update({name.strip('"'): body for name, body in named.items()})
            for block in found.get("variable", []):
                self._inputs |= {name.strip('"'): self.value(body["description"]) for name, body in block.items()}

    # -- values

    def value(self, given: Any) -> Any:
        if isinstance(given, str):
            return self._expression(given[2:-1]) if given.startswith("${") and given.endswith("}") else self._expression(given)
        if isinstance(given, Mapping):
            return {self.value(k) if k.startswith('"') else k: self.value(v) for k, v in given.items() if not k.startswith("__")}
        return [self.value(item) for item in given] if isinstance(given, list) else given

    def _expression(self, text: str) -> Any:
        text = text.strip()
        if text.startswith('"'):
            return "".join(self._template(text[1:-1]))
        if text.startswith("jsonencode("):
            return self.value(self._parse(f"v = {text.removeprefix('jsonencode(').removesuffix(')')}\n")["v"])
        if tag := re.fullmatch(r'lookup\(local\.image_references, "[^"]+", (".+")\)', text):
            return self.value(tag[1])
        return self._reference(text)

    def _template(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            if text.startswith(("$${", "%%{"), at):
                yield text[at + 1 : at + 3]
                at += 3
            elif text.startswith("${", at):
                end = _closing(text, at + 2)
                yield str(self._expression(text[at + 2 : end]))
                at = end + 1
            elif text[at] == "\\":
                width = {"u": 6, "U": 10}.get(text[at + 1], 2)
                yield ESCAPES.get(text[at + 1]) or chr(int(text[at + 2 : at + width], 16))
                at += width
            else:
                yield text[at]
                at += 1

    def _reference(self, text: str) -> Any:
        if text in DATA:
            return DATA[text]
        if text.startswith("var."):
            return f"<input: {self._inputs[text.removeprefix('var.')]}>"
        kind, name, attribute = text.replace("one(", "").replace("[*]", "").rstrip(")").split(".", 2)
        body = self._resources[kind][name]
        if kind in OF_TASKS and attribute != "name":
            return f"<{OF_TASKS[kind]}>"
        if attribute in body:
            return self.value(body[attribute])
        if kind == "aws_lambda_function_url":
            return f"<url of {self.value(body['function_name'])}>"
        own = self._name(kind, body)
        return arn("logs", f"log-group:{own}") if kind == "aws_cloudwatch_log_group" else f"<{SHORT[kind]} {own}>"

    def _name(self, kind: str, body: Body) -> Any:
        return self.value(body[{"aws_lambda_alias": "function_name", "aws_lambda_function": "function_name"}.get(kind, "name")])

    def _all(self, kind: str) -> Iterator[Body]:
        for body in self._resources.get(kind, {}).values():
            yield self.value({name: value for name, value in body.items() if name not in META})

    # -- what is said

    def said(self) -> Said:
        found = {
            "functions": {f["function_name"]: self._function(f) for f in self._all("aws_lambda_function")},
            "aliases": {a["function_name"]: a["name"] for a in self._all("aws_lambda_alias")},
            "capacity": {p["name"]: _capacity(p) for p in self._all("aws_lambda_capacity_provider")},
            "environments": {b["function_name"]: _bounds(b) for b in self._all("aws_lambda_function_scaling_config")},
            "urls": {u["function_name"]: (u["qualifier"], u["authorization_type"], u["invoke_mode"]) for u in self._urls},
            "failures": {c["function_name"]: _failures(c) for c in self._all("aws_lambda_function_event_invoke_config")},
            "provisioned": {
                p["function_name"]: (p["qualifier"], p["provisioned_concurrent_executions"])
                for p in self._all("aws_lambda_provisioned_concurrency_config")
            },
            "scaling": {t["resource_id"]: (t["min_capacity"], t["max_capacity"]) for t in self._all("aws_appautoscaling_target")},
            "policies of scaling": {p["name"]: _tracking(p) for p in self._all("aws_appautoscaling_policy")},
            "schedules": {s["name"]: _schedule(s) for s in self._all("aws_scheduler_schedule")},
            "apis": {a["name"]: (a["description"], a.get("tags", {})) for a in self._all("aws_apigatewayv2_api")},
            "access logs": {s["api_id"]: s["access_log_settings"][0] for s in self._all("aws_apigatewayv2_stage")},
            "routes": dict(self._routes()),
            "permissions": {
                (p["function_name"], p["qualifier"], p["principal"], re.sub(r"/\*/\*$", "", p["source_arn"]))
                for p in self._all("aws_lambda_permission")
            },
            "domains": {d["domain_name"]: d.get("tags", {}) for d in self._all("aws_apigatewayv2_domain_name")},
            "log groups": {g["name"]: (g["retention_in_days"], g.get("tags", {})) for g in self._all("aws_cloudwatch_log_group")},
            "queues": {q["name"]: (q["message_retention_seconds"], q["sqs_managed_sse_enabled"], q.get("tags", {})) for q in self._queues},
            "parameters": {
                p["name"]: (p["insecure_value"], p["tier"], p.get("description"), p.get("tags", {})) for p in self._all("aws_ssm_parameter")
            },
            "secrets": {s["name"]: (s["description"], s.get("tags", {})) for s in self._all("aws_secretsmanager_secret")},
            "roles": {r["name"]: self._role(r) for r in self._all("aws_iam_role")},
            "budget": {int(found[1]) for b in self._all_of("terraform_data") if (found := re.search(r"(\d+) <= var", str(b)))},
        }
        return found

    def _all_of(self, kind: str) -> Iterator[Body]:
        yield from self._resources.get(kind, {}).values()

    @cached_property
    def _urls(self) -> list[Body]:
        return list(self._all("aws_lambda_function_url"))

    @cached_property
    def _queues(self) -> list[Body]:
        return list(self._all("aws_sqs_queue"))

    def _function(self, function: Body) -> dict[str, Any]:
        vpc = function.get("vpc_config", [{}])[0]
        instances = function.get("capacity_provider_config", [{}])[0].get("lambda_managed_instances_capacity_provider_config", [{}])[0]
        return {
            "memory": function["memory_size"],
            "timeout": function["timeout"],
            "architectures": function["architectures"],
            "description": function["description"],
            "environment": function.get("environment", [{}])[0].get("variables", {}),
            "concurrency": function.get("reserved_concurrent_executions"),
            "storage": function.get("ephemeral_storage", [{}])[0].get("size"),
            "instances": tuple(instances.get(name) for name in INSTANCES),
            "network": (vpc.get("subnet_ids"), vpc.get("security_group_ids")),
            "role": function["role"],
            "image": function["image_uri"],
            "tags": function.get("tags", {}),
        }

    def _routes(self) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
        integrations = self._resources.get("aws_apigatewayv2_integration", {})
        for route in self._resources.get("aws_apigatewayv2_route", {}).values():
            (name,) = re.findall(r"aws_apigatewayv2_integration\.(\w+)\.id", route["target"])
            integration = self.value(integrations[name])
            yield (
                (self.value(route["api_id"]), self.value(route["route_key"])),
                (integration["integration_uri"], integration["timeout_milliseconds"]),
            )

    def _role(self, role: Body) -> tuple[Any, ...]:
        policies = {p["name"]: document(p["policy"]) for p in self._all("aws_iam_role_policy") if p["role"] == role["name"]}
        managed = [a["policy_arn"] for a in self._all("aws_iam_role_policy_attachment") if a["role"] == role["name"]]
        return role["description"], document(role["assume_role_policy"]), policies, managed, role.get("tags", {})


SHORT = {
    "aws_apigatewayv2_api": "api",
    "aws_iam_role": "role",
    "aws_lambda_alias": "alias of",
    "aws_lambda_capacity_provider": "capacity provider",
    "aws_secretsmanager_secret": "secret",
    "aws_sqs_queue": "queue",
}


def _closing(text: str, at: int) -> int:
    """The brace that ends what begins at ``at``."""
    depth, quoted = 1, False
    while True:
        char = text[at]
        if char == "\\":
            at += 1
        elif char == '"':
            quoted = not quoted
        elif char in "{}" and not quoted:
            depth += 1 if char == "{" else -1
            if not depth:
                return at
        at += 1


INSTANCES = ("capacity_provider_arn", "execution_environment_memory_gib_per_vcpu", "per_execution_environment_max_concurrency")


def _capacity(provider: Body) -> tuple[Any, ...]:
    (network,), (scaling,) = provider["vpc_config"], provider["capacity_provider_scaling_config"]
    return (
        *(network[name] for name in ("subnet_ids", "security_group_ids")),
        provider["permissions_config"][0]["capacity_provider_operator_role_arn"],
        provider["instance_requirements"][0]["architectures"],
        *(scaling[name] for name in ("scaling_mode", "max_vcpu_count")),
        [(policy["predefined_metric_type"], policy["target_value"]) for policy in scaling.get("scaling_policies", [])],
    )


def _bounds(config: Body) -> dict[str, Any]:
    (found,) = config["function_scaling_config"]
    return {f"{word.title()}ExecutionEnvironments": found[f"{word}_execution_environments"] for word in ("min", "max")}


def _failures(config: Body) -> tuple[Any, ...]:
    (to,) = config["destination_config"][0]["on_failure"]
    return config["qualifier"], config["maximum_retry_attempts"], config.get("maximum_event_age_in_seconds"), to["destination"]


def _tracking(policy: Body) -> tuple[Any, ...]:
    (tracking,) = policy["target_tracking_scaling_policy_configuration"]
    return policy["resource_id"], tracking["target_value"], tracking["predefined_metric_specification"][0]["predefined_metric_type"]


def _schedule(schedule: Body) -> tuple[Any, ...]:
    (target,) = schedule["target"]
    (retry,) = target["retry_policy"]
    return (
        *(schedule[name] for name in ("description", "schedule_expression", "schedule_expression_timezone", "state")),
        schedule["flexible_time_window"][0]["mode"],
        *(target[name] for name in ("arn", "role_arn", "input")),
        *(retry[name] for name in ("maximum_retry_attempts", "maximum_event_age_in_seconds")),
        target["dead_letter_config"][0]["arn"],
    )
