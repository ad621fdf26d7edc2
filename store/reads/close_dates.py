"""When the open deals are expected to close."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from store.instants import parse_instant
from store.views import ClosingDeal

if TYPE_CHECKING:
    import sqlite3

_CLOSE_DATES: Final = """
    SELECT d.id, d.name, c.name, s.name, d.amount, d.currency, d.close_date, d.created_at
    FROM deals AS d JOIN stages AS s ON s.id = d.stage_id LEFT JOIN companies AS c ON c.id = d.company_id
    WHERE d.deleted_at IS NULL AND s.outcome = 'open' AND d.close_date IS NOT NULL
        AND s.pipeline_id = ifnull(?, s.pipeline_id)
    ORDER BY d.close_date, d.id
"""


def close_dates(connection: sqlite3.Connection, pipeline_id: int | None = None) -> tuple[ClosingDeal, ...]:
    """The open deals that have an expected close date, of one pipeline or of all, the earliest first."""
    return tuple(
        ClosingDeal(
            key, name, company, stage, amount, currency, date.fromisoformat(day), parse_instant(created_at)
        )
        for key, name, company, stage, amount, currency, day, created_at in connection.execute(
            _CLOSE_DATES, (pipeline_id,)
        )
    )
