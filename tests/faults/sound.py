"""What must hold of a file whatever happened to it, and short ways to fill one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from store import BackupKind, back_up
from store.checking import problems
from store.schema import DATA_TABLES
from store.schema_steps import STEPS, Step
from tests.deck import Deck, rows_of
from tests.store.breaking import change, change_unseen


def assert_sound(path: Path, steps: Sequence[Step] = STEPS) -> None:
    """SQLite finds it sound, and so do our own checks of deals and journal."""
    with closing(sqlite3.connect(path)) as connection:
        found = problems(connection, steps)
    assert not found, f"{path}: {found}"


def dump(path: Path) -> dict[str, list[object]]:
    """The rows of the user's tables."""
    return {table: rows_of(path, f"SELECT * FROM {table} ORDER BY id") for table in DATA_TABLES}


def three_deals(folder: Path) -> None:
    """A file `deals.db` with three deals."""
    with Deck(folder / "deals.db") as deck:
        deck.deals("A", "B", "C")


def five_backups(folder: Path) -> None:
    """The same with as many backups as are kept, and a deal that is in none of them."""
    three_deals(folder)
    for _ in range(5):
        back_up(folder / "deals.db", folder / "backups", BackupKind.IMPORT)
    with Deck(folder / "deals.db") as deck:
        deck.deal("New")


def broken_file(folder: Path) -> None:
    """Two deals in two stages at once, one changed past the journal, and an index that is gone."""
    three_deals(folder)
    path = folder / "deals.db"
    change(
        path,
        "DROP INDEX visits_open",
        "DROP INDEX touches_by_deal",
        "INSERT INTO visits (deal_id, stage_id, entered_at) "
        "SELECT id, 2, '2026-11-19T10:00:00.000Z' FROM deals LIMIT 2",
    )
    change_unseen(path, "UPDATE deals SET notes = 'past the journal' WHERE id = 3")
