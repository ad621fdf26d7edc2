"""Making a file and bringing an older one up to date: ordered steps over `PRAGMA user_version`.

Each step is one transaction together with its version number and the journal's triggers: it happens whole or
not at all. An existing file is copied before its first step.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from store import schema
from store.backup import back_up
from store.beside import refuse_traces
from store.connection import raw_connection, schema_version, translated
from store.errors import StoreUnusable
from store.private_files import (
    give_name,
    make_private,
    remove_if_possible,
    sync,
    sync_name,
    told_refusal,
    unnamed_file,
)
from store.schema_steps import STEPS as STEPS
from store.schema_steps import Step as Step
from store.schema_steps import take
from store.views import BackupKind


def create(path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Make a new, empty deals file at `path`, readable by its owner only; missing folders are made the same way.

    The file appears whole or not at all, and never in the place of another one: when there already is one
    (made by another instance in the same moment, say) it is left as it is.
    Raises `StoreUnusable` when the folder cannot be written to, and where the journal of a file that is gone would be
    played into the new one.
    """
    path = path.resolve()
    try:
        make_private(path.parent)
        new = unnamed_file(path.parent)
        try:
            with translated(path):
                _build(new, steps)
            sync(new)
            refuse_traces(path)
            give_name(new, path)
        finally:
            remove_if_possible(new)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be made: {told_refusal(error, 'name another place')}") from error
    sync_name(path)


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
    if is_up_to_date(connection, path, steps):
        return
    if backup_dir is None:
        raise StoreUnusable(
            f"{path} was made by an older version of this program; bring it up to date with: deals"
        )
    back_up(path, backup_dir, BackupKind.MIGRATION)
    bring_up_to_date(connection, path, steps)


def is_up_to_date(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> bool:
    """Whether the file has taken all steps. Raises `StoreUnusable` for one of a newer version, or with no deals."""
    refuse_newer(connection, path, steps)
    version = schema_version(connection)
    if version < 1:
        raise StoreUnusable(f"{path} holds no deals; name another file, or remove this one to begin anew.")
    return version == steps[-1].version


def refuse_newer(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Raise `StoreUnusable` for a file of a newer version than this program's."""
    newest = steps[-1].version
    version = schema_version(connection)
    if version > newest:
        raise StoreUnusable(
            f"{path} was made by a newer version of this program (its schema is {version}, "
            f"this one knows {newest}); update the program."
        )


def bring_up_to_date(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Take the steps that the file has not taken yet, one after the other; nothing is copied before."""
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
            before = _pointing_nowhere(connection)
            take(connection, step)
            if broken := _pointing_nowhere(connection) - before:
                raise StoreUnusable(
                    f"{path} cannot be brought to schema {step.version}: a row of {next(iter(broken))[0]} would point "
                    "nowhere. It was left as it is."
                )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _pointing_nowhere(connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """How many rows of which table miss their row of which other one."""
    return Counter((table, parent) for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"))
