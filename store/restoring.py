"""Going back to a backup.

What is restored is copied, checked and brought up to date first, under no name. Then the present file is locked and
backed up, whatever state it is in, and all of it is replaced in one transaction of SQLite's, in the file that is there:
another program that has it open sees the restored deals like any other change, none writes to a file that is gone, and
nothing that one has written is lost. Only where there is no file, or none that SQLite can read, the copy takes its
name.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from store.backup import (
    copied,
    copied_from,
    copy_all,
    journal_of,
    keep,
    keep_others_out,
    rotate,
    surely,
    told,
    unnamed,
)
from store.backup_shelf import BackupFile, backup_files, shelf_of
from store.connection import BUSY_SECONDS, connect, is_missing, raw_connection, translated
from store.errors import InvalidInput, NotFound, StoreDamaged, StoreUnusable
from store.migrations import bring_up_to_date, is_up_to_date, refuse_newer
from store.private_files import make_private, remove_if_possible, sync, sync_name, told_refusal, unnamed_file
from store.reads.backups import contents
from store.views import BackupContents, BackupKind, Restored


def restore_backup(
    path: Path, which: int | Path, folder: Path, busy_seconds: float = BUSY_SECONDS
) -> Restored:
    """Make the data file at `path` what a backup holds: `which` is its number (1 is the newest) or any deals file.

    The present file becomes a backup itself. Raises `NotFound` for a backup there is not, `StoreUnusable` for one that
    is no sound deals file and for a `path` that is another thing, `StoreBusy` when another program is writing, and what
    `store.backup.back_up` does; nothing is changed then. `StoreUnsure` says that the disk failed at the very end.
    """
    there = backup_files(path, folder)
    at: datetime | None = None
    kind: BackupKind | None = None
    if isinstance(which, int):
        source, at, kind = _numbered(which, there)
    else:
        source = _named(which, path)
    with _made_ready(source, shelf_of(path, folder)) as (ready, held):
        before = _put(ready, path, folder, busy_seconds, known=bool(there))
    if before is not None:
        rotate(path, folder, before)
    return Restored(source, held, before and before.path, at, kind)


def _numbered(number: int, there: list[BackupFile]) -> BackupFile:
    if not there:
        raise NotFound("There is no backup of this file yet; name a file to restore from.")
    if not 1 <= number <= len(there):
        raise NotFound(f"There is no backup {number}, only 1 to {len(there)}; see: deals restore")
    return there[number - 1]


def _named(file: Path, path: Path) -> Path:
    source = file.expanduser()
    if is_missing(source):
        raise NotFound(f"There is no file {source}; the backups there are: deals restore")
    with suppress(OSError):
        if source.samefile(path):
            raise InvalidInput(f"{source} is the data file itself; name a backup of it.", "file")
    return source


@contextmanager
def _made_ready(source: Path, shelf: Path) -> Iterator[tuple[Path, BackupContents]]:
    """A sound copy of `source` in this program's version, and what it holds. It goes when the block ends."""
    connect(source).close()  # says what is wrong with a file that is none of ours
    with unnamed(shelf) as ready:
        with told(source, shelf):
            if flaw := copied(source, ready):
                raise StoreDamaged(f"{source} is damaged ({flaw}); choose another backup: deals restore")
            with closing(connect(ready)) as connection:
                if not is_up_to_date(connection, source):
                    bring_up_to_date(connection, source)
                held = contents(connection)
        yield ready, held


def _put(ready: Path, path: Path, folder: Path, busy_seconds: float, *, known: bool) -> BackupFile | None:
    """Put what is ready in the place of the present file. Gives the backup of that, `None` if there was no file."""
    if not is_missing(path):
        try:
            return _put_into(ready, path, folder, busy_seconds)
        except StoreDamaged as error:
            if not (known or path.stat().st_size == 0):  # it may never have been ours
                raise StoreUnusable(f"{error} Nothing was restored over it.") from error
        before = keep(path, folder, BackupKind.RESTORE, partial(_copy_bytes, path))
    else:
        before = None
    _take_the_place(ready, path.resolve())
    return before


def _put_into(ready: Path, path: Path, folder: Path, busy_seconds: float) -> BackupFile:
    """Replace all that is in the file, which no other program reads or writes from its backup to the end."""
    with closing(connect(path, busy_seconds)) as live, translated(path):
        refuse_newer(live, path)
        keep_others_out(live)

        def copy(new: Path) -> None:
            copied_from(live, path, new)  # as it is: also one that is damaged is worth keeping

        before = keep(path, folder, BackupKind.RESTORE, copy)
        with closing(raw_connection(ready, "mode=rw")) as source:
            _go_on_counting(source, live)
            with surely(path, "restored", before.path):
                copy_all(source, live, path)
        return before


def _go_on_counting(ready: sqlite3.Connection, live: sqlite3.Connection) -> None:
    """Have no id given twice: another program may still show a deal that came after the backup."""
    try:
        counted = live.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            raise
        return  # a damaged file, or one with other tables
    ready.executemany(
        "UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?",
        [(last, table, last) for table, last in counted],
    )


def _copy_bytes(path: Path, new: Path) -> None:
    """Copy what SQLite cannot read as it is, with what it may be recovered from."""
    shutil.copyfile(path, new)
    if journal_of(path).exists():
        shutil.copyfile(journal_of(path), journal_of(new))


def _take_the_place(ready: Path, path: Path) -> None:
    """Put a copy of `ready` where there is no file, or a useless one. It is there whole or not at all."""
    try:
        make_private(path.parent)
        new = unnamed_file(path.parent, ".deals-")
        try:
            shutil.copyfile(ready, new)
            sync(new)
            journal_of(path).unlink(missing_ok=True)  # it would be played into the file that comes
            new.replace(path)
        finally:
            remove_if_possible(new)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be made: {told_refusal(error, 'name another place')}") from error
    sync_name(path)
