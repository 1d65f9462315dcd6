"""What a SAM template says it makes, read from what AWS's own translator makes of its text, in the words of ``said_terraform``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from harness.said import OF_TASKS, Said, document
from harness.sam import process

PSEUDO = {
    "AWS::AccountId": "<account>",
    "AWS::NoValue": None,
    "AWS::Partition": "<partition>",
    "AWS::Region": "<region>",
    "AWS::URLSuffix": "<dns_suffix>",
}
# What SAM adds to every function and API.
OWN_TAGS = frozenset({"httpapi:createdBy", "lambda:createdBy"})
Body = Mapping[str, Any]


def read(folder: Path) -> Said:
    return _Stack(process((folder / "template.yaml").read_text(encoding="utf-8"), defaults=False)).said()


class _Stack:
    def __init__(self, template: Body) -> None:
        self._resources: Mapping[str, Body] = template["Resources"]
        self._parameters: Mapping[str, Body] = template.get("Parameters", {})

    # -- values

    def value(self, given: Any) -> Any:
        if isinstance(given, list):
            return [self.value(item) for item in given]
        if not isinstance(given, Mapping):
            return given
        if len(given) == 1:
            ((name, argument),) = given.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._function(name, argument)
        return {key: self.value(inner) for key, inner in given.items()}

    def _function(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._ref(argument)
            case "Fn::GetAtt":
                return self._attribute(*(argument if isinstance(argument, list) else argument.split(".", 1)))
            case "Fn::Join":
                return argument[0].join(str(self.value(part)) for part in argument[1])
            case "Fn::Sub":
                text, more = argument if isinstance(argument, list) else (argument, {})
                known = {key: self.value(inner) for key, inner in more.items()}
                return re.sub(r"\$\{([^!}][^}]*)\}", lambda found: str(known.get(found[1]) or self._part(found[1])), text)
            case "Fn::If":
                # The digest of an image, where one is given: without it, as in Terraform.
                return self.value(argument[2])
        raise ValueError(f"{name} is not expected here")

    def _part(self, name: str) -> Any:
        own, _, attribute = name.partition(".")
        return self._attribute(own, attribute) if attribute else self._ref(name)

    def _ref(self, name: str) -> Any:
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self._parameters:
            return f"<input: {self._parameters[name]['Description']}>"
        own = self._resources[name]
        if own["Type"] in OF_TASKS.values():
            return f"<{own['Type']}>"
        named = NAMES.get(own["Type"])
        if own["Type"] in ("AWS::SQS::Queue", "AWS::SecretsManager::Secret", "AWS::Lambda::Alias", "AWS::ApiGatewayV2::Api"):
            return self._attribute(name, "")
        return self.value(own["Properties"][named]) if named else f"<{name}>"

    def _attribute(self, name: str, attribute: str) -> Any:
        own = self._resources[name]
        kind, properties = own["Type"], own["Properties"]
        if kind in OF_TASKS.values():
            return self.value(properties["ServiceName"]) if attribute == "Name" else f"<{kind}>"
        known: Mapping[str, Callable[[], Any]] = {
            "AWS::SSM::Parameter": lambda: self.value(properties[attribute]),
            "AWS::Lambda::Url": lambda: f"<url of {self.value(self._function_of(properties['TargetFunctionArn']))}>",
            "AWS::Lambda::Alias": lambda: f"<alias of {self.value(properties['FunctionName'])}>",
            "AWS::Lambda::Version": lambda: "<newest>",
            "AWS::ApiGatewayV2::Api": lambda: f"<api {properties['Body']['info']['title']}>",
        }
        return known[kind]() if kind in known else f"<{SHORT[kind]} {self.value(properties[NAMES[kind]])}>"

    def _function_of(self, given: Any) -> Any:
        """The function of an alias, or itself."""
        own = self._resources[given["Ref"]]
        return own["Properties"]["FunctionName"] if own["Type"] == "AWS::Lambda::Alias" else given

    def _all(self, kind: str) -> Iterator[Body]:
        yield from (self.value(own["Properties"]) for own in self._resources.values() if own["Type"] == kind)

    # -- what is said

    def said(self) -> Said:
        return {
            "functions": {f["FunctionName"]: _function(f) for f in self._all("AWS::Lambda::Function")},
            "aliases": {a["FunctionName"]: a["Name"] for a in self._all("AWS::Lambda::Alias")},
            "capacity": {p["CapacityProviderName"]: _capacity(p) for p in self._all("AWS::Lambda::CapacityProvider")},
            "environments": {v["FunctionName"]: v["FunctionScalingConfig"] for v in self._versions()},
            "urls": dict(self._urls()),
            "failures": {c["FunctionName"]: _failures(c) for c in self._all("AWS::Lambda::EventInvokeConfig")},
            "provisioned": {
                a["FunctionName"]: (a["Name"], a["ProvisionedConcurrencyConfig"]["ProvisionedConcurrentExecutions"])
                for a in self._all("AWS::Lambda::Alias")
                if "ProvisionedConcurrencyConfig" in a
            },
            "scaling": {
                t["ResourceId"]: (t["MinCapacity"], t["MaxCapacity"]) for t in self._all("AWS::ApplicationAutoScaling::ScalableTarget")
            },
            "policies of scaling": dict(self._tracking()),
            "schedules": {s["Name"]: _schedule(s) for s in self._all("AWS::Scheduler::Schedule")},
            "apis": {a["Body"]["info"]["title"]: (a["Body"]["info"]["description"], _body_tags(a)) for a in self._apis()},
            "access logs": {s["ApiId"]: _access_logs(s) for s in self._all("AWS::ApiGatewayV2::Stage")},
            "routes": dict(self._routes()),
            "permissions": {
                (*self._alias(p["FunctionName"]), p["Principal"], self._source(p["SourceArn"]))
                for p in self._raw("AWS::Lambda::Permission")
            },
            "domains": {d["DomainName"]: d.get("Tags", {}) for d in self._all("AWS::ApiGatewayV2::DomainName")},
            "log groups": {g["LogGroupName"]: (g["RetentionInDays"], _tags(g)) for g in self._all("AWS::Logs::LogGroup")},
            "queues": {
                q["QueueName"]: (q["MessageRetentionPeriod"], q["SqsManagedSseEnabled"], _tags(q)) for q in self._all("AWS::SQS::Queue")
            },
            "parameters": {
                p["Name"]: (p["Value"], p["Tier"], p.get("Description"), p.get("Tags", {})) for p in self._all("AWS::SSM::Parameter")
            },
            "secrets": {s["Name"]: (s["Description"], _tags(s)) for s in self._all("AWS::SecretsManager::Secret")},
            "roles": {r["RoleName"]: _role(r) for r in self._all("AWS::IAM::Role") if "RoleName" in r},
            "budget": {p["MinValue"] - 100 for name, p in self._parameters.items() if name == "AccountConcurrency"},
        }

    def _versions(self) -> Iterator[Body]:
        """Those whose environments are bounded."""
        return (version for version in self._all("AWS::Lambda::Version") if "FunctionScalingConfig" in version)

    def _raw(self, kind: str) -> Iterator[Body]:
        yield from (own["Properties"] for own in self._resources.values() if own["Type"] == kind)

    def _alias(self, given: Any) -> tuple[Any, Any]:
        alias = self._resources[given["Ref"]]["Properties"]
        return self.value(alias["FunctionName"]), alias["Name"]

    def _urls(self) -> Iterator[tuple[Any, Any]]:
        for url in self._raw("AWS::Lambda::Url"):
            function, alias = self._alias(url["TargetFunctionArn"])
            yield function, (alias, url["AuthType"], url["InvokeMode"])

    def _tracking(self) -> Iterator[tuple[Any, Any]]:
        for policy in self._raw("AWS::ApplicationAutoScaling::ScalingPolicy"):
            target = self.value(self._resources[policy["ScalingTargetId"]["Ref"]]["Properties"]["ResourceId"])
            tracking = policy["TargetTrackingScalingPolicyConfiguration"]
            yield policy["PolicyName"], (target, tracking["TargetValue"], tracking["PredefinedMetricSpecification"]["PredefinedMetricType"])

    def _apis(self) -> list[Body]:
        return list(self._raw("AWS::ApiGatewayV2::Api"))

    def _routes(self) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
        for api in self._apis():
            name = f"<api {api['Body']['info']['title']}>"
            for path, methods in api["Body"]["paths"].items():
                for method, operation in methods.items():
                    key = path if path == "$default" else f"{'ANY' if 'any-method' in method else method.upper()} {path}"
                    integration = operation["x-amazon-apigateway-integration"]
                    (alias,) = re.findall(r"\$\{(\w+)\}/invocations", integration["uri"]["Fn::Sub"])
                    yield (name, key), (self._ref(alias), integration["timeoutInMillis"])

    def _source(self, source: Any) -> str:
        """What a permission is for: an API with its routes, or a target group."""
        text = source["Fn::Sub"]
        return str(self.value(text[1]["__ApiId__"] if isinstance(text, list) else source))


NAMES = {
    "AWS::IAM::Role": "RoleName",
    "AWS::Lambda::CapacityProvider": "CapacityProviderName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
}
SHORT = {
    "AWS::IAM::Role": "role",
    "AWS::Lambda::CapacityProvider": "capacity provider",
    "AWS::SecretsManager::Secret": "secret",
    "AWS::SQS::Queue": "queue",
}


def _tags(own: Body) -> dict[str, Any]:
    return {tag["Key"]: tag["Value"] for tag in own.get("Tags", []) if tag["Key"] not in OWN_TAGS}


def _body_tags(api: Body) -> dict[str, Any]:
    return {tag["name"]: tag["x-amazon-apigateway-tag-value"] for tag in api["Body"].get("tags", []) if tag["name"] not in OWN_TAGS}


def _function(function: Body) -> dict[str, Any]:
    vpc = function.get("VpcConfig", {})
    instances = function.get("CapacityProviderConfig", {}).get("LambdaManagedInstancesCapacityProviderConfig", {})
    return {
        "memory": function["MemorySize"],
        "timeout": function["Timeout"],
        "architectures": function["Architectures"],
        "description": function["Description"],
        "environment": function.get("Environment", {}).get("Variables", {}),
        "concurrency": function.get("ReservedConcurrentExecutions"),
        "storage": function.get("EphemeralStorage", {}).get("Size"),
        "instances": (
            instances.get("CapacityProviderArn"),
            instances.get("ExecutionEnvironmentMemoryGiBPerVCpu"),
            instances.get("PerExecutionEnvironmentMaxConcurrency"),
        ),
        "network": (vpc.get("SubnetIds"), vpc.get("SecurityGroupIds")),
        "role": function["Role"],
        "image": function["Code"]["ImageUri"],
        "tags": _tags(function),
    }


def _capacity(provider: Body) -> tuple[Any, ...]:
    scaling = provider["CapacityProviderScalingConfig"]
    return (
        *(provider["VpcConfig"][name] for name in ("SubnetIds", "SecurityGroupIds")),
        provider["PermissionsConfig"]["CapacityProviderOperatorRoleArn"],
        provider["InstanceRequirements"]["Architectures"],
        *(scaling[name] for name in ("ScalingMode", "MaxVCpuCount")),
        [(policy["PredefinedMetricType"], policy["TargetValue"]) for policy in scaling.get("ScalingPolicies", [])],
    )


def _failures(config: Body) -> tuple[Any, ...]:
    to = config["DestinationConfig"]["OnFailure"]
    return config["Qualifier"], config["MaximumRetryAttempts"], config.get("MaximumEventAgeInSeconds"), to["Destination"]


def _schedule(schedule: Body) -> tuple[Any, ...]:
    target = schedule["Target"]
    retry = target["RetryPolicy"]
    return (
        *(schedule[name] for name in ("Description", "ScheduleExpression", "ScheduleExpressionTimezone", "State")),
        schedule["FlexibleTimeWindow"]["Mode"],
        *(target[name] for name in ("Arn", "RoleArn", "Input")),
        *(retry[name] for name in ("MaximumRetryAttempts", "MaximumEventAgeInSeconds")),
        target["DeadLetterConfig"]["Arn"],
    )


def _access_logs(stage: Body) -> dict[str, Any]:
    import json

    settings = stage["AccessLogSettings"]
    return {"destination_arn": settings["DestinationArn"], "format": json.loads(settings["Format"])}


def _role(role: Body) -> tuple[Any, ...]:
    policies = {policy["PolicyName"]: document(policy["PolicyDocument"]) for policy in role.get("Policies", [])}
    managed = role.get("ManagedPolicyArns", [])
    return role["Description"], document(role["AssumeRolePolicyDocument"]), policies, managed, _tags(role)
