"""The raw connection: opening, the settings that keep what is promised about the data, and errors in our words.

Everything of this file works with the standard `sqlite3` alone, so that reading starts in milliseconds.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnsure,
    StoreUnusable,
)
from store.schema import APPLICATION_ID

BUSY_SECONDS: Final = 5.0
"""How long we wait for another instance that holds the file's lock."""

OLDEST_SQLITE: Final = (3, 38, 0)
"""STRICT tables need 3.37, JSON functions in every build need 3.38."""

READ_KILOBYTES: Final = 256
"""So much of what was read of the file is kept: a read goes through it in order, and nothing is read twice in a row."""

WRITTEN_PAGES: Final = 4000
"""So many pages of one transaction are kept before the first are written, which needs a sync each time: 16 MB.

SQLite takes a number of which the lowest eight bits are zero (512) for "no": the whole transaction stays in memory.
"""

_LONGEST_NAME: Final = 255 - len("-journal")
"""Bytes: SQLite keeps a journal beside the file, whose name is this much longer."""

_OTHER_TABLES: Final = ("no such table: ", "no such column: ")
"""What SQLite says, without a code of its own, where a file of ours has lost a table."""

_CLOSED: Final = "Cannot operate on a closed database."
"""What the Python module says, which has no code for it."""

_NOT_OURS: Final = "is a database of another application, not a deals file; name another file."


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to the existing deals file at `path`, which is only read until something is written.

    `path` is first looked at without SQLite's locks or recovery, so that a file which is not ours stays as it is.
    Raises `StoreUnusable` with what is wrong, `StoreBusy` when another program keeps it locked.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnusable(
            f"SQLite {'.'.join(map(str, OLDEST_SQLITE))} or later is needed; this Python has {sqlite3.sqlite_version}."
        )
    _look_at(path)
    with translated(path):
        connection = raw_connection(path, _mode(path), busy_seconds)
        try:
            check_ours(connection, path)
            harden(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _mode(path: Path) -> str:
    """How to open the file: only to be read where SQLite would begin to take back a change that was cut short, and then
    could not remove its journal."""
    whole = path.resolve()
    cut_short = whole.with_name(f"{whole.name}-journal").exists()
    return "mode=ro" if cut_short and not os.access(whole.parent, os.W_OK) else "mode=rw"


def raw_connection(path: Path, mode: str, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection that begins no transaction by itself and may be used from any thread, one at a time."""
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_seconds,
    )


def harden(connection: sqlite3.Connection) -> None:
    """The settings of one connection: commits that survive a crash, foreign keys, no trust in the file's SQL."""
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA fullfsync=ON")  # macOS: the drive's own cache too
    # A statement that fires the journal's triggers keeps its own rollback notes: in memory, not in a file each.
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute(f"PRAGMA cache_size=-{READ_KILOBYTES}")
    connection.execute(f"PRAGMA cache_spill={WRITTEN_PAGES}")


def schema_version(connection: sqlite3.Connection) -> int:
    """The file's `PRAGMA user_version`."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StoreUnusable` unless the file carries our application id."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreUnusable(f"{path} {_NOT_OURS}")


def is_missing(path: Path) -> bool:
    """Whether there certainly is nothing at `path`."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False  # `connect` says what is wrong
    return False


def refuse_long_name(path: Path) -> None:
    """Raise `StoreUnusable` for a name that a file can have, but not one with a journal beside it."""
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise StoreUnusable(
            f"The name {path.name} is too long for a deals file; take one of at most {_LONGEST_NAME} bytes."
        )


def _look_at(path: Path) -> None:
    refuse_long_name(path)
    try:
        found = path.stat()
    except FileNotFoundError:
        hint = f"check the path, or make it with: deals --db {shlex.quote(str(path))} init"
        raise StoreUnusable(f"There is no file {path}; {hint}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreUnusable(f"{path} cannot be looked at: {reason}.") from None
    if stat.S_ISDIR(found.st_mode):
        raise StoreUnusable(f"{path} is a folder; name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreUnusable(f"{path} is not a regular file; name another one.")
    if not os.access(path, os.R_OK):
        raise StoreUnusable(f"{path} may not be read by you; ask its owner for the permission.")
    if found.st_size == 0:
        raise StoreDamaged(
            f"{path} is empty, not a deals file; name another file, or remove this one to begin anew.", path
        )
    try:
        with closing(raw_connection(path, "mode=ro&immutable=1")) as connection:
            check_ours(connection, path)
    except sqlite3.Error as error:
        # A file of ours whose last commit was cut short may look damaged until SQLite has recovered it.
        if _code(error) != sqlite3.SQLITE_CORRUPT:
            raise _in_our_words(error, path) from error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file at `path` into errors a user understands."""
    try:
        yield
    except sqlite3.Error as error:
        if told := translate(error, path):
            raise told from error
        raise


def translate(error: BaseException, path: Path) -> StoreError | None:
    """The error that tells a user what `error` of SQLite means for the file at `path`; `None` for a fault of ours.

    The one place where SQLite's errors become ours, for the plain connection and for SQLAlchemy alike.
    """
    if isinstance(error, sqlite3.ProgrammingError) and str(error) == _CLOSED:
        return StoreUnusable(f"{path} has been closed already; open it anew.")
    if isinstance(error, sqlite3.OperationalError) and str(error).startswith(_OTHER_TABLES):
        return StoreDamaged(f"{path} is damaged ({error}); see what is wrong with it: deals doctor", path)
    return _in_our_words(error, path) if isinstance(error, sqlite3.Error) and _code(error) in _WORDS else None


def _code(error: sqlite3.Error) -> int:
    """The primary result code; 0 for errors of the Python module itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _in_our_words(error: sqlite3.Error, path: Path) -> StoreError:
    known = _WORDS.get(getattr(error, "sqlite_errorcode", 0)) or _WORDS.get(_code(error))
    kind, words = known or (StoreUnusable, "cannot be used: {reason}.")
    told = kind(f"{path} {words.format(reason=error, folder=path.parent)}")
    if isinstance(told, StoreDamaged):
        told.path = path
    return told


def is_busy(path: Path) -> StoreBusy:
    """The error that says another program holds the file at `path`."""
    return StoreBusy(f"{path} {_BUSY[1]}")


def is_moved(path: Path) -> StoreError:
    """The error that says the file that was opened is not the one at `path` any more."""
    kind, words = _MOVED
    return kind(f"{path} {words}")


_MOVED: Final = (
    StoreUnusable,
    "was moved, removed or replaced while it was open; nothing was changed. Leave, and open it where it is now.",
)
_BUSY: Final = (StoreBusy, "is being written by another program; try again in a moment.")
_FOLDER: Final = (
    StoreReadOnly,
    "cannot be changed, and nothing was: the folder {folder} takes no new files; check that you may write to it.",
)
_WORDS: Final[dict[int, tuple[type[StoreError], str]]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _FOLDER,
    sqlite3.SQLITE_READONLY_DIRECTORY: _FOLDER,
    sqlite3.SQLITE_READONLY_DBMOVED: _MOVED,
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        StoreReadOnly,
        "cannot be read yet: a change to it was cut short, and has to be taken back first, but you may not write to it "
        "or to the folder {folder}. Allow both, or copy the file together with its -journal to where you may.",
    ),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnly,
        "can be read but not changed, and nothing was; allow writing to it and to its folder and open it anew, "
        "or work on a copy.",
    ),
    sqlite3.SQLITE_PERM: (StoreUnusable, "may not be used by you; ask its owner for the permission."),
    sqlite3.SQLITE_FULL: (
        StoreFull,
        "could not take the change because the disk is full; nothing of it was kept. Make room and try again.",
    ),
    # The journal of the change was removed, which keeps the change; only the folder could not be written to the disk.
    sqlite3.SQLITE_IOERR_DIR_FSYNC: (
        StoreUnsure,
        "took the change, but the disk failed while it was made safe ({reason}); check the disk, "
        "and look at what is there before you repeat anything.",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreFull,
        "could not be read or changed because the disk failed ({reason}); no change was kept. Check the disk.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamaged,
        "is damaged ({reason}); keep a copy of it as it is and go back to a backup.",
    ),
    sqlite3.SQLITE_NOTADB: (StoreDamaged, "is not a database; name another file."),
}
