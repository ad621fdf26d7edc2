"""A path of a file to be read, as it is typed: what it means, and how it may go on."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from store import InvalidInput, printable
from tui.paths import given

ENDINGS: Final = (".csv", ".tsv", ".txt")
"""The files that are offered first."""

_OFFERED: Final = 6
"""At most so many names are listed in a sentence."""

_QUOTES: Final = ("'", '"')

_ESCAPED: Final = re.compile(r"\\(.)")


class Completion(NamedTuple):
    """The path as far as it can only go on in one way, and the names of all ways from there."""

    text: str
    names: tuple[str, ...]


def completed(text: str) -> Completion:
    """How the path in `text` may go on. Folders end in `/`; hidden files are offered only where a `.` is typed, and
    files with other endings than those of CSV files only where nothing else fits."""
    if text == "~":
        text = "~/"
    folder, slash, begun = text.rpartition("/")
    names = _fitting(_entries(folder + slash), begun)
    if not names:
        return Completion(text, ())
    common = _common(names)
    grown = common if len(common) >= len(begun) else begun
    return Completion(folder + slash + grown, tuple(names))


def _entries(folder: str) -> list[str]:
    """The names in a folder, of folders with `/`; names that cannot be typed are left out."""
    try:
        with os.scandir(given(folder or ".")) as found:
            return sorted(
                (each.name + ("/" if each.is_dir() else "") for each in found if each.name.isprintable()),
                key=str.casefold,
            )
    except (OSError, ValueError):
        return []


def _fitting(names: list[str], begun: str) -> list[str]:
    fitting = [
        name
        for name in names
        if name.casefold().startswith(begun.casefold())
        and (begun.startswith(".") or not name.startswith("."))
    ]
    usual = [name for name in fitting if name.casefold().endswith((*ENDINGS, "/"))]
    return usual or fitting


def _common(names: Sequence[str]) -> str:
    """What all names begin with, whatever its case."""
    same = takewhile(lambda letters: len({*map(str.casefold, letters)}) == 1, zip(*names, strict=False))
    return names[0][: sum(1 for _ in same)]


def offered(names: Sequence[str]) -> str:
    """The first names in a line: `deals.csv · old/ · 3 more`; empty without any."""
    more = [f"{len(names) - _OFFERED:,} more"] if len(names) > _OFFERED else []
    return " · ".join([*map(printable, names[:_OFFERED]), *more])


def file_named(text: str) -> Path:
    """The file whose path was typed, pasted or dropped into the terminal; `InvalidInput` says how to go on."""
    shown = printable(text.strip())
    try:
        path = _path(text.strip())
        shown = printable(str(path))
        if path.is_file():
            return path
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # OSError also where the folder that we are in is gone
        reason = error.strerror if isinstance(error, OSError) else "no file can be called so"
        raise InvalidInput(f"{shown} cannot be read: {reason}.") from None
    if is_folder:
        names = offered(completed(text if text.endswith("/") else f"{text}/").names)
        raise InvalidInput(f"{shown} is a folder{f': {names}' if names else ' without a CSV file'}.")
    if is_there:
        raise InvalidInput(f"{shown} is no ordinary file.")
    names = offered(completed(text).names)
    raise InvalidInput(f"There is no file {shown}{f'; tab: {names}' if names else '.'}")


def _path(text: str) -> Path:
    """The path as typed; a terminal into which a file is dropped puts quotes around it, or `\\` before spaces and
    whatever else a shell would not take for a letter."""
    if len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        text = text[1:-1]
    plain = text.replace("\\ ", " "), _ESCAPED.sub(r"\1", text)
    paths = [given(each) for each in dict.fromkeys((text, *plain))]
    return next(filter(os.path.lexists, paths), paths[-1])
