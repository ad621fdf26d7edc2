"""What to do about a file that is damaged or gone: the command that goes back to its newest backup that is sound."""

from __future__ import annotations

import shlex
from pathlib import Path

from store import StoreError, backup_files, newest_sound
from tui.clock import Clock
from tui.commands import UsageError
from tui.commands.moments import moment
from tui.paths import backup_folder, database


def way_back(path: Path) -> str:
    """One sentence: which backup of the file at `path` is the newest that can be read, and how to go back to it."""
    return (
        newest_backup(path)
        or "There is no backup of it; a copy of your own is restored with: deals restore FILE"
    )


def newest_backup(path: Path) -> str:
    """The same; "" where there is no backup at all."""
    try:
        if not backup_files(path, backup_folder()):
            return ""
        found = newest_sound(path, backup_folder())
    except StoreError as error:
        return str(error)
    if found is None:
        return "None of its backups can be read; a copy of your own is restored with: deals restore FILE"
    number, backup = found
    which = "newest backup" if number == 1 else "newest backup that can be read"
    return f"The {which} is of {moment(backup.at, Clock().today())}; go back to it with: {restoring(number, path)}"


def has_backups(path: Path) -> bool:
    """Whether there are backups of the file at `path`, or what there is cannot be looked at."""
    try:
        return backup_files(path, backup_folder()) != []
    except StoreError:
        return True


def restoring(number: int, path: Path) -> str:
    """The command that goes back to a backup of the file at `path`: with `--db`, where without it another is meant."""
    try:
        usual = database().path == path
    except UsageError:
        usual = False
    return f"deals restore {number}{'' if usual else f' --db {shlex.quote(str(path))}'}"
