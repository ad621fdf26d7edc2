"""Checking a whole file: whether SQLite finds it sound, and whether what must hold of deals and journal does.

One place for `deals doctor`, for backups and for the tests that kill, race and break things. Nothing is changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Final

from store.connection import schema_version
from store.reads.soundness import INVARIANTS, Found, Invariant, counters_behind, unjournalled
from store.schema import APPLICATION_ID, DATA_TABLES
from store.schema_steps import STEPS, Step, objects_after, objects_of
from store.views import Check, Problem

ENDS: Final = (Check.INTEGRITY, Check.SCHEMA)
"""Where one of these cannot be repaired, nothing else can."""

_FINDINGS: Final = 20
"""So many of SQLite's own findings are asked for."""

_NAMED: Final = 3
"""So many rows are named."""

_BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def problems(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> tuple[Problem, ...]:
    """Everything that is wrong with the file, as of one moment; nothing for a sound one.

    Where SQLite finds it damaged, and where tables are not those of its version, nothing further is asked: the
    answers would mean nothing. Raises `sqlite3.Error` for a file that is locked or cannot be read.
    """
    return _at_once(connection, lambda: _found(connection, tuple(steps)))


def damage(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    """Only that SQLite cannot trust the file. A row that points nowhere is wrong, but can be copied, and lived with."""
    return _at_once(connection, lambda: tuple(_integrity(connection)))


def _at_once(connection: sqlite3.Connection, check: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
    began = not connection.in_transaction
    if began:
        connection.execute("BEGIN")
    try:
        return check()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BROKEN:
            raise
        return (Problem(Check.INTEGRITY, f"SQLite cannot read it: {error}"),)
    finally:
        if began and connection.in_transaction:
            connection.execute("ROLLBACK")


def _found(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> tuple[Problem, ...]:
    if found := tuple(_integrity(connection)):
        return found
    schema = tuple(_schema(connection, steps))
    if any(not each.repairable for each in schema):
        return schema
    return (
        *schema,
        *_links(connection),
        *_invariants(connection),
        *_journal(connection),
        *_numbers(connection),
    )


def _integrity(connection: sqlite3.Connection) -> Iterator[Problem]:
    rows = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_FINDINGS})")]
    told = [
        line for text in rows for line in text.splitlines() if line != "ok" and not line.startswith("***")
    ]
    if told:
        only_indexes = _is_sound_but_for_indexes(connection)
        what = "an index does not fit its table" if only_indexes else "SQLite finds it damaged"
        more = f", and {len(told) - 1:,} more" if len(told) > 1 else ""
        yield Problem(Check.INTEGRITY, f"{what}: {told[0]}{more}", len(told), only_indexes)


def _is_sound_but_for_indexes(connection: sqlite3.Connection) -> bool:
    """Whether a copy in memory is sound once its indexes are made anew. SQLite copies nothing that is being written."""

    def look(status: int, remaining: int, total: int) -> None:
        del remaining, total
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.DatabaseError("being written")  # Python would go on for ever

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        try:
            connection.backup(copy, progress=look)
            make_indexes_anew(copy)
            verdict: str = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError:
            return False
        return verdict == "ok"


def make_indexes_anew(connection: sqlite3.Connection) -> None:
    """Build every index from its table. That of present stays goes where a deal has two of them."""
    try:
        connection.execute("REINDEX")
    except sqlite3.IntegrityError:
        connection.execute("DROP INDEX visits_open")
        connection.execute("REINDEX")


def _schema(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> Iterator[Problem]:
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        yield Problem(Check.SCHEMA, f"it is the file of another application ({application_id:#x})")
        return
    version, newest = schema_version(connection), steps[-1].version
    if version not in {step.version for step in steps}:
        yield Problem(Check.SCHEMA, f"its schema is {version}, this program knows 1 to {newest}")
        return
    there, meant = objects_of(connection), objects_after(version, steps)
    for name, each in meant.items():
        found = there.get(name)
        if each.table not in there:
            if each.kind == "table":
                yield Problem(Check.SCHEMA, f"the table {name} is missing")
        elif found is None:
            yield Problem(Check.SCHEMA, f"the {each.kind} {name} is missing", 1, True)
        elif found.essence != each.essence:
            yield Problem(Check.SCHEMA, f"the {each.kind} {name} is another one", 1, each.kind != "table")
    for name, each in there.items():
        if name not in meant and each.kind != "table" and each.table in meant:
            yield Problem(
                Check.SCHEMA, f"the {each.kind} {name} on {each.table} is not this program's", 1, True
            )


def _links(connection: sqlite3.Connection) -> Iterator[Problem]:
    by_link: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        by_link[table, parent] = by_link.get((table, parent), 0) + 1
    for (table, parent), count in by_link.items():
        rows = "1 row" if count == 1 else f"{count:,} rows"
        yield Problem(Check.LINKS, f"{rows} of {table} without their {parent}", count)


def _invariants(connection: sqlite3.Connection) -> Iterator[Problem]:
    for each in INVARIANTS:
        if rows := connection.execute(each.sql).fetchall():
            yield Problem(each.check, _told(each, rows), len(rows), each.repairable)


def _told(invariant: Invariant, rows: Sequence[Found]) -> str:
    words = f"1 {invariant.one}" if len(rows) == 1 else f"{len(rows):,} {invariant.many}"
    named = [f"#{key} {name}".rstrip() for key, name in rows[:_NAMED]]
    return f"{words}: {', '.join(named)}{', …' if len(rows) > _NAMED else ''}"


def _journal(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table in DATA_TABLES:
        ids = [row_id for row_id, _, _ in unjournalled(connection, table)]
        if ids:
            named = ", ".join(f"#{row_id}" for row_id in ids[:_NAMED])
            rows = "1 row" if len(ids) == 1 else f"{len(ids):,} rows"
            more = ", …" if len(ids) > _NAMED else ""
            what = f"{rows} of {table} changed past the journal: {named}{more}"
            yield Problem(Check.JOURNAL, what, len(ids), True)


def _numbers(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table in counters_behind(connection, counted_tables(connection)):
        yield Problem(Check.NUMBERS, f"an id of {table} could be given twice", 1, True)


def counted_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables in which no id is ever given twice."""
    return [
        name
        for name, each in objects_of(connection).items()
        if each.kind == "table" and "AUTOINCREMENT" in each.sql
    ]
