"""`kill -9` at any moment: what was told as done is there, all else is there whole or not at all, the file opens."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import BackupKind, back_up, backup_files, open_store, restore_backup
from store.beside import journal_of
from store.connection import connect
from store.migrations import migrate
from store.schema import LATEST
from tests.deck import Deck, at, rows_of
from tests.faults.counting import Note
from tests.faults.jobs import DAMAGED, JOURNAL, NEXT_STEPS
from tests.faults.killing import kill_everywhere
from tests.faults.sound import assert_sound, dump, five_backups, three_deals
from tests.plain_user import ROOT

EVERY = pytest.mark.long
"""Only a part of the very many writes is tried in a quick run."""

MOMENTS = [
    ("fdatasync", 3),
    ("unlink", 1),
    ("pwrite64", 29),
    pytest.param("fdatasync", 1, marks=EVERY),
    pytest.param("pwrite64", 1, marks=EVERY),
]
OF_FILES = [*MOMENTS, pytest.param("fsync", 1, marks=EVERY), pytest.param("link", 1, marks=EVERY)]
"""New files are made with these calls, too."""


@pytest.mark.parametrize(("call", "stride"), MOMENTS)
def test_commands_are_kept_once_told_and_never_half_done(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("commands", tmp_path, three_deals, call, stride)
    note_points("kill", len(killed))
    start, end = (
        dump(folder / "deals.db") for folder in (tmp_path / f"commands-{call}-0", killed[-1].folder)
    )
    assert len({len(each.told) for each in killed}) > 3
    assert start != end
    for each in killed:
        path = each.folder / "deals.db"
        with open_store(path) as store:
            assert_sound(path)
            told = {int(line) for line in each.told}
            kept = {action.id for action in store.history.actions() if action.id > 4}
            assert told <= kept
            assert len(kept - told) <= 1
            while title := store.history.peek_undo():
                assert store.history.undo(at()).title == title
        assert dump(path)["deals"] == []
        assert dump(path)["pipelines"] == start["pipelines"]


@pytest.mark.parametrize(("call", "stride"), OF_FILES)
def test_a_file_that_was_being_made_is_there_or_can_be_made(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("creation", tmp_path, lambda folder: None, call, stride)
    note_points("kill", len(killed))
    for each in killed:
        path = each.folder / "data" / "deals.db"
        with open_store(path, create=True) as store:
            assert store.read.pipelines() == ()
        assert_sound(path)


@pytest.mark.parametrize(("call", "stride"), OF_FILES)
def test_a_migration_goes_on_where_it_was_stopped(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("migration", tmp_path, three_deals, call, stride)
    note_points("kill", len(killed))
    start = dump(tmp_path / f"migration-{call}-0" / "deals.db")
    assert killed
    for each in killed:
        path, backups = each.folder / "deals.db", each.folder / "backups"
        with closing(connect(path)) as connection:
            version, columns = version_and_columns(connection)
            assert columns == (
                "mood" if version > LATEST else None,
                "place" if version > LATEST + 1 else None,
            )
            copies = list(backups.rglob("*.db"))
            assert copies or version == LATEST
            assert not copies or dump(min(copies)) == start  # those of later versions come after it
            migrate(connection, path, backups, NEXT_STEPS)
            assert version_and_columns(connection) == (LATEST + 2, ("mood", "place"))
        assert_sound(path, NEXT_STEPS)
        assert rows_of(path, "SELECT DISTINCT mood FROM deals") == [("fine",)]


@pytest.mark.parametrize(("call", "stride"), OF_FILES)
def test_a_backup_is_there_whole_or_not_at_all_and_never_costs_the_others(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("backing_up", tmp_path, five_backups, call, stride)
    note_points("kill", len(killed))
    first = tmp_path / f"backing_up-{call}-0"
    old, new = dump(backup_files(first / "deals.db", first / "backups")[0].path), dump(first / "deals.db")
    assert old != new
    for each in killed:
        path, folder = each.folder / "deals.db", each.folder / "backups"
        assert dump(path) == new
        there = backup_files(path, folder)
        made = [backup for backup in there if dump(backup.path) == new]
        assert {backup.path.name for backup in made} >= set(each.told)
        assert len(made) - len(each.told) <= 1
        assert 5 <= len(there) <= 6
        for backup in there:
            assert_sound(backup.path)
        assert back_up(path, folder, BackupKind.IMPORT).exists()
        assert len(backup_files(path, folder)) == 5


@pytest.mark.parametrize(("call", "stride"), OF_FILES)
def test_a_restore_happens_whole_or_not_at_all(
    tmp_path: Path, note_points: Note, call: str, stride: int
) -> None:
    killed = kill_everywhere("restoring", tmp_path, five_backups, call, stride)
    note_points("kill", len(killed))
    first = tmp_path / f"restoring-{call}-0"
    old, new = dump(backup_files(first / "deals.db", first / "backups")[-1].path), dump(first / "deals.db")
    ends = []
    for each in killed:
        path, folder = each.folder / "deals.db", each.folder / "backups"
        with open_store(path) as store:
            store.read.pipelines()  # which recovers what was cut short
        assert_sound(path)
        found = dump(path)
        assert found == old or (found == new and not each.told)
        ends.append(found == old)
        assert found == new or any(dump(backup.path) == new for backup in backup_files(path, folder))
        for backup in backup_files(path, folder):
            assert_sound(backup.path)
    assert False in ends
    assert True in ends or call in ("pwrite64", "fsync", "link")  # after the last of them comes the commit


@pytest.mark.parametrize("call", ["unlink", "link", "fsync", "rename"])
def test_what_is_left_of_a_damaged_file_is_never_parted_from_its_journal(
    tmp_path: Path, note_points: Note, call: str
) -> None:
    killed = kill_everywhere("restoring_what_is_damaged", tmp_path, five_backups, call)
    note_points("kill", len(killed))
    kept = 0
    for each in killed:
        path, folder = each.folder / "deals.db", each.folder / "backups"
        places = [path, *(backup.path for backup in backup_files(path, folder))]
        damaged = [place for place in places if place.read_bytes() == DAMAGED]
        whole = [place for place in damaged if journal_of(place).exists()]
        assert {journal_of(place).read_bytes() for place in whole} <= {JOURNAL}
        assert whole or not damaged  # it was not spoilt yet
        kept += len(whole)
        assert set(damaged) - set(whole) <= {path}
        if path in damaged:
            restore_backup(path, len(places) - 1, folder)
        if damaged:
            assert_sound(path)
    assert kept


def version_and_columns(connection: sqlite3.Connection) -> tuple[int, tuple[str | None, str | None]]:
    """The schema's version, and the new columns that are there."""
    names = {
        row[1] for table in ("deals", "tasks") for row in connection.execute(f"PRAGMA table_info({table})")
    }
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return version, tuple(name if name in names else None for name in ("mood", "place"))  # type: ignore[return-value]


