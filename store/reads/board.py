"""The board of a pipeline: all open deals, and the deals closed this month."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from store.months import month_of
from store.reads.days import instants_of_months
from store.reads.pipelines import goals, pipeline, rates
from store.reads.rows import DEAL_COLUMNS, WHERE_IDS, DealBuilder
from store.rules.totals import added, totals
from store.views import Board, Column, Deal, Outcome

if TYPE_CHECKING:
    import sqlite3

_PLACE: Final = attrgetter("position", "id")

_OPEN: Final = f"""
    SELECT {DEAL_COLUMNS} FROM deals AS d {WHERE_IDS} (
        SELECT id FROM deals WHERE deleted_at IS NULL
            AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome = 'open'))
"""

_CLOSED: Final = f"""
    SELECT {DEAL_COLUMNS} FROM deals AS d {WHERE_IDS} (
        SELECT id FROM deals WHERE closed_at >= ? AND closed_at < ?
            AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome <> 'open'))
    ORDER BY d.closed_at DESC, d.id DESC
"""


def board(connection: sqlite3.Connection, pipeline_id: int | None, today: date) -> Board:
    """The board of a pipeline (the first one for `None`) as of `today`, in a fixed number of statements.

    Open columns hold all their deals in the board's order; won and lost ones those closed in the month of `today`, the
    newest first. `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    own_goals = goals(connection, shown.id)
    own_rates = rates(connection, shown.currency)
    builder = DealBuilder({stage.id: stage for stage in shown.stages}, today)
    held: dict[int, list[Deal]] = {stage.id: [] for stage in shown.stages}
    for deal in builder.build(connection.execute(_OPEN, (shown.id,))):
        held[deal.stage_id].append(deal)
    for deals in held.values():
        deals.sort(key=_PLACE)
    this_month = (*instants_of_months(month_of(today), month_of(today)), shown.id)
    for deal in builder.build(connection.execute(_CLOSED, this_month)):
        held[deal.stage_id].append(deal)
    columns = tuple(
        Column(stage, tuple(held[stage.id]), totals(held[stage.id], shown.currency, own_rates))
        for stage in shown.stages
    )
    in_progress = added(column.totals for column in columns if column.stage.outcome is Outcome.OPEN)
    return Board(shown, today, columns, in_progress, own_goals, own_rates)
