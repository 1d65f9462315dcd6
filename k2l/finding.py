"""What a rule says about a place in a manifest, and the rules' common shape."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from k2l.source import Node


class Target(StrEnum):
    """Where a workload goes, best first; ``none`` is cluster plumbing that AWS makes needless."""

    LAMBDA = "lambda"
    MANAGED_INSTANCES = "managed-instances"
    FARGATE = "fargate"
    MANAGED_SERVICE = "managed-service"
    KUBERNETES = "kubernetes"
    NONE = "none"


FUNCTIONS = frozenset({Target.LAMBDA, Target.MANAGED_INSTANCES})
"""The targets that are Lambda functions, with all that this means."""

AWS_COMPUTE = FUNCTIONS | {Target.FARGATE}
"""The targets that run the workload's own image."""


class Severity(StrEnum):
    """How much it matters: an error cannot be applied or would not work, a warning changes meaning, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Note(Struct, frozen=True):
    """Another place that belongs to a finding, with what to see there."""

    at: Node
    label: str


class Part(StrEnum):
    """What of a place is to be changed: its value, its key, all of a comment; or what is to be put on a line of its own below its value."""

    VALUE = "value"
    KEY = "key"
    COMMENT = "comment"
    BELOW = "below"


class Edit(Struct, frozen=True):
    """A change of the text at one place: ``text`` is written there as it is, quotes and all."""

    at: Node
    part: Part
    text: str = ""


class Problem(Struct, frozen=True):
    """What a check yields: one place, one sentence, what to do, and other places that explain it.

    ``workload`` is the id of the workload that it forbids something to, when that is not the subject itself. ``fix`` mends it, and is safe:
    it says what was said before in the way that Kubernetes takes it."""

    at: Node
    message: str
    help: str | None = None
    related: tuple[Note, ...] = ()
    workload: str | None = None
    fix: tuple[Edit, ...] = ()


class Rule(Struct, frozen=True):
    """One lint rule. ``code`` never changes meaning and says nothing of severity; ``blocks`` are the targets it rules out,
    ``sends`` the target that a workload belongs on whatever else could run it (a database image: a managed service).
    ``only``: it matters to workloads that go there, and nobody else hears of it (empty: to all).

    ``check`` yields Problems about one subject; the annotation of its first parameter is the subject's type: see k2l/findings.py.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[..., Iterator[Problem]]
    confidence: Confidence = Confidence.HIGH
    blocks: frozenset[Target] = frozenset()
    sends: Target | None = None
    only: frozenset[Target] = frozenset()

    @property
    def page(self) -> str:
        """The documentation of the rule: its module's docstring."""
        return (sys.modules[self.check.__module__].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        return self.page.splitlines()[0]


class Finding(Struct, frozen=True):
    rule: Rule
    problem: Problem
    object: str
    workload: str | None = None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def at(self) -> Node:
        return self.problem.at

    @property
    def fixable(self) -> bool:
        """Whether there is a safe fix, and a file to make it in: what was rendered comes again as it was."""
        document = self.at.document
        return bool(self.problem.fix) and document.template is None and document.file != "stdin"

    def order(self) -> tuple[str, int, int, str, str]:
        at = self.problem.at
        return at.document.file, at.line, at.column, self.rule.code, self.problem.message
