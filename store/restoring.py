"""Going back to a backup.

What is restored is copied, checked and brought up to date first, under no name. Then the present file is locked and
backed up, whatever state it is in, and all of it is replaced in one transaction of SQLite's, in the file that is there:
another program that has it open sees the restored deals like any other change, none writes to a file that is gone, and
nothing that one has written is lost. Only where there is no file, or none that SQLite can read, the copy takes its
name; and never that of a file which another program has made or changed meanwhile.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from store.alone import keep_others_out, surely
from store.backup import copied, copied_from, copy_all, keep, rotate, told, unnamed
from store.backup_shelf import BackupFile, backup_files, shelf_of
from store.beside import refuse_traces, traces_of, under
from store.connection import BUSY_SECONDS, connect, is_missing, raw_connection, translated
from store.errors import InvalidInput, NotFound, StoreDamaged, StoreUnusable
from store.holding import backup_of_the_same
from store.migrations import bring_up_to_date, is_up_to_date, refuse_newer
from store.private_files import (
    give_name,
    make_private,
    remove_if_possible,
    sync,
    sync_name,
    told_refusal,
    unnamed_file,
)
from store.reads.backups import contents
from store.views import BackupContents, BackupKind, Restored

_ANOTHER: Final = "choose another backup: deals restore"


def restore_backup(
    path: Path, which: int | Path, folder: Path, busy_seconds: float = BUSY_SECONDS
) -> Restored:
    """Make the data file at `path` what a backup holds: `which` is its number (1 is the newest) or any deals file.

    The present file becomes a backup itself, unless one holds just that already. Raises `NotFound` for a backup there
    is not, `StoreUnusable` for one that is no sound deals file and for a `path` that is another thing, `StoreBusy` when
    another program is writing, and what `store.backup.back_up` does; nothing is changed then. `StoreUnsure` says that
    the disk failed at the very end.
    """
    there = backup_files(path, folder)
    at: datetime | None = None
    kind: BackupKind | None = None
    if isinstance(which, int):
        source, at, kind = _numbered(which, there)
    else:
        source = _named(which, path)
    with _made_ready(source, shelf_of(path, folder)) as (ready, held):
        before, aside = _put(ready, path, folder, busy_seconds, known=bool(there))
    if before is not None:
        rotate(path, folder, before)
    return Restored(source, held, before and before.path, at, kind, tuple(aside))


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
    with _choosing_another(source):
        connect(source).close()  # says what is wrong with a file that is none of ours
    with unnamed(shelf) as ready:
        with _choosing_another(source), told(source, shelf):
            if flaw := copied(source, ready):
                raise StoreDamaged(f"{source} is damaged ({flaw}); {_ANOTHER}")
            with closing(connect(ready)) as connection:
                if not is_up_to_date(connection, source):
                    bring_up_to_date(connection, source)
                held = contents(connection)
        yield ready, held


@contextmanager
def _choosing_another(source: Path) -> Iterator[None]:
    """What helps with a backup that is damaged: not what helps with a data file that is."""
    try:
        yield
    except StoreDamaged as error:
        what = str(error)
        if not what.endswith(_ANOTHER):
            named = str(source) if what.startswith(str(source)) else ""
            what = f"{named}{what.removeprefix(named).partition('; ')[0]}; {_ANOTHER}"
        raise StoreDamaged(what) from error


def _put(
    ready: Path, path: Path, folder: Path, busy_seconds: float, *, known: bool
) -> tuple[BackupFile | None, list[Path]]:
    """Put what is ready in the place of the present file. Gives the backup of that, `None` if there was no file, and
    what was set aside of a file that is gone.

    Another program may make, mend or remove the file at any moment: then it is looked at anew.
    """
    aside: list[Path] = []
    while True:
        before, found = None, None
        if not is_missing(path):
            try:
                return _put_into(ready, path, folder, busy_seconds), aside
            except StoreDamaged as error:
                if not (known or path.stat().st_size == 0):  # it may never have been ours
                    raise StoreUnusable(f"{error} Nothing was restored over it.") from error
            try:
                found = _as_it_is(path)
            except FileNotFoundError:
                continue
            before = keep(path, folder, BackupKind.RESTORE, partial(_copy_bytes, path))
        if _take_the_place(ready, path.resolve(), found, aside):
            return before, aside


def _put_into(ready: Path, path: Path, folder: Path, busy_seconds: float) -> BackupFile:
    """Replace all that is in the file, which no other program reads or writes from its backup to the end."""
    with closing(connect(path, busy_seconds)) as live, translated(path):
        refuse_newer(live, path)
        keep_others_out(live)

        def copy(new: Path) -> None:
            copied_from(live, path, new)  # as it is: also one that is damaged is worth keeping

        before = backup_of_the_same(live, path, folder) or keep(path, folder, BackupKind.RESTORE, copy)
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
    tables = {name for (name,) in ready.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    started = {name for (name,) in ready.execute("SELECT name FROM sqlite_sequence")}
    for table, last in counted:
        if table in started:
            ready.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table))
        elif table in tables:  # the backup is of before its first row
            ready.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _copy_bytes(path: Path, new: Path) -> None:
    """Copy what SQLite cannot read as it is, with what it may be recovered from."""
    whole = path.resolve()
    shutil.copyfile(whole, new)
    for trace in traces_of(whole):
        copy = under(trace, whole, new)
        copy.touch(mode=0o600, exist_ok=False)  # private before anything is in it
        shutil.copyfile(trace, copy)
        sync(copy)


def _as_it_is(path: Path) -> tuple[object, ...]:
    """What another program cannot write to the file, or put in its place, without changing."""
    stats = [each.stat() for each in (path.resolve(), *traces_of(path))]
    return tuple(
        (each.st_dev, each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in stats
    )


def _set_aside(path: Path) -> Iterator[Path]:
    """Give other names to what is left beside a file that is gone: it may be the only trace of a change, and would be
    played into the file that comes. Gives what it is called now."""
    left = traces_of(path)
    for trace in left if is_missing(path) else ():
        number = 1
        while not give_name(trace, kept := trace.with_name(f"{trace.name}.lost-{number}")):
            number += 1
        remove_if_possible(trace)
        yield kept


def _take_the_place(ready: Path, path: Path, found: tuple[object, ...] | None, aside: list[Path]) -> bool:
    """Put a copy of `ready` where there is no file, or the useless one that was `found`. It is there whole or not at
    all. `False`, and nothing is done, where another program has made or changed the file meanwhile."""
    try:
        make_private(path.parent)
        new = unnamed_file(path.parent)
        try:
            shutil.copyfile(ready, new)
            sync(new)
            if found is None:
                aside.extend(_set_aside(path))
                refuse_traces(path)  # one that could not be
                taken = give_name(new, path)
            elif taken := not is_missing(path) and _as_it_is(path) == found:
                # They would be played into the file that comes; the backup has them.
                for each in traces_of(path):
                    each.unlink(missing_ok=True)
                new.replace(path)
        finally:
            remove_if_possible(new)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be made: {told_refusal(error, 'name another place')}") from error
    if taken:
        sync_name(path)
    return taken
