"""`deals doctor`: what it says of a sound file, of one with something wrong, and of none."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from store.backup_shelf import shelf_of
from tests.cli.running import Deals, Run
from tests.deck import rows_of
from tests.store.breaking import change, change_unseen, found_in, overwrite, page_of
from tests.store.shelves import damage, dump_of

CHECKS = [
    "file",
    "integrity",
    "schema",
    "links",
    "deals",
    "journal",
    "numbers",
    "leftovers",
    "permissions",
    "disk",
    "backups",
    "versions",
]


@pytest.fixture
def folder(home: Path) -> Path:
    """Where backups go."""
    return home / ".local/state/dealdeck/backups"


@pytest.fixture
def filled(deals: Deals, db: Path) -> Deals:
    """A file with two deals and a backup, private as it was made."""
    deals("add", "Acme 5k")
    deals("add", "Globex 7k")
    deals("backup")
    return deals


def states(deals: Deals, *words: str) -> dict[str, str]:
    return {each["check"]: each["state"] for each in deals("doctor", "--json", *words).json["checks"]}


def test_a_sound_file_is_said_to_be_sound_and_stays_as_it_is(filled: Deals, db: Path, home: Path) -> None:
    before = {
        path: path.read_bytes() for path in (db.parent, home) for path in path.rglob("*") if path.is_file()
    }
    said = filled("doctor")
    lines = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert [line.split()[2] for line in lines[:-1]] == CHECKS
    assert {" ".join(line.split()[:2]) for line in lines[:-1]} == {"✓ ok"}
    assert lines[-1] == "The file is sound."
    assert filled("doctor", "--repair").out == said.out
    after = {
        path: path.read_bytes() for path in (db.parent, home) for path in path.rglob("*") if path.is_file()
    }
    assert after == before


def test_no_backup_yet_is_a_note(deals: Deals, db: Path) -> None:
    deals("undo")
    shutil.rmtree(Path(os.environ["HOME"]) / ".local", ignore_errors=True)
    said = deals("doctor")
    assert said.code == 0
    assert f"! note   backups      none yet; make one with: deals backup --db {db}\n" in said.out


def test_what_is_wrong_is_told_and_repaired_after_a_backup(filled: Deals, db: Path, folder: Path) -> None:
    change(db, "UPDATE deals SET closed_at = created_at WHERE id = 1")
    before = db.read_bytes()
    told = "1 deal that is closed without an end, or open with one: #1 Acme"
    said = filled("doctor")
    assert said.code == 1
    assert f"✗ wrong  deals        {told}; repair it with: deals doctor --repair --db {db}\n" in said.out
    assert db.read_bytes() == before
    broken = dump_of(db)["deals"]
    done = filled("doctor", "--repair")
    assert done.code == 0
    assert f"Repaired: {told}\n" in done.out
    (backup,) = shelf_of(db, folder).glob("*-before-repair.db")
    assert f"As it was before: {backup}\n" in done.out
    assert dump_of(backup)["deals"] == broken
    assert found_in(db) == ()
    assert "taken back with: deals undo" in done.out
    assert filled("undo").code == 0
    assert dump_of(db)["deals"] == broken


def test_a_repair_as_json(filled: Deals, db: Path) -> None:
    change_unseen(db, "UPDATE deals SET name = 'Acme 2' WHERE id = 1")
    done = filled("doctor", "--repair", "--json")
    assert done.code == 0
    assert (done.json["sound"], done.json["way_out"]) == (True, None)
    assert done.json["repaired"] == ["1 row of deals changed past the journal: #1"]
    assert done.json["action"] == rows_of(db, "SELECT max(id) FROM actions")[0][0]
    assert Path(done.json["before"]).exists()


@pytest.mark.parametrize("open_to", [0o604, 0o640, 0o666])
def test_what_others_may_read_is_closed_to_them(filled: Deals, db: Path, folder: Path, open_to: int) -> None:
    shelf = shelf_of(db, folder)
    backups = sorted(shelf.iterdir())
    for place in (db, *backups):
        place.chmod(open_to)
    shelf.chmod(0o755)
    said = filled("doctor")
    assert said.code == 1
    assert f"others may read or replace {db} and 3 more; repair it with" in said.out
    done = filled("doctor", "--repair")
    assert done.code == 0
    assert "Repaired: 4 files and folders made private.\n" in done.out
    modes = [stat.S_IMODE(place.stat().st_mode) for place in (db, *backups, shelf)]
    assert modes == [0o600, 0o600, 0o600, 0o700]
    assert sorted(shelf.iterdir()) == backups  # nothing in the file was wrong


def test_a_folder_in_which_others_could_replace_the_file_is_closed_and_any_other_let_be(
    filled: Deals, db: Path
) -> None:
    db.parent.chmod(0o755)
    assert states(filled)["permissions"] == "ok"
    for mode in (0o777, 0o775):
        db.parent.chmod(mode)
        assert states(filled)["permissions"] == "wrong"
        assert states(filled, "--repair")["permissions"] == "ok"
        assert stat.S_IMODE(db.parent.stat().st_mode) == 0o755  # who may look into it is its user's affair


def test_what_a_killed_program_left_is_named(filled: Deals, db: Path) -> None:
    left = db.with_name(".dealdeck-abc.new")
    left.write_bytes(db.read_bytes())
    said = filled("doctor")
    assert said.code == 0
    assert f"! note   leftovers    {left} is being made, or was left by a program that was killed" in said.out
    left.unlink()
    db.with_name("deals.db-wal").write_bytes(b"of another program")
    db.unlink()
    assert f"{db}-wal is left of a file that is gone" in filled("doctor").out


def test_the_usual_folder_is_private(run: Run, home: Path) -> None:
    run("init")
    usual = home / ".local/share/dealdeck"
    usual.chmod(0o755)
    assert run("doctor").code == 1
    assert run("doctor", "--repair").code == 0
    assert stat.S_IMODE(usual.stat().st_mode) == 0o700


def test_what_only_a_backup_helps_names_the_newest(filled: Deals, db: Path, folder: Path) -> None:
    overwrite(db, page_of(db, "deals"))
    before = db.read_bytes()
    said = filled("doctor", "--repair")
    assert said.code == 1
    assert "✗ wrong  integrity    SQLite " in said.out
    assert said.out.splitlines()[-1].endswith(f"go back to it with: deals restore 1 --db {db}")
    assert db.read_bytes() == before
    assert filled("doctor", "--json").json["way_out"] == said.out.splitlines()[-1]
    assert filled("restore", "1").code == 0
    assert filled("doctor").code == 0


def test_an_index_that_does_not_fit_is_made_anew(filled: Deals, db: Path) -> None:
    rows = dump_of(db)
    damage(db)
    done = filled("doctor", "--repair")
    assert done.code == 0
    assert "Repaired: an index does not fit its table: " in done.out
    assert dump_of(db) == rows
    assert filled("undo").out != ""


def test_without_a_backup_it_says_how_one_of_ones_own_is_restored(
    filled: Deals, db: Path, folder: Path
) -> None:
    shutil.rmtree(folder)
    overwrite(db, 1)
    said = filled("doctor")
    assert said.code == 1
    assert said.out.splitlines()[-1].endswith(
        f"a copy of your own is restored with: deals restore FILE --db {db}"
    )


def test_a_file_that_is_not_there_is_not_made(new: Deals, db: Path, home: Path) -> None:
    for words in (("doctor",), ("doctor", "--repair"), ("doctor", "--json")):
        said = new(*words)
        assert said.code == 1
        assert f"There is no file {db}" in said.out
    assert list(db.parent.iterdir()) == [home]
    assert list(home.iterdir()) == []


def test_a_file_that_is_gone_can_be_got_back(filled: Deals, db: Path) -> None:
    db.unlink()
    db.with_name("deals.db-journal").write_bytes(b"")
    said = filled("doctor")
    assert said.code == 1
    assert f"{db}-journal is left of a file that is gone" in said.out
    assert f"deals restore 1 --db {db}" in said.out
    assert f"deals restore 1 --db {db}" in filled("list").err
    assert filled("restore", "1").code == 0
    assert filled("doctor").code == 0


def test_a_file_in_the_usual_place_that_is_gone_is_not_begun_anew_unasked(run: Run, home: Path) -> None:
    run("add", "Acme 5k")
    run("backup")
    file = home / ".local/share/dealdeck/deals.db"
    file.unlink()
    for words in (("add", "Globex"), ("list",), ()):
        said = run(*words)
        assert said.code == 1
        assert said.err.rstrip().endswith("go back to it with: deals restore 1")
    assert not file.exists()
    assert run("init").code == 0


def test_an_older_file_is_a_note(new: Deals, db: Path) -> None:
    from store.migrations import STEPS, create

    create(db, STEPS[:1])
    said = new("doctor")
    assert said.code == 0
    assert (
        "! note   schema       1, which is brought to 2 when the file is opened next, after a backup\n"
        in said.out
    )
    assert rows_of(db, "PRAGMA user_version") == [(1,)]


def test_a_file_that_another_program_holds_is_code_3(filled: Deals, db: Path) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = filled("doctor")
    assert (said.code, said.out, said.err.count("\n")) == (3, "", 1)
    assert filled("doctor").code == 0


def test_what_is_no_deals_file_is_not_promised_a_backup_and_its_permissions_are_its_owners(
    deals: Deals, db: Path
) -> None:
    db.write_text("no deals")
    db.chmod(0o644)
    for words in (("doctor",), ("doctor", "--repair")):
        said = deals(*words)
        assert said.code == 1
        assert "! note   permissions  not looked at: they matter for a deals file\n" in said.out
        assert "! note   backups      none yet\n" in said.out
        nothing = "Nothing was repaired: what is wrong cannot be put right without guessing.\n"
        assert (nothing in said.out) == ("--repair" in words)
    assert db.read_text() == "no deals"
