"""Changing a whole file while no other program reads or writes it: what restoring and repairing have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreUnsure


def keep_others_out(connection: sqlite3.Connection) -> None:
    """Have no other program read or write the file until the connection is closed, so that it can be copied and
    changed as one: SQLite copies nothing within a transaction that writes."""
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # what is locked by now stays so
    connection.execute("COMMIT")


@contextmanager
def surely(path: Path, done: str, before: Path) -> Iterator[None]:
    """The end of a change of a file that others are kept out of. Where the disk fails in it, SQLite cannot say whether
    it happened (`StoreUnsure`); `before` is the backup of what was there, `done` the word for the change.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_IOERR:
            raise
        raise StoreUnsure(
            f"The disk failed while {path} was {done}: it holds all of that or all that was there before, which is "
            f"kept in {before}. Check the disk, and look."
        ) from error
