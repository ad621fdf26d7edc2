"""Files that only their owner may read, and that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only their owner may look into; those that are there stay."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def unnamed_file(folder: Path, prefix: str, suffix: str = ".new") -> Path:
    """An empty file for its owner only, with a name that no other has, until it is given its own."""
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=folder)
    os.close(handle)
    return Path(name)


def give_name(new: Path, path: Path) -> bool:
    """Give a finished file its name, unless there is a file of that name by now."""
    try:
        path.hardlink_to(new)  # a link, not a rename: it refuses to replace a file
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        new.rename(path)
    return True


def sync(path: Path) -> None:
    """Have a file's content, or a folder's names, written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
