"""Undo and redo, walking the journal: any number of steps, also after a restart.

The newest action holds where both stand: `undo_id` is the action that undo would reverse next, `redo_id` the undo
that redo would. An action that is reversed hands on what it had found there (`below_…`), so each step is found at once.
An undo is itself an action whose changes are recorded like any other's; redo reverses those.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Container, Iterator
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from store.connection import translated
from store.dates import parse_instant
from store.errors import NothingToUndo, StoreDamaged, StoreError
from store.triggers import columns_of
from store.views import Action, Done

if TYPE_CHECKING:
    from store.journal import Journal

Row = dict[str, Any]

_STATE: Final = "SELECT id, undo_id, redo_id FROM actions ORDER BY id DESC LIMIT 1"
_NEXT: Final = "(SELECT max(id) + 1 FROM actions)"

_UNDO: Final = f"""
INSERT INTO actions (id, at, kind, title, target_id, undo_id, redo_id, below_redo_id)
SELECT {_NEXT}, ?, 'undo', target.title, target.id, target.below_undo_id, {_NEXT}, state.redo_id
FROM ({_STATE}) AS state JOIN actions AS target ON target.id = state.undo_id
"""

_REDO: Final = f"""
INSERT INTO actions (id, at, kind, title, target_id, undo_id, below_undo_id, redo_id)
SELECT {_NEXT}, ?, 'redo', target.title, target.id, {_NEXT}, state.undo_id, target.below_redo_id
FROM ({_STATE}) AS state JOIN actions AS target ON target.id = state.redo_id
"""

_LISTED: Final = """
SELECT id, at, kind, title, target_id FROM actions
WHERE undo_id IS id OR kind <> 'do'
OR NOT EXISTS (SELECT 1 FROM changes WHERE action_id = actions.id AND table_name = 'settings')
ORDER BY id DESC LIMIT ?
"""


class History:
    """Undo, redo and the list of what was done. Looking at it does not need the write side."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: RLock, journal: Callable[[], Journal]
    ) -> None:
        self._path = path
        self._connection = connection
        self._lock = lock
        self._journal = journal

    def undo(self, now: datetime) -> Done:
        """Take back the newest action that was not undone yet; its title is kept.

        The deals of the `Done` may be gone by then. Raises `NothingToUndo` at the start of the history.
        """
        return self._reverse(_UNDO, now, "There is nothing to undo.")

    def redo(self, now: datetime) -> Done:
        """Do again what was undone last; `NothingToUndo` when nothing was undone since the last change."""
        return self._reverse(_REDO, now, "There is nothing to redo.")

    def peek_undo(self) -> str | None:
        """The title of what undo would take back, `None` for nothing."""
        return self._peek("undo_id")

    def peek_redo(self) -> str | None:
        """The title of what redo would do again, `None` for nothing."""
        return self._peek("redo_id")

    def actions(self, limit: int = 100) -> tuple[Action, ...]:
        """The newest entries of the journal, newest first, without those aside of it: what is only remembered."""
        with self._lock, translated(self._path):
            rows = self._connection.execute(_LISTED, (limit,)).fetchall()
        taken_back: set[int] = set()
        for (
            action_id,
            *_,
            target_id,
        ) in rows:  # what takes an entry back comes after it: it has been looked at
            if target_id is not None and action_id not in taken_back:
                taken_back.add(target_id)
        return tuple(
            Action(action_id, parse_instant(at), kind, title, action_id in taken_back)
            for action_id, at, kind, title, _ in rows
        )

    def _peek(self, pointer: str) -> str | None:
        question = f"SELECT title FROM actions WHERE id = (SELECT {pointer} FROM ({_STATE}))"
        with self._lock, translated(self._path):
            row = self._connection.execute(question).fetchone()
        return row[0] if row else None

    def _reverse(self, statement: str, now: datetime, nothing: str) -> Done:
        with self._journal().changing(now) as change:
            if change.is_part:
                raise AssertionError("undo is an action of its own and cannot be part of another one")
            change.record_as(statement, (change.at,))
            if change.action_id is None:
                raise NothingToUndo(nothing)
            change.title, target_id = change.raw.execute(
                "SELECT title, target_id FROM actions WHERE id = ?", (change.action_id,)
            ).fetchone()
            try:
                return change.done(_reverse_changes(change.raw, target_id))
            except sqlite3.IntegrityError as error:  # what a repair put right does not come back
                raise StoreError(
                    f"{change.title} stays: what was there before cannot be put back ({error}). Nothing was changed."
                ) from error


def _reverse_changes(connection: sqlite3.Connection, action_id: int) -> list[int]:
    """Put every row that the action changed back, last change first. Gives the ids of the deals concerned."""
    connection.execute("PRAGMA defer_foreign_keys=ON")
    changes = connection.execute(
        "SELECT table_name, row_id, before, after FROM changes WHERE action_id = ? ORDER BY id DESC",
        (action_id,),
    ).fetchall()
    columns = {table: columns_of(connection, table) for table in {change[0] for change in changes}}
    deal_ids: list[int] = []
    for table, row_id, before_text, after_text in changes:
        before = _row(before_text, columns[table])
        after = _row(after_text, columns[table])
        connection.execute(*_reversal(table, row_id, before, after))
        deal_ids += _deals_of(connection, table, row_id, before or after or {})
    return list(dict.fromkeys(reversed(deal_ids)))


def _row(text: str | None, columns: Container[str]) -> Row | None:
    """A row of the journal, without columns that a later version of the file no longer has."""
    if text is None:
        return None
    try:
        row = json.loads(
            text, strict=False
        )  # a control character that came past the drafts is not in the way
    except ValueError:
        raise StoreDamaged(
            "The history of this change cannot be read, as another program wrote to the file; nothing was changed."
        ) from None
    return {name: value for name, value in row.items() if name in columns}


def _reversal(table: str, row_id: int, before: Row | None, after: Row | None) -> tuple[str, tuple[Any, ...]]:
    """The statement that puts a row back from what it was after a change to what it was before."""
    if before is None:
        return f"DELETE FROM {table} WHERE id = ?", (row_id,)
    if after is None:
        places = ", ".join("?" * len(before))
        return f"INSERT INTO {table} ({', '.join(before)}) VALUES ({places})", tuple(before.values())
    changed = {name: value for name, value in before.items() if after.get(name) != value}
    if not changed:
        return f"UPDATE {table} SET id = id WHERE id = ?", (row_id,)
    settings = ", ".join(f"{name} = ?" for name in changed)
    return f"UPDATE {table} SET {settings} WHERE id = ?", (*changed.values(), row_id)


def _deals_of(connection: sqlite3.Connection, table: str, row_id: int, row: Row) -> Iterator[int]:
    """The deal that a changed row belongs to; no row is ever given to another deal."""
    if table == "deals":
        yield row_id
    elif "deal_id" in row:
        yield row["deal_id"]
    elif table == "ticks":
        visit = "SELECT deal_id FROM visits WHERE id = ?"
        yield from (deal_id for (deal_id,) in connection.execute(visit, (row["visit_id"],)))
