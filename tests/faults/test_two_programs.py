"""Two programs on one file, in real terminals: each sees what the other did, keeps its place, and waits for it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deck import PLAIN, Deck, at
from tests.faults.sound import assert_sound
from tests.terminal import Terminal, clean_environment, terminal

DEALS = Path(sys.executable).with_name("deals")
SOON = 5.0
"""Seconds in which a change made elsewhere is seen at the latest, on a machine that does much else; it takes one."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Forty deals in one column, more than a terminal shows."""
    path = tmp_path / "deals.db"
    with Deck(path, PLAIN) as deck, deck.store.one_action("forty", at(), undoable=False):
        deck.deals(*(f"Deal {number:02}" for number in range(40)))
    return path


@contextmanager
def board(file: Path) -> Iterator[Terminal]:
    argv: list[str | Path] = [DEALS, "--db", file, "--today", "2026-11-20"]
    with terminal(argv, file.parent, size=(130, 30)) as shown:
        shown.wait_for("Deal 01")
        yield shown


def started(file: Path, *words: str) -> subprocess.Popen[str]:
    """A command of `deals` that has begun."""
    argv: list[str | Path] = [DEALS, "--db", file, *words]
    return subprocess.Popen(
        argv, env=clean_environment(file.parent), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )


def deals(file: Path, *words: str) -> str:
    """What a command of `deals` prints."""
    with started(file, *words) as command:
        out, _ = command.communicate()
    assert command.returncode == 0
    return out


def leave(shown: Terminal) -> None:
    shown.press("q")
    assert shown.wait_exit() == 0


def place_of(shown: Terminal, name: str) -> int:
    """The line of the screen that a card's name stands on."""
    return next(number for number, line in enumerate(shown.screen) if name in line)


def test_what_another_program_does_is_seen_and_takes_nobodys_place(file: Path) -> None:
    with board(file) as mine, board(file) as theirs:
        mine.press(*["down"] * 25, " ", "down")
        mine.wait_for("1 selected")
        mine.wait_for("Deal 26")
        line = place_of(mine, "Deal 26")
        theirs.press("2")
        theirs.wait_for("moved Deal 00")
        mine.wait_for("Deal 00", SOON)
        assert place_of(mine, "Deal 26") == line  # though the column above it is shorter
        assert "1 selected" in mine.text
        mine.press("/", *"deal 2")
        mine.wait_for("of 40 open")
        theirs.press("left", "g", "D")
        theirs.wait_for("deleted Deal 01")
        mine.wait_for("of 39 open", SOON)
        mine.press("6", "enter")
        mine.wait_for("1 of 39 open")
        assert "1 selected" not in mine.text  # it is filtered away, and there again without the filter
        mine.press("e")
        mine.wait_for("close date")
        mine.press(*"Deal 26 pilot")
        mine.wait_for("Deal 26 pilot")
        theirs.press("g", "3")
        theirs.wait_for("moved Deal 02")
        mine.wait_quiet(0.3)
        mine.press(*" two", "enter")
        mine.wait_for("edited")
        theirs.press("G")
        mine.press("/", *["backspace"] * len("deal 26"), "enter")
        mine.wait_for("1 selected")
        mine.press("u")
        mine.wait_for("undone: ")
        leave(mine)
        leave(theirs)
    assert_sound(file)
    history = deals(file, "history")
    assert "undo: edit name of Deal 26" in history
    assert history.count("undo:") == 1


@pytest.mark.long
def test_all_programs_write_at_once_and_share_one_history(file: Path) -> None:
    with board(file) as shown:
        names = ("Umbrella", "Vandelay")
        adding = [started(file, "add", name) for name in names]
        shown.press("2")
        shown.wait_for("moved Deal 00")
        for command in adding:
            with command:
                command.communicate()
            assert command.returncode == 0
        for name in names:
            shown.wait_for(name, SOON)
        newest = deals(file, "history", "--limit", "1")
        shown.press("u")  # the newest change, whoever made it
        shown.wait_for("undone: ")
        told = shown.text[shown.text.index("undone: ") :]
        assert told.split()[2] in newest
        assert "Undone" in deals(file, "undo")
        leave(shown)
    assert_sound(file)
    assert deals(file, "list", "--json").count("created_on") == 40


def test_a_file_that_is_being_written_is_waited_for_then_told(file: Path) -> None:
    with board(file) as shown:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        shown.press("2")
        shown.wait_quiet(1.5)
        assert "moved" not in shown.text
        other.execute("COMMIT")
        shown.wait_for("moved Deal 00 to Product evaluated")
        other.execute("BEGIN IMMEDIATE")
        shown.press("3")
        shown.wait_for("is being written by another program")
        shown.press("left", "enter")
        shown.wait_for("TIMELINE")  # reading goes on
        shown.press("escape")
        shown.wait_gone("TIMELINE")
        other.execute("COMMIT")
        other.close()
        shown.press("2")
        shown.wait_for("moved Deal 01 to Product evaluated")
        leave(shown)
    assert_sound(file)
