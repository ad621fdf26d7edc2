"""Going back to a backup: exactly, and with a way back; other programs see it, and lose nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store import (
    BackupKind,
    InvalidInput,
    NotFound,
    StoreBusy,
    StoreUnusable,
    back_up,
    back_up_to,
    backup_files,
    migrations,
    open_store,
    restore_backup,
)
from store.backup_shelf import shelf_of
from store.connection import connect
from store.private_files import sync
from store.schema import LATEST
from tests.cli.test_traces import killed_in_wal_mode
from tests.deck import TODAY, Deck, at, rows_of
from tests.plain_user import ROOT, run_as_plain_user
from tests.store.breaking import change_unseen
from tests.store.shelves import as_if_made, damage, dump_of, kinds, real_day

IMPORT, RESTORE, ASKED = BackupKind.IMPORT, BackupKind.RESTORE, BackupKind.ASKED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def day(deck: Deck, folder: Path) -> Deck:
    """Acme, a backup, and then Globex."""
    deck.deal("Acme", amount=500, task="call")
    back_up(deck.path, folder, IMPORT)
    deck.deal("Globex")
    return deck


def names(deck: Deck) -> list[str]:
    return [deal.name for deal in deck.store.read.list_deals(None, TODAY)]


def test_a_file_is_as_it_was_and_as_it_was_before_that(day: Deck, folder: Path) -> None:
    then, now = dump_of(backup_files(day.path, folder)[0].path), dump_of(day.path)
    done = restore_backup(day.path, 1, folder)
    assert dump_of(day.path) == then
    assert (done.kind, done.contents.open_deals, done.contents.worth) == (IMPORT, 1, {"USD": 50_000})
    assert done.before is not None
    assert kinds(day.path, folder) == [RESTORE, IMPORT]
    again = restore_backup(day.path, 1, folder)
    assert again.source == done.before
    assert dump_of(day.path) == now
    assert again.before == done.source  # which holds what was there before already
    assert kinds(day.path, folder) == [RESTORE, IMPORT]


def test_nothing_is_left_beside_the_file(day: Deck, folder: Path) -> None:
    restore_backup(day.path, 1, folder)
    assert [each.name for each in day.path.parent.iterdir() if each != folder] == [day.path.name]
    assert len(list(shelf_of(day.path, folder).iterdir())) == 2
    assert stat.S_IMODE(day.path.stat().st_mode) == 0o600


def test_any_deals_file_may_be_restored(day: Deck, folder: Path, tmp_path: Path) -> None:
    mine = back_up_to(day.path, tmp_path / "mine.db")
    kept = mine.read_bytes()
    day.deal("Hooli")
    done = restore_backup(day.path, mine, folder)
    assert (done.source, done.kind, names(day)) == (mine, None, ["Globex", "Acme"])
    assert mine.read_bytes() == kept


def test_a_backup_that_is_the_oldest_of_its_kind_can_be_restored(day: Deck, folder: Path) -> None:
    for number in range(5):
        day.deal(f"Deal {number}")
        before = restore_backup(day.path, 1, folder).before
        assert before is not None
        as_if_made(before, real_day() - timedelta(days=30 - number))
    oldest = backup_files(day.path, folder)[-1]
    then = dump_of(oldest.path)
    day.deal("Hooli")
    restore_backup(day.path, 6, folder)
    assert dump_of(day.path) == then
    assert kinds(day.path, folder) == [RESTORE, IMPORT, *[RESTORE] * 4]
    assert not oldest.path.exists()


def test_what_a_backup_holds_already_is_not_copied_again(day: Deck, folder: Path) -> None:
    asked = back_up(day.path, folder, ASKED)
    assert restore_backup(day.path, 2, folder).before == asked
    assert kinds(day.path, folder) == [ASKED, IMPORT]
    day.deal("Hooli")
    assert restore_backup(day.path, 1, folder).before not in (None, asked)


@pytest.mark.parametrize("spoil", [damage, lambda path: path.write_bytes(b"no database" * 500), Path.unlink])
def test_a_backup_that_is_no_good_any_more_is_not_the_way_back(
    day: Deck, folder: Path, spoil: Callable[[Path], object]
) -> None:
    asked = back_up(day.path, folder, ASKED)
    now = dump_of(day.path)
    spoil(asked)
    before = restore_backup(day.path, number_of(day, folder, IMPORT), folder).before
    assert before not in (None, asked)
    assert before is not None
    assert dump_of(before) == now


def test_what_was_changed_past_the_journal_is_copied(day: Deck, folder: Path) -> None:
    asked = back_up(day.path, folder, ASKED)
    change_unseen(day.path, "UPDATE deals SET notes = 'by hand' WHERE name = 'Globex'")
    before = restore_backup(day.path, 2, folder).before
    assert before not in (None, asked)
    assert before is not None
    assert rows_of(before, "SELECT notes FROM deals WHERE name = 'Globex'") == [("by hand",)]


# Another program that has the file open


def test_a_program_that_has_the_file_open_sees_it_and_works_on(day: Deck, folder: Path) -> None:
    assert names(day) == ["Globex", "Acme"]
    day.store.prepare()
    seen = day.store.data_version()
    restore_backup(day.path, 1, folder)
    assert day.store.data_version() != seen
    assert names(day) == ["Acme"]
    assert day.undo().title == "next step for Acme: call"
    day.deal("Hooli")
    assert names(day) == ["Hooli", "Acme"]
    assert rows_of(day.path, "PRAGMA integrity_check") == [("ok",)]


def test_a_deal_that_another_program_still_shows_is_never_a_new_one(day: Deck, folder: Path) -> None:
    globex = day.store.read.find_deal("Globex")
    restore_backup(day.path, 1, folder)
    assert day.deal("Hooli") > globex
    with pytest.raises(NotFound):
        day.move(globex, "product")


def test_while_another_program_writes_it_is_refused_and_nothing_is_done(day: Deck, folder: Path) -> None:
    before = dump_of(day.path)
    other = sqlite3.connect(day.path, isolation_level=None)
    for lock in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
        other.execute(lock)
        with pytest.raises(StoreBusy, match="is being written by another program"):
            restore_backup(day.path, 1, folder, busy_seconds=0.05)
        other.execute("COMMIT")
    other.execute("BEGIN")
    other.execute("SELECT * FROM deals").fetchone()  # one that only reads is waited for, too
    with pytest.raises(StoreBusy):
        restore_backup(day.path, 1, folder, busy_seconds=0.05)
    other.execute("COMMIT")
    other.close()
    assert dump_of(day.path) == before
    assert kinds(day.path, folder) == [IMPORT]


def names_in(path: Path) -> set[str]:
    return {name for (name,) in rows_of(path, "SELECT name FROM deals")}


def number_of(deck: Deck, folder: Path, kind: BackupKind) -> int:
    """The number of the newest backup of a kind."""
    return kinds(deck.path, folder).index(kind) + 1


WRITING = """
import sys
from datetime import UTC, datetime
from store import DealDraft, open_store
with open_store(sys.argv[1]) as store:
    for number in range(10_000):
        store.deals.create(DealDraft(f"Deal {number}", 1), datetime(2026, 11, 20, 12, tzinfo=UTC))
        print(number, flush=True)
        sys.stdin.readline()
