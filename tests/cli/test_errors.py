"""What goes wrong is one line on stderr and a code."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Deals, Run, process
from tui.commands import stuck


@pytest.mark.parametrize(
    "words",
    [
        ("lst",),
        ("nothing-like-it",),
        ("--nothing",),
        ("list", "--nothing"),
        ("list", "--sta", "demo"),
        ("list", "--jso"),
        ("show",),
        ("show", "1", "2"),
        ("move", "1"),
        ("add",),
        ("completion", "tcsh"),
        ("--today", "tomorrow"),
        ("list", "--today", "2026-02-30"),
        ("list", "--today", "20261120"),
        ("list", "--today", "0001-01-01"),
        ("list", "--today", "1969-12-31"),
        ("list", "--today", "2200-01-01"),
        ("--db",),
        ("board", "extra"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(run: Run, home: Path, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("deals: ")
    assert refused.err.count("\n") == 1
    assert list(home.iterdir()) == []


def test_a_mistyped_command_is_guessed(run: Run) -> None:
    assert run("bord").err == 'deals: There is no command "bord"; did you mean "deals board"?\n'
    assert "\x1b" not in run("bo\x1b[31mard").err
    assert run("hist").err == 'deals: There is no command "hist"; did you mean "deals history"?\n'
    assert run("").err == 'deals: There is no command ""; deals --help lists the commands.\n'


def test_options_stand_anywhere(deals: Deals, db: Path, run: Run) -> None:
    deals("add", "Acme 5k", today="2026-11-10")
    expected = deals("list", "--json").json
    assert run("--db", str(db), "--today", "2026-11-20", "--json", "list").json == expected
    assert run("--db", str(db), "list", "--today=2026-11-20", "--json").json == expected
    assert run("--json", f"--db={db}", "list", "acme", "--today", "2026-11-20").json == expected
    assert (
        run("--pipeline", "sales", "list", "--db", str(db), "--json", "--today", "2026-11-20").json
        == expected
    )


def test_a_locked_file_is_code_3(deals: Deals, db: Path) -> None:
    deals("add", "Acme")
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        refused = deals("won", "1")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (refused.code, refused.out, refused.err.count("\n")) == (3, "", 1)
    assert deals("won", "1").code == 0


def test_ctrl_c_is_code_130(deals: Deals, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(stuck, "run", interrupted)
    stopped = deals("stuck")
    assert (stopped.code, stopped.out, stopped.err) == (130, "", "")


def test_what_nobody_foresaw_goes_to_the_log(
    deals: Deals, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("a \x1b[31mred\nthing")

    monkeypatch.setattr(stuck, "run", broken)
    failed = deals("stuck")
    log = home / ".local/state/dealdeck/deals.log"
    assert (failed.code, failed.out, failed.err.count("\n")) == (1, "", 1)
    assert str(log) in failed.err
    assert "\x1b" not in failed.err
    assert "ZeroDivisionError" in log.read_text()
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_said_too(
    deals: Deals, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(stuck, "run", broken)
    (home / ".local").write_text("a file where a folder should be")
    failed = deals("stuck")
    assert (failed.code, failed.err.count("\n")) == (1, 1)
    assert "cannot be written" in failed.err


def test_a_reader_that_leaves_early_is_no_error(deals: Deals, db: Path) -> None:
    for number in range(30):
        deals("add", f"Deal {number} with a name that is long enough to fill a pipe sooner or later")
    script = f"{sys.executable} -m tui list --db {db} --json; echo code $? >&2"
    read, write = os.pipe()
    os.close(read)
    left = subprocess.run(["bash", "-c", script], stdout=write, stderr=subprocess.PIPE, text=True, check=True)
    os.close(write)
    assert left.stderr == "code 0\n"


def test_a_full_disk_under_the_output_is_said(deals: Deals, db: Path) -> None:
    deals("add", "Acme")
    with Path("/dev/full").open("w") as full:
        failed = process("list", "--db", str(db), capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert failed.returncode == 1
    assert failed.stderr == "deals: The output cannot be written: No space left on device\n"


def test_what_nobody_can_read_changes_no_code(deals: Deals, db: Path) -> None:
    with Path("/dev/full").open("w") as full:
        for words, code in ((("list", "--nonsense"), 2), (("won", "1"), 1)):
            told = process(*words, "--db", str(db), capture_output=False, stdout=full, stderr=full)
            assert (told.returncode, process(*words, "--db", str(db)).returncode) == (code, code), words


def test_a_file_that_has_lost_a_table_is_damaged_and_no_fault_of_the_program(deals: Deals, db: Path) -> None:
    deals("add", "Acme")
    with sqlite3.connect(db) as connection:
        connection.execute("DROP TABLE touches")
    connection.close()
    for words in (("list",), ("stuck",), ("show", "1")):
        told = deals(*words)
        assert (told.code, told.err.count("\n")) == (1, 1), words
        assert f"{db} is damaged (no such table: " in told.err
        assert "deals doctor" in told.err


def test_closed_streams_are_no_error(deals: Deals, db: Path) -> None:
    deals("add", "Acme")
    script = f"{sys.executable} -m tui list --db {db} >&- 2>&- <&-"
    assert subprocess.run(["bash", "-c", script], check=False).returncode == 0
