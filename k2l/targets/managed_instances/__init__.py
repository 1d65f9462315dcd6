"""Lambda Managed Instances as a target: functions are built as on Lambda, with what is here besides.

Their routes, URLs, secrets and parameters are made together with those of functions on Lambda's own instances: one host has one HTTP API.
"""

from __future__ import annotations

from k2l.finding import Target
from k2l.plan import Builder

BUILDER = Builder(Target.MANAGED_INSTANCES, __name__, onto="k2l.targets.lambda_")