"""


def test_what_another_program_has_written_is_in_the_file_or_in_the_backup_of_it(
    day: Deck, folder: Path
) -> None:
    day.store.close()
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITING, day.path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with writing:
        assert writing.stdin is not None
        assert writing.stdout is not None
        told = [writing.stdout.readline()]
        kept: set[str] = set()
        for turn in range(15):
            writing.stdin.write("\n" * 20)  # so many deals come while it is restored
            writing.stdin.flush()
            told += [writing.stdout.readline() for _ in range(5)]
            number = 1 if turn % 2 else number_of(day, folder, IMPORT)
            before = restore_backup(day.path, number, folder).before
            assert before is not None
            assert rows_of(before, "PRAGMA integrity_check") == [("ok",)]
            kept |= names_in(before)
            told += [writing.stdout.readline() for _ in range(15)]
        writing.kill()
        told += [line for line in writing.stdout if line.endswith("\n")]
    assert {f"Deal {int(line)}" for line in told} <= kept | names_in(day.path)
    assert rows_of(day.path, "PRAGMA integrity_check") == [("ok",)]


def test_ids_go_on_also_where_the_backup_is_of_before_the_first(plain_deck: Deck, folder: Path) -> None:
    acme = plain_deck.deal("Acme")
    back_up(plain_deck.path, folder, IMPORT)
    shown = [plain_deck.task(acme) for _ in range(3)]
    restore_backup(plain_deck.path, 1, folder)
    assert rows_of(plain_deck.path, "SELECT * FROM tasks") == []
    assert plain_deck.task(acme) > max(shown)
    assert (
        rows_of(plain_deck.path, "SELECT count(*), count(DISTINCT name) FROM sqlite_sequence")[0]
        == (len(rows_of(plain_deck.path, "SELECT name FROM sqlite_sequence")),) * 2
    )


# The file is not what it should be


def test_a_file_that_is_gone_comes_back(day: Deck, folder: Path) -> None:
    day.store.close()
    day.path.unlink()
    done = restore_backup(day.path, 1, folder)
    assert done.before is None
    day.reopen()
    assert names(day) == ["Acme"]
    assert stat.S_IMODE(day.path.stat().st_mode) == 0o600
    assert kinds(day.path, folder) == [IMPORT]


def test_a_damaged_file_is_replaced_and_kept_as_it_was(day: Deck, folder: Path) -> None:
    day.store.close()
    damage(day.path)
    broken = rows_of(day.path, "PRAGMA integrity_check")
    done = restore_backup(day.path, 1, folder)
    assert done.before is not None
    assert rows_of(done.before, "PRAGMA integrity_check") == broken
    assert rows_of(day.path, "PRAGMA integrity_check") == [("ok",)]
    day.reopen()
    assert names(day) == ["Acme"]


@pytest.mark.parametrize("left", [b"", b"no database at all" * 100, "cut", "no first page", "no schema"])
def test_whatever_is_left_of_a_file_is_replaced_and_kept(day: Deck, folder: Path, left: bytes | str) -> None:
    day.store.close()
    whole = day.path.read_bytes()
    match left:
        case "cut":
            left = whole[:5000]
        case "no first page":
            left = b"\xff" * 4096 + whole[4096:]
        case "no schema":
            left = whole[:100] + b"\xff" * 3996 + whole[4096:]
    assert isinstance(left, bytes)
    day.path.write_bytes(left)
    done = restore_backup(day.path, 1, folder)
    assert done.before is not None
    assert done.before.read_bytes() == left
    day.reopen()
    assert names(day) == ["Acme"]
    assert rows_of(day.path, "PRAGMA integrity_check") == [("ok",)]


def test_a_journal_of_a_lost_file_is_kept_and_not_played_into_the_new_one(day: Deck, folder: Path) -> None:
    day.store.close()
    journal = day.path.with_name("deals.db-journal")
    day.path.write_bytes(b"no database at all" * 100)
    journal.write_bytes(b"what was being written")
    done = restore_backup(day.path, 1, folder)
    assert not journal.exists()
    assert done.before is not None
    assert done.before.with_name(f"{done.before.name}-journal").read_bytes() == b"what was being written"
    day.reopen()
    assert names(day) == ["Acme"]


def test_a_log_of_another_program_is_kept_and_not_played_into_the_new_file(day: Deck, folder: Path) -> None:
    day.store.close()
    killed_in_wal_mode(day.path)
    left = {ending: day.path.with_name(f"deals.db{ending}") for ending in ("-wal", "-shm")}
    held = {ending: each.read_bytes() for ending, each in left.items()}
    day.path.write_bytes(b"no database at all" * 100)
    umask = os.umask(0)
    try:
        before = restore_backup(day.path, 1, folder).before
    finally:
        os.umask(umask)
    assert before is not None
    kept = {ending: before.with_name(f"{before.name}{ending}") for ending in left}
    assert {ending: each.read_bytes() for ending, each in kept.items()} == held
    assert {stat.S_IMODE(each.stat().st_mode) for each in kept.values()} == {0o600}
    assert not [each for each in left.values() if each.exists()]
    day.reopen()
    assert names(day) == ["Acme"]


def test_what_goes_with_a_backup_goes_with_it(day: Deck, folder: Path) -> None:
    day.store.close()
    day.path.write_bytes(b"no database at all" * 100)
    day.path.with_name("deals.db-journal").write_bytes(b"what was being written")
    before = restore_backup(day.path, 1, folder).before
    assert before is not None
    old = as_if_made(before, real_day() - timedelta(days=60))
    before.with_name(f"{before.name}-journal").rename(old.with_name(f"{old.name}-journal"))
    day.reopen()
    for number in range(5):
        day.deal(f"Deal {number}")
        restore_backup(day.path, number_of(day, folder, IMPORT), folder)
    assert kinds(day.path, folder).count(RESTORE) == 5
    assert [each.name for each in old.parent.iterdir() if each.name.startswith(old.name)] == []


# Another program makes or mends the file in the same moment


def meanwhile(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Has another program do something once, when the copy that is to take the file's place is ready."""
    waiting = [other]

    def ready(path: Path) -> None:
        sync(path)
        while waiting:
            waiting.pop()()

    monkeypatch.setattr("store.restoring.sync", ready)


