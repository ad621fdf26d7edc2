"""Where a benchmark runs: a throw-away home, the deals files in it, and programs started in a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

from bench import data
from tests.terminal import FRAME_END, Terminal, clean_environment

SIZE: Final = (160, 48)
DEALS: Final = Path(sys.executable).with_name("deals")
FLOORS: Final = Path(__file__).parent / "floors"

QUIET: Final = 0.06
"""Seconds without output after which a key's painting counts as over: some frames later than any app would wait."""

AT_REST: Final = 0.3
"""Seconds without computing after which a program counts as idle."""

_TICK: Final = 0.005
_BUSY: Final = 500_000
"""Nanoseconds of computing within a tick that count as work, not as an idle loop turning over."""


class Place:
    """A throw-away folder with a home for the programs and one deals file of each size, made when first needed.

    `large` is what the table calls 10,000 deals; the quick form takes fewer.
    """

    def __init__(self, folder: Path, large: int, small: int = 100) -> None:
        self.folder = folder
        self.large = large
        self.small = small
        self.today = date.today()  # the day on which the programs that we start will run, too
        self._home = folder / "home"
        self._home.mkdir()
        self.env = clean_environment(self._home)

    def file(self, deals: int) -> Path:
        """The deals file with so many open deals, in a folder of its own."""
        return self._made(f"{deals}", deals, data.build)

    def untouched_file(self, deals: int) -> Path:
        """The same, for rows that no other is to have worked on it before."""
        return self._made(f"untouched-{deals}", deals, data.build)

    def stuck_file(self, deals: int) -> Path:
        """The same with every deal stuck."""
        return self._made(f"stuck-{deals}", deals, data.build_stuck)

    def long_file(self, deals: int) -> Path:
        """The same with ten visits for each deal."""
        return self._made(f"long-{deals}", deals, data.build_long)

    def busy_file(self, deals: int) -> Path:
        """The same with a journal of 100,000 steps of undo."""
        return self._made(f"busy-{deals}", deals, data.build_busy)

    def board(self, deals: int) -> Terminal:
        """The product's board on so many deals, just started."""
        return self.board_on(self.file(deals))

    def board_on(self, file: Path) -> Terminal:
        """The product's board on a deals file, just started."""
        return self._start([str(DEALS), "--db", str(file)])

    def floor(self, name: str) -> Terminal:
        """One of the floors' apps, just started."""
        return self._start([sys.executable, str(FLOORS / f"{name}.py")])

    def run(self, argv: list[str]) -> float:
        """Runs a program without a terminal and gives the milliseconds it took; it must end well."""
        started = time.perf_counter()
        done = subprocess.run(
            argv,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        took = time.perf_counter() - started
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise RuntimeError(f"{' '.join(argv)} ended with {done.returncode}: {said}")
        return took * 1000

    def _made(self, name: str, deals: int, build: Callable[[Path, int, date], None]) -> Path:
        path = self.folder / name / "deals.db"
        if not path.exists():
            path.parent.mkdir()
            build(path, deals, self.today)
        return path

    def _start(self, argv: list[str]) -> Terminal:
        return Terminal(argv, env=self.env, size=SIZE)


def next_frame(shown: Terminal, since: int, start: float) -> float:
    """Waits for the first whole frame in the chunks from `since` on; milliseconds from `start` to its end."""
    shown.read_until(lambda: FRAME_END in b"".join(c.data for c in shown.chunks[since:]), "a frame")
    return (shown.chunks[-1].at - start) * 1000


def painted(shown: Terminal, since: int, start: float, quiet: float = QUIET) -> float:
    """Waits until painting is over; milliseconds from `start` to the last byte of the last frame."""
    next_frame(shown, since, start)
    shown.wait_quiet(quiet)
    ends = [chunk.at for chunk in shown.chunks[since:] if FRAME_END in chunk.data]
    return ((ends or [shown.chunks[-1].at])[-1] - start) * 1000


def key(shown: Terminal, *keys: str, quiet: float = QUIET) -> float:
    """Presses keys at once and gives the milliseconds until all they paint is painted."""
    since = len(shown.chunks)
    return painted(shown, since, shown.press(*keys), quiet)


def rested(stack: ExitStack, starting: Terminal) -> Terminal:
    """A program that was just started, when it has come to rest; it ends with `stack`."""
    shown = stack.enter_context(starting)
    rest(shown)
    return shown


def rest(shown: Terminal) -> float:
    """Waits until the program paints and computes no more; gives the time at which it came to rest."""
    next_frame(shown, 0, shown.started_at)
    computed = _computed(shown.process.pid)
    last = time.perf_counter()
    while (now := time.perf_counter()) - last < AT_REST:
        read = shown.read(_TICK)
        before, computed = computed, _computed(shown.process.pid)
        if read or computed - before > _BUSY:
            last = now
    return last


def megabytes(shown: Terminal) -> float:
    """The memory of the program: its own pages and its share of those it has in common with others (PSS)."""
    for line in Path(f"/proc/{shown.process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the system does not say how much memory a program has")


def _computed(pid: int) -> int:
    """Nanoseconds that all threads of a process have computed so far."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  # read every few milliseconds
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:  # noqa: PTH123
                total += int(file.read().split()[0])
        except (FileNotFoundError, ProcessLookupError):  # the thread has just ended
            continue
    return total
