"""Moving deals from stage to stage: `domain.md`, "Moving a deal".

However a move is asked for (to a stage, won, lost, reopened), it is the same: the open visit ends, the next one
begins in the same instant, and the deal follows. One statement reads all that is needed to decide, for all deals.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, type_coerce
from sqlalchemy.orm import aliased
from sqlalchemy.types import Integer
from sqlmodel import Session, col, select

from store.drafts import notes_of
from store.errors import InvalidInput, NotFound
from store.journal import Change
from store.lookup import POSITION_GAP, ids_in, in_order, key_of, refuse_deleted, unique
from store.models import DealRow, LostReasonRow, StageRow, VisitRow
from store.rules.naming import fold
from store.text import clean_line
from store.views import Done, Outcome

_Now: Final = aliased(StageRow, name="now_in")
_To: Final = aliased(StageRow, name="moved_to")


@dataclass(frozen=True, slots=True)
class Found:
    """One deal with all that decides about its move: `first` is the smallest position in the new column."""

    deal: DealRow
    visit: VisitRow
    stage: StageRow
    target: StageRow | None
    first: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it is asked for. `to` gives the id of the new stage in SQL, `skip` the deals that stay as they are;
    `title` names the action after the moved deals and their stage."""

    to: ColumnElement[int] | ScalarSelect[Any]
    skip: Callable[[Found], bool]
    title: Callable[[Sequence[Found]], str]
    evidence: str = ""
    lost_reason: str | None = None
    lost_note: str = ""

    def run(self, change: Change, ids: Sequence[int]) -> Done:
        """Move the deals of `ids` that are not there already: all of them, or none with the reason why."""
        found = _found(change.session, unique(ids), self.to)
        moving = [each for each in found if not self.skip(each)]
        evidence = notes_of(self.evidence, "evidence")
        note = notes_of(self.lost_note, "note")
        reasons = [self._reason(each, evidence) for each in moving]
        if not moving:
            return change.done()
        change.record(self.title(moving))
        _leave(change, moving)
        for rank, (each, reason) in enumerate(zip(moving, reasons, strict=True)):
            _enter(change.session, each, evidence, rank - len(moving))
            each.deal.lost_reason = reason
            each.deal.lost_note = note if reason else ""
        change.session.flush()
        return change.done([each.visit.deal_id for each in moving])

    def _reason(self, found: Found, evidence: str) -> str | None:
        """The lost reason to be stored, `None` for a stage that is not lost; `InvalidInput` if the move cannot be."""
        target, name = _target(found), found.deal.name
        if target.evidence_required and not evidence.strip():
            raise InvalidInput(
                f"{name} needs evidence to enter {target.name}: what did the buyer do? {target.criterion}".rstrip(),
                "evidence",
            )
        if target.outcome != Outcome.LOST:
            if self.lost_reason is not None:
                raise InvalidInput(
                    f"{target.name} is not a lost stage; it takes no lost reason.", "lost reason"
                )
            return None
        given = clean_line(self.lost_reason or "")
        if not given:
            known = ", ".join(found.reasons)
            raise InvalidInput(f"Say why {name} was lost{f': {known}' if known else ''}.", "lost reason")
        return next((reason for reason in found.reasons if fold(reason) == fold(given)), given)


def to_stage(stage_id: int) -> ColumnElement[int]:
    """A stage by its id."""
    return type_coerce(literal(stage_id), Integer)


def to_first(outcome: Outcome) -> ScalarSelect[Any]:
    """The first stage with `outcome` in the pipeline where the deal is."""
    stage = aliased(StageRow)
    return (
        select(stage.id)
        .where(col(stage.pipeline_id) == _Now.pipeline_id, col(stage.outcome) == outcome.value)
        .order_by(col(stage.position), col(stage.id))
        .limit(1)
        .correlate(_Now)
        .scalar_subquery()
    )


