"""Backups as tests look at them, and as if they had been made on another day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from store import BackupKind, backup_files
from store.backup_shelf import backup_named, name_of
from store.dates import at_noon
from store.schema import DATA_TABLES
from tests.deck import rows_of


def real_day() -> date:
    """The day it is, whatever the tests play on: what a backup made now is named after."""
    return datetime.now(UTC).astimezone().date()


def kinds(path: Path, folder: Path) -> list[BackupKind]:
    """The kinds of the backups there are, the newest first."""
    return [each.kind for each in backup_files(path, folder)]


def as_if_made(path: Path, day: date) -> Path:
    """The backup, dated as if it had been made on a day."""
    made = backup_named(path)
    assert made is not None
    return path.rename(path.with_name(name_of(at_noon(day), made.kind)))


def dump_of(path: Path) -> dict[str, list[object]]:
    """All rows, the journal's too."""
    tables = (*DATA_TABLES, "actions", "changes")
    return {table: rows_of(path, f"SELECT * FROM {table} ORDER BY id") for table in tables}


def damage(path: Path) -> None:
    """Take the entries out of an index, which only a check notices."""
    (page,) = rows_of(path, "SELECT rootpage FROM sqlite_master WHERE name = 'deals_by_stage'")[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 3 : (page - 1) * 4096 + 5] = b"\0\0"
    path.write_bytes(data)
