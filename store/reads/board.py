"""The board of a pipeline: all open deals, and the deals closed this month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from store.instants import instant_text
from store.months import add_months, month_of, month_range
from store.reads.pipelines import goals, pipeline, rates
from store.reads.rows import DEAL_COLUMNS, DEAL_SOURCE, DealBuilder
from store.rules.totals import added, totals
from store.views import Board, Column, Deal, Outcome, Pipeline

if TYPE_CHECKING:
    import sqlite3

_OPEN = f"""
    SELECT {DEAL_COLUMNS} {DEAL_SOURCE}
    WHERE d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome = 'open') AND d.deleted_at IS NULL
    ORDER BY d.stage_id, d.position, d.id
"""

_CLOSED = f"""
    SELECT {DEAL_COLUMNS} {DEAL_SOURCE}
    WHERE d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome <> 'open') AND d.deleted_at IS NULL
        AND d.closed_at >= ? AND d.closed_at < ?
    ORDER BY d.stage_id, d.closed_at DESC, d.id DESC
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
    deals = builder.build(connection.execute(_OPEN, (shown.id,)))
    deals += closed_between(connection, builder, shown, *instants_of_month(month_of(today)))
    held: dict[int, list[Deal]] = {stage.id: [] for stage in shown.stages}
    for deal in deals:
        held[deal.stage_id].append(deal)
    columns = tuple(
        Column(stage, tuple(held[stage.id]), totals(held[stage.id], shown.currency, own_rates))
        for stage in shown.stages
    )
    in_progress = added(column.totals for column in columns if column.stage.outcome is Outcome.OPEN)
    return Board(shown, today, columns, in_progress, own_goals, own_rates)


def closed_between(
    connection: sqlite3.Connection, builder: DealBuilder, pipeline: Pipeline, start: str, end: str
) -> list[Deal]:
    """The won and lost deals closed from the instant `start` to before `end`, by stage, the newest first."""
    return builder.build(connection.execute(_CLOSED, (pipeline.id, start, end)))


def instants_of_month(month: str, months: int = 1) -> tuple[str, str]:
    """The stored instants between which `month` (or that many months from it on) lies in the local calendar."""
    return _midnight(month_range(month)[0]), _midnight(month_range(add_months(month, months))[0])


def _midnight(day: date) -> str:
    """The instant at which `day` begins in the local zone."""
    return instant_text(datetime.combine(day, time()).astimezone(UTC))
