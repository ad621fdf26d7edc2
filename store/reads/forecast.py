"""The forecast of a pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, Final

from store.instants import local_day
from store.months import known_month
from store.reads.days import instants_of_months
from store.reads.pipelines import goals, pipeline, rates
from store.rules import forecast as rule
from store.views import Forecast

if TYPE_CHECKING:
    import sqlite3

_LAST_YEAR: Final = MAXYEAR - 1
"""The month after the last one must still begin on a day."""

_OPEN: Final = """
    SELECT d.amount, d.currency, ifnull(d.probability, s.probability), d.close_date
    FROM stages AS s JOIN deals AS d ON d.stage_id = s.id
    WHERE s.pipeline_id = ? AND s.outcome = 'open' AND d.deleted_at IS NULL
    ORDER BY d.id
"""

_WON: Final = """
    SELECT d.amount, d.currency, d.closed_at
    FROM stages AS s JOIN deals AS d ON d.stage_id = s.id
    WHERE s.pipeline_id = ? AND s.outcome = 'won' AND d.deleted_at IS NULL AND d.closed_at >= ? AND d.closed_at < ?
    ORDER BY d.id
"""


def forecast(
    connection: sqlite3.Connection, pipeline_id: int | None, today: date, months: Sequence[str]
) -> Forecast:
    """The forecast of a pipeline (the first one for `None`) for `months` ("2026-11"), as of `today`.

    Reads what the rule needs of each deal, and not more. `NotFound` when there is no such pipeline, `InvalidInput` for
    what is no month.
    """
    for month in months:
        known_month(month, _LAST_YEAR)
    shown = pipeline(connection, pipeline_id)
    days: dict[str | None, date | None] = {None: None}
    open_deals = []
    for amount, currency, probability, close_date in connection.execute(_OPEN, (shown.id,)):
        if close_date not in days:
            days[close_date] = date.fromisoformat(close_date)
        open_deals.append(rule.Expected(amount, currency, probability, days[close_date], None))
    won_deals = []
    if months:
        start, end = instants_of_months(min(months), max(months))
        for amount, currency, closed_at in connection.execute(_WON, (shown.id, start, end)):
            won_deals.append(rule.Expected(amount, currency, 100, None, local_day(closed_at)))
    return rule.forecast(
        shown,
        open_deals,
        won_deals,
        months,
        today,
        goals(connection, shown.id),
        rates(connection, shown.currency),
    )
