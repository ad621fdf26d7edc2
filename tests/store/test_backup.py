"""Backups: whole, checked, private, apart from each other, and never more than are wanted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import (
    BackupKind,
    DealPatch,
    InvalidInput,
    StoreBusy,
    StoreError,
    StoreUnusable,
    back_up,
    back_up_daily,
    back_up_to,
    backup_files,
    backups,
    open_store,
    parse_instant,
    restore_backup,
)
from store.backup import keep
from store.backup_shelf import backup_named, name_of, shelf_of
from store.files import new_file
from tests.deck import TODAY, Deck, at
from tests.plain_user import ROOT, run_as_plain_user
from tests.store.shelves import as_if_made, damage, dump_of, kinds, real_day

DAILY, IMPORT, ASKED = BackupKind.DAILY, BackupKind.IMPORT, BackupKind.ASKED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go; it is not there yet."""
    return tmp_path / "state" / "backups"


def test_a_backup_is_a_private_file_with_all_that_was_in_the_file(deck: Deck, folder: Path) -> None:
    deck.deal("Acme", amount=500, task="call")
    made = back_up(deck.path, folder, IMPORT)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (made, made.parent, folder, folder.parent)]
    assert modes == [0o600, 0o700, 0o700, 0o700]
    assert dump_of(made) == dump_of(deck.path)
    assert [each.name for each in made.parent.iterdir()] == [made.name]
    with open_store(made) as copy:
        assert copy.history.undo(at()).title == "next step for Acme: call"


def test_a_backup_is_of_one_moment_while_the_file_is_being_written(deck: Deck, folder: Path) -> None:
    deck.deal("Acme")
    with deck.store.one_action("more", at()):
        deck.deal("Globex")
        made = back_up(deck.path, folder, DAILY)
    with open_store(made) as copy:
        assert [deal.name for deal in copy.read.list_deals(None, TODAY)] == ["Acme"]


def test_backups_are_named_so_that_they_sort_by_time(deck: Deck, folder: Path) -> None:
    made = [back_up(deck.path, folder, kind) for kind in (IMPORT, DAILY, IMPORT, ASKED, IMPORT)]
    assert sorted(made) == made
    found = backup_files(deck.path, folder)
    assert [each.path for each in found] == list(reversed(made))
    assert [each.kind for each in found] == [IMPORT, ASKED, IMPORT, DAILY, IMPORT]
    assert {each.day for each in found} == {real_day()}


@given(st.integers(0, 4_000_000_000_000), st.sampled_from(BackupKind))
def test_a_name_tells_the_instant_and_the_kind(milliseconds: int, kind: BackupKind) -> None:
    instant = parse_instant("1970-01-01T00:00:00.000Z") + timedelta(milliseconds=milliseconds)
    found = backup_named(Path("/x") / name_of(instant, kind))
    assert found is not None
    assert (found.at, found.kind) == (instant, kind)
    later = name_of(instant + timedelta(milliseconds=1), kind)
    assert name_of(instant, BackupKind.ASKED) < later


@pytest.mark.parametrize(
    "name", ["notes.txt", "2026-13-40T99-99-99.999Z-daily.db", "2026-11-20T08-00-00.000Z-odd.db"]
)
def test_what_is_no_backup_is_let_be(deck: Deck, folder: Path, name: str) -> None:
    made = back_up(deck.path, folder, IMPORT)
    made.with_name(name).write_text("mine")
    for _ in range(7):
        back_up(deck.path, folder, IMPORT)
    assert made.with_name(name).read_text() == "mine"
    assert len(backup_files(deck.path, folder)) == 5


def test_those_of_one_instant_are_all_there_in_their_order(deck: Deck, folder: Path) -> None:
    def copy(new: Path) -> None:
        shutil.copyfile(deck.path, new)
        os.utime(new, (1_790_000_000.5, 1_790_000_000.5))

    made = [keep(deck.path, folder, IMPORT, copy) for _ in range(3)]
    assert backup_files(deck.path, folder) == list(reversed(made))
    assert [each.path.name[17:24] for each in made] == ["20.500Z", "20.501Z", "20.502Z"]


def test_data_files_of_one_name_have_backups_of_their_own(tmp_path: Path, folder: Path) -> None:
    paths = [tmp_path / place / "deals.db" for place in ("one", "two")]
    for path in paths:
        with Deck(path) as deck:
            deck.deal(f"Deal of {path.parent.name}")
            back_up(path, folder, DAILY)
    assert [len(backup_files(path, folder)) for path in paths] == [1, 1]
    assert shelf_of(paths[0], folder) != shelf_of(paths[1], folder)
    (one,) = backups(paths[0], folder)
    assert one.contents is not None
    assert one.contents.last_change == "add Deal of one"


