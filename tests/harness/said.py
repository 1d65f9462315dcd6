"""The words in which ``said_terraform`` and ``said_sam`` say what an output makes, so that both can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Said = Mapping[str, Any]
"""Theme -> what is said of it, by the name that AWS knows it by."""


OF_TASKS = {
    "aws_ecs_cluster": "AWS::ECS::Cluster",
    "aws_ecs_service": "AWS::ECS::Service",
    "aws_ecs_task_definition": "AWS::ECS::TaskDefinition",
    "aws_efs_access_point": "AWS::EFS::AccessPoint",
    "aws_efs_file_system": "AWS::EFS::FileSystem",
    "aws_lb": "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "aws_lb_target_group": "AWS::ElasticLoadBalancingV2::TargetGroup",
    "aws_security_group": "AWS::EC2::SecurityGroup",
    "aws_service_discovery_private_dns_namespace": "AWS::ServiceDiscovery::PrivateDnsNamespace",
    "aws_service_discovery_service": "AWS::ServiceDiscovery::Service",
}
"""What only tasks on Fargate have: references to it are compared by what it is."""


def arn(service: str, resource: str) -> str:
    return f"arn:<partition>:{service}:<region>:<account>:{resource}"


def document(policy: Mapping[str, Any]) -> tuple[str, ...]:
    """The statements of a policy, in their order, without regard to how one thing or a list of one is written."""
    return tuple("; ".join(f"{key}={_sorted(value)}" for key, value in sorted(statement.items())) for statement in policy["Statement"])


def _sorted(value: Any) -> str:
    if isinstance(value, Mapping):
        return str({key: _sorted(inner) for key, inner in sorted(value.items())})
    return str(sorted(value)) if isinstance(value, list) else str(value)
