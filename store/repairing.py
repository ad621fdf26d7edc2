"""Repairing a file: what a check of it found and what can be put right without inventing anything.

All of it is one transaction, after a backup of the file as it is. Where rows change it is one action of the journal,
which undo takes back. At its end the file is checked again: it is kept only if nothing is left that could be repaired.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from store import triggers
from store.actions import Entry, recording
from store.alone import keep_others_out, surely
from store.backup import copied_from, keep, rotate
from store.checking import ENDS, counted_tables, make_indexes_anew, problems
from store.connection import BUSY_SECONDS, connect, schema_version, translated
from store.errors import StoreDamaged
from store.instants import instant_text
from store.mending import OF_DEALS
from store.migrations import refuse_newer
from store.reads.soundness import counters_behind, unjournalled
from store.schema import DATA_TABLES
from store.schema_steps import objects_after, objects_of
from store.views import BackupKind, Check, Repaired

TITLE: Final = "repair the file"

_ROWS: Final = (Check.DEALS, Check.JOURNAL)
"""What is repaired by changing rows, or by writing down what was changed past the journal."""


def repair(path: Path, folder: Path, now: datetime, busy_seconds: float = BUSY_SECONDS) -> Repaired:
    """Put right what can be put right in the file at `path`, after a backup of it in `folder`.

    A file in which there is nothing to be repaired is not touched, and no backup is made. Raises `StoreUnusable` for a
    file that cannot be opened, `StoreBusy` when another program is writing, `StoreDamaged` when it could not be
    repaired after all; nothing is changed then.
    """
    with closing(connect(path, busy_seconds)) as connection, translated(path):
        refuse_newer(connection, path)
        found = problems(connection)
        lost = any(each.check in ENDS and not each.repairable for each in found)
        if lost or not any(each.repairable for each in found):
            return Repaired(None, (), found)
        keep_others_out(connection)

        def copy(new: Path) -> None:
            copied_from(connection, path, new)  # as it is: it may well be damaged

        before = keep(path, folder, BackupKind.REPAIR, copy)
        connection.execute("BEGIN IMMEDIATE")
        try:
            if any(each.check is Check.INTEGRITY for each in found):
                make_indexes_anew(connection)
            action_id = put_right(connection, instant_text(now))
            left = problems(connection)
            if any(each.repairable for each in left):
                raise StoreDamaged(f"{path} could not be repaired: {left[0].what}. It was left as it is.")
            with surely(path, "repaired", before.path):
                connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise StoreDamaged(f"{path} could not be repaired ({error}); it was left as it is.") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    rotate(path, folder, before)
    return Repaired(before.path, tuple(each for each in found if each not in left), left, action_id)


def put_right(connection: sqlite3.Connection, at: str) -> int | None:
    """Do all that can be done. Gives the number of the action, if rows were changed."""
    _drop_what_is_not_ours(connection)
    triggers.remake(connection)
    action_id = None
    if any(each.repairable and each.check in _ROWS for each in problems(connection)):
        action_id = connection.execute(recording(Entry.STEP), (at, TITLE)).lastrowid or 0
        _write_down(connection, action_id)
        for statement in OF_DEALS:
            connection.execute(statement)
    for each in _missing_indexes(connection):
        connection.execute(each)
    _count_on(connection)
    return action_id


def _drop_what_is_not_ours(connection: sqlite3.Connection) -> None:
    """Remove indexes of our tables, and triggers on them, that are not those of the file's version."""
    meant = objects_after(schema_version(connection))
    for name, each in objects_of(connection).items():
        if (
            each.kind != "table"
            and each.table in meant
            and each.essence != getattr(meant.get(name), "essence", "")
        ):
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {each.kind} "{quoted}"')


def _missing_indexes(connection: sqlite3.Connection) -> list[str]:
    """The statements that make the indexes that are not there."""
    there = objects_of(connection)
    meant = objects_after(schema_version(connection))
    return [each.sql for name, each in meant.items() if each.kind == "index" and name not in there]


def _write_down(connection: sqlite3.Connection, action_id: int) -> None:
    """Have the journal say of all rows what they are."""
    for table in DATA_TABLES:
        changed = [(action_id, table, *each) for each in unjournalled(connection, table)]
        connection.executemany(
            "INSERT INTO changes (action_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            changed,
        )


def _count_on(connection: sqlite3.Connection) -> None:
    """Have no id given twice."""
    for table in counters_behind(connection, counted_tables(connection)):
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute(
            f"INSERT INTO sqlite_sequence (name, seq) SELECT ?, max(id) FROM {table}", (table,)
        )
