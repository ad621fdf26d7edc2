"""What a backup holds. A backup may be of any version of the schema: only what all of them have is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.instants import parse_instant
from store.views import BackupContents

if TYPE_CHECKING:
    import sqlite3


def contents(connection: sqlite3.Connection) -> BackupContents:
    """What a founder knows the file by."""
    rows = connection.execute("""
        SELECT d.currency, sum(s.outcome = 'open'),
            coalesce(sum(d.amount) FILTER (WHERE s.outcome = 'open'), 0), count(*)
        FROM deals AS d JOIN stages AS s ON s.id = d.stage_id WHERE d.deleted_at IS NULL
        GROUP BY d.currency ORDER BY d.currency
    """).fetchall()
    last = newest_action(connection)
    return BackupContents(
        sum(row[1] for row in rows),
        {currency: worth for currency, _, worth, _ in rows if worth},
        sum(row[3] for row in rows),
        "" if last is None else last[3] if last[2] == "do" else f"{last[2]}: {last[3]}",
        parse_instant(last[1]) if last else None,
    )


def newest_action(connection: sqlite3.Connection) -> tuple[int, str, str, str] | None:
    """Number, instant, kind and title of the journal's newest entry: the same in two files that hold the same."""
    row: tuple[int, str, str, str] | None = connection.execute(
        "SELECT id, at, kind, title FROM actions ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row
