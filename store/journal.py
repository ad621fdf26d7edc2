"""Changing the data: one command is one transaction and one action of the journal.

The rows themselves are written down by the triggers of `store.triggers`, under the newest action. So a command
first reads, then records its action, then writes; one that finds nothing to write records nothing.

What an action means for undo and redo is told in `store.actions`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from store.actions import Entry as Entry
from store.actions import recording
from store.connection import translate, translated
from store.dates import instant_text
from store.text import clean_line
from store.views import Done


class Change:
    """One command at work: its session, and the action that its changes are recorded under.

    `at` is the command's instant as stored; `raw` is the session's own connection, for plain SQL.
    """

    def __init__(self, session: Session, raw: sqlite3.Connection, at: str, within: Change | None) -> None:
        self.session = session
        self.raw = raw
        self.at = at
        self.title = ""
        self.action_id: int | None = None
        self._within = within

    def record(self, title: str, entry: Entry = Entry.STEP) -> int:
        """Add the action to the journal; to be called before the first row is changed. Gives the action's id."""
        self.title = title = clean_line(title)  # it may hold a file's name
        if self._within is not None and self._within.action_id is not None:
            self.action_id = self._within.action_id
            return self.action_id
        self.record_as(recording(entry), (self.at, title))
        if self.action_id is None:
            raise AssertionError("the journal took no action")
        return self.action_id

    def record_as(self, statement: str, values: tuple[str, ...]) -> None:
        """Add the action by an INSERT of one row or none: `store.history` knows where undo and redo stand."""
        cursor = self.raw.execute(statement, values)
        self.action_id = cursor.lastrowid if cursor.rowcount == 1 else None

    @property
    def is_part(self) -> bool:
        """Whether the command is part of a larger action."""
        return self._within is not None

    def done(self, deal_ids: Sequence[int] = (), made_id: int | None = None) -> Done:
        """What the command did, for its caller; `made_id` is the id of what it made, if that is not a deal."""
        return Done(self.action_id, self.title, tuple(deal_ids), made_id)


class Journal:
    """Opens the transactions of one store, one at a time, on the connection that the reads use too."""

    def __init__(self, path: Path, raw: sqlite3.Connection, lock: RLock) -> None:
        self._path = path
        self._raw = raw
        self._lock = lock
        self._engine = _engine(path, raw)
        self._running: Change | None = None

    @contextmanager
    def changing(self, now: datetime) -> Iterator[Change]:
        """The transaction of one command: kept when the block ends, gone whole when it raises.

        Within `one_action` it is part of that transaction and action, and still whole or not at all.
        Raises `StoreBusy`, `StoreReadOnly`, `StoreFull` for what the file or the disk refuses.
        """
        with self._transaction(now) as change:
            before = self._raw.total_changes
            yield change
            change.session.flush()
            if change.action_id is None and self._raw.total_changes != before:
                raise AssertionError("rows were changed before the action was recorded")

    @contextmanager
    def one_action(self, title: str, now: datetime, *, undoable: bool = True) -> Iterator[Change]:
        """Make one transaction and one action named `title` of all commands that the block runs.

        Without `undoable` it is the start of the history. A block that changes nothing leaves no action behind.
        The block may write by itself, too, with the session or the connection of the `Change` it is given.
        """
        with self._transaction(now) as change:
            change.record(title, Entry.STEP if undoable else Entry.START)
            before = self._raw.total_changes
            outer, self._running = self._running, change
            try:
                yield change
            finally:
                self._running = outer
            change.session.flush()
            if self._raw.total_changes == before:
                change.session.rollback()
                change.action_id = None

    @contextmanager
    def held(self, now: datetime) -> Iterator[None]:
        """Let no other program write while the block looks at the file and then runs one command, which is an action
        of its own as ever: what was found is still so when it is changed.
        """
        with self._transaction(now) as change:
            outer, self._running = self._running, change
            try:
                yield
            finally:
                self._running = outer

    @contextmanager
    def _transaction(self, now: datetime) -> Iterator[Change]:
        with self._lock, translated(self._path), self._session() as session, session.begin():
            session.connection()  # begins the transaction, so that what is read stays true until it ends
            yield Change(session, self._raw, instant_text(now), self._running)

    def _session(self) -> Session:
        if self._running is None:
            return Session(self._engine, autoflush=False, expire_on_commit=False)
        return Session(
            self._running.session.connection(),
            autoflush=False,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )


class _Dialect(SQLiteDialect_pysqlite):
    """SQLite as it is when the disk fails: it gives up the whole transaction, and there is no part to go back in."""

    supports_statement_cache = True

    def do_rollback_to_savepoint(self, connection: Connection, name: str) -> None:
        """Undo a part, unless all is undone already; why it is, the error that is on its way tells."""
        raw = connection.connection.driver_connection
        if raw is not None and raw.in_transaction:
            connection.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {name}")


registry.register("sqlite.deals", __name__, _Dialect.__name__)


def _engine(path: Path, raw: sqlite3.Connection) -> Engine:
    """SQLAlchemy on the connection that is there already, which it never closes."""
    engine = create_engine(URL.create("sqlite+deals"), creator=lambda: raw, poolclass=StaticPool)

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def tell(context: ExceptionContext) -> None:
        if told := translate(context.original_exception, path):
            raise told from context.original_exception

    event.listen(engine, "begin", begin)
    event.listen(engine, "handle_error", tell)
    with engine.connect():
        pass  # SQLAlchemy asks the connection a few things once; better now than in the first command
    return engine
