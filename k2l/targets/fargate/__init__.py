"""Amazon ECS on Fargate as a target: one file for each AWS service or theme."""

from __future__ import annotations

from k2l.finding import Target
from k2l.plan import Builder

BUILDER = Builder(Target.FARGATE, __name__)
