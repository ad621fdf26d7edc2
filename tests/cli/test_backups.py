"""`deals backup`, `deals restore`, `deals history`, and the backups that are made without asking."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from store import BackupKind, backup_files
from tests.cli.running import Deals, Result, Run, process
from tests.deck import rows_of
from tests.store.shelves import as_if_made, dump_of, kinds, real_day

DAILY, IMPORT, RESTORE, ASKED = BackupKind.DAILY, BackupKind.IMPORT, BackupKind.RESTORE, BackupKind.ASKED


@pytest.fixture
def folder(home: Path) -> Path:
    return home / ".local/state/dealdeck/backups"


def lines(result: Result) -> list[list[str]]:
    """The cells of each line of a table."""
    assert (result.code, result.err) == (0, "")
    return [re.split(r"  +", line.strip()) for line in result.out.splitlines()]


# Without asking


def test_the_first_change_of_a_day_is_preceded_by_a_backup(deals: Deals, db: Path, folder: Path) -> None:
    deals("list")
    assert kinds(db, folder) == []
    before = dump_of(db)
    deals("add", "Acme 5k")
    (made,) = backup_files(db, folder)
    assert (made.kind, made.day) == (DAILY, real_day())
    assert dump_of(made.path) == before
    deals("add", "Globex 5k")
    deals("undo")
    assert kinds(db, folder) == [DAILY]
    as_if_made(made.path, real_day() - timedelta(days=1))
    for words in (("list",), ("show", "1"), ("stuck",), ("history",), ("info",), ("restore",), ("goal",)):
        deals(*words)
    assert kinds(db, folder) == [DAILY]
    deals("redo")
    assert kinds(db, folder) == [DAILY, DAILY]


def test_the_day_it_counts_as_does_not_matter(deals: Deals, db: Path, folder: Path) -> None:
    for today in ("2026-01-01", "2027-12-31", "2026-11-20"):
        deals("add", "Acme 5k", today=today)
    (made,) = backup_files(db, folder)
    assert made.day == real_day()


def test_a_backup_that_cannot_be_made_is_told_once_and_hinders_nothing(
    deals: Deals, db: Path, folder: Path
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")
    added = deals("add", "Acme 5k")
    assert added.code == 0
    assert added.out.startswith("added Acme")
    assert (
        added.err
        == f"deals: There is no backup of today. No backup can be made in {folder}: Not a directory; "
        "see that you may write there.\n"
    )
    moved = deals("move", "acme", "product", "--evidence", "came")
    assert (moved.code, moved.err.count("no backup")) == (0, 1)
    assert deals("list").err == ""


def test_what_is_thrown_away_has_no_backup(run: Run, home: Path, folder: Path) -> None:
    assert process("demo", env={"HOME": str(home), "PATH": "", "TERM": "dumb"}).returncode == 0
    assert not folder.exists()


def test_an_import_is_preceded_by_a_backup(deals: Deals, db: Path, folder: Path, tmp_path: Path) -> None:
    deals("add", "Acme 5k")
    csv = tmp_path / "deals.csv"
    csv.write_text("name,amount\nGlobex,500\n")
    before = dump_of(db)
    deals("import", str(csv), "--dry-run")
    assert kinds(db, folder) == [DAILY]
    assert deals("import", str(csv), "--yes").code == 0
    assert kinds(db, folder) == [IMPORT, DAILY]
    assert dump_of(backup_files(db, folder)[0].path) == before
    assert dump_of(db) != before


def test_nothing_is_imported_without_its_backup(deals: Deals, db: Path, folder: Path, tmp_path: Path) -> None:
    csv = tmp_path / "deals.csv"
    csv.write_text("name,amount\nGlobex,500\n")
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")
    before = dump_of(db)
    refused = deals("import", str(csv), "--yes")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"deals: No backup can be made in {folder}")
    assert dump_of(db) == before


def test_an_import_into_a_new_file_has_nothing_to_back_up(
    new: Deals, db: Path, folder: Path, tmp_path: Path
) -> None:
    csv = tmp_path / "deals.csv"
    csv.write_text("name,amount\nGlobex,500\n")
    csv.write_text("name,stage\nGlobex,Demo\n")
    assert new("import", str(csv), "--yes", "--new-pipeline", "Sales").err == ""
    assert not folder.exists()


# On purpose


def test_a_backup_that_is_asked_for(deals: Deals, db: Path, folder: Path) -> None:
    said = deals("backup")
    (made,) = backup_files(db, folder)
    assert (said.out, made.kind) == (f"Backed up to {made.path}\n", ASKED)
    assert deals("backup", "--json").json == {
        "file": str(backup_files(db, folder)[0].path),
        "bytes": made.path.stat().st_size,
    }


def test_a_backup_in_a_file_of_ones_own(deals: Deals, db: Path, folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    assert deals("backup", str(mine)).out == f"Backed up to {mine}\n"
    assert dump_of(mine) == dump_of(db)
    refused = deals("backup", str(mine))
    assert (refused.code, refused.err) == (
        1,
        f"deals: {mine} is there already; replace it with --force.\n",
    )
    assert deals("backup", str(mine), "--force").code == 0
    assert deals("backup", str(db), "--force").code == 2
    assert deals("backup", str(tmp_path)).code == 2
    assert kinds(db, folder) == []


def test_a_backup_of_nothing(new: Deals, db: Path, folder: Path) -> None:
    assert new("backup").code == 1
    assert not folder.exists()
    assert not db.exists()


# Going back


def test_the_list_tells_what_each_backup_holds(deals: Deals, db: Path, folder: Path) -> None:
    nothing = deals("restore")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", f"There is no backup of {db} yet.\n")
    deals("add", "Acme 5k")
    deals("add", "Globex €7k")
    deals("backup")
    deals("won", "acme", "--evidence", "signed")
    deals("backup")
    as_if_made(backup_files(db, folder)[2].path, real_day() - timedelta(days=400))
    head, *rows = lines(deals("restore"))
    assert head == ["made", "why", "deals", "total", "last change"]
    assert [row[:1] + row[2:] for row in rows] == [
        ["1", "asked for", "1", "€7,000", "win Acme"],
        ["2", "asked for", "2", "€7,000 + $5,000", "add Globex"],
        ["3", "daily", "0", "no amounts", "make the pipeline Sales"],
    ]
    assert rows[2][1].endswith(" 12:00")
    first, _, last = deals("restore", "--json").json
    assert first == {
        "number": 1,
        "file": str(backup_files(db, folder)[0].path),
        "made_at": first["made_at"],
        "why": "asked for",
        "bytes": db.stat().st_size,
        "deals": 1,
        "total": {"EUR": "7000.00"},
        "all_deals": 2,
        "last_change": "win Acme",
        "changed_at": first["changed_at"],
    }
    assert (last["deals"], last["total"]) == (0, {})


def test_back_and_back_again_is_one_command_each(deals: Deals, db: Path, folder: Path) -> None:
    deals("add", "Acme 5k")
    deals("backup")
    deals("add", "Globex 7k")
    now = dump_of(db)
    said = deals("restore", "1")
    first, second = said.out.splitlines()
    assert re.fullmatch(r"Restored the backup of .* \(asked for\): 1 open deal, \$5,000", first)
    (before,) = [each.path.name for each in backup_files(db, folder) if each.kind is RESTORE]
    assert second == f"As it was before: deals restore {before} --db {db}"
    assert [deal["name"] for deal in deals("list", "--json").json] == ["Acme"]
    deals("backup")  # the numbers are others now
    assert deals(*second.split()[5:-2]).code == 0
    assert dump_of(db) == now
    assert kinds(db, folder) == [
        ASKED,
        RESTORE,
        ASKED,
        DAILY,
    ]  # one that holds the present already is the way back
    assert deals("undo").out == "Undone: add Globex\n"


def test_a_file_of_ones_own_is_restored_on_another_machine(
    deals: Deals, db: Path, run: Run, home: Path, tmp_path: Path
) -> None:
    deals("add", "Acme 5k")
    mine = tmp_path / "mine.db"
    deals("backup", str(mine))
    restored = run("restore", str(mine))
    assert restored.out == f"Restored {mine}: 1 open deal, $5,000\n"
    (made,) = home.rglob("deals.db")
    assert dump_of(made) == dump_of(db)
    again = run("restore", str(mine), "--json").json
    assert (again["file"], again["why"], again["total"]) == (str(mine), None, {"USD": "5000.00"})
    assert again["before"].endswith("before-restore.db")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("7", "There is no backup 7, only 1 to 1; see: deals restore"),
        ("no.db", "There is no file no.db; the backups there are: deals restore"),
        ("-1", "There is no file -1"),
    ],
)
def test_a_backup_there_is_not(deals: Deals, db: Path, words: str, said: str) -> None:
    deals("backup")
    before = dump_of(db)
    refused = deals("restore", words)
    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err
    assert dump_of(db) == before


WRITING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("ready", flush=True)
sys.stdin.read()
"""


