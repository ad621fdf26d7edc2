"""A pipeline and its stages."""

from __future__ import annotations

from typing import Final, NamedTuple

from store.views.kinds import Outcome

STUCK_LIMIT: Final = 14
"""Days after which a deal is idle in an open stage that says nothing else."""


class ChecklistItem(NamedTuple):
    """One thing a stage asks to be done before a deal leaves it."""

    id: int
    title: str
    required: bool


class Stage(NamedTuple):
    """One step of a pipeline. `stuck_limit` and `dwell_limit` are days; `None` means no limit."""

    id: int
    pipeline_id: int
    name: str
    probability: int
    outcome: Outcome
    criterion: str = ""
    evidence_required: bool = False
    stuck_limit: int | None = STUCK_LIMIT
    dwell_limit: int | None = None
    checklist: tuple[ChecklistItem, ...] = ()

    @property
    def asks_evidence(self) -> bool:
        """Whether a move into it asks what the buyer did: it says by what a deal enters, or requires an answer."""
        return self.evidence_required or (bool(self.criterion) and self.outcome is not Outcome.LOST)

    @property
    def has_required_items(self) -> bool:
        """Whether there is anything that a deal should not leave it without."""
        return any(item.required for item in self.checklist)


class Pipeline(NamedTuple):
    """One sales process. `stages` are in board order; `monthly_goal` is what months without their own goal use."""

    id: int
    name: str
    currency: str
    stages: tuple[Stage, ...]
    lost_reasons: tuple[str, ...] = ()
    monthly_goal: int | None = None
