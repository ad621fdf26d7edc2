"""The journal's triggers: the database itself writes down every changed row, whoever changes it.

They are made from the columns that a table really has, and made anew after each migration.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from store.schema import DATA_TABLES

_PREFIX: Final = "journal_"


def remake(connection: sqlite3.Connection, tables: Iterable[str] = DATA_TABLES) -> None:
    """Replace all journal triggers by those for the present columns of `tables`, within the open transaction.

    A table that a later step of the schema adds is passed over.
    """
    drop(connection)
    for table in tables:
        if columns := columns_of(connection, table):
            for statement in _recording(table, columns):
                connection.execute(statement)
    for statement in _APPEND_ONLY:
        connection.execute(statement)


def drop(connection: sqlite3.Connection) -> None:
    """Remove all journal triggers, so that a migration's own changes are not taken for the user's."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, ?) = ?",
        (len(_PREFIX), _PREFIX),
    ).fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")


def columns_of(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The names of a table's columns in their order, with their types; empty for a table that is not there."""
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}


def _recording(table: str, columns: Mapping[str, str]) -> tuple[str, str, str]:
    """The three triggers of one table. An update that leaves every column as it was is not recorded."""
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    old, new = row_as_json("OLD", columns), row_as_json("NEW", columns)
    return (
        f"CREATE TRIGGER {_PREFIX}{table}_insert AFTER INSERT ON {table} BEGIN {_note(table, 'NEW', 'NULL', new)} END",
        f"CREATE TRIGGER {_PREFIX}{table}_update AFTER UPDATE ON {table} WHEN {changed} "
        f"BEGIN {_note(table, 'NEW', old, new)} END",
        f"CREATE TRIGGER {_PREFIX}{table}_delete AFTER DELETE ON {table} BEGIN {_note(table, 'OLD', old, 'NULL')} END",
    )


def row_as_json(which: str, columns: Mapping[str, str]) -> str:
    """SQL for a row as the JSON object that the journal holds of it.

    SQLite before 3.41 refuses its own `json_object` to triggers of a schema that is not trusted, hence by hand.
    """
    members = (f"'\"{column}\":' || {_json(f'{which}.{column}', kind)}" for column, kind in columns.items())
    joined = " || ',' || ".join(members)
    return f"'{{' || {joined} || '}}'"


def _json(value: str, kind: str) -> str:
    """SQL for a column's value as JSON. Texts are clean: of the control characters they have none but these three.

    Most texts need no escape; looking for one first is what makes writing many rows bearable.
    """
    if kind != "TEXT":
        return f"coalesce({value}, 'null')"
    escaped = value
    for character, escape in _ESCAPES:
        escaped = f"replace({escaped}, {character}, '{escape}')"
    return (
        f"CASE WHEN {value} IS NULL THEN 'null' WHEN {value} = '' THEN '\"\"' "
        f"WHEN {value} GLOB '*[\\\"\t\n\r]*' THEN '\"' || {escaped} || '\"' ELSE '\"' || {value} || '\"' END"
    )


_ESCAPES: Final = (
    ("'\\'", "\\\\"),
    ("'\"'", '\\"'),
    ("char(9)", "\\t"),
    ("char(10)", "\\n"),
    ("char(13)", "\\r"),
)


def _note(table: str, which: str, before: str, after: str) -> str:
    return (
        "INSERT INTO changes (action_id, table_name, row_id, before, after) "
        f"VALUES ((SELECT max(id) FROM actions), '{table}', {which}.id, {before}, {after});"
    )


_APPEND_ONLY: Final = tuple(
    f"CREATE TRIGGER {_PREFIX}{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END"
    for table in ("actions", "changes")
    for verb in ("UPDATE", "DELETE")
)
"""Nothing in the journal is ever rewritten or erased; an undo is an action of its own."""