def test_a_link_to_a_file_has_the_backups_of_the_file(deck: Deck, folder: Path, tmp_path: Path) -> None:
    back_up(deck.path, folder, DAILY)
    link = tmp_path / "link.db"
    link.symlink_to(deck.path)
    assert len(backup_files(link, folder)) == 1


@pytest.mark.parametrize("name", ["ü—中" * 30 + ".db", "a b'c\"d.db", ".db", "\udcff.db"])
def test_any_name_of_a_data_file_will_do(tmp_path: Path, folder: Path, name: str) -> None:
    with Deck(tmp_path / name):
        made = back_up(tmp_path / name, folder, DAILY)
        assert [each.path for each in backup_files(tmp_path / name, folder)] == [made]


def test_what_a_backup_is_known_by(deck: Deck, folder: Path) -> None:
    deck.deal("Acme", amount=500)
    deck.deal("Globex", amount=700, currency="EUR")
    deck.deal("Unknown")
    deck.deal("Won", "signed", amount=900)
    deck.store.deals.delete([deck.deal("Gone", amount=10_000)], at())
    made = back_up(deck.path, folder, DAILY)
    (backup,) = backups(deck.path, folder)
    assert (backup.path, backup.kind, backup.size) == (made, DAILY, made.stat().st_size)
    assert backup.contents is not None
    assert (backup.contents.open_deals, backup.contents.deals) == (3, 4)
    assert backup.contents.worth == {"USD": 50_000, "EUR": 70_000}
    assert backup.contents.last_change == "delete Gone"
    assert backup.contents.changed_at == at()
    deck.undo()
    back_up(deck.path, folder, DAILY)
    undone = backups(deck.path, folder)[0].contents
    assert undone is not None
    assert undone.last_change == "undo: delete Gone"


def test_one_that_cannot_be_read_is_listed_all_the_same(deck: Deck, folder: Path) -> None:
    made = back_up(deck.path, folder, DAILY)
    made.write_bytes(b"not a database, but large enough to be one" * 200)
    (backup,) = backups(deck.path, folder)
    assert backup.contents is None


# Once a day


def test_there_is_one_a_day_of_what_has_changed(deck: Deck, folder: Path) -> None:
    today = real_day()
    deck.deal("Acme")
    made = back_up_daily(deck.path, folder, today)
    assert made is not None
    deck.deal("Globex")
    assert back_up_daily(deck.path, folder, today) is None
    as_if_made(made, today - timedelta(days=1))
    second = back_up_daily(deck.path, folder, today)
    assert second is not None
    as_if_made(second, today - timedelta(days=1))
    assert back_up_daily(deck.path, folder, today) is None
    deck.undo()
    assert back_up_daily(deck.path, folder, today) is not None


def test_a_file_in_which_nothing_ever_happened_needs_none(tmp_path: Path, folder: Path) -> None:
    with Deck(tmp_path / "deals.db", template=None):
        assert back_up_daily(tmp_path / "deals.db", folder, real_day()) is None
    assert not folder.exists()


def test_what_a_backup_of_another_kind_holds_already_is_not_copied_again(deck: Deck, folder: Path) -> None:
    back_up(deck.path, folder, IMPORT)
    assert back_up_daily(deck.path, folder, real_day()) is None
    deck.deal("Acme")
    assert back_up_daily(deck.path, folder, real_day()) is not None


def test_a_clock_that_ran_ahead_hinders_no_backup_and_costs_none(deck: Deck, folder: Path) -> None:
    today = real_day()
    for ahead in range(20):
        as_if_made(back_up(deck.path, folder, DAILY), today + timedelta(days=300 + ahead))
    deck.deal("Acme")
    made = back_up_daily(deck.path, folder, today)
    assert made is not None
    assert made.exists()
    assert len(backup_files(deck.path, folder)) == 21


def test_a_backup_that_is_damaged_does_not_count(deck: Deck, folder: Path) -> None:
    made = back_up(deck.path, folder, IMPORT)
    made.write_bytes(b"damaged" * 1000)
    assert back_up_daily(deck.path, folder, real_day()) is not None


