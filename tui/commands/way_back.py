"""What to do about a file that is damaged or gone: the command that goes back to its newest backup."""

from __future__ import annotations

import shlex
from pathlib import Path

from store import StoreError, backup_files
from tui.clock import Clock
from tui.commands import UsageError
from tui.commands.moments import moment
from tui.paths import backup_folder, database


def way_back(path: Path) -> str:
    """One sentence: which backup of the file at `path` is the newest, and how to go back to it."""
    return (
        newest_backup(path)
        or "There is no backup of it; a copy of your own is restored with: deals restore FILE"
    )


def newest_backup(path: Path) -> str:
    """The same; "" where there is none."""
    try:
        found = backup_files(path, backup_folder())
    except StoreError as error:
        return str(error)
    if not found:
        return ""
    made = moment(found[0].at, Clock().today())
    return f"The newest backup is of {made}; go back to it with: deals restore 1{_option(path)}"


def _option(path: Path) -> str:
    """What has to be said again, so that the command is about the same file."""
    try:
        usual = database().path == path
    except UsageError:
        usual = False
    return "" if usual else f" --db {shlex.quote(str(path))}"
