"""AWS Lambda as a target."""

from __future__ import annotations

from k2l.finding import Target
from k2l.plan import Builder
from k2l.targets.lambda_.site import survey

BUILDER = Builder(Target.LAMBDA, "k2l.targets.lambda_", survey)
