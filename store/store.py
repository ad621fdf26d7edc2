"""The store: one open deals file, with one attribute for each noun that something can be done to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store.connection import (
    BUSY_SECONDS,
    connect,
    is_missing,
    is_moved,
    refuse_long_name,
    schema_version,
    translated,
)
from store.errors import StoreError
from store.instants import instant_text
from store.reading import Reads
from store.schema import LATEST

if TYPE_CHECKING:
    from store.checklists import Checklists
    from store.companies import Companies
    from store.deals import Deals
    from store.history import History
    from store.journal import Change, Journal
    from store.people import People
    from store.pipelines import Pipelines
    from store.saved_views import SavedViews
    from store.settings import Settings
    from store.tasks import Tasks
    from store.touches import Touches


def open_store(
    path: Path | str,
    *,
    create: bool = False,
    migrate: bool = True,
    backup_dir: Path | None = None,
    busy_seconds: float = BUSY_SECONDS,
) -> Store:
    """Open the deals file at `path`; with `create` one that is not there is made, empty.

    A file of an older version is copied to `backup_dir` and brought up to date, if `migrate`.
    A command waits up to `busy_seconds` for another program that is writing the same file.
    Raises `StoreUnusable` for a file that is not there, not ours, newer, damaged or older without a `backup_dir`;
    it is left as it is. A file that may only be read opens; writing to it raises `StoreReadOnly`.
    """
    path = Path(path)
    if create and is_missing(path):
        refuse_long_name(path)
        from store.migrations import create as create_file

        create_file(path)
    connection = connect(path, busy_seconds)
    try:
        with translated(path):
            if schema_version(connection) != LATEST:
                from store.migrations import migrate as bring_up_to_date

                bring_up_to_date(connection, path, backup_dir if migrate else None)
    except BaseException:
        connection.close()
        raise
    return Store(path, connection)


class Store:
    """An open deals file. Commands return `Done`; reads are in `read`.

    It may be used from any thread: a lock lets one command or read at a time through. The first command loads the
    write side, which takes a while; `prepare` does it beforehand.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = RLock()
        self._write_side: Journal | None = None
        self._first: Callable[[], None] | None = None
        self._file = _identity(path)
        self.read = Reads(path, connection, self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a command that runs in another thread is finished first."""
        with self._lock:
            self._connection.close()

    def data_version(self) -> int:
        """A number that is another one after another program has changed the file (not after a command of ours)."""
        with self._lock, translated(self.path):
            version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    def moved(self) -> StoreError | None:
        """The error that says that another file, or none, is where this one was opened; `None` while it is there."""
        return None if _identity(self.path) == self._file else is_moved(self.path)

    def before_writing(self, first: Callable[[], None]) -> None:
        """Have `first` called once, before the first transaction of a command begins."""
        self._first = first

    def prepare(self) -> None:
        """Load the write side, so that the first command does not have to. Reads go on meanwhile.

        That is what all commands share, and those about deals; what comes to the others takes no noticeable time.
        """
        for noun in (self.history, self.deals, self.tasks, self.touches):
            del noun  # being asked for has imported it

    @cached_property
    def history(self) -> History:
        """Undo, redo, and the list of what was done."""
        from store.history import History

        return History(self.path, self._connection, self._lock, self._journal)

    @cached_property
    def deals(self) -> Deals:
        """Create, edit, move, win, lose, reopen, reorder, delete, restore and snooze deals."""
        from store.deals import Deals

        return Deals(self._journal())

    @cached_property
    def tasks(self) -> Tasks:
        """Add, finish, edit and delete tasks."""
        from store.tasks import Tasks

        return Tasks(self._journal())

    @cached_property
    def checklists(self) -> Checklists:
        """Tick what a stage asks to be done off, deal by deal."""
        from store.checklists import Checklists

        return Checklists(self._journal())

    @cached_property
    def people(self) -> People:
        """Put people on deals, change, merge and delete them."""
        from store.people import People

        return People(self._journal())

    @cached_property
    def companies(self) -> Companies:
        """Add, change, merge and delete companies."""
        from store.companies import Companies

        return Companies(self._journal())

    @cached_property
    def touches(self) -> Touches:
        """Log calls, e-mails, meetings and notes."""
        from store.touches import Touches

        return Touches(self._journal())

    @cached_property
    def pipelines(self) -> Pipelines:
        """Make and change pipelines, their stages and goals."""
        from store.pipelines import Pipelines

        return Pipelines(self._journal())

    @cached_property
    def saved_views(self) -> SavedViews:
        """Save, rename and delete filters and orders that go by a name."""
        from store.saved_views import SavedViews

        return SavedViews(self._journal())

    @cached_property
    def settings(self) -> Settings:
        """Remember choices and exchange rates."""
        from store.settings import Settings

        return Settings(self._journal())

    @contextmanager
    def one_action(self, title: str, now: datetime, *, undoable: bool = True) -> Iterator[Change]:
        """Make one transaction, one action of the journal and one step of undo of all commands in the block.

        Without `undoable` the action is the start of the history: nothing before or in it can be undone.
        """
        with self._journal().one_action(title, now, undoable=undoable) as change:
            yield change

    @contextmanager
    def held(self, now: datetime) -> Iterator[None]:
        """Let nobody else write while the block looks at the file and then runs one command: what it finds is still so
        when it is changed. The command stays an action of its own.
        """
        with self._journal().held(now):
            yield

    @contextmanager
    def bulk(self, title: str, now: datetime) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One transaction and one action for many rows that the block adds in plain SQL; nothing of the write side
        is loaded. Gives the connection and the action's id. The block may add rows, not change any. It is an action of
        its own and cannot be part of another one.
        """
        from store.actions import plain_action, recorded_together

        with self._lock, translated(self.path):
            self._begin_writing()
            if self._connection.in_transaction:
                raise AssertionError(
                    "many rows at once are an action of their own and cannot be part of another one"
                )
            with (
                plain_action(self._connection, instant_text(now), title) as action_id,
                recorded_together(self._connection, action_id),
            ):
                yield self._connection, action_id

    def _journal(self) -> Journal:
        with self._lock:
            self._begin_writing()
            if self._write_side is None:
                from store.journal import Journal

                self._write_side = Journal(self.path, self._connection, self._lock)
            return self._write_side

    def _begin_writing(self) -> None:
        first, self._first = self._first, None
        if first is not None:
            first()


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; `None` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
