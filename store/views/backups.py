"""The copies of a deals file that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class BackupKind(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    IMPORT = "before import"
    MIGRATION = "before migration"
    RESTORE = "before restore"
    REPAIR = "before repair"
    ASKED = "asked for"


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a founder knows a backup by: the open deals, their amounts (minor units) by currency, deals in all, and
    the title and instant of the last change."""

    open_deals: int
    worth: Mapping[str, int]
    deals: int
    last_change: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `contents` is `None` where it cannot be read: a copy of a file that was damaged."""

    path: Path
    at: datetime
    kind: BackupKind
    size: int
    """In bytes."""
    contents: BackupContents | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the file that was gone back to, with its instant and kind if it is one of the backups; what
    it holds; the backup of the file as it was before (`None` where there was none); and where what was left beside a
    file that is gone is kept."""

    source: Path
    contents: BackupContents
    before: Path | None
    at: datetime | None = None
    kind: BackupKind | None = None
    set_aside: tuple[Path, ...] = ()