def test_a_month_of_days_leaves_seven_of_them_and_the_weeks_before(deck: Deck, folder: Path) -> None:
    today = real_day()
    for back in range(35, 0, -1):
        deck.store.settings.set("theme", f"theme {back}", at())
        made = back_up_daily(deck.path, folder, today)
        assert made is not None
        as_if_made(made, today - timedelta(days=back))
    deck.deal("Acme")
    back_up_daily(deck.path, folder, today)
    days = [(today - each.day).days for each in backup_files(deck.path, folder)]
    assert days[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(days) == 11
    assert days[-1] >= 22


def test_of_each_other_kind_five_are_kept_and_those_asked_for_stay(deck: Deck, folder: Path) -> None:
    for kind in (ASKED, IMPORT, BackupKind.REPAIR):
        for _ in range(7):
            back_up(deck.path, folder, kind)
    left = kinds(deck.path, folder)
    assert [left.count(kind) for kind in (ASKED, IMPORT, BackupKind.REPAIR)] == [7, 5, 5]


def test_what_a_killed_program_left_behind_goes_after_a_day(deck: Deck, folder: Path) -> None:
    made = back_up(deck.path, folder, DAILY)
    old, young = (made.with_name(f".backup-{name}.new") for name in ("old", "young"))
    for each in (old, young):
        each.write_text("half a copy")
    os.utime(old, (made.stat().st_mtime - 100_000,) * 2)
    back_up(deck.path, folder, DAILY)
    assert (old.exists(), young.exists()) == (False, True)


def test_what_it_left_behind_beside_the_file_goes_too(deck: Deck, folder: Path) -> None:
    left = {
        name: deck.path.with_name(name) for name in (".dealdeck-old.new", ".dealdeck-young.new", ".mine.new")
    }
    for each in left.values():
        each.write_text("a whole copy")
    made = back_up(deck.path, folder, DAILY)
    for name in (".dealdeck-old.new", ".mine.new"):
        os.utime(left[name], (made.stat().st_mtime - 100_000,) * 2)
    back_up(deck.path, folder, DAILY)
    assert [name for name, each in left.items() if each.exists()] == [".dealdeck-young.new", ".mine.new"]


LEAVING = """
import os, signal, sys
from pathlib import Path
import store.files, store.migrations, store.private_files, store.restoring
def die(path):
    os.kill(os.getpid(), signal.SIGKILL)
for each in (store.files, store.migrations, store.restoring):
    each.sync = die
path, folder, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
match how:
    case "made": store.migrations.create(path)
    case "restored": store.restoring.restore_backup(path, 1, folder)
    case "copied": store.back_up_to(path, path.with_name("copy.db"))
"""


@pytest.mark.parametrize("how", ["made", "restored", "copied"])
def test_whatever_a_killed_program_was_making_goes_after_a_day(deck: Deck, folder: Path, how: str) -> None:
    made = back_up(deck.path, folder, DAILY)
    deck.store.close()
    if how != "copied":
        deck.path.unlink()
    subprocess.run([sys.executable, "-c", LEAVING, deck.path, folder, how], cwd=ROOT, check=False)
    (left,) = [each for each in deck.path.parent.iterdir() if each not in (deck.path, folder.parent)]
    os.utime(left, (made.stat().st_mtime - 100_000,) * 2)
    deck.reopen() if how == "copied" else restore_backup(deck.path, 1, folder)
    if how == "copied":
        back_up_to(deck.path, deck.path.with_name("copy.db"))
    assert not left.exists()


def test_what_comes_first_is_done_before_anything_is_written_and_once(deck: Deck) -> None:
    told: list[int] = []
    for command in (
        lambda: deck.deal("Acme"),
        lambda: deck.store.history.undo(at()),
        lambda: add_in_bulk(deck),
    ):
        deck.reopen()
        deck.store.before_writing(lambda: told.append(len(deck.rows("SELECT * FROM actions"))))
        deck.store.read.board(None, TODAY)
        deck.store.history.actions()
        before, count = len(deck.rows("SELECT * FROM actions")), len(told)
        command()
        deck.deal("Globex")
        assert told[count:] == [before]


def add_in_bulk(deck: Deck) -> None:
    with deck.store.bulk("import", at()) as (connection, _):
        connection.execute("INSERT INTO companies (name) VALUES ('Globex')")


def test_a_backup_never_comes_to_a_journal_that_was_left(deck: Deck, folder: Path) -> None:
    instant = 1_790_000_000.5

    def copy(new: Path) -> None:
        shutil.copyfile(deck.path, new)
        os.utime(new, (instant, instant))

    first = keep(deck.path, folder, IMPORT, copy)
    journal = first.path.with_name(f"{first.path.name}-journal")
    first.path.rename(journal)
    second = keep(deck.path, folder, IMPORT, copy)
    assert second.at > first.at
    assert journal.exists()


# What goes wrong


def test_a_damaged_file_gives_no_backup_and_costs_none(deck: Deck, folder: Path) -> None:
    deck.deal("Acme")
    kept = [back_up(deck.path, folder, IMPORT) for _ in range(5)]
    deck.store.close()
    damage(deck.path)
    with pytest.raises(StoreUnusable, match=r"is damaged \(.*\); it was left as it is\. .* deals doctor"):
        back_up(deck.path, folder, IMPORT)
    assert sorted(kept[0].parent.iterdir()) == kept


def test_a_row_that_points_nowhere_keeps_nobody_from_a_backup(deck: Deck, folder: Path) -> None:
    """Another program may leave one, as SQLite minds links only where it is asked to: it is no reason to go without."""
    deck.deal("Acme")
    with sqlite3.connect(deck.path) as connection:
        connection.execute("INSERT INTO tags (deal_id, name) VALUES (77, 'eu')")
    connection.close()
    assert dump_of(back_up(deck.path, folder, DAILY)) == dump_of(deck.path)


def test_a_file_that_another_program_holds_is_waited_for_and_not_for_ever(deck: Deck, folder: Path) -> None:
    other = sqlite3.connect(deck.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy, match=r"deals\.db is being written by another program"):
        back_up(deck.path, folder, IMPORT, busy_seconds=0.05)
    other.execute("COMMIT")
    other.close()
    assert list(shelf_of(deck.path, folder).iterdir()) == []
    assert back_up(deck.path, folder, IMPORT).exists()


def test_a_place_that_takes_no_backup_is_named(deck: Deck, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file where the folder should be")
    with pytest.raises(StoreUnusable, match=f"No backup can be made in {folder}"):
        back_up(deck.path, folder, DAILY)
    assert backup_files(deck.path, folder) == []


FULL = """
import resource, sys
from pathlib import Path
from store import BackupKind, StoreError, back_up
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]), BackupKind.DAILY)
except StoreError as error:
    print(type(error).__name__, error)
"""


def test_a_disk_without_room_is_named_and_nothing_is_left_on_it(deck: Deck, folder: Path) -> None:
    deck.store.deals.edit(deck.deal("Acme"), DealPatch(notes="x" * 90_000), at())
    said = run_as_plain_user(FULL, deck.path, folder)
    assert said.startswith(f"StoreFull No backup can be made in {folder}: ")
    assert list(shelf_of(deck.path, folder).iterdir()) == []


CLOSED = """
import sys
from pathlib import Path
from store import StoreError, backup_files
try:
    backup_files(Path(sys.argv[1]), Path(sys.argv[2]))
except StoreError as error:
    print(error)
"""


def test_backups_that_may_not_be_looked_at_are_not_taken_for_none(deck: Deck, folder: Path) -> None:
    shelf = back_up(deck.path, folder, DAILY).parent
    shelf.chmod(0)
    assert run_as_plain_user(CLOSED, deck.path, folder) == (
        f"The backups in {shelf} cannot be looked at: Permission denied.\n"
    )
    shelf.chmod(0o700)


# To a file of one's own


def test_a_backup_in_a_file_of_ones_own(deck: Deck, tmp_path: Path) -> None:
    deck.deal("Acme")
    target = tmp_path / "usb" / "friday.db"
    target.parent.mkdir()
    assert back_up_to(deck.path, target) == target
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [each.name for each in target.parent.iterdir()] == ["friday.db"]
    assert dump_of(target) == dump_of(deck.path)
    deck.deal("Globex")
    with pytest.raises(FileExistsError):
        back_up_to(deck.path, target)
    back_up_to(deck.path, target, force=True)
    assert dump_of(target) == dump_of(deck.path)


def test_where_files_cannot_be_linked_one_that_came_meanwhile_is_not_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "deals.csv"
    made = new_file(target)
    made.__enter__().write("ours")
    target.write_text("another program's")
    with pytest.raises(FileExistsError):
        made.__exit__(None, None, None)
    assert target.read_text() == "another program's"
    with new_file(target, force=True) as file:
        file.write("ours")
    target.rename(tmp_path / "elsewhere")
    with new_file(target) as file:
        file.write("ours")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["ours", "ours"]


def test_what_a_backup_is_never_put_over(deck: Deck, tmp_path: Path) -> None:
    before = deck.path.read_bytes()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "elsewhere.db")
    for target in (deck.path, tmp_path, link):
        with pytest.raises(InvalidInput):
            back_up_to(deck.path, target, force=True)
    with pytest.raises(StoreError, match="cannot be written: No such file or directory"):
        back_up_to(deck.path, tmp_path / "no" / "such" / "folder.db")
    assert deck.path.read_bytes() == before
