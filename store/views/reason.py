"""Why a deal is stuck."""

from __future__ import annotations

from typing import NamedTuple

from store.views.kinds import StuckKind


class Reason(NamedTuple):
    """One reason why a deal is stuck: for how many days, and the stage's limit where the reason has one."""

    kind: StuckKind
    days: int
    limit: int | None = None
