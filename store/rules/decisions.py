"""What was decided about a deal, told from the deal before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.views import Deal, Outcome


class DecisionKind(StrEnum):
    """The decisions that take a deal off the morning's list, in the order in which they are summed up."""

    WON = "won"
    LOST = "lost"
    MOVED = "moved"
    NEXT_STEP = "next step"
    FINISHED = "finished"
    TOUCH = "touch"
    CLOSE_DATE = "close date"
    SNOOZED = "snoozed"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `words` are what it was about (a step's title, a lost reason, "On radar → Signed"), `day` the day
    that it names: when the step is due, until when the deal is snoozed, its new close date."""

    kind: DecisionKind
    words: str = ""
    day: date | None = None


def decision_between(before: Deal, after: Deal) -> Decision | None:
    """The decision that made `after` of `before`; `None` when nothing of it is one (another name, a tick)."""
    if after.outcome is not before.outcome and after.outcome is Outcome.WON:
        return Decision(DecisionKind.WON, after.stage)
    if after.outcome is not before.outcome and after.outcome is Outcome.LOST:
        return Decision(DecisionKind.LOST, after.lost_reason or "")
    if after.stage_id != before.stage_id:
        return Decision(DecisionKind.MOVED, f"{before.stage} → {after.stage}")
    if after.snoozed_until is not None and after.snoozed_until != before.snoozed_until:
        return Decision(DecisionKind.SNOOZED, day=after.snoozed_until)
    if after.close_date != before.close_date:
        return Decision(DecisionKind.CLOSE_DATE, day=after.close_date)
    return _about_steps(before, after)


def _about_steps(before: Deal, after: Deal) -> Decision | None:
    lived = after.idle_since != before.idle_since
    step, new = before.next_step, after.next_step
    if step is not None and (after.open_tasks < before.open_tasks or (lived and new != step)):
        return Decision(DecisionKind.FINISHED, step.title)
    if new is not None and (after.open_tasks > before.open_tasks or new != step):
        return Decision(DecisionKind.NEXT_STEP, new.title, new.due_on)
    return Decision(DecisionKind.TOUCH, day=after.idle_since) if lived else None
