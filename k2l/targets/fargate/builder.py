"""Amazon ECS on Fargate as a target."""

from __future__ import annotations

from k2l.finding import Target
from k2l.plan import Builder
from k2l.targets.fargate.site import survey

BUILDER = Builder(Target.FARGATE, "k2l.targets.fargate", survey)
