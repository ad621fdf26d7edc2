"""Where the backups of a deals file are, and what they are called.

Each data file has a folder of its own among the backups (`deals-1c3f9a02`, the number made from its path), in which the
names sort by time: `2026-11-20T08-15-30.123Z-before-import.db`.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from store.connection import check_ours, raw_connection
from store.errors import StoreError, StoreUnusable
from store.instants import instant_text, local_day, parse_instant
from store.reads.backups import contents
from store.views import Backup, BackupContents, BackupKind

_NAME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2})-([0-9]{2})-([0-9]{2}\.[0-9]{3}Z)-([a-z-]+)\.db"
)
_KINDS: Final = {kind.value.replace(" ", "-"): kind for kind in BackupKind}
_LONGEST: Final = 100
"""Bytes of the data file's own name in that of the folder: names may be 255 bytes long."""


class BackupFile(NamedTuple):
    """A backup as its name tells it."""

    path: Path
    at: datetime
    kind: BackupKind

    @property
    def day(self) -> date:
        """The day on which it was made, in the user's calendar."""
        return local_day(instant_text(self.at))


def shelf_of(path: Path, folder: Path) -> Path:
    """The folder for the backups of the data file at `path`, within that of all backups; it need not exist."""
    whole = path.resolve()
    stem = whole.stem.encode(errors="surrogateescape")[:_LONGEST].decode(errors="ignore")
    return folder / f"{stem}-{crc32(str(whole).encode(errors='surrogateescape')):08x}"


def name_of(at: datetime, kind: BackupKind) -> str:
    """The name of a backup made at an instant."""
    return f"{instant_text(at).replace(':', '-')}-{kind.value.replace(' ', '-')}.db"


def backup_files(path: Path, folder: Path) -> list[BackupFile]:
    """The backups of the data file at `path`, the newest first. Raises `StoreError` where they cannot be looked at."""
    shelf = shelf_of(path, folder)
    try:
        # One that another program has just removed, and a link that leads nowhere, are none.
        found = [made for each in shelf.iterdir() if (made := backup_named(each)) and each.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StoreError(f"The backups in {shelf} cannot be looked at: {error.strerror}.") from error
    return sorted(found, key=lambda each: each.at, reverse=True)


def backups(path: Path, folder: Path) -> tuple[Backup, ...]:
    """The backups of the data file at `path` with what they hold, the newest first."""
    return tuple(backup_of(each) for each in backup_files(path, folder))


def backup_of(made: BackupFile) -> Backup:
    """One backup with what it holds. One that is gone meanwhile, or hidden, stays in its place: numbers count them."""
    try:
        size = made.path.stat().st_size
    except OSError:
        return Backup(made.path, made.at, made.kind, 0, None)
    return Backup(made.path, made.at, made.kind, size, contents_of(made.path))


def contents_of(path: Path) -> BackupContents | None:
    """What a backup holds; `None` where it cannot be read."""
    try:
        with closing(raw_connection(path, "mode=ro&immutable=1")) as connection:
            check_ours(connection, path)
            return contents(connection)
    except (sqlite3.Error, StoreUnusable):
        return None


def backup_named(path: Path) -> BackupFile | None:
    """What a file's name says, if it is that of a backup."""
    found = _NAME.fullmatch(path.name)
    if found is None or found[4] not in _KINDS:
        return None
    try:
        return BackupFile(path, parse_instant(f"{found[1]}:{found[2]}:{found[3]}"), _KINDS[found[4]])
    except StoreError:
        return None
