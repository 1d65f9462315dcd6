"""Services that AWS runs, as a target of which nothing is written: a database that nobody sized would be worse than none."""

from __future__ import annotations

from k2l.finding import Target
from k2l.plan import Builder

BUILDER = Builder(Target.MANAGED_SERVICE, __name__, writes=False)
