"""Files that cannot be opened, and every command that might be tried on one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from store.schema import APPLICATION_ID
from tests.deck import Deck
from tests.store.breaking import fill, overwrite, page_of

READING: Final[tuple[tuple[str, ...], ...]] = (
    ("board",),
    ("list",),
    ("list", "--all", "--json"),
    ("show", "1"),
    ("stuck",),
    ("stuck", "--quiet", "--short"),
    ("review",),
    ("today",),
    ("task", "list"),
    ("people",),
    ("companies",),
    ("forecast",),
    ("goal",),
    ("rate",),
    ("stage",),
    ("history",),
    ("export", "-"),
    ("export", "{folder}/out.csv"),
    ("export", "{folder}/out.ics"),
    ("backup",),
    ("backup", "{folder}/copy.db"),
    (),
)
"""What only reads the data file; `{folder}` is one in which files may be made."""

WRITING: Final[tuple[tuple[str, ...], ...]] = (
    ("init", "--name", "Another"),
    ("add", "Globex 5k"),
    ("move", "1", "product"),
    ("won", "1"),
    ("lost", "1", "--reason", "no answer"),
    ("task", "add", "1", "write to Ann"),
    ("task", "done", "1"),
    ("task", "move", "1", "fri"),
    ("undo",),
    ("redo",),
    ("goal", "2026-11", "30k"),
    ("rate", "EUR", "USD", "1.08"),
    ("stage", "product", "--probability", "45"),
    ("import", "{folder}/more.csv", "--yes"),
)

ELSEWHERE: Final = {"demo", "restore", "info", "doctor", "completion"}
"""The commands that need no file that can be opened."""

TRIED_WITH_ALL: Final = frozenset(
    {"a folder", "zero bytes", "another application's", "newer", "without its deals"}
)
"""Kinds of files that every command is tried with in the quick form; each other kind with every fourth."""


def words_of(command: tuple[str, ...], folder: Path) -> list[str]:
    """A command as it is typed, with what it reads from or writes to in `folder`."""
    (folder / "more.csv").write_text("name,amount\nInitech,700\n")
    return [word.format(folder=folder) for word in command]


class Listing(dict[str, object]):
    """Everything in some folders: what is in each file and when it was last written, so that it can be compared."""

    def __init__(self, *folders: Path) -> None:
        for folder in folders:
            for place in sorted(folder.rglob("*")):
                found = place.lstat()
                held = hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
                self[str(place)] = (found.st_mode, found.st_mtime_ns, held)


def filled(path: Path) -> None:
    """A file with some deals, private as one that is made by the program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(_some_deals())


@cache
def _some_deals() -> bytes:
    with TemporaryDirectory() as folder, Deck(Path(folder) / "deals.db") as deck:
        fill(deck)
        return deck.path.read_bytes()


def plain_database(path: Path, *statements: str) -> None:
    """A database that this program did not make."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in ("CREATE TABLE notes (text TEXT)", *statements):
            connection.execute(statement)


def _in_wal_mode(path: Path) -> None:
    plain_database(path, "PRAGMA journal_mode=WAL", "INSERT INTO notes VALUES ('mine')")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def half_changed(path: Path) -> None:
    """What a program that stopped in the middle of a large change left behind: the file, and its journal."""
    busy = path.with_name("busy.db")
    shutil.copy(path, busy)
    with closing(sqlite3.connect(busy, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN")
        connection.execute("UPDATE deals SET name = 'lost ' || name, notes = hex(randomblob(9000))")
        connection.execute("INSERT INTO companies (name) SELECT hex(randomblob(2000)) FROM changes")
        shutil.copy(busy, path)
        shutil.copy(f"{busy}-journal", f"{path}-journal")
    for each in (busy, Path(f"{busy}-journal")):
        each.unlink(missing_ok=True)


class Refused(NamedTuple):
    """How a filled file is made one that cannot be opened, what is said of it, and whether a backup helps."""

    by: Callable[[Path], object]
    words: str
    needs_backup: bool = False


REFUSED: Final[dict[str, Refused]] = {
    "a folder": Refused(_folder, "is a folder; name a file in it."),
    "a pipe": Refused(_pipe, "is not a regular file; name another one."),
    "zero bytes": Refused(
        lambda path: path.write_bytes(b""),
        "is empty, not a deals file; name another file, or remove this one",
        True,
    ),
    "text": Refused(
        lambda path: path.write_text("name,amount\n" * 100), "is not a database; name another file.", True
    ),
    "too short": Refused(lambda path: path.write_bytes(b"SQLite format 3\0"), "is not a database", True),
    "another application's": Refused(
        plain_database, "is a database of another application, not a deals file"
    ),
    "another application's in WAL mode": Refused(_in_wal_mode, "is a database of another application"),
    "nearly ours": Refused(
        lambda path: plain_database(path, f"PRAGMA application_id={APPLICATION_ID}"),
        "holds no deals; name another file, or remove this one to begin anew.",
    ),
    "newer": Refused(
        _newer,
        "was made by a newer version of this program (its schema is 99, this one knows 2); update the program.",
    ),
    "without its first page": Refused(lambda path: overwrite(path, 1), "is not a database", True),
    "without its schema": Refused(
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 3996 + path.read_bytes()[4096:]),
        "is damaged (",
        True,
    ),
    "cut short": Refused(lambda path: path.write_bytes(path.read_bytes()[:5000]), "is damaged (", True),
    "without its deals": Refused(lambda path: overwrite(path, page_of(path, "deals")), "is damaged (", True),
}
