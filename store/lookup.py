"""Finding the rows that a command is about, or saying that they are not there; and the words of its title."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from store.dates import long_day
from store.errors import InvalidInput, NotFound
from store.models import DealRow, PipelineRow, StageRow
from store.months import kept_day

Row = TypeVar("Row")
Item = TypeVar("Item", int, str)


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """`items` each once, in the order given."""
    return tuple(dict.fromkeys(items))


AMONG_IDS: Final = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
"""A subquery of ids: one parameter, however many there are; see `ids_parameter`."""


def ids_parameter(ids: Iterable[int]) -> dict[str, Any]:
    """The parameter of a statement with `AMONG_IDS`."""
    return {"ids": json.dumps(list(ids))}


_DEALS: Final = select(DealRow).where(col(DealRow.id).in_(AMONG_IDS))


def deal_rows(session: Session, ids: Iterable[int], *, even_deleted: bool = False) -> list[DealRow]:
    """The deals of `ids` in that order, each once; `NotFound` if one is not there, or is deleted."""
    wanted = unique(ids)
    found = {deal.id: deal for deal in session.exec(_DEALS, params=ids_parameter(wanted))}
    deals = in_order(wanted, found)
    if not even_deleted:
        refuse_deleted(deals)
    return deals


def in_order(wanted: Sequence[int], found: Mapping[int | None, Row]) -> list[Row]:
    """The rows of `wanted` in that order; `NotFound` if one is not among `found`."""
    if missing := [deal_id for deal_id in wanted if deal_id not in found]:
        raise NotFound(f"There is no deal {missing[0]}.")
    return [found[deal_id] for deal_id in wanted]


def refuse_deleted(deals: Iterable[DealRow]) -> None:
    """Raise `NotFound` if one of `deals` is deleted."""
    for deal in deals:
        if deal.deleted_at is not None:
            raise NotFound(f"{deal.name} (deal {deal.id}) is deleted; undo that, or restore it first.")


def pipeline_row(session: Session, pipeline_id: int) -> PipelineRow:
    """The pipeline, or `NotFound`."""
    if (pipeline := session.get(PipelineRow, pipeline_id)) is None:
        raise NotFound(f"There is no pipeline {pipeline_id}.")
    return pipeline


def stage_row(session: Session, stage_id: int) -> StageRow:
    """The stage, or `NotFound`."""
    if (stage := session.get(StageRow, stage_id)) is None:
        raise NotFound(f"There is no stage {stage_id}.")
    return stage


def key_of(row: DealRow | StageRow | PipelineRow) -> int:
    """The id of a row that is in the database."""
    if row.id is None:
        raise AssertionError("the row has not been written yet")
    return row.id


def named(deals: Sequence[DealRow]) -> str:
    """What a title calls these deals: the name of one, the number of several."""
    return deals[0].name if len(deals) == 1 else f"{len(deals)} deals"


def day_words(day: date, today: date) -> str:
    """A day as a title names it, which is read on other days too: "Fri 27 Nov", with its year if that is another."""
    return long_day(day) if day.year == today.year else f"{long_day(day)} {day.year}"


def known_day(day: date, today: date, what: str) -> date:
    """`day`, if it is after `today` and of the years that are kept; else `InvalidInput` about the field `what`."""
    if day <= today:
        raise InvalidInput(f"{day_words(day, today)} is not after today; name a later day.", what)
    return kept_day(day, what)