BUSY_MOVING = """
import random, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from store import BackupKind, back_up, backup_files, open_store
rng = random.Random(int(sys.argv[2]))
now = datetime(2026, 11, 20, 12, tzinfo=UTC)
with open_store(Path(sys.argv[1])) as store:
    stages = [stage.id for stage in store.read.pipelines()[0].stages if stage.outcome == "open"]
    while True:
        now += timedelta(minutes=1)
        done = store.deals.move(rng.sample(range(1, 9), rng.randint(1, 4)), rng.choice(stages), now)
        if done.action_id is not None:
            print(done.action_id, flush=True)
"""


def test_a_busy_program_is_killed_again_and_again(deck: Deck) -> None:
    deck.deals(*"ABCDEFGH")
    start = deck.dump()
    deck.store.close()
    rng, told = random.Random(7), list[str]()
    for run in range(5):
        running = subprocess.Popen(
            [sys.executable, "-c", BUSY_MOVING, deck.path, str(run)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        with running:
            assert running.stdout is not None
            told += [running.stdout.readline() for _ in range(rng.randint(1, 40))]
            running.kill()
            told += [line for line in running.stdout if line.endswith("\n")]
        assert running.returncode == -signal.SIGKILL
        with open_store(deck.path) as store:
            kept = {action.id for action in store.history.actions(10_000)}
        assert_sound(deck.path)
        assert {int(line) for line in told} <= kept
    deck.reopen()
    while (deck.store.history.peek_undo() or "").startswith("move"):
        deck.undo()
    assert deck.dump() == start
