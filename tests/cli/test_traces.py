"""What SQLite left beside a file that is gone: never played into a new file, never removed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.deck import rows_of
from tests.faults.opening import Listing, filled, half_changed
from tests.terminal import terminal

IN_WAL_MODE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("PRAGMA wal_autocheckpoint=0")
connection.execute("UPDATE deals SET name = 'of another program'")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Another program that changes the file in its own way, and is killed."""


def killed_in_wal_mode(path: Path) -> None:
    """Leave a log beside the file, and what goes with it."""
    subprocess.run([sys.executable, "-c", IN_WAL_MODE, path], check=False)


LEAVING = {"-journal": half_changed, "-wal": killed_in_wal_mode}
MAKING = [("init",), ("demo",), ("import", "{csv}", "--yes", "--new-pipeline", "Sales")]


@pytest.mark.parametrize("ending", LEAVING)
@pytest.mark.parametrize("words", MAKING, ids=lambda words: words[0])
def test_no_new_file_is_made_beside_what_is_left_of_one_that_is_gone(
    run: Run, db: Path, tmp_path: Path, words: tuple[str, ...], ending: str
) -> None:
    csv, aside = tmp_path / "deals.csv", tmp_path / "aside"
    csv.write_text("name,stage\nGlobex,Demo\n")
    filled(db)
    LEAVING[ending](db)
    db.unlink()
    before = Listing(tmp_path)
    left = db.with_name(f"deals.db{ending}")
    command = [word.format(csv=csv) for word in words]
    said = run(*command, "--db", str(db))
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"deals: {db} cannot be made: {left} is left of a file that is gone. It may be the only trace of a change, "
        "and would spoil a new file; move it away and try again.\n"
    )
    assert {name: held for name, held in Listing(tmp_path).items() if "/home" not in name} == {
        name: held for name, held in before.items() if "/home" not in name
    }
    left.rename(aside)  # what it says helps
    assert run(*command, "--db", str(db)).code == 0
    assert rows_of(db, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(db, "SELECT count(*) FROM deals WHERE name = 'of another program'") == [(0,)]


@pytest.mark.parametrize("ending", LEAVING)
def test_a_restore_keeps_what_is_left_of_a_file_that_is_gone_under_another_name(
    run: Run, db: Path, tmp_path: Path, ending: str
) -> None:
    own = tmp_path / "own.db"
    filled(own)
    rows = rows_of(own, "SELECT * FROM deals")
    for turn in (1, 2):
        filled(db)
        LEAVING[ending](db)
        db.unlink()
        held = db.with_name(f"deals.db{ending}").read_bytes()
        kept = db.with_name(f"deals.db{ending}.lost-{turn}")
        said = run("restore", str(own), "--db", str(db))
        assert said.code == 0
        assert f"What was left of the lost file is kept: {kept}\n" in said.out
        assert kept.read_bytes() == held
        assert rows_of(db, "SELECT * FROM deals") == rows
        assert rows_of(db, "PRAGMA integrity_check") == [("ok",)]
        db.unlink()


def usual_place_with_a_journal_only(home: Path) -> tuple[Path, Path]:
    """The data file's usual place, where there is only the journal of a file that is gone."""
    path = home / ".local/share/dealdeck/deals.db"
    filled(path)
    half_changed(path)
    path.unlink()
    return path, path.with_name("deals.db-journal")


def test_the_usual_file_is_not_made_there_either(run: Run, home: Path) -> None:
    path, journal = usual_place_with_a_journal_only(home)
    kept = journal.read_bytes()
    said = run("add", "Acme 5k")
    assert said.code == 1
    assert f"{path} cannot be made: {journal} is left of a file that is gone" in said.err
    env = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    with terminal(["deals"], home, env=env) as shown:
        assert shown.wait_exit() == 1
        told = "".join(line.ljust(160) for line in shown.screen)
    assert "cannot be made" in told
    assert journal.read_bytes() == kept
    assert [each.name for each in path.parent.iterdir()] == [journal.name]


def test_a_backup_in_a_file_of_ones_own_is_not_put_beside_a_journal(
    run: Run, db: Path, tmp_path: Path
) -> None:
    filled(db)
    mine = tmp_path / "mine.db"
    filled(mine)
    half_changed(mine)
    journal = mine.with_name("mine.db-journal")
    kept, whole = journal.read_bytes(), mine.read_bytes()
    refused = run("backup", str(mine), "--force", "--db", str(db))
    assert (refused.code, refused.out) == (1, "")
    assert f"{journal} is there" in refused.err
    assert (journal.read_bytes(), mine.read_bytes()) == (kept, whole)
    mine.unlink()
    refused = run("backup", str(mine), "--db", str(db))
    assert refused.code == 1
    assert f"{mine} cannot be made: {journal} is left of a file that is gone" in refused.err
    assert not mine.exists()
    journal.unlink()
    assert run("backup", str(mine), "--db", str(db)).code == 0
    with sqlite3.connect(mine) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
