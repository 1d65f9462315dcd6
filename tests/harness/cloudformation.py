"""A CloudFormation mock that takes what SAM makes: moto, with stand-ins for the types that it does not know.

A stand-in has a physical id, an ARN and any attribute that it is asked for, so that the whole graph of a stack is resolved and made in
order.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from harness.sam import REGION, Template

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": REGION}


@dataclass(frozen=True)
class Stack:
    """``missing`` are resources without a condition that were not made; ``functions`` are what the Lambda mock says it has, by name."""

    status: str
    missing: tuple[str, ...]
    functions: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, str]
    left: tuple[str, ...]


def deploy(template: Template, given: Mapping[str, str]) -> Stack:
    """Creates a stack in an empty account, looks at it and deletes it. ``left`` are functions that stay behind then."""
    with mock.patch.dict(os.environ, KEYS), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import boto3
        from moto import mock_aws

        with _stand_ins({resource["Type"] for resource in template["Resources"].values()}), mock_aws():
            cloudformation, functions = boto3.client("cloudformation"), boto3.client("lambda")
            answers = [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()]
            body = json.dumps(template)
            cloudformation.create_stack(StackName="k2l", TemplateBody=body, Parameters=answers, Capabilities=["CAPABILITY_NAMED_IAM"])
            status = cloudformation.describe_stacks(StackName="k2l")["Stacks"][0]["StackStatus"]
            pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName="k2l")
            made = {resource["LogicalResourceId"] for page in pages for resource in page["StackResourceSummaries"]}
            found = {f["FunctionName"]: f for page in functions.get_paginator("list_functions").paginate() for f in page["Functions"]}
            stored = {p["Name"]: p["Value"] for p in _parameters(boto3.client("ssm"))}
            cloudformation.delete_stack(StackName="k2l")
            left = tuple(f["FunctionName"] for f in functions.list_functions()["Functions"])
    wanted = {name for name, resource in template["Resources"].items() if "Condition" not in resource}
    return Stack(status, tuple(sorted(wanted - made)), found, stored, left)


def _parameters(ssm: Any) -> Iterator[Mapping[str, str]]:
    for page in ssm.get_paginator("get_parameters_by_path").paginate(Path="/", Recursive=True):
        yield from page["Parameters"]


@contextmanager
def _stand_ins(types: set[str]) -> Iterator[None]:
    from moto.awslambda import models as functions
    from moto.cloudformation import parsing
    from moto.ssm import models as ssm

    known = dict(parsing.get_model_map())
    base, alias = _classes()
    for name in types - known.keys():
        known[name] = (
            alias if name == "AWS::Lambda::Alias" else type(name.replace("::", ""), (base,), {"type": name, "__module__": _MODULE})
        )
    with ExitStack() as patched:
        patched.enter_context(mock.patch.object(parsing, "get_model_map", return_value=known))
        for owner, name, better in (
            (functions.LambdaFunction, "create_from_cloudformation_json", classmethod(_function)),
            (functions.LambdaVersion, "create_from_cloudformation_json", classmethod(_version)),
            (functions.LambdaVersion, "physical_resource_id", property(lambda self: self.arn)),
            (functions.LambdaVersion, "has_cfn_attr", classmethod(lambda _, name: name in ("Version", "FunctionArn"))),
            (functions.LambdaVersion, "get_cfn_attribute", lambda self, name: str(self.version) if name == "Version" else self.arn),
            (ssm.Parameter, "has_cfn_attr", classmethod(lambda _, name: name in ("Value", "Type"))),
            (ssm.Parameter, "get_cfn_attribute", lambda self, name: self.value if name == "Value" else self.parameter_type),
        ):
            patched.enter_context(mock.patch.object(owner, name, better, create=True))
        yield


# moto reads a service's name from the module's.
_MODULE = "moto.core.k2l"


def _classes() -> tuple[Any, Any]:  # noqa: C901 (moto is imported when it is needed)
    from moto.awslambda.models import lambda_backends
    from moto.core.common_models import CloudFormationModel

    class StandIn(CloudFormationModel):  # type: ignore[misc]
        __module__ = _MODULE
        type = "AWS::Core::StandIn"

        def __init__(self, name: str, account: str, region: str) -> None:
            self.name = name
            _, service, kind = self.type.split("::")
            self.arn = f"arn:aws:{service.lower()}:{region}:{account}:{kind.lower()}/{name}"

        @property
        def physical_resource_id(self) -> str:
            return self.arn if self.type in ("AWS::SecretsManager::Secret", "AWS::Lambda::Alias") else self.name

        @classmethod
        def cloudformation_name_type(cls) -> str:
            return ""

        @classmethod
        def cloudformation_type(cls) -> str:
            return cls.type

        @classmethod
        def has_cfn_attr(cls, attr: str) -> bool:  # noqa: ARG003
            return True

        def get_cfn_attribute(self, attribute_name: str) -> str:
            return self.arn if attribute_name.endswith("Arn") else f"{self.name}-{attribute_name}"

        @classmethod
        def create_from_cloudformation_json(cls, resource_name: str, _json: Any, account_id: str, region_name: str, **_: Any) -> Any:
            return cls(resource_name, account_id, region_name)

        @classmethod
        def delete_from_cloudformation_json(cls, *_: Any) -> None:
            """Nothing stands behind it."""

    class Alias(StandIn):
        __module__ = _MODULE
        type = "AWS::Lambda::Alias"

        @classmethod
        def create_from_cloudformation_json(cls, resource_name: str, _json: Any, account_id: str, region_name: str, **_: Any) -> Any:
            given = _json["Properties"]
            backend = lambda_backends[account_id][region_name]
            made = backend.create_alias(given["Name"], given["FunctionName"], str(given["FunctionVersion"]), "", None)
            self = cls(resource_name, account_id, region_name)
            self.arn = made.arn
            return self

    return StandIn, Alias


def _function(_: Any, /, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **__: Any) -> Any:
    """moto passes on seven properties only, and neither PackageType nor Architectures."""
    from moto.awslambda.models import lambda_backends

    given = {**cloudformation_json["Properties"], "FunctionName": resource_name}
    given["Tags"] = {tag["Key"]: tag["Value"] for tag in given.get("Tags", [])}
    return lambda_backends[account_id][region_name].create_function(given)


def _version(cls: Any, /, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **_: Any) -> Any:  # noqa: ARG001
    from moto.awslambda.models import lambda_backends

    published = lambda_backends[account_id][region_name].publish_version(cloudformation_json["Properties"]["FunctionName"])
    self = cls({"Version": published.version})
    self.arn = published.function_arn
    return self
