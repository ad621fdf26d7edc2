"""The pseudo-terminal that other tests look through shows what a window would show."""

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal import FRESH_MODES, terminal

ECHO = """
import sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
print("\\x1b[?1049h\\x1b[?25lready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print(f"\\x1b[2;1Hpressed {key}", end="", flush=True)
termios.tcsetattr(0, termios.TCSANOW, before)
print("\\x1b[?25h\\x1b[?1049l", end="", flush=True)
sys.exit(3)
"""
SIZE = """
import os, signal, sys
def tell(*_):
    os.write(1, "{} {}\\n".format(*os.get_terminal_size(0)).encode())
signal.signal(signal.SIGWINCH, tell)
tell()
while True:
    signal.pause()
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_keys_go_in_and_the_screen_comes_out(tmp_path: Path) -> None:
    with terminal(python(ECHO), tmp_path, size=(40, 5)) as shown:
        shown.wait_for("ready")
        typed = shown.press("x")
        painted = shown.wait_for("pressed x")
        assert typed < painted
        assert len(shown.screen) == 5
        assert 1049 in shown.private_modes
        assert 25 not in shown.private_modes
        assert shown.modes_now != shown.modes_before
        shown.press("q")
        assert shown.wait_exit() == 3
        assert shown.private_modes == FRESH_MODES
        assert shown.modes_now == shown.modes_before


def test_a_new_size_is_told_by_signal(tmp_path: Path) -> None:
    with terminal(python(SIZE), tmp_path, size=(90, 20)) as shown:
        shown.wait_for("90 20")
        shown.resize(120, 30)
        shown.wait_for("120 30")
        shown.signal(signal.SIGTERM)
        assert shown.wait_exit() == -signal.SIGTERM


def test_waiting_in_vain_shows_the_screen(tmp_path: Path) -> None:
    with (
        terminal(python("print('hello')"), tmp_path) as shown,
        pytest.raises(AssertionError, match="hello"),
    ):
        shown.wait_for("good-bye")
