"""What SQLite keeps beside a file while it is written: the rollback journal, and for a program that chose it the log.

The name is all that ties them to the file. So one that is left of a file that is gone would be played into whatever
comes to have that name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from store.connection import is_missing
from store.errors import StoreUnusable

_PLAYED: Final = ("-journal", "-wal")
"""What SQLite would play into a file of that name."""

_ENDINGS: Final = (*_PLAYED, "-shm")


def journal_of(path: Path) -> Path:
    """The rollback journal that SQLite keeps beside a file while it is written."""
    return path.with_name(f"{path.name}-journal")


def traces_of(path: Path) -> list[Path]:
    """What there is of SQLite's beside the file at `path`, which may be gone itself. For a link, where it leads."""
    whole = path.resolve()
    return [each for ending in _ENDINGS if (each := whole.with_name(f"{whole.name}{ending}")).exists()]


def under(trace: Path, path: Path, new: Path) -> Path:
    """What is called of the file at `path`, or of what is beside it, when the file is called `new`."""
    return new.with_name(f"{new.name}{trace.name.removeprefix(path.name)}")


def refuse_traces(path: Path) -> None:
    """Raise `StoreUnusable` where there is no file at `path`, but what a new one would be spoilt by."""
    left = [each for each in traces_of(path) if each.name.endswith(_PLAYED)]
    if left and is_missing(path):  # asked last: another program may just have made the file, and be writing
        raise StoreUnusable(
            f"{path} cannot be made: {left[0]} is left of a file that is gone. It may be the only trace of a change, "
            "and would spoil a new file; move it away and try again."
        )
