"""How silent the closed deals were that ever were in a stage."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from store.instants import local_day
from store.rules.silence import Silence, longest_silence
from store.views import Outcome

if TYPE_CHECKING:
    import sqlite3

_STAYS: Final = """
    SELECT v.deal_id, s.outcome, v.entered_at, v.left_at,
        (SELECT group_concat(at) FROM touches WHERE deal_id = v.deal_id AND at BETWEEN v.entered_at AND v.left_at),
        (SELECT group_concat(done_at) FROM tasks
            WHERE deal_id = v.deal_id AND done_at BETWEEN v.entered_at AND v.left_at)
    FROM stages AS s
        CROSS JOIN deals AS d ON d.stage_id = s.id AND d.deleted_at IS NULL
        CROSS JOIN visits AS v ON v.deal_id = d.id AND v.stage_id = ? AND v.left_at IS NOT NULL
    WHERE s.outcome <> 'open'
"""
"""By way of the closed deals, which are fewer than the visits to the stage."""


def silences(connection: sqlite3.Connection, stage_id: int) -> tuple[Silence, ...]:
    """The longest silence in the stage of each deal that was there and is closed now, with how it ended."""
    found: dict[int, Silence] = {}
    for deal_id, outcome, entered_at, left_at, touched_at, done_at in connection.execute(_STAYS, (stage_id,)):
        days = longest_silence(
            local_day(entered_at), local_day(left_at), [*_days(touched_at), *_days(done_at)]
        )
        before = found.get(deal_id)
        if before is None or days > before.days:
            found[deal_id] = Silence(days, outcome == Outcome.WON)
    return tuple(found.values())


def _days(instants: str | None) -> list[date]:
    return [] if instants is None else [local_day(instant) for instant in instants.split(",")]
