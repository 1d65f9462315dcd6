"""What only a server has, in a pod that runs once."""

from __future__ import annotations

from k2l.plan import Concern
from k2l.targets.shared.lone_pods import build

CONCERN = Concern("lone-pods", each=build)
