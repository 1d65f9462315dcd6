"""What a user puts into terraform.tfvars before the first apply."""

from __future__ import annotations

import re
from pathlib import Path

from harness.aws_mock import AwsMock
from harness.terraform import VARIABLE

NETWORK = frozenset({"vpc_id", "subnet_ids", "public_subnet_ids"})


def answers(output: Path, mock: AwsMock | None = None) -> dict[str, object]:
    """A host and port for every input of the main root that has no default, and a network in ``mock`` for those that name one."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(output.glob("*.tf")))
    required = [name for name, body in VARIABLE.findall(text) if not re.search(r"^\s*default\s*=", body, re.MULTILINE)]
    hosts: dict[str, object] = {name: f"{name.replace('_', '-')}.example.com:8080" for name in required if name not in NETWORK}
    hosts |= {name: f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{name}-AbCdEf" for name in required if name.startswith("pull_")}
    return hosts | ({name: value for name, value in network(mock).items() if name in required} if NETWORK & {*required} and mock else {})


def network(mock: AwsMock) -> dict[str, object]:
    """A VPC with two private and two public subnets, each pair in two zones."""
    ec2 = mock.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"eu-west-1{'ab'[number % 2]}")["Subnet"]["SubnetId"]
        for number in range(4)
    ]
    return {"vpc_id": vpc, "subnet_ids": made[:2], "public_subnet_ids": made[2:]}
