"""How a command starts: with little, and without a terminal as plain text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Deals, process

HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich"}

WATCHED = """
import sys
from tui.cli import main
code = main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def loaded_by(*words: str) -> set[str]:
    """The top-level modules that a command loads."""
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "words",
    [("list",), ("board",), ("stuck", "--json"), ("forecast",), ("show", "1"), ("info",), ("goal",), ()],
)
def test_who_only_reads_loads_nothing_heavy(deals: Deals, db: Path, words: tuple[str, ...]) -> None:
    deals("add", "Acme 5k", today="2026-11-01")
    assert loaded_by(*words, "--db", str(db)) & HEAVY == set()


@pytest.mark.parametrize("words", [("--version",), ("--help",)])
def test_the_help_loads_next_to_nothing(words: tuple[str, ...]) -> None:
    assert (
        loaded_by(*words) & {*HEAVY, "sqlite3", "dataclasses", "inspect", "platformdirs", "argparse"} == set()
    )


def test_the_installed_command_without_a_terminal_prints_the_board(deals: Deals, db: Path) -> None:
    deals("add", "Acme renewal 12k", today="2026-11-18")
    command = Path(sys.executable).with_name("deals")
    ended = subprocess.run(
        [command, "--db", db, "--today", "2026-11-20"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout == deals("board").out
    assert ended.stdout.startswith("Sales · Fri 20 Nov 2026")
    assert "\x1b" not in ended.stdout


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_a_terminal_on_one_side_only_or_a_dumb_one_gets_plain_text(deals: Deals, db: Path, term: str) -> None:
    deals("add", "Acme renewal 12k", today="2026-11-18")
    master, terminal = os.openpty()
    ended = subprocess.run(
        [sys.executable, "-m", "tui", "--db", str(db), "--today", "2026-11-20"],
        stdin=terminal if term == "dumb" else subprocess.DEVNULL,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": term},
        timeout=60,
        check=True,
    )
    os.close(terminal)
    printed = os.read(master, 65536).decode()
    os.close(master)
    assert ended.returncode == 0
    assert "ON RADAR" in printed
    assert "\x1b" not in printed


def test_an_encoding_without_the_letters_is_no_error(deals: Deals, db: Path) -> None:
    deals("add", "日本語 12k")
    ended = process(
        "list", "--db", str(db), env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "???" in ended.stdout
