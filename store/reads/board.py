"""The board of a pipeline: all open deals, and the deals closed this month."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from store.months import month_of
from store.reads.days import instants_of_months
from store.reads.pipelines import goals, pipeline, rates
from store.reads.rows import DEAL_COLUMNS, DEALS, WHERE_IDS, DealBuilder
from store.rules.totals import added, totals
from store.views import Board, Column, Deal, Outcome, Pipeline

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from store.rules.totals import Priced

_PLACE: Final = attrgetter("position", "id")

_OPEN: Final = f"""
    SELECT {DEAL_COLUMNS} FROM {DEALS} {WHERE_IDS} (
        SELECT id FROM deals WHERE deleted_at IS NULL
            AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome = 'open'))
"""

_CLOSED: Final = f"""
    SELECT {DEAL_COLUMNS} FROM {DEALS} {WHERE_IDS} (
        SELECT id FROM deals WHERE closed_at >= ? AND closed_at < ?
            AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome <> 'open'))
    ORDER BY d.closed_at DESC, d.id DESC
"""


_FIRST: Final = f"""
    SELECT {DEAL_COLUMNS} FROM {DEALS} {WHERE_IDS} (
        SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY stage_id ORDER BY position, id) AS place
            FROM deals WHERE deleted_at IS NULL
                AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome = 'open'))
        WHERE place <= ?)
"""

_PRICES: Final = """
    SELECT stage_id, amount, currency, probability FROM deals WHERE deleted_at IS NULL
        AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ? AND outcome = 'open')
"""


class Price(NamedTuple):
    """Only what a sum needs to know of a deal."""

    amount: int | None
    currency: str
    probability: int


def board(
    connection: sqlite3.Connection, pipeline_id: int | None, today: date, first: int | None = None
) -> Board:
    """The board of a pipeline (the first one for `None`) as of `today`, in a fixed number of statements.

    Open columns hold all their deals in the board's order; won and lost ones those closed in the month of `today`, the
    newest first. With `first`, open columns hold only so many deals of theirs, but the totals of all, which takes a
    tenth of the time. `NotFound` when there is no such pipeline.
    """
    shown = pipeline(connection, pipeline_id)
    own_goals = goals(connection, shown.id)
    own_rates = rates(connection, shown.currency)
    builder = DealBuilder({stage.id: stage for stage in shown.stages}, today)
    held: dict[int, list[Deal]] = {stage.id: [] for stage in shown.stages}
    prices: Mapping[int, Sequence[Priced]] = held
    if first is None:
        rows = connection.execute(_OPEN, (shown.id,))
    else:
        prices = _prices(connection, shown)
        rows = connection.execute(_FIRST, (shown.id, first))
    for deal in builder.build(rows):
        held[deal.stage_id].append(deal)
    for deals in held.values():
        deals.sort(key=_PLACE)
    this_month = (*instants_of_months(month_of(today), month_of(today)), shown.id)
    for deal in builder.build(connection.execute(_CLOSED, this_month)):
        held[deal.stage_id].append(deal)
    columns = tuple(
        Column(
            stage,
            tuple(held[stage.id]),
            totals(prices.get(stage.id, held[stage.id]), shown.currency, own_rates),
        )
        for stage in shown.stages
    )
    in_progress = added(column.totals for column in columns if column.stage.outcome is Outcome.OPEN)
    whole = all(column.totals.count == len(column.deals) for column in columns)
    return Board(shown, today, columns, in_progress, own_goals, own_rates, whole)


def _prices(connection: sqlite3.Connection, pipeline: Pipeline) -> dict[int, list[Price]]:
    """What there is to add up in each open stage."""
    chance = {stage.id: stage.probability for stage in pipeline.stages}
    prices: dict[int, list[Price]] = {
        stage.id: [] for stage in pipeline.stages if stage.outcome is Outcome.OPEN
    }
    for stage_id, amount, currency, own in connection.execute(_PRICES, (pipeline.id,)):
        prices[stage_id].append(Price(amount, currency, chance[stage_id] if own is None else own))
    return prices