def another_file(path: Path) -> None:
    """What another program makes and tells as done."""
    path.unlink(missing_ok=True)
    with Deck(path) as other:
        other.deal("Acknowledged")


@pytest.mark.parametrize("left", [None, b"", b"no database at all" * 100])
def test_a_file_that_is_made_meanwhile_is_kept(
    day: Deck, folder: Path, monkeypatch: pytest.MonkeyPatch, left: bytes | None
) -> None:
    day.store.close()
    day.path.unlink()
    if left is not None:
        day.path.write_bytes(left)
    meanwhile(monkeypatch, lambda: another_file(day.path))
    before = restore_backup(day.path, 1, folder).before
    assert before is not None
    assert names_in(before) == {"Acknowledged"}
    assert names_in(day.path) == {"Acme"}
    if left is not None:
        assert left in [each.path.read_bytes() for each in backup_files(day.path, folder)]


def test_a_file_that_is_removed_meanwhile_comes_back(
    day: Deck, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.store.close()
    day.path.write_bytes(b"no database at all" * 100)
    meanwhile(monkeypatch, day.path.unlink)
    restore_backup(day.path, 1, folder)
    assert names_in(day.path) == {"Acme"}


def test_a_file_of_somebody_elses_is_never_replaced(day: Deck, folder: Path, tmp_path: Path) -> None:
    mine = backup_files(day.path, folder)[0].path
    text, database = tmp_path / "notes.txt", tmp_path / "mail.db"
    text.write_text("my notes" * 1000)
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE mail (id INTEGER)")
    connection.close()
    for path, words in (
        (text, r"name another file\. Nothing was restored over it\."),
        (database, "is a database of another application"),
    ):
        before = path.read_bytes()
        with pytest.raises(StoreUnusable, match=words):
            restore_backup(path, mine, folder)
        assert path.read_bytes() == before
    with pytest.raises(StoreUnusable, match="is a folder"):
        restore_backup(tmp_path, mine, folder)


def test_a_file_of_a_newer_version_is_not_replaced(day: Deck, folder: Path) -> None:
    with sqlite3.connect(day.path) as connection:
        connection.execute(f"PRAGMA user_version={LATEST + 1}")
    connection.close()
    with pytest.raises(StoreUnusable, match="was made by a newer version"):
        restore_backup(day.path, 1, folder)
    assert kinds(day.path, folder) == [IMPORT]


READ_ONLY = """
import sys
from pathlib import Path
from store import StoreError, restore_backup
try:
    restore_backup(Path(sys.argv[1]), 1, Path(sys.argv[2]))
except StoreError as error:
    print(type(error).__name__, error)
"""


def test_a_file_that_may_only_be_read_stays(day: Deck, folder: Path) -> None:
    before = day.path.read_bytes()
    day.path.chmod(0o400)
    said = run_as_plain_user(READ_ONLY, day.path, folder)
    assert said.startswith(f"StoreReadOnly {day.path} can be read but not changed, and nothing was")
    assert day.path.read_bytes() == before


def test_without_a_place_for_the_present_file_nothing_is_restored(
    day: Deck, folder: Path, tmp_path: Path
) -> None:
    mine = back_up_to(day.path, tmp_path / "mine.db")
    before, closed = dump_of(day.path), tmp_path / "closed"
    closed.write_text("no folder")
    with pytest.raises(StoreUnusable, match="No backup can be made in"):
        restore_backup(day.path, mine, closed)
    assert dump_of(day.path) == before


# The backup is not what it should be


def test_an_older_backup_is_brought_up_to_date_and_stays_as_it_is(
    day: Deck, folder: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    migrations.create(old, migrations.STEPS[:1])
    kept = old.read_bytes()
    restore_backup(day.path, old, folder)
    day.reopen()
    assert day.store.read.schema_version() == LATEST
    assert day.store.read.pipelines() == ()
    assert old.read_bytes() == kept


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"x" * 5000), "is not a database"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (damage, r"is damaged \(.*\); choose another backup"),
        (lambda path: rows_of(path, "PRAGMA user_version=99"), "was made by a newer version"),
        (lambda path: rows_of(path, "PRAGMA application_id=99"), "is a database of another application"),
    ],
)
def test_a_backup_that_is_no_good_is_refused(
    day: Deck, folder: Path, tmp_path: Path, spoil: object, words: str
) -> None:
    mine = back_up_to(day.path, tmp_path / "mine.db")
    assert callable(spoil)
    spoil(mine)
    before = dump_of(day.path)
    with pytest.raises(StoreUnusable, match=words):
        restore_backup(day.path, mine, folder)
    assert dump_of(day.path) == before
    assert kinds(day.path, folder) == [IMPORT]


def test_a_backup_there_is_not(day: Deck, folder: Path, tmp_path: Path) -> None:
    for number in (0, 2, -1):
        with pytest.raises(NotFound, match=f"There is no backup {number}, only 1 to 1; see: deals restore"):
            restore_backup(day.path, number, folder)
    with pytest.raises(NotFound, match="There is no backup of this file yet"):
        restore_backup(day.path, 1, tmp_path / "nowhere")
    with pytest.raises(NotFound, match=r"There is no file .*no\.db"):
        restore_backup(day.path, tmp_path / "no.db", folder)
    with pytest.raises(InvalidInput, match="is the data file itself"):
        restore_backup(day.path, day.path, folder)


def test_the_restored_file_records_what_is_done_next(day: Deck, folder: Path) -> None:
    restore_backup(day.path, 1, folder)
    day.reopen()
    start = day.dump()
    day.move(1, "product")
    day.undo()
    assert day.dump() == start
    with open_store(day.path) as other:
        assert other.history.redo(at()).title == "move Acme to Product evaluated"
    connect(day.path).close()
