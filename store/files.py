"""Writing a file that somebody asked for: whole or not at all, readable by its owner only, never over another thing."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TextIO

from store.errors import InvalidInput, StoreError
from store.private_files import give_name, remove_if_possible, sync, told_refusal, unnamed_file

_ELSEWHERE: Final = "name a place where you may write"
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")


@contextmanager
def new_file(path: Path | str, *, force: bool = False, keep: tuple[Path, ...] = ()) -> Iterator[TextIO]:
    """A text file in UTF-8 at `path`, which appears there complete when the block ends, and not if it raises.

    One that is there is replaced only with `force`, else `FileExistsError`. Folders, links, devices and the files in
    `keep` are never replaced (`InvalidInput`). Raises `StoreError` for what the disk refuses.
    """
    with (
        whole_file(path, force=force, keep=keep) as made,
        made.open("w", encoding="utf-8", newline="") as file,
    ):
        yield file


@contextmanager
def whole_file(path: Path | str, *, force: bool = False, keep: tuple[Path, ...] = ()) -> Iterator[Path]:
    """An empty file of another name for the block to fill, which appears at `path` as `new_file` tells."""
    target = _checked(path, keep)
    try:
        if not force and target.exists():
            raise FileExistsError(str(target))
        made = unnamed_file(target.parent)
        try:
            yield made
            sync(made)
            _put(made, target, force)
        finally:
            remove_if_possible(made)
    except FileExistsError:
        raise
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {told_refusal(error, _ELSEWHERE)}") from None


def _checked(path: Path | str, keep: tuple[Path, ...]) -> Path:
    text = os.fspath(path)
    if os.name != "nt" and _DRIVE.match(text):
        raise InvalidInput(f"{text} is a path of Windows; name a file on this machine.", "file")
    if not text or "\0" in text:
        raise InvalidInput("Name the file to be written.", "file")
    target = Path(text).expanduser()
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return target
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {told_refusal(error, _ELSEWHERE)}") from None
    if stat.S_ISLNK(mode):
        raise InvalidInput(f"{target} is a link; name the file that it leads to.", "file")
    if stat.S_ISDIR(mode):
        raise InvalidInput(f"{target} is a folder; name a file in it.", "file")
    if not stat.S_ISREG(mode):
        raise InvalidInput(
            f"{target} is not a regular file; name another one, or - for standard output.", "file"
        )
    if any(each.exists() and target.samefile(each) for each in keep):
        raise InvalidInput(f"{target} holds the deals themselves; name another file.", "file")
    return target


def _put(made: Path, target: Path, force: bool) -> None:
    """Give the finished file its name, and have the folder written to disk."""
    if force:
        made.replace(target)
    elif not give_name(made, target):
        raise FileExistsError(str(target))
    with suppress(OSError):
        sync(target.parent)
