"""Settings, the names there are to choose from, and how much of everything there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def setting(connection: sqlite3.Connection, key: str) -> str | None:
    """What is remembered under `key`; `None` when nothing is."""
    row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def companies(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of all companies, alphabetically, each once."""
    return _names(connection, "SELECT DISTINCT name FROM companies ORDER BY name COLLATE NOCASE, name")


def sources(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The sources that deals have, alphabetically, each once."""
    return _names(
        connection,
        "SELECT DISTINCT source FROM deals WHERE source IS NOT NULL AND deleted_at IS NULL"
        " ORDER BY source COLLATE NOCASE, source",
    )


def tags(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tags that deals have, alphabetically, each once."""
    return _names(
        connection,
        "SELECT DISTINCT t.name FROM tags AS t JOIN deals AS d ON d.id = t.deal_id WHERE d.deleted_at IS NULL"
        " ORDER BY t.name COLLATE NOCASE, t.name",
    )


def counts(connection: sqlite3.Connection) -> Mapping[str, int]:
    """How much there is in the file, by what it is ("open deals", "touches", …)."""
    cursor = connection.execute("""
        SELECT
            (SELECT count(*) FROM pipelines) AS "pipelines",
            (SELECT count(*) FROM deals WHERE deleted_at IS NULL
                AND stage_id IN (SELECT id FROM stages WHERE outcome = 'open')) AS "open deals",
            (SELECT count(*) FROM deals WHERE deleted_at IS NULL
                AND stage_id IN (SELECT id FROM stages WHERE outcome = 'won')) AS "won deals",
            (SELECT count(*) FROM deals WHERE deleted_at IS NULL
                AND stage_id IN (SELECT id FROM stages WHERE outcome = 'lost')) AS "lost deals",
            (SELECT count(*) FROM deals WHERE deleted_at IS NOT NULL) AS "deleted deals",
            (SELECT count(*) FROM companies) AS "companies",
            (SELECT count(*) FROM people) AS "people",
            (SELECT count(*) FROM tasks) AS "tasks",
            (SELECT count(*) FROM touches) AS "touches",
            (SELECT count(*) FROM visits) AS "visits",
            (SELECT count(*) FROM actions) AS "journal entries"
    """)
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


def _names(connection: sqlite3.Connection, sql: str) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute(sql))
