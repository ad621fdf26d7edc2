"""Whether a backup holds just what the file holds: then that is the way back, and no further copy is needed."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from store.backup_shelf import BackupFile, backup_files
from store.beside import traces_of
from store.checking import damage
from store.connection import raw_connection, schema_version
from store.reads.backups import newest_action


def backup_of_the_same(live: sqlite3.Connection, path: Path, folder: Path) -> BackupFile | None:
    """The newest sound backup with the same rows in the same tables as the file at `path`, which is open as `live`.

    `None` where there is none, and for a file that is damaged: that is kept as it is. The ids that were given out last
    are not compared: a restore makes them those of whichever file is further.
    """
    try:
        newest = newest_action(live)
        there = [each for each in backup_files(path, folder) if _may_hold(each, newest)]
        if not there or damage(live):
            return None
        return next((each for each in there if _holds(each, live)), None)
    except sqlite3.Error:
        return None  # what cannot be compared is copied


def _may_hold(made: BackupFile, newest: object) -> bool:
    """Whether it is worth being compared row by row. What is to be recovered from a journal first is not."""
    try:
        with closing(_opened(made)) as connection:
            return not traces_of(made.path) and newest_action(connection) == newest
    except sqlite3.Error:
        return False


def _holds(made: BackupFile, live: sqlite3.Connection) -> bool:
    try:
        with (
            closing(_opened(made)) as connection,
            closing(_all_of(connection)) as held,
            closing(_all_of(live)) as present,
        ):
            same = all(one == other for one, other in zip_longest(held, present))
            return same and not damage(connection)
    except sqlite3.Error:
        return False


def _opened(made: BackupFile) -> sqlite3.Connection:
    return raw_connection(made.path, "mode=ro&immutable=1")


def _all_of(connection: sqlite3.Connection) -> Generator[object, None, None]:
    """The schema and then every row."""
    yield schema_version(connection)
    objects = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    tables = []
    for each in objects.fetchall():
        yield each
        if each[0] == "table" and not each[1].startswith("sqlite_"):
            tables.append(each[1].replace('"', '""'))
    for table in tables:
        with closing(connection.execute(f'SELECT * FROM "{table}"')) as rows:
            yield from rows
