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
