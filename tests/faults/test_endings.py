"""However the board ends or halts: the terminal is the founder's again, and what was shown as done is done."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.board import SECOND, assert_left_tidy, board, deals, leave, stages, three_deals
from tests.terminal import Terminal

CTRL_Z = "\x1a"
"""It halts nothing: it is undo."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return three_deals(tmp_path / "deals.db")


def move_globex(shown: Terminal) -> None:
    shown.wait_for("Globex website")
    shown.press("2")
    shown.wait_for("moved Globex website")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_also_in_the_middle_of_a_line(file: Path, number: signal.Signals) -> None:
    with board(file) as shown:
        move_globex(shown)
        shown.press("n")
        shown.wait_for("Note on")
        shown.send("half a line")
        shown.wait_for("half a line")
        shown.signal(number)
        assert shown.wait_exit() == 128 + number
        assert_left_tidy(shown)
    assert stages(file)["Globex website"] == SECOND


def test_a_closed_window_ends_it_and_loses_nothing(file: Path) -> None:
    with board(file) as shown:
        move_globex(shown)
        shown.hang_up()
        assert shown.process.wait(30) == 128 + signal.SIGHUP
    assert stages(file)["Globex website"] == SECOND


def test_a_window_closed_before_the_first_frame_leaves_no_process(file: Path) -> None:
    with board(file) as shown:
        shown.wait_bytes(b"\x1b[?1049h")
        shown.hang_up()
        assert shown.process.wait(30) != 0


def test_ctrl_c_ends_it_also_in_a_form(file: Path) -> None:
    with board(file) as shown:
        move_globex(shown)
        shown.press("e")
        shown.wait_for("close date")
        shown.press("ctrl+c")
        assert shown.wait_exit() == 130
        assert_left_tidy(shown)
    assert stages(file)["Globex website"] == SECOND


def test_a_halt_gives_the_terminal_back_and_going_on_draws_all_anew_in_the_new_size(file: Path) -> None:
    with board(file) as shown:
        move_globex(shown)
        shown.press("n")
        shown.send("half a line")
        shown.wait_for("half a line")
        shown.signal(signal.SIGTSTP)
        shown.wait_bytes(b"\x1b[?1049l")
        shown.wait_stopped()
        while shown.read(0):
            pass
        assert_left_tidy(shown)
        shown.resize(100, 30)
        halted = len(shown.output)
        shown.signal(signal.SIGCONT)
        shown.read_until(lambda: b"Stark licence" in shown.output[halted:], "the board, drawn anew")
        shown.read_until(lambda: "CLOSED LOST" in shown.screen[2], "the board in the new size")
        assert max(map(len, shown.screen)) <= 100
        assert "half a line" in shown.text
        shown.send(", whole now\r")
        shown.wait_for("note on Globex website")
        shown.send(CTRL_Z * 2)
        shown.wait_for("undone: move Globex website")
        leave(shown)


def test_a_halt_that_no_program_hears_of_takes_nothing_from_the_terminal(file: Path) -> None:
    """SIGSTOP: the terminal was not given back, and is not to be taken a second time. The shell has set its modes."""
    with board(file) as shown:
        move_globex(shown)
        raw = shown.modes_now
        shown.signal(signal.SIGSTOP)
        shown.wait_stopped()
        shown.set_modes(shown.modes_before)
        halted = len(shown.output)
        shown.signal(signal.SIGCONT)
        shown.read_until(lambda: b"Stark licence" in shown.output[halted:], "the board, drawn anew")
        assert b"\x1b[?1049h" not in shown.output[halted:]
        assert shown.modes_now == raw
        shown.send(CTRL_Z)
        shown.wait_for("undone: move Globex website")
        leave(shown)


def test_a_crash_gives_the_terminal_back_and_tells_where_its_log_is(file: Path) -> None:
    """What another program wrote past every check is met by the running board: nobody foresaw it."""
    with board(file) as shown:
        move_globex(shown)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            connection.execute("UPDATE stages SET outcome = 'perhaps' WHERE outcome = 'won'")
        assert shown.wait_exit() == 1
        assert_left_tidy(shown)
        log = Path(deals(file, "info")["log"]["path"])
        told = "".join(shown.screen)
        assert f"the details are in {log}" in told, told
        assert "Traceback" not in told
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in log.read_text()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(
            "SELECT count(*) FROM actions WHERE title LIKE 'move Globex%'"
        ).fetchone() == (1,)
