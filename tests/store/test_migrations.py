"""Bringing an older file up to date: whole or not at all, after a backup. The steps here are made up."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from store import DEFAULT_TEMPLATE, DealPatch, NextStep, StoreUnusable, migrations, open_store
from store.connection import connect, schema_version
from store.migrations import STEPS, Step, migrate
from store.schema import LATEST
from store.store import Store
from tests.deck import Deck, at, rows_of

ADD_COLUMN = Step(
    LATEST + 1,
    "ALTER TABLE deals ADD COLUMN mood TEXT NOT NULL DEFAULT 'good';\nUPDATE deals SET name = 'Moved';\n",
)
REBUILD = Step(
    LATEST + 2,
    """CREATE TABLE new_tags (
    id INTEGER PRIMARY KEY,
    deal_id INTEGER NOT NULL REFERENCES deals (id),
    name TEXT NOT NULL
) STRICT;
INSERT INTO new_tags SELECT id, deal_id, name FROM tags;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
""",
)
FIRST_VERSION = """
INSERT INTO actions (at, kind, title) VALUES ('2026-11-01T11:00:00.000Z', 'do', 'begin');
INSERT INTO pipelines VALUES (1, 'Sales', 'USD', NULL, 0);
INSERT INTO stages (id, pipeline_id, name, probability, outcome, position) VALUES (1, 1, 'On radar', 10, 'open', 0);
INSERT INTO companies VALUES (3, 'Initech Inc', 'in Austin');
INSERT INTO people VALUES (5, 'Ann Ito', 3, 'ann@initech.example', '', '');
INSERT INTO deals (id, stage_id, name, currency, company_id, position, created_at, entered_stage_at)
    VALUES (1, 1, 'Initech renewal', 'USD', 3, 0, '2026-11-01T11:00:00.000Z', '2026-11-01T11:00:00.000Z');
