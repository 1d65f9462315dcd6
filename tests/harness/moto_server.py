"""The AWS mock as a program: moto's server on a free port (printed first) with the gaps closed that k2l's output runs into.

Each patch is one gap of moto 5.2.5 against https://docs.aws.amazon.com, found by a real apply and a plan after it.
Delete a patch when moto does it by itself.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

from moto.apigatewayv2.models import DomainName
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Scaling
from moto.awslambda import models, urls
from moto.awslambda.responses import LambdaResponse
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ecr.models import ecr_backends
from moto.ecs.models import Service as EcsService
from moto.iam.models import IAMBackend, ManagedPolicy
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.servicediscovery.models import ServiceDiscoveryBackend
from moto.sqs.models import Queue
from werkzeug.serving import make_server

from harness.repeats import Repeats

Answer = tuple[int, dict[str, Any], str]
Function = models.LambdaFunction


def scaling_targets_have_tags() -> None:
    """Moto: HTTP 500, which the provider retries for ten minutes."""
    tags: dict[str, dict[str, str]] = {}
    original = Scaling.register_scalable_target

    def register(self: Any) -> str:
        answer: str = original(self)
        if self._get_param("Tags"):
            tags[json.loads(answer)["ScalableTargetARN"]] = dict(self._get_param("Tags"))
        return answer

    def untag(self: Any) -> str:
        for key in self._get_param("TagKeys"):
            tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    def tag(self: Any) -> str:
        tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return "{}"

    Scaling.register_scalable_target = register
    Scaling.list_tags_for_resource = lambda self: json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})
    Scaling.tag_resource = tag
    Scaling.untag_resource = untag


def policies_of_aws_are_read_once() -> None:
    """Moto: anew for each empty account, a thousand of them, which takes more than a second."""
    read: dict[str, list[ManagedPolicy]] = {}
    original = IAMBackend._init_aws_policies  # noqa: SLF001

    def policies(self: Any) -> list[ManagedPolicy]:
        if self.account_id not in read:
            read[self.account_id] = original(self)
        return [copy.copy(policy) for policy in read[self.account_id]]

    IAMBackend._init_aws_policies = policies  # noqa: SLF001


def aliases_have_provisioned_concurrency() -> None:
    """Moto: no such address."""
    settings: dict[tuple[str, ...], int] = {}

    def key(self: Any) -> tuple[str, ...]:
        parts = self.path.split("?")[0].split("/")
        return self.current_account, self.region, unquote(parts[parts.index("functions") + 1]), self._get_param("Qualifier")

    def body(count: int) -> str:
        counts = {f"{word}ProvisionedConcurrentExecutions": count for word in ("Requested", "Available", "Allocated")}
        return json.dumps({**counts, "Status": "READY", "LastModified": "2026-01-01T00:00:00+0000"})

    def put(self: Any) -> Answer:
        place = key(self)
        self.backend.get_function(place[2], place[3])
        settings[place] = int(json.loads(self.body)["ProvisionedConcurrentExecutions"])
        return 202, {"status": 202}, body(settings[place])

    def get(self: Any) -> Answer:
        if key(self) in settings:
            return 200, {"status": 200}, body(settings[key(self)])
        head = {"status": 404, "x-amzn-ErrorType": "ProvisionedConcurrencyConfigNotFoundException"}
        return 404, head, json.dumps({"Type": "User", "Message": "No Provisioned Concurrency Config found for this function"})

    def delete(self: Any) -> Answer:
        settings.pop(key(self), None)
        return 204, {"status": 204}, ""

    LambdaResponse.put_provisioned_concurrency_config = put
    LambdaResponse.get_provisioned_concurrency_config = get
    LambdaResponse.delete_provisioned_concurrency_config = delete
    address = r"{0}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/provisioned-concurrency/?$"
    urls.url_paths[address] = LambdaResponse.dispatch


def functions_remember_what_they_were_given() -> None:
    """Moto stores neither of these, forgets most updates, and shows an image override that nobody set."""
    kept = ("DeadLetterConfig", "LoggingConfig", "FileSystemConfigs", "SnapStart")
    read = {
        "TracingConfig": ("tracing_config", dict),
        "KMSKeyArn": ("kms_key_arn", str),
        "EphemeralStorage": ("ephemeral_storage", lambda given: given["Size"]),
        "ImageConfig": ("image_config", models.ImageConfig),
    }
    create, show, update = Function.__init__, Function.get_configuration, Function.update_configuration

    def created(self: Any, account_id: str, spec: dict[str, Any], region: str, version: int = 1) -> None:
        self.kept = {name: spec[name] for name in kept if spec.get(name)}
        create(self, account_id, spec, region, version)

    def shown(self: Any, *args: Any, **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = show(self, *args, **options)
        extra = copy.deepcopy(self.kept)
        extra.setdefault("LoggingConfig", {"LogFormat": "Text"}).setdefault("LogGroup", f"/aws/lambda/{self.function_name}")
        answer.update(extra)
        if not any(answer.get("ImageConfigResponse", {}).get("ImageConfig", {}).values()):
            answer.pop("ImageConfigResponse", None)
        return answer

    def updated(self: Any, changes: dict[str, Any]) -> dict[str, Any]:
        self.kept = {**self.kept, **{name: changes[name] for name in kept if name in changes}}
        for name, (attribute, as_stored) in read.items():
            if changes.get(name) is not None:
                setattr(self, attribute, as_stored(changes[name]))
        answer: dict[str, Any] = update(self, changes)
        return answer

    Function.__init__, Function.get_configuration, Function.update_configuration = created, shown, updated


IMAGE = re.compile(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/([a-z0-9._/-]+?)(?::([\w][\w.-]*)|@(sha256:[0-9a-f]{64}))")


def images_have_to_be_in_private_ecr() -> None:
    """Moto takes any address, or looks in a repository named by the last part of the path only.

    https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"""
    original = Function._set_function_code  # noqa: SLF001

    def set_code(self: Any, spec: dict[str, Any]) -> None:
        address = spec.get("ImageUri")
        if not address:
            original(self, spec)
            return
        match = IMAGE.fullmatch(address)
        if not match or match[2] != self.region:
            raise models.InvalidParameterValueException(f"Source image {address} is not valid. Provide a valid source image.")
        account, region, repository, tag, digest = match.groups()
        wanted = {"imageTag": tag} if tag else {"imageDigest": digest}
        registry = ecr_backends[account][region]
        images = registry.batch_get_image(repository, image_ids=[wanted])["images"] if repository in registry.repositories else []
        if not images:
            raise models.InvalidParameterValueException(f"Source image {address} does not exist. Provide a valid source image.")
        self.code_sha_256 = images[0].image_id["imageDigest"].removeprefix("sha256:")
        self.code_size = 0
        self.code["ImageUri"] = address

    Function._set_function_code = set_code  # noqa: SLF001


def redrive_policies_have_no_blanks() -> None:
    """Moto returns the text as its own JSON writer spells it, which is a change in every plan."""
    original: Callable[[Any], dict[str, str]] = Queue.attributes.fget

    def attributes(self: Any) -> dict[str, str]:
        answer = original(self)
        if answer.get("RedrivePolicy"):
            answer["RedrivePolicy"] = json.dumps(json.loads(answer["RedrivePolicy"]), separators=(",", ":"))
        return answer

    Queue.attributes = property(attributes)


def nothing_reserved_is_a_reservation() -> None:
    """Moto takes 0, a function that is switched off, for no reservation."""
    original = Function.get_code

    def shown(self: Any) -> dict[str, Any]:
        answer: dict[str, Any] = original(self)
        if self.reserved_concurrency is not None:
            answer["Concurrency"] = {"ReservedConcurrentExecutions": self.reserved_concurrency}
        return answer

    Function.get_code = shown


def domains_are_available() -> None:
    """Moto has a domain without a state, for which the provider waits, and an empty mutual TLS, which it reads as one."""
    original = DomainName.to_json

    def shown(self: Any) -> dict[str, Any]:
        answer: dict[str, Any] = original(self)
        for configuration in answer["domainNameConfigurations"]:
            configuration["domainNameStatus"] = "AVAILABLE"
            configuration.setdefault("ipAddressType", "ipv4")
        if not answer["mutualTlsAuthentication"]:
            del answer["mutualTlsAuthentication"]
        return answer

    DomainName.to_json = shown


def tasks_are_not_rebalanced() -> None:
    """Moto: forgets it. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html"""
    EcsService.availability_zone_rebalancing = "DISABLED"


def a_network_has_several_zones() -> None:
    """Moto: one, whatever it is called. https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html"""
    original = ServiceDiscoveryBackend.create_private_dns_namespace

    def create(self: Any, name: str, *given: Any, **named: Any) -> str:
        others = {key: other for key, other in self.namespaces.items() if other.name != name}
        self.namespaces = {key: other for key, other in self.namespaces.items() if key not in others}
        try:
            answer: str = original(self, name, *given, **named)
        finally:
            self.namespaces |= others
        return answer

    ServiceDiscoveryBackend.create_private_dns_namespace = create


def rules_for_groups_have_descriptions() -> None:
    """Moto: of ranges of addresses only. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html"""
    SecurityGroupRule.description = property(lambda rule: (rule.ip_range or rule.source_group or {}).get("Description"))


def main() -> None:
    tasks_are_not_rebalanced()
    rules_for_groups_have_descriptions()
    a_network_has_several_zones()
    scaling_targets_have_tags()
    policies_of_aws_are_read_once()
    aliases_have_provisioned_concurrency()
    functions_remember_what_they_were_given()
    images_have_to_be_in_private_ecr()
    redrive_policies_have_no_blanks()
    nothing_reserved_is_a_reservation()
    domains_are_available()
    server = make_server("127.0.0.1", 0, Repeats(DomainDispatcherApplication(create_backend_app)), threaded=True)
    print(server.port, flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main()
