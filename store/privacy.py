"""Who may read a deals file and its backups: nobody but their owner."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from store.backup_shelf import shelf_of
from store.views import Exposed

_OTHERS = 0o077
_MAY_CHANGE = 0o022


def open_to_others(
    path: Path, folder: Path, own: Iterable[Path], *, ours: bool = True
) -> tuple[Exposed, ...]:
    """What is open to others of the file at `path` (if it is `ours`), its backups within `folder`, and the folders they
    are in.

    `own` are folders that hold nothing but what is this program's. Any other folder is its user's affair, unless others
    may put another file in the place of the data.
    """
    whole = path.resolve()
    mine = {each.resolve() for each in own}
    shelf = shelf_of(path, folder)
    wanted = (
        [(whole, _OTHERS), (whole.parent, _OTHERS if whole.parent in mine else _MAY_CHANGE)] if ours else []
    )
    wanted += [(folder, _OTHERS), (shelf, _OTHERS), *((each, _OTHERS) for each in _files(shelf))]
    return tuple(Exposed(place, open_) for place, refused in wanted if (open_ := _mode(place) & refused))


def close_to_others(places: Iterable[Exposed]) -> tuple[Exposed, ...]:
    """Take away the permissions that others should not have, and no more; gives the places where that was refused."""
    refused = []
    for each in places:
        with suppress(OSError):
            each.path.chmod(stat.S_IMODE(each.path.stat().st_mode) & ~each.bits)
        if _mode(each.path) & each.bits:
            refused.append(each)
    return tuple(refused)


def _files(shelf: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(shelf.iterdir())


def _mode(place: Path) -> int:
    """The permissions; none where there is nothing. In a folder such as /tmp nobody can replace another's files."""
    try:
        found = place.stat().st_mode
    except OSError:
        return 0
    if stat.S_ISDIR(found) and found & stat.S_ISVTX:
        return 0
    return stat.S_IMODE(found) if os.name == "posix" else 0