def test_while_another_program_writes_a_restore_waits_and_then_refuses(deals: Deals, db: Path) -> None:
    deals("backup")
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, db], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        refused = deals("restore", "1")
        assert (refused.code, refused.out) == (3, "")
        assert "is being written by another program; try again in a moment" in refused.err
        assert other.stdin is not None
        other.stdin.close()
    assert deals("restore", "1").code == 0


def test_a_damaged_file_can_be_left_behind(deals: Deals, db: Path, folder: Path) -> None:
    deals("add", "Acme 5k")
    deals("backup")
    db.write_bytes(b"\xff" * 10_000)
    assert deals("list").code == 1
    assert deals("restore", "1").code == 0
    assert [deal["name"] for deal in deals("list", "--json").json] == ["Acme"]
    head, first, *_ = lines(deals("restore"))
    assert (head[1], first[2:]) == ("why", ["before restore", "cannot be read"])
    assert backup_files(db, folder)[0].path.read_bytes() == b"\xff" * 10_000


def holding(db: Path, folder: Path, name: str) -> list[int]:
    """The numbers of the backups that hold a deal of a name."""
    found = enumerate(backup_files(db, folder), 1)
    return [
        number
        for number, each in found
        if rows_of(each.path, "SELECT * FROM deals WHERE name = ?", name) != []
    ]