def to_last_open() -> ColumnElement[Any]:
    """The open stage that the deal visited last, in the pipeline where it is; else that pipeline's first one."""
    stage, visit = aliased(StageRow), aliased(VisitRow)
    last = (
        select(stage.id)
        .join(visit, col(visit.stage_id) == stage.id)
        .where(
            col(visit.deal_id) == DealRow.id,
            col(stage.pipeline_id) == _Now.pipeline_id,
            col(stage.outcome) == Outcome.OPEN.value,
        )
        .order_by(col(visit.entered_at).desc(), col(visit.id).desc())
        .limit(1)
        .correlate(DealRow, _Now)
        .scalar_subquery()
    )
    return func.coalesce(last, to_first(Outcome.OPEN))


def _found(session: Session, ids: Sequence[int], to: ColumnElement[int] | ScalarSelect[Any]) -> list[Found]:
    """What is known of the deals of `ids`, in that order; `NotFound` if one of them or its new stage is not there."""
    rows = session.execute(_question(ids, to))
    by_id = {
        deal.id: Found(deal, visit, stage, target, first or 0, tuple(json.loads(reasons)))
        for deal, visit, stage, target, first, reasons in rows
    }
    found = in_order(ids, by_id)
    refuse_deleted(each.deal for each in found)
    for each in found:
        _target(each)
    return found


def _question(ids: Sequence[int], to: ColumnElement[int] | ScalarSelect[Any]) -> Select[Any]:
    other = aliased(DealRow)
    first = (
        select(func.min(other.position)).where(col(other.stage_id) == _To.id).correlate(_To).scalar_subquery()
    )
    reason = (
        select(LostReasonRow.name)
        .where(col(LostReasonRow.pipeline_id) == _To.pipeline_id, col(_To.outcome) == Outcome.LOST.value)
        .order_by(col(LostReasonRow.position), col(LostReasonRow.id))
        .correlate(_To)
        .subquery()
    )
    reasons = select(func.json_group_array(reason.c.name)).scalar_subquery()
    question: Select[Any] = select(DealRow, VisitRow, _Now, _To, first, reasons)  # type: ignore[call-overload]
    return (
        question.join(VisitRow, (col(VisitRow.deal_id) == DealRow.id) & col(VisitRow.left_at).is_(None))
        .join(_Now, col(_Now.id) == DealRow.stage_id)
        .outerjoin(_To, col(_To.id) == to)
        .where(col(DealRow.id).in_(ids_in(ids)))
    )


def _target(found: Found) -> StageRow:
    if found.target is None:
        raise NotFound(f"There is no such stage to move {found.deal.name} to.")
    return found.target


def _leave(change: Change, moving: Sequence[Found]) -> None:
    """End the open visits: now, or when they began if the clock has been set back since."""
    for each in moving:
        each.visit.left_at = max(change.at, each.visit.entered_at)
    change.session.flush()  # before the next visits begin, as a deal has one open visit at any time


def _enter(session: Session, found: Found, evidence: str, rank: int) -> None:
    """Begin the next visit in the instant in which the last one ended. `rank` puts the deal before the column's
    first: -1 right before it, -2 one further up."""
    deal, target, at = found.deal, _target(found), found.visit.left_at or ""
    session.add(
        VisitRow(deal_id=found.visit.deal_id, stage_id=key_of(target), entered_at=at, evidence=evidence)
    )
    deal.stage_id = key_of(target)
    deal.entered_stage_at = at
    deal.position = found.first + rank * POSITION_GAP
    deal.closed_at = None if target.outcome == Outcome.OPEN else at
    deal.probability = None
    deal.snoozed_until = None


def names_of(moving: Sequence[Found]) -> str:
    """What a title calls these deals: the name of one, the number of several."""
    return moving[0].deal.name if len(moving) == 1 else f"{len(moving)} deals"


def target_names(moving: Sequence[Found]) -> Iterator[str]:
    """The names of the stages that these deals move to, each once."""
    return iter(dict.fromkeys(_target(each).name for each in moving))