INSERT INTO deal_people VALUES (1, 1, 5, 'champion');
INSERT INTO visits VALUES (1, 1, 1, '2026-11-01T11:00:00.000Z', NULL, '');
INSERT INTO tasks VALUES (1, 1, 'call Ann', '2026-11-24', '2026-11-01T11:00:00.000Z', NULL);
"""
FAILS_LATE = Step(LATEST + 1, "DELETE FROM tasks;\nDROP TABLE tasks;\nINSERT INTO nowhere VALUES (1);\n")
BREAKS_LINKS = Step(LATEST + 1, "DELETE FROM stages;\n")


@pytest.fixture
def old(deck: Deck) -> Deck:
    """A file of the latest version with deals in it, closed: older than the made-up steps."""
    deck.deal("Acme", tags=("eu",), task="call")
    deck.store.close()
    return deck


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        yield connection


def test_an_older_file_is_copied_then_brought_up_to_date(old: Deck, tmp_path: Path) -> None:
    before, backups = old.dump(), tmp_path / "state" / "backups"
    with opened(old.path) as connection:
        migrate(connection, old.path, backups, (*STEPS, ADD_COLUMN, REBUILD))
        assert schema_version(connection) == LATEST + 2
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert old.rows("SELECT name, mood FROM deals") == [("Moved", "good")]
    assert old.dump(["tags"]) == {"tags": before["tags"]}
    (copy,) = backups.rglob("*.db")
    assert copy.name.endswith("-before-migration.db")
    assert [stat.S_IMODE(each.stat().st_mode) for each in (copy, copy.parent, backups)] == [
        0o600,
        0o700,
        0o700,
    ]
    with Deck(copy) as restored:
        assert restored.dump() == before
        restored.undo()


def test_a_file_of_the_first_version_keeps_all_it_has(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    migrations.create(path, STEPS[:1])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_VERSION)
    before = {table: rows_of(path, f"SELECT * FROM {table}") for table in ("companies", "people", "deals")}
    with open_store(path, backup_dir=tmp_path / "backups") as store:
        page = store.read.deal_page(1, date(2026, 11, 20))
        assert (page.deal.company, page.people[0].name, page.deal.next_step) == (
            "Initech Inc",
            "Ann Ito",
            NextStep(1, "call Ann", date(2026, 11, 24)),
        )
        store.deals.edit(1, DealPatch(company="Globex"), at())
    after = {table: rows_of(path, f"SELECT * FROM {table}") for table in before}
    assert after["people"] == before["people"]
    assert after["companies"] == [*before["companies"], (4, "Globex", "")]
    with closing(connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migrations_own_changes_are_no_step_of_the_user(old: Deck, tmp_path: Path) -> None:
    journal = old.dump(["actions", "changes"])
    with opened(old.path) as connection:
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN))
    assert old.dump(["actions", "changes"]) == journal


def test_the_journal_knows_the_new_columns_and_old_steps_can_still_be_undone(
    old: Deck, tmp_path: Path
) -> None:
    with opened(old.path) as connection:
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN, REBUILD))
        with Store(old.path, connection) as store:
            connection.execute("UPDATE deals SET mood = 'bad'")
            assert store.history.undo(at()).title == "next step for Acme: call"
            assert old.rows("SELECT mood FROM deals") == [("good",)]
            assert store.history.undo(at()).title == "add Acme"
            assert old.rows("SELECT * FROM deals") == []
            store.history.redo(at())
            assert old.rows("SELECT mood FROM deals") == [("good",)]


@pytest.mark.parametrize("step", [FAILS_LATE, BREAKS_LINKS])
def test_a_step_that_fails_leaves_the_file_as_it_was(old: Deck, tmp_path: Path, step: Step) -> None:
    before = old.path.read_bytes()
    with opened(old.path) as connection:
        with pytest.raises((sqlite3.OperationalError, StoreUnusable)):
            migrate(connection, old.path, tmp_path / "backups", (*STEPS, step))
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert old.path.read_bytes() == before
    with Deck(old.path) as again:
        again.undo()


def test_of_several_steps_those_before_the_failing_one_are_kept_whole(old: Deck, tmp_path: Path) -> None:
    with opened(old.path) as connection:
        with pytest.raises(StoreUnusable, match="no such table: nowhere"):
            migrate(
                connection,
                old.path,
                tmp_path / "backups",
                (*STEPS, ADD_COLUMN, Step(LATEST + 2, FAILS_LATE.sql)),
            )
        assert schema_version(connection) == LATEST + 1
    assert old.rows("SELECT mood FROM deals, tasks") == [("good",)]


def test_two_instances_that_migrate_at_once_do_it_once(old: Deck, tmp_path: Path) -> None:
    both = threading.Barrier(2)
    failed: list[BaseException] = []

    def work() -> None:
        with opened(old.path) as connection:
            both.wait()
            try:
                migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN, REBUILD))
            except (sqlite3.Error, StoreUnusable) as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert old.rows("PRAGMA user_version") == [(LATEST + 2,)]


def test_a_file_that_is_up_to_date_is_not_touched(old: Deck, tmp_path: Path) -> None:
    before = old.path.stat()
    with open_store(old.path, backup_dir=tmp_path / "backups") as store:
        store.read.pipelines()
    after = old.path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert not (tmp_path / "backups").exists()


def test_without_a_place_for_a_backup_an_older_file_is_not_touched(old: Deck) -> None:
    before = old.path.read_bytes()
    with opened(old.path) as connection, pytest.raises(StoreUnusable, match="was made by an older version"):
        migrate(connection, old.path, None, (*STEPS, ADD_COLUMN))
    assert old.path.read_bytes() == before


def test_no_backup_no_migration(old: Deck, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    before = old.path.read_bytes()
    with opened(old.path) as connection, pytest.raises(StoreUnusable, match="No backup can be made in"):
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN))
    assert old.path.read_bytes() == before


def test_a_damaged_file_is_not_migrated_and_no_bad_backup_stays(old: Deck, tmp_path: Path) -> None:
    (page,) = old.rows("SELECT rootpage FROM sqlite_master WHERE name = 'deals_by_stage'")[0]
    data = bytearray(old.path.read_bytes())
    data[(page - 1) * 4096 + 3 : (page - 1) * 4096 + 5] = b"\0\0"  # the index has lost its entries
    old.path.write_bytes(data)
    with opened(old.path) as connection, pytest.raises(StoreUnusable, match="is damaged"):
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN))
    assert old.path.read_bytes() == bytes(data)
    assert [each for each in (tmp_path / "backups").rglob("*") if each.is_file()] == []


def test_a_row_that_pointed_nowhere_before_keeps_nobody_from_a_newer_version(
    old: Deck, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(old.path)) as connection, connection:
        connection.execute("INSERT INTO tags (deal_id, name) VALUES (77, 'eu')")
    with opened(old.path) as connection:
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, ADD_COLUMN, REBUILD))
        assert schema_version(connection) == LATEST + 2


def test_a_new_file_is_made_by_all_steps(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    migrations.create(path, (*STEPS, ADD_COLUMN, REBUILD))
    assert rows_of(path, "SELECT mood FROM deals") == []
    assert rows_of(path, "PRAGMA user_version") == [(LATEST + 2,)]


def test_creating_never_replaces_a_file(old: Deck) -> None:
    before = old.path.read_bytes()
    migrations.create(old.path)
    assert old.path.read_bytes() == before
    assert [each.name for each in old.path.parent.iterdir()] == [old.path.name]


def test_two_instances_may_create_the_same_file_at_once(tmp_path: Path) -> None:
    path, both, names = tmp_path / "new" / "deals.db", threading.Barrier(2), list[str]()

    def work(name: str) -> None:
        both.wait()
        with open_store(path, create=True) as store:
            store.pipelines.create(DEFAULT_TEMPLATE, name, "USD", at())
            names.append(name)

    threads = [threading.Thread(target=work, args=[name]) for name in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names) == ["One", "Two"]
    assert sorted(name for (name,) in rows_of(path, "SELECT name FROM pipelines")) == ["One", "Two"]
    assert [each.name for each in path.parent.iterdir()] == ["deals.db"]


def test_where_files_cannot_be_linked_creating_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "deals.db"
    migrations.create(path)
    open_store(path).close()
    before = path.read_bytes()
    migrations.create(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["deals.db"]


@pytest.mark.parametrize("script", ["SELECT 1", "SELECT 1;\nSELECT"])
def test_a_script_that_ends_in_the_middle_is_a_mistake_of_ours(
    old: Deck, tmp_path: Path, script: str
) -> None:
    with opened(old.path) as connection, pytest.raises(ValueError, match="not a whole statement"):
        migrate(connection, old.path, tmp_path / "backups", (*STEPS, Step(LATEST + 1, script)))
    assert old.rows("PRAGMA user_version") == [(LATEST,)]