@pytest.mark.parametrize("looked_at", [False, True], ids=["only restored", "changed each time"])
def test_who_looks_for_the_right_backup_finds_the_work_of_today_again(
    deals: Deals, db: Path, folder: Path, looked_at: bool
) -> None:
    for name in ("Acme", "Globex", "Hooli"):
        deals("add", f"{name} 5k")
        deals("backup")
    deals("add", "Precious 99k")
    said = ""
    for turn in range(10):
        said = deals("restore", str(turn % 3 + 2 if turn else 1)).out
        if looked_at:
            deals("add", f"Deal {turn}")
    assert rows_of(db, "SELECT * FROM deals WHERE name = 'Precious'") == []
    (number,) = holding(db, folder, "Precious")
    assert number <= len(lines(deals("restore"))) - 1
    assert deals("restore", str(number)).code == 0
    assert rows_of(db, "SELECT count(*) FROM deals WHERE name = 'Precious'") == [(1,)]
    assert kinds(db, folder).count(RESTORE) == (11 if looked_at else 1)
    assert said.splitlines()[1].startswith("As it was before: deals restore ")


def test_a_copy_of_the_damaged_file_is_not_named_as_the_way_back(
    deals: Deals, db: Path, folder: Path
) -> None:
    deals("add", "Acme 5k")
    deals("backup")
    db.write_bytes(b"\xff" * 10_000)
    assert deals("restore", "1").code == 0
    refused = deals("restore", "1")
    source = backup_files(db, folder)[0].path
    assert (refused.code, refused.out) == (1, "")
    assert (
        refused.err == f"deals: {source} is not a database; choose another backup: deals restore --db {db}\n"
    )
    db.write_bytes(b"\xff" * 10_000)
    told = f"go back to it with: deals restore 2 --db {db}\n"
    for words in (("list",), ("doctor",)):
        said = deals(*words)
        assert said.code == 1
        assert (said.err or said.out).endswith(told), words
        assert "The newest backup that can be read is of " in (said.err or said.out)
    for each in backup_files(db, folder):
        each.path.write_bytes(b"\xff" * 10_000)
    said = deals("list")
    assert said.err.endswith(
        f"None of its backups can be read; a copy of your own is restored with: deals restore FILE --db {db}\n"
    )
    db.unlink()
    assert deals("add", "Acme 5k").code == 1
    assert not db.exists()


