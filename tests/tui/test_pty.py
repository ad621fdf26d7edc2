"""The installed command in a real terminal: what a founder does in the morning, and what is left when it ends."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.board import DEALS, FIRST, SECOND, assert_left_tidy, board, deals, leave, stages, three_deals
from tests.terminal import terminal

HOSTILE = "Acme [/] \x1b]52;c;eA==\x07 [@click=app.quit]x"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A deals file with three deals at the beginning of the pipeline."""
    return three_deals(tmp_path / "deals.db")


def test_a_deal_that_is_moved_is_found_moved(file: Path) -> None:
    assert stages(file)["Globex website"] == FIRST
    with board(file) as shown:
        shown.wait_for("Globex website")
        shown.press("2")
        shown.wait_for("moved Globex website to Product evaluated")
        leave(shown)
    assert stages(file)["Globex website"] == SECOND
    with board(file) as shown:
        shown.wait_for("Globex website")
        shown.press("u")
        shown.wait_for("undone: move Globex website")
        leave(shown)
    assert stages(file)["Globex website"] == FIRST


def test_a_key_pressed_before_all_is_loaded_is_not_lost(file: Path) -> None:
    with board(file) as shown:
        shown.press("2", "q")
        assert shown.wait_exit() == 0
    assert stages(file)["Globex website"] == SECOND


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_gives_the_terminal_back(file: Path, number: signal.Signals) -> None:
    with board(file) as shown:
        shown.wait_for("Globex website")
        shown.press("2")
        shown.wait_for("moved Globex website")
        shown.signal(number)
        assert shown.wait_exit() == 128 + number
        assert_left_tidy(shown)
    assert stages(file)["Globex website"] == SECOND


def test_ctrl_c_ends_it_and_gives_the_terminal_back(file: Path) -> None:
    with board(file) as shown:
        shown.wait_for("Globex website")
        shown.press("ctrl+c")
        assert shown.wait_exit() == 130
        assert_left_tidy(shown)


def test_a_hostile_name_is_plain_text(file: Path) -> None:
    # Not through the door, which would clean it: a file may come from anywhere.
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE deals SET name = ? WHERE name = 'Globex website'", (HOSTILE,))
    with board(file) as shown:
        shown.wait_for("Acme [/]")
        shown.press("2")
        shown.wait_for("moved Acme [/]")
        shown.press("enter")
        shown.wait_for("TIMELINE")
        assert "[@click=app.quit]x" in shown.screen[0]
        shown.wait_for("notes        none")  # the last of the page
        shown.press("escape")
        shown.wait_gone("TIMELINE")
        leave(shown)
        assert b"\x1b]52" not in shown.output


def test_the_first_start_asks_for_a_template_and_enter_takes_the_first(tmp_path: Path) -> None:
    with terminal([DEALS], tmp_path) as shown:
        shown.wait_for("Buyer's journey")
        shown.press("enter")
        shown.wait_for("ON RADAR")
        leave(shown)
    (file,) = tmp_path.rglob("deals.db")
    assert file.stat().st_mode & 0o777 == 0o600
    with board(file) as shown:
        shown.wait_for("ON RADAR")
        leave(shown)


def test_the_window_may_change_at_any_time(file: Path) -> None:
    with board(file) as shown:
        shown.wait_for("CLOSED LOST")
        shown.resize(60, 15)
        shown.wait_gone("CLOSED LOST")
        assert max(map(len, shown.screen)) <= 60
        shown.wait_for("Globex website")
        shown.resize(250, 60)
        shown.wait_for("CLOSED LOST")
        leave(shown)


def test_what_another_program_writes_is_seen(file: Path) -> None:
    with board(file) as shown:
        shown.wait_for("Globex website")
        deals(file, "add", "Umbrella renewal 12k")
        shown.wait_for("Umbrella renewal", timeout=5)
        leave(shown)


def test_a_terminal_that_knows_nothing_gets_plain_text(file: Path) -> None:
    with board(file, env={"TERM": "dumb"}) as shown:
        assert shown.wait_exit() == 0
        assert "Globex website" in shown.text
        assert b"\x1b" not in shown.output


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with board(tmp_path / "mistyped.db") as shown:
        assert shown.wait_exit() == 1
        assert "mistyped.db" in shown.text
        assert b"\x1b[?1049h" not in shown.output
    assert list(tmp_path.glob("*.db")) == []
