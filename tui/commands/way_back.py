"""What to do about a file, as a command that can be typed: go back to its newest sound backup, where it is damaged or
gone, or what else is told."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

from store import StoreError, backup_files, newest_sound
from tui.clock import Clock
from tui.commands import UsageError
from tui.commands.moments import moment
from tui.paths import backup_folder, database

_COMMAND: Final = re.compile(r": deals [a-z]+(?: --?[a-z-]+| [A-Z]+| \d+)*$")
"""A command at the end of a sentence."""


def way_back(path: Path) -> str:
    """One sentence: which backup of the file at `path` is the newest that can be read, and how to go back to it."""
    return newest_backup(path) or for_file(
        "There is no backup of it; a copy of your own is restored with: deals restore FILE", path
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
        return for_file(
            "None of its backups can be read; a copy of your own is restored with: deals restore FILE", path
        )
    number, backup = found
    which = "newest backup" if number == 1 else "newest backup that can be read"
    return f"The {which} is of {moment(backup.at, Clock().today())}; go back to it with: {restoring(number, path)}"


def has_backups(path: Path) -> bool:
    """Whether there are backups of the file at `path`, or what there is cannot be looked at."""
    try:
        return backup_files(path, backup_folder()) != []
    except StoreError:
        return True


def restoring(which: int | str, path: Path) -> str:
    """The command that goes back to a backup of the file at `path`, by its number now or by its name."""
    return f"deals restore {which}{_option(path)}"


def for_file(text: str, path: Path) -> str:
    """`text` about the file at `path`: the command that it ends with is told so that it works on that file."""
    return text if not _COMMAND.search(text) or "--db" in text else f"{text}{_option(path)}"


def _option(path: Path) -> str:
    """`--db`, where a command without it means another file."""
    try:
        usual = database().path == path
    except UsageError:
        usual = False
    return "" if usual else f" --db {shlex.quote(str(path))}"
