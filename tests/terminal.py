"""A real pseudo-terminal around a program: keys go in as bytes, the output comes out, each chunk timed.

The tests and the benchmark share it. Nothing here sleeps: every wait ends when the output says so, and
fails with the screen in its message when it does not within the time limit.
"""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyte
from wcwidth import wcwidth

TIMEOUT: Final = 30.0
"""Seconds that any wait may take before it fails: far more than a loaded machine needs."""

FRAME_END: Final = b"\x1b[?2026l"
"""The end of a synchronised update: what was painted since is one frame."""

FRESH_MODES: Final = frozenset({7, 25})
"""The DEC private modes of a new terminal: lines wrap, the cursor shows."""

KEYS: Final[Mapping[str, str]] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "shift+right": "\x1b[1;2C",
    "shift+left": "\x1b[1;2D",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
}
"""What a terminal sends for the keys that are no plain character."""

_SYNC_QUERY: Final = b"\x1b[?2026$p"
_SYNC_ANSWER: Final = b"\x1b[?2026;2$y"
_PRIVATE_MODE: Final = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KITTY_STACK: Final = re.compile(rb"\x1b\[([<>])[0-9;]*u")
_FOREIGN_TO_PYTE: Final = re.compile(rb"\x1b\[(?:[<>=][0-9;]*[a-zA-Z]|\?[0-9;]*\$p)")
# A shell that leads its session and opens the terminal by name gets it as its controlling terminal, so that
# resizing sends SIGWINCH and hanging up sends SIGHUP, as in a window.
_TAKE_TERMINAL: Final = 'terminal=$1; shift; exec "$@" <>"$terminal" >&0 2>&0'


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes as one read gave them, and when (`time.perf_counter`)."""

    at: float
    data: bytes


def clean_environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a new user at `home` in a common terminal; `extra` is added to it."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        **(extra or {}),
    }


class Terminal:
    """A program in a terminal of `size` columns × lines. As a context manager it leaves no process behind.

    `answers_sync` says whether the terminal knows synchronised updates (DEC mode 2026), which makes the end
    of a frame visible in the output. Other questions stay unanswered, as in a plain terminal.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        size: tuple[int, int] = (160, 48),
        cwd: Path | None = None,
        answers_sync: bool = True,
    ) -> None:
        self.chunks: list[Chunk] = []
        self.size = size
        self._answers_sync = answers_sync
        self._emulated = 0
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = os.openpty()
        self._set_size(size)
        self.modes_before = termios.tcgetattr(self._master)
        started = ["/bin/sh", "-c", _TAKE_TERMINAL, "sh", os.ttyname(slave), *map(str, argv)]
        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            started, env=dict(env), cwd=cwd, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    # -- what goes in

    def send(self, text: str) -> float:
        """Types `text` as it is and gives the time at which it was typed."""
        at = time.perf_counter()
        os.write(self._master, text.encode())
        return at

    def press(self, *keys: str) -> float:
        """Presses keys by name (`KEYS`, or the character itself) and gives the time before the first."""
        return self.send("".join(KEYS.get(key, key) for key in keys))

    def resize(self, columns: int, lines: int) -> float:
        """Changes the size of the window, which the kernel tells the program; gives the time of it."""
        at = time.perf_counter()
        self._set_size((columns, lines))
        self._screen.resize(lines, columns)
        return at

    def signal(self, number: signal.Signals) -> None:
        """Sends the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Closes the terminal, as who closes the window does; the kernel tells the program."""
        os.close(self._master)
        self._master = -1
        self._open = False

    # -- what comes out

    @property
    def output(self) -> bytes:
        """Every byte the program has written and we have read."""
        return b"".join(chunk.data for chunk in self.chunks)

    @property
    def frames(self) -> int:
        """How many synchronised frames have been painted so far."""
        return self.output.count(FRAME_END)

    @property
    def screen(self) -> tuple[str, ...]:
        """The lines of the screen as a person would see them now, without trailing spaces."""
        for chunk in self.chunks[self._emulated :]:
            self._stream.feed(_FOREIGN_TO_PYTE.sub(b"", chunk.data))
        self._emulated = len(self.chunks)
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return tuple(_text_of([line[x].data for x in range(self._screen.columns)]) for line in lines)

    @property
    def cells(self) -> tuple[tuple[pyte.screens.Char, ...], ...]:
        """Every cell of the screen with its looks: `data`, `fg`, `bg`, `bold`, `reverse`."""
        lines = len(self.screen)
        return tuple(
            tuple(self._screen.buffer[y][x] for x in range(self._screen.columns)) for y in range(lines)
        )

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.screen)

    @property
    def private_modes(self) -> frozenset[int]:
        """The DEC private modes that are on now; `FRESH_MODES` in a terminal that was left tidy."""
        on: set[int] = set(FRESH_MODES)
        for numbers, state in _PRIVATE_MODE.findall(self.output):
            modes = {int(number) for number in numbers.split(b";")}
            on = on | modes if state == b"h" else on - modes
        return frozenset(on)

    @property
    def keyboard_levels(self) -> int:
        """How many keyboard protocol levels the program has pushed and not popped."""
        return sum(1 if sign == b">" else -1 for sign in _KITTY_STACK.findall(self.output))

    def set_modes(self, modes: list[Any]) -> None:
        """Change the terminal's line settings, as a shell does that takes the terminal back."""
        termios.tcsetattr(self._master, termios.TCSANOW, modes)

    @property
    def modes_now(self) -> list[object]:
        """The terminal's line settings (`termios.tcgetattr`); compare with `modes_before`."""
        return termios.tcgetattr(self._master)

    # -- waiting

    def read(self, seconds: float) -> bool:
        """Takes one chunk if one comes within `seconds`; `False` when none does or the program has gone."""
        if not self._open or not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says EIO when the last program on the other side is gone
            data = b""
        at = time.perf_counter()
        if not data:
            self._open = False
            return False
        self.chunks.append(Chunk(at, data))
        if self._answers_sync and _SYNC_QUERY in data:
            os.write(self._master, _SYNC_ANSWER)
        return True

    def read_until(self, holds: Callable[[], bool], what: str, timeout: float = TIMEOUT) -> float:
        """Reads until `holds()`; gives the time of the chunk that made it so. Fails naming `what`."""
        deadline = time.perf_counter() + timeout
        while not holds():
            left = deadline - time.perf_counter()
            if not self.read(left):
                state = "time is up" if self._open else f"the program has ended ({self.process.poll()})"
                raise AssertionError(f"Waited for {what}, but {state}. The screen:\n{self.text}")
        return self.chunks[-1].at if self.chunks else time.perf_counter()

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> float:
        """Reads until `text` stands on the screen."""
        return self.read_until(lambda: text in self.text, repr(text), timeout)

    def wait_gone(self, text: str, timeout: float = TIMEOUT) -> float:
        """Reads until `text` no longer stands on the screen."""
        return self.read_until(lambda: text not in self.text, f"no {text!r}", timeout)

    def wait_bytes(self, data: bytes, timeout: float = TIMEOUT) -> float:
        """Reads until `data` was written since the start; cheaper than looking at the screen."""
        return self.read_until(lambda: data in self.output, repr(data), timeout)

    def wait_quiet(self, seconds: float, timeout: float = TIMEOUT) -> float:
        """Reads until nothing was written for `seconds`; gives the time of the last chunk."""
        deadline = time.perf_counter() + timeout
        while self.read(seconds):
            if time.perf_counter() > deadline:
                raise AssertionError(f"The program does not come to rest. The screen:\n{self.text}")
        return self.chunks[-1].at if self.chunks else time.perf_counter()

    def wait_exit(self, timeout: float = TIMEOUT) -> int:
        """Reads until the program has ended and gives its exit code (negative: the signal that ended it)."""
        deadline = time.perf_counter() + timeout
        while self._open:
            left = deadline - time.perf_counter()
            if not self.read(left) and self._open:
                raise AssertionError(f"The program does not end. The screen:\n{self.text}")
        return self.process.wait(timeout)

    def wait_stopped(self) -> None:
        """Waits until the program stands still, as one that was suspended does."""
        how = os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        assert how is not None
        assert how.si_code == os.CLD_STOPPED, "the program has ended"

    def kill(self) -> None:
        """Ends the program at once, if it still runs, and closes the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
            self._open = False

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, lines = size
        self.size = size
        ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


@contextmanager
def terminal(
    argv: Sequence[str | Path],
    home: Path,
    *,
    size: tuple[int, int] = (160, 48),
    env: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """A `Terminal` for a new user at `home`, with `env` added to a clean environment."""
    with Terminal(argv, env=clean_environment(home, env), size=size) as running:
        yield running


def _text_of(cells: Sequence[str]) -> str:
    """A line of the screen. The second cell of a wide letter holds nothing; where the letter itself was painted over,
    that nothing is a blank, which pyte's own `display` stumbles over."""
    seen = zip(("", *cells), cells, strict=False)
    return "".join(
        cell or ("" if before and wcwidth(before[0]) == 2 else " ") for before, cell in seen
    ).rstrip()
