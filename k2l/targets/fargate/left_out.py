"""What becomes of containers that a task does without."""

from __future__ import annotations

from k2l.plan import Concern
from k2l.targets.shared.left_out import build

CONCERN = Concern("left-out", each=build)