@pytest.mark.parametrize("how", ["gone", "damaged", "restored"])
def test_a_command_that_is_told_can_be_typed_as_it_is(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    db = home / "my deals" / "it's.db"
    monkeypatch.chdir(home)
    assert run(*typed(run("add", "Acme 5k", "--db", str(db)))).code == 0
    run("backup", "--db", str(db))
    if how == "restored":
        run("add", "Globex 5k", "--db", str(db))
        said = run("restore", "1", "--db", str(db))
    else:
        db.unlink() if how == "gone" else db.write_bytes(b"\xff" * 9000)
        said = run("list", "--db", str(db))
    assert run(*typed(said)).code == 0
    assert rows_of(db, "SELECT count(*) FROM deals") == [(1 if how == "restored" else 0,)]


def typed(said: Result) -> list[str]:
    """The command at the end of what was said, as a shell takes it."""
    return shlex.split((said.out + said.err).rpartition(": deals ")[2])


def test_a_link_that_leads_nowhere_is_no_backup(deals: Deals, db: Path, folder: Path) -> None:
    deals("backup")
    (made,) = backup_files(db, folder)
    link = made.path.with_name("2030-01-01T00-00-00.000Z-daily.db")
    link.symlink_to("nowhere")
    head, *rows = lines(deals("restore"))
    assert (len(rows), head[1]) == (1, "why")
    assert deals("restore", "1").code == 0


# What is told elsewhere


def test_info_names_the_newest_backup(deals: Deals, db: Path, folder: Path) -> None:
    assert deals("info", "--json").json["backup"] == {"newest": None, "made_at": None, "count": 0}
    assert "\nnewest " not in deals("info").out
    deals("backup")
    deals("backup")
    newest = backup_files(db, folder)[0]
    told = deals("info", "--json").json["backup"]
    assert (told["newest"], told["count"]) == (str(newest.path), 2)
    assert f"newest    {newest.path} (" in deals("info").out
    assert "; 2 in all)" in deals("info").out


def test_history_lists_what_was_done_and_what_is_undone(deals: Deals) -> None:
    for name in ("Acme", "Globex", "Hooli"):
        deals("add", f"{name} 5k", today="2026-11-18")
    for command in ("undo", "undo", "redo"):
        deals(command)
    rows = lines(deals("history"))
    assert [row[:1] + row[2:] for row in rows] == [
        ["7", "redo: add Globex"],
        ["6", "undo: add Globex", "redone"],
        ["5", "undo: add Hooli"],
        ["4", "add Hooli", "undone"],
        ["3", "add Globex"],
        ["2", "add Acme"],
        ["1", "make the pipeline Sales"],
    ]
    assert re.fullmatch(r"today \d\d:\d\d", rows[0][1])
    assert re.fullmatch(r"18 Nov \d\d:\d\d", rows[4][1])
    deals("undo")
    listed = deals("history", "--json", "--limit", "3").json
    assert [(each["action"], each["kind"], each["undone"]) for each in listed] == [
        (8, "undo", False),
        (7, "redo", True),
        (6, "undo", False),
    ]
    assert set(listed[0]) == {"action", "at", "kind", "title", "undone"}
    assert [row[0] for row in lines(deals("history"))] == [str(number) for number in range(8, 0, -1)]


@pytest.mark.parametrize("limit", ["0", "-3", "many", "", "²"])
def test_a_limit_that_is_no_number_is_wrong_usage(deals: Deals, limit: str) -> None:
    assert deals("history", f"--limit={limit}").code == 2


def test_a_title_is_printed_as_text(deals: Deals, db: Path) -> None:
    with sqlite3.connect(db) as connection:
        title = "make \x1b]52;c;eA==\x07 it"
        connection.execute("INSERT INTO actions (at, kind, title) SELECT at, kind, ? FROM actions", (title,))
    connection.close()
    deals("backup")
    for words in (("history",), ("restore",)):
        assert "\x1b" not in deals(*words).out
        assert "make" in deals(*words).out
