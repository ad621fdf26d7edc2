"""Files that only their owner may read, and that are there whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from store.errors import StoreUnsure

_UNNAMED: Final = ".dealdeck-"
"""What the name of a file begins with that was not given its own yet."""

_LEFT_BEHIND: Final = timedelta(days=1).total_seconds()
"""Seconds after which such a file was left behind by a program that was killed."""


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only their owner may look into; those that are there stay."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def unnamed_file(folder: Path, prefix: str = _UNNAMED) -> Path:
    """An empty file for its owner only, with a name that no other has, until it is given its own."""
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".new", dir=folder)
    os.close(handle)
    new = Path(name)
    with suppress(OSError):
        remove_left_behind(folder, new.stat().st_mtime, prefix)
    return new


def remove_left_behind(folder: Path, now: float, prefix: str = _UNNAMED) -> None:
    """Remove the unnamed files of a folder, and what SQLite kept beside them, that a killed program has left behind:
    each may be a whole copy of the data. `now` is when the file system wrote last."""
    with suppress(OSError):
        for each in unnamed_in(folder, prefix):
            if each.lstat().st_mtime < now - _LEFT_BEHIND:
                remove_if_possible(each)


def unnamed_in(folder: Path, prefix: str = _UNNAMED) -> list[Path]:
    """The files of a folder that have no name of their own yet: being made, or left behind."""
    return sorted(folder.glob(f"{prefix}*.new*"))


def give_name(new: Path, path: Path) -> bool:
    """Give a finished file its name, unless there is a file of that name by now.

    The one place that decides how: where the file system has links, no file that came meanwhile is ever replaced.
    """
    try:
        path.hardlink_to(new)  # a link, not a rename: it refuses to replace a file
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        new.rename(path)
    return True


def remove_if_possible(path: Path) -> None:
    """Remove a file that nobody needs; where the disk refuses it, it takes room and is in nobody's way."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def told_refusal(error: OSError, otherwise: str) -> str:
    """What the disk refused and what to do about it, as the end of a sentence; `otherwise` where it has room and works:
    "No space left on device; make room and try again."
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        otherwise = "make room and try again"
    elif error.errno == errno.EIO:
        otherwise = "check the disk"
    return f"{error.strerror or error}; {otherwise}."


def sync_name(path: Path) -> None:
    """Have the name of a file that is there now written to the disk. Raises `StoreUnsure` where that fails."""
    try:
        sync(path.parent)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreUnsure(
            f"{path} is made, but the disk failed to say that it is safe ({why}); check the disk."
        ) from error


def sync(path: Path) -> None:
    """Have a file's content, or a folder's names, written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
