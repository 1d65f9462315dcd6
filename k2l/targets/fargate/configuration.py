"""What configuration becomes: one parameter for each ConfigMap value in use, one empty secret for each Secret in use."""

from __future__ import annotations

from k2l.plan import Concern
from k2l.targets.shared.configuration import build

CONCERN = Concern("configuration", shared=build)
