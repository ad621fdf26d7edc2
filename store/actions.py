"""The journal's actions: how one is recorded, and writing many rows under one without the models.

The rows themselves are written down by the triggers of `store.triggers`, under the newest action. The newest action
also holds where undo and redo stand (`store.history`), so both are found in one step however long the history is.
An ordinary action can be undone next and ends what could be redone. Two kinds differ: an action that is the *start*
of the history (a demo's data, the first pipeline) leaves nothing to undo, and one *aside* of it (a preference such
as the theme) leaves undo and redo as they were.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Final

from store.schema import DATA_TABLES
from store.triggers import columns_of


class Entry(Enum):
    """What an action means for undo and redo."""

    STEP = "step"
    START = "start"
    ASIDE = "aside"


_NEXT: Final = "(SELECT coalesce(max(id), 0) + 1 FROM actions)"
_UNDO: Final = "(SELECT undo_id FROM actions ORDER BY id DESC LIMIT 1)"
_REDO: Final = "(SELECT redo_id FROM actions ORDER BY id DESC LIMIT 1)"
_POINTERS: Final = {
    Entry.STEP: f"{_NEXT}, {_UNDO}, NULL",
    Entry.START: "NULL, NULL, NULL",
    Entry.ASIDE: f"{_UNDO}, NULL, {_REDO}",
}


def recording(entry: Entry) -> str:
    """The INSERT that records an action; its values are the instant and the title."""
    return (
        f"INSERT INTO actions (id, at, kind, title, undo_id, below_undo_id, redo_id) "
        f"VALUES ({_NEXT}, ?, 'do', ?, {_POINTERS[entry]})"
    )


@contextmanager
def plain_action(connection: sqlite3.Connection, at: str, title: str) -> Iterator[int]:
    """A transaction of `connection` with one action, for plain SQL in the block: kept when it ends, gone when it
    raises. Gives the action's id.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        action_id = connection.execute(recording(Entry.STEP), (at, title)).lastrowid or 0
        yield action_id
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def recorded_together(connection: sqlite3.Connection, action_id: int) -> Iterator[None]:
    """Have the rows that the block adds journalled table by table at its end, instead of one by one by the triggers.

    The journal is the same afterwards, in half the time. To be used within a transaction in which nothing but adding
    rows is done; whatever goes wrong, the transaction's end brings the triggers back.
    """
    triggers = connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master "
        "WHERE type = 'trigger' AND name = 'journal_' || tbl_name || '_insert'"
    ).fetchall()
    tables = [table for table in DATA_TABLES if table in {table for _, table, _ in triggers}]
    before = {
        table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        for table in tables
    }
    for name, _, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for table in tables:
        row = ", ".join(f"'{column}', {column}" for column in columns_of(connection, table))
        connection.execute(
            f"INSERT INTO changes (action_id, table_name, row_id, after) "
            f"SELECT ?, '{table}', id, json_object({row}) FROM {table} WHERE id > ? ORDER BY id",
            (action_id, before[table]),
        )
    for _, _, statement in triggers:
        connection.execute(statement)
