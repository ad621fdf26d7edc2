"""What decides about a move: read for all its deals by one statement, whose text is made once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from store.errors import NotFound
from store.lookup import AMONG_IDS, ids_parameter, in_order, refuse_deleted
from store.models import DealRow, LostReasonRow, StageRow, VisitRow
from store.views import Outcome

_From: Final = aliased(StageRow, name="moved_from")
_To: Final = aliased(StageRow, name="moved_to")


class Way(Enum):
    """How a move names its stage; all but `STAGE` are looked up in the pipeline where the deal is."""

    STAGE = "the stage of an id"
    WON = "the first won stage"
    LOST = "the first lost stage"
    LAST_OPEN = "the open stage visited last, else the first open one"


@dataclass(frozen=True, slots=True)
class Facts:
    """One deal with what decides about its move: its open visit, the outcome of its stage and the stage it is to
    move to; `first` is the smallest position of a deal there, `reasons` the list from which a lost deal takes its
    reason."""

    deal: DealRow
    visit: VisitRow
    outcome: Outcome
    target: StageRow
    first: int
    reasons: tuple[str, ...]


def facts_of(session: Session, ids: Sequence[int], way: Way, stage_id: int | None = None) -> list[Facts]:
    """The facts of the deals of `ids`, in that order; `NotFound` if a deal or its new stage is not there."""
    rows = session.execute(_question(way), ids_parameter(ids) | {"stage_id": stage_id})
    by_id = {row[0].id: row for row in rows}
    found = in_order(ids, by_id)
    refuse_deleted(row[0] for row in found)
    return [_facts(*row) for row in found]


def _facts(
    deal: DealRow, visit: VisitRow, outcome: str, target: StageRow | None, first: int | None, reasons: str
) -> Facts:
    if target is None:
        raise NotFound(f"There is no such stage to move {deal.name} to.")
    return Facts(deal, visit, Outcome(outcome), target, first or 0, tuple(json.loads(reasons)))


@cache
def _question(way: Way) -> Select[Any]:
    other = aliased(DealRow)
    first = (
        select(func.min(other.position))
        .where(col(other.stage_id) == _To.id, col(other.deleted_at).is_(None))
        .correlate(_To)
        .scalar_subquery()
    )
    reason = (
        select(LostReasonRow.name)
        .where(col(LostReasonRow.pipeline_id) == _To.pipeline_id, col(_To.outcome) == Outcome.LOST.value)
        .order_by(col(LostReasonRow.position), col(LostReasonRow.id))
        .correlate(_To)
        .subquery()
    )
    reasons = select(func.json_group_array(reason.c.name)).scalar_subquery()
    question: Select[Any] = select(DealRow, VisitRow, _From.outcome, _To, first, reasons)  # type: ignore[call-overload]
    return (
        question.join(VisitRow, (col(VisitRow.deal_id) == DealRow.id) & col(VisitRow.left_at).is_(None))
        .join(_From, col(_From.id) == DealRow.stage_id)
        .outerjoin(_To, col(_To.id) == _target_id(way))
        .where(col(DealRow.id).in_(AMONG_IDS))
    )


def _target_id(way: Way) -> ColumnElement[Any] | ScalarSelect[Any]:
    match way:
        case Way.STAGE:
            return bindparam("stage_id")
        case Way.WON:
            return _first(Outcome.WON)
        case Way.LOST:
            return _first(Outcome.LOST)
        case Way.LAST_OPEN:
            return func.coalesce(_last_open(), _first(Outcome.OPEN))


def _first(outcome: Outcome) -> ScalarSelect[Any]:
    stage = aliased(StageRow)
    return (
        select(stage.id)
        .where(col(stage.pipeline_id) == _From.pipeline_id, col(stage.outcome) == outcome.value)
        .order_by(col(stage.position), col(stage.id))
        .limit(1)
        .correlate(_From)
        .scalar_subquery()
    )


def _last_open() -> ScalarSelect[Any]:
    stage, visit = aliased(StageRow), aliased(VisitRow)
    return (
        select(stage.id)
        .join(visit, col(visit.stage_id) == stage.id)
        .where(
            col(visit.deal_id) == DealRow.id,
            col(stage.pipeline_id) == _From.pipeline_id,
            col(stage.outcome) == Outcome.OPEN.value,
        )
        .order_by(col(visit.entered_at).desc(), col(visit.id).desc())
        .limit(1)
        .correlate(DealRow, _From)
        .scalar_subquery()
    )
