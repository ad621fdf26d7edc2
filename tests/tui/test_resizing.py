"""Sizes that come in the wrong order: what counts is the size that the terminal has by now."""

from __future__ import annotations

import os
import struct
import sys
import termios
from collections.abc import Iterator
from contextlib import closing
from fcntl import ioctl
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from tui.keys_in_order import as_it_is_now

STALE = events.Resize(Size(1, 1), Size(1, 1))


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal that the program writes to."""
    master, slave = os.openpty()
    with closing(os.fdopen(slave, "w")) as out:
        monkeypatch.setattr(sys, "__stdout__", out)
        yield master
    os.close(master)


def test_an_older_size_that_comes_last_is_not_believed(window: int) -> None:
    for columns, lines in ((60, 15), (160, 48)):
        ioctl(window, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        seen = as_it_is_now(STALE)
        assert (seen.size, seen.virtual_size) == (Size(columns, lines), Size(columns, lines))
        assert as_it_is_now(seen) is seen


def test_a_terminal_that_does_not_know_its_size_is_as_it_was_told(window: int) -> None:
    ioctl(window, termios.TIOCSWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
    assert as_it_is_now(STALE) is STALE


def test_without_a_terminal_it_is_as_it_was_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "file").open("w") as out:
        monkeypatch.setattr(sys, "__stdout__", out)
        assert as_it_is_now(STALE) is STALE
