"""The steps of the schema: what each of them runs, and which tables, indexes and triggers a file has after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from store import schema, triggers


@dataclass(frozen=True, slots=True)
class Step:
    """What brings a file from the version before to `version`."""

    version: int
    sql: str


STEPS: Final = (Step(1, schema.STEP_1), Step(2, schema.STEP_2))


class SchemaObject(NamedTuple):
    """A table, an index or a trigger: which table it is of, and the statement that makes it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def essence(self) -> str:
        """The statement without what SQLite's versions write differently when they rename a table."""
        return "".join(self.sql.replace('"', "").split())


def take(connection: sqlite3.Connection, step: Step) -> None:
    """Run one step within the open transaction, make the journal's triggers anew and set the version."""
    triggers.drop(connection)
    for statement in _statements(step.sql):
        connection.execute(statement)
    triggers.remake(connection)
    connection.execute(f"PRAGMA user_version={step.version}")


def objects_of(connection: sqlite3.Connection) -> dict[str, SchemaObject]:
    """The tables, indexes and triggers of a file by their names, without SQLite's own."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master "
        "WHERE type IN ('table', 'index', 'trigger') AND substr(name, 1, 7) <> 'sqlite_' AND sql IS NOT NULL"
    )
    return {row[1]: SchemaObject(*row) for row in rows}


@lru_cache(maxsize=4)
def objects_after(version: int, steps: Sequence[Step] = STEPS) -> Mapping[str, SchemaObject]:
    """The same as they are meant to be in a file of a version."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in steps:
            if step.version <= version:
                take(connection, step)
        return objects_of(connection)


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
