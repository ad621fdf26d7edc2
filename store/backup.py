"""Backups: checked copies of a deals file, made without asking, private, and rotated.

A copy is made beside the other backups under no name, checked, written to the disk, and only then named: it is there
whole or not at all. Its name is the instant at which the file system says that it was written, so that a day that it
only counts as (`--today`) cannot bring the backups out of their order.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from store.backup_shelf import BackupFile, backup_files, contents_of, name_of, shelf_of
from store.beside import journal_of, refuse_traces, traces_of, under
from store.checking import damage
from store.connection import BUSY_SECONDS, is_busy, raw_connection, translate
from store.errors import StoreDamaged, StoreFull, StoreUnusable
from store.files import whole_file
from store.private_files import (
    give_name,
    make_private,
    remove_if_possible,
    remove_left_behind,
    sync,
    told_refusal,
    unnamed_file,
)
from store.reads.backups import newest_action
from store.rules.rotation import superfluous
from store.views import BackupKind

_UNNAMED: Final = ".backup-"

_PAGES: Final = 256
"""So many pages (1 MB) are copied before other programs, and the app itself, may write in between."""

_MILLISECOND: Final = timedelta(milliseconds=1)

_SAFE: Final = "it was left as it is. What can be done: deals doctor"


def back_up(path: Path, folder: Path, kind: BackupKind, busy_seconds: float = BUSY_SECONDS) -> Path:
    """Make a checked backup of the data file at `path` among those in `folder`, and let superfluous ones go.

    Raises `StoreUnusable` when it cannot be made or the file is not sound, `StoreFull` when there is no room,
    `StoreBusy` when another program does not let the file be read.
    """
    made = keep(path, folder, kind, partial(_copy_sound, path, busy_seconds))
    rotate(path, folder, made)
    return made.path


def back_up_daily(path: Path, folder: Path, today: date) -> Path | None:
    """The backup of the day, if there is none of it yet and something has changed since the newest backup.

    `today` is the real day, whatever it counts as. Raises what `back_up` does.
    """
    there = backup_files(path, folder)
    if any(each.kind is BackupKind.DAILY and each.day == today for each in there):
        return None
    with told(path, folder), closing(raw_connection(path, "mode=rw")) as connection:
        newest = newest_action(connection)
    if newest is None or (there and newest == _newest_action_of(there[0])):
        return None
    return back_up(path, folder, BackupKind.DAILY)


def back_up_to(path: Path, file: Path | str, *, force: bool = False) -> Path:
    """Make a checked backup of the data file at `path` in a file that the user names; it is never rotated.

    One that is there is replaced only with `force`, else `FileExistsError`. Raises what `back_up` does, and
    `InvalidInput` for a folder, a link or the data file itself.
    """
    with whole_file(file, force=force, keep=(path, journal_of(path))) as new, told(path, new.parent):
        target = Path(file).expanduser()
        refuse_traces(target)
        if left := traces_of(target):
            raise StoreUnusable(
                f"{left[0]} is there: {target} is in use, or was left in a change; name another file."
            )
        _copy_sound(path, BUSY_SECONDS, new)
    return target


def keep(path: Path, folder: Path, kind: BackupKind, copy: Callable[[Path], None]) -> BackupFile:
    """A backup of the file at `path` that `copy` fills, without letting others go."""
    shelf = shelf_of(path, folder)
    with told(path, folder):
        with unnamed(shelf) as new:
            copy(new)
            sync(new)
            made = _named(new, shelf, kind)
        sync(shelf)
    return made


@contextmanager
def unnamed(shelf: Path) -> Iterator[Path]:
    """An empty file among the backups, which is gone when the block ends unless it was given a name."""
    with told(shelf, shelf.parent):
        make_private(shelf)
        new = unnamed_file(shelf, _UNNAMED)
    try:
        yield new
    finally:
        for each in traces_of(new):
            remove_if_possible(each)
        remove_if_possible(new)


def rotate(path: Path, folder: Path, newest: BackupFile) -> None:
    """Remove the superfluous backups, and what a killed program left behind among them and beside the file. A backup
    that is dated after the `newest`, from when a clock was wrong, is let be."""
    made = [each for each in backup_files(path, folder) if each.at <= newest.at]
    gone = superfluous([(each.day, each.kind) for each in made], newest.day)
    with suppress(OSError):  # one that cannot be removed takes room, and is in nobody's way
        for place in gone:
            backup = made[place].path
            backup.unlink(missing_ok=True)
            for each in traces_of(backup):
                each.unlink(missing_ok=True)
    now = newest.at.timestamp()
    remove_left_behind(newest.path.parent, now, _UNNAMED)
    remove_left_behind(path.resolve().parent, now)


def copied(path: Path, new: Path, busy_seconds: float = BUSY_SECONDS) -> str:
    """Copy the database at `path` as of one moment into the file `new`. Gives what is wrong with it, "" for nothing."""
    with closing(raw_connection(path, "mode=rw", busy_seconds)) as source:
        return copied_from(source, path, new)


def copied_from(source: sqlite3.Connection, path: Path, new: Path) -> str:
    """The same through a connection that is open already."""
    with closing(raw_connection(new, "mode=rw")) as target:
        # Until the file has its name nothing can be lost, and nothing must be left beside it.
        target.execute("PRAGMA synchronous=OFF")
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA trusted_schema=OFF")
        copy_all(source, target, path)
        return flaw_of(target)


def copy_all(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    """Make all of `target` what `source` holds, in one transaction of each. `StoreBusy` names `path` when another
    program holds it for longer than the connections wait."""

    def look(status: int, remaining: int, total: int) -> None:
        del remaining, total
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise is_busy(path)  # SQLite has waited as long as it was told to; Python would go on for ever

    source.backup(target, pages=_PAGES, progress=look)


def flaw_of(connection: sqlite3.Connection) -> str:
    """What makes a copy no good: the first finding, "" for none.

    Only what SQLite finds. Deals that contradict each other are no reason to be without a backup of them, and can be
    repaired in any copy; a damaged file, though, would push the good backups out one after the other.
    """
    found = damage(connection)
    return found[0].what if found else ""


@contextmanager
def told(path: Path, folder: Path) -> Iterator[None]:
    """Say what the disk or SQLite refuses while the file at `path` is copied into `folder`."""
    try:
        yield
    except OSError as error:
        words = f"No backup can be made in {folder}: {told_refusal(error, 'see that you may write there')}"
        raise (StoreFull if error.errno == errno.ENOSPC else StoreUnusable)(words) from error
    except sqlite3.Error as error:
        told_as = translate(error, path)
        if isinstance(told_as, StoreFull):
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            what_to_do = "make room and try again" if full else "check the disk"
            raise StoreFull(f"No backup can be made in {folder}: {error}; {what_to_do}.") from error
        if told_as is None:
            raise
        raise told_as from error


def newest_sound(path: Path, folder: Path) -> tuple[int, BackupFile] | None:
    """The newest backup that can be gone back to, with its number, 1 being the newest of all; `None` where none can.

    A copy of a damaged file is none. Raises `StoreError` where the backups cannot be looked at.
    """
    found = enumerate(backup_files(path, folder), 1)
    return next(((number, made) for number, made in found if _is_sound(made.path)), None)


def _is_sound(path: Path) -> bool:
    try:
        if traces_of(path) or contents_of(path) is None:
            return False
        with closing(raw_connection(path, "mode=ro&immutable=1")) as connection:
            return not flaw_of(connection)
    except (sqlite3.Error, OSError):
        return False


def _copy_sound(path: Path, busy_seconds: float, new: Path) -> None:
    if flaw := copied(path, new, busy_seconds):
        raise StoreDamaged(f"{path} is damaged ({flaw}); {_SAFE}", path)


def _named(new: Path, shelf: Path, kind: BackupKind) -> BackupFile:
    """Give a finished copy the name of the instant at which it was written; the next free one if there are two."""
    at = _written_at(new)
    while not _took(new, path := shelf / name_of(at, kind)):
        at += _MILLISECOND
    return BackupFile(path, at, kind)


def _took(new: Path, path: Path) -> bool:
    """Give a finished copy its name, and before it theirs to what SQLite kept beside the file that it is of: a backup
    is never there without. `False`, and nothing is changed, where the name is taken."""
    if traces_of(path):
        return False  # left of a backup that is gone: they would be played into this one
    given: list[Path] = []
    for made in (*traces_of(new), new):
        name = under(made, new, path)
        if not give_name(made, name):
            for each in given:
                remove_if_possible(each)
            return False
        given.append(name)
    return True


def _written_at(path: Path) -> datetime:
    """The instant, to the millisecond, at which a file was last written."""
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _newest_action_of(made: BackupFile) -> tuple[int, str, str, str] | None:
    try:
        with closing(raw_connection(made.path, "mode=ro&immutable=1")) as connection:
            return newest_action(connection)
    except sqlite3.Error:
        return None
