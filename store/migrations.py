"""Making a file and bringing an older one up to date: ordered steps over `PRAGMA user_version`.

Each step is one transaction together with its version number and the journal's triggers: it happens whole or
not at all. An existing file is copied before its first step.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from store import schema, triggers
from store.connection import raw_connection, schema_version, translated
from store.errors import StoreUnusable


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a file from the version before to `version`."""

    version: int
    sql: str


STEPS: Final = (Step(1, schema.STEP_1), Step(2, schema.STEP_2))


def create(path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Make a new, empty deals file at `path`, readable by its owner only; missing folders are made the same way.

    The file appears whole or not at all, and never in the place of another one: when there already is one
    (made by another instance in the same moment, say) it is left as it is.
    Raises `StoreUnusable` when the folder cannot be written to.
    """
    path = path.resolve()
    try:
        _make_private(path.parent)
        new = _new_file(path.parent, ".deals-", ".new")
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be made: {error.strerror}; name another place.") from error
    try:
        with translated(path):
            _build(new, steps)
        _sync(new)
        _give_name(new, path)
    finally:
        new.unlink(missing_ok=True)
    _sync(path.parent)


def _give_name(new: Path, path: Path) -> bool:
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


def _build(new: Path, steps: Sequence[Step]) -> None:
    with closing(raw_connection(new, "mode=rw")) as connection:
        # Until the file has its name nothing can be lost, and nothing must be left beside it.
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        for step in steps:
            _take(connection, step, new)


def migrate(
    connection: sqlite3.Connection, path: Path, backup_dir: Path | None, steps: Sequence[Step] = STEPS
) -> None:
    """Bring the file up to date, after copying it to `backup_dir`; a file that is up to date is not touched.

    Raises `StoreUnusable` for a file of a newer version, and for an older one without a `backup_dir`.
    """
    newest = steps[-1].version
    version = schema_version(connection)
    if version > newest:
        raise StoreUnusable(
            f"{path} was made by a newer version of this program (its schema is {version}, "
            f"this one knows {newest}); update the program."
        )
    if version == newest:
        return
    if version < 1:
        raise StoreUnusable(f"{path} holds no deals; name another file, or remove this one to begin anew.")
    if backup_dir is None:
        raise StoreUnusable(
            f"{path} was made by an older version of this program; bring it up to date with: deals"
        )
    back_up(path, backup_dir, f"before-schema-{newest}")
    with translated(path):
        connection.execute(
            "PRAGMA foreign_keys=OFF"
        )  # a step may rebuild tables; the links are checked at its end
        try:
            for step in steps:
                _take(connection, step, path)
        finally:
            connection.execute("PRAGMA foreign_keys=ON")


def _take(connection: sqlite3.Connection, step: Step, path: Path) -> None:
    """One step, whole or not at all; one that another instance has taken meanwhile is passed over."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if schema_version(connection) < step.version:
            triggers.drop(connection)
            for statement in _statements(step.sql):
                connection.execute(statement)
            triggers.remake(connection)
            if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreUnusable(
                    f"{path} cannot be brought to schema {step.version}: a row of {broken[0]} points nowhere. "
                    "It was left as it is."
                )
            connection.execute(f"PRAGMA user_version={step.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script whose statements end at the end of a line."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"not a whole statement: {statement!r}")


def back_up(path: Path, folder: Path, why: str) -> Path:
    """A checked copy of the file at `path`, named after it and `why`, readable by its owner only.

    It appears in `folder` whole or not at all. Raises `StoreUnusable` when it cannot be made or is not sound.
    """
    try:
        _make_private(folder)
        new = _new_file(folder, ".backup-", ".new")
    except OSError as error:
        raise StoreUnusable(f"No backup can be made in {folder}: {error.strerror}.") from error
    try:
        with (
            translated(path),
            closing(raw_connection(path, "mode=ro")) as source,
            closing(raw_connection(new, "mode=rw")) as target,
        ):
            source.backup(target)
            verdict = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StoreUnusable(f"{path} is damaged ({verdict}); it was left as it is, go back to a backup.")
        _sync(new)
        names = (folder / f"{path.stem}-{why}{f'-{number}' if number else ''}.db" for number in count())
        copy = next(name for name in names if _give_name(new, name))
        _sync(folder)
    finally:
        new.unlink(missing_ok=True)
    return copy


def _make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only their owner may look into; those that are there stay."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _new_file(folder: Path, prefix: str, suffix: str) -> Path:
    """An empty file with a name that no other has, for its owner only."""
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=folder)
    os.close(handle)
    return Path(name)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
