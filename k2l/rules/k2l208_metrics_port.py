"""
Nobody comes to collect the metrics of a workload any more.

Prometheus asks every pod by its address, which it has from the cluster. The environments of a function have none, and they stand still
between requests; tasks on Fargate have addresses, but a collector has to find them by ECS or by their names. Lambda itself counts calls,
errors and durations in CloudWatch; metrics of the program's own have to be sent, for example as log lines in Embedded Metric Format.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html (checked 2026-11-21)

Bad:

    ports:
      - {name: http, containerPort: 8080}
      - {name: metrics, containerPort: 9090}

Good:

    ports:
      - {name: http, containerPort: 8080}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech, doors
from k2l.rules._ports import label
from k2l.rules._worker import serves


def check(workload: Workload) -> Iterator[Problem]:
    found = doors(workload)
    metrics = [door for door in found if door.says().speech is Speech.METRICS]
    if serves(workload) and len(found) > len(metrics):
        for door in metrics:
            yield Problem(
                door.at,
                f"nobody collects the metrics on port {label(door)} any more",
                "send them, for example as log lines in Embedded Metric Format, or let a collector find the tasks by ECS",
            )


RULE = Rule("K2L208", "metrics-port", Severity.NOTE, check, only=AWS_COMPUTE)
