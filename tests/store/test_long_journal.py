"""A journal of years costs nothing: what SQLite does at a start, and for an undo, does not grow with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store import Store, open_store
from store.reads.backups import newest_action
from tests.deck import TODAY, Deck, at

LONG = 100_000

STEPS = """
WITH RECURSIVE steps (n) AS (
    SELECT max(id) + 1 FROM actions UNION ALL SELECT n + 1 FROM steps LIMIT ?
)
"""


def lengthen(path: Path, steps: int) -> None:
    """So many more edits of the first deal's notes, each a step of undo."""
    with closing(sqlite3.connect(path)) as connection, connection:
        first = connection.execute("SELECT max(id) FROM actions").fetchone()[0]
        connection.execute(
            f"INSERT INTO actions (id, at, kind, title, undo_id, below_undo_id) {STEPS}"
            " SELECT n, '2026-11-19T12:00:00.000Z', 'do', 'edit Acme', n, n - 1 FROM steps",
            (steps,),
        )
        connection.execute(
            "INSERT INTO changes (action_id, table_name, row_id, before, after)"
            " SELECT id, 'deals', 1, json_object('notes', 'a'), json_object('notes', '') FROM actions WHERE id > ?",
            (first,),
        )


def start(store: Store) -> None:
    """What the board asks at its start."""
    store.data_version()
    store.read.pipelines()
    store.read.setting("theme")
    store.read.board(None, TODAY, 60)
    store.read.due_count(TODAY)


def undo(store: Store) -> None:
    assert store.history.peek_undo()
    store.history.undo(at())
    store.history.redo(at())


def edges(store: Store) -> None:
    assert len(store.history.actions(2)) == 2
    assert store.history.peek_redo() is None
    assert store.read.ask(newest_action)  # what says whether a backup is due


def work(path: Path, does: Callable[[Store], None]) -> int:
    """The steps that SQLite's machine takes."""
    with open_store(path) as store:
        store.prepare()
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        connection = store.read.ask(lambda connection: connection)
        connection.set_progress_handler(count, 1)
        does(store)
        connection.set_progress_handler(None, 1)
    return counted


@pytest.mark.parametrize("does", [start, undo, edges])
def test_a_long_journal_costs_nothing(deck: Deck, does: Callable[[Store], None]) -> None:
    deck.deal("Acme")
    deck.store.close()
    lengthen(deck.path, 10)
    short = work(deck.path, does)
    lengthen(deck.path, LONG)
    assert short > 20
    assert work(deck.path, does) <= short * 1.05
