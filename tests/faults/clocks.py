"""A clock of one's own for real processes, by libfaketime: it stands still, and is set while they run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.terminal import Terminal, clean_environment, terminal

DEALS: Final = Path(sys.executable).with_name("deals")


@cache
def _library() -> str:
    """What is to be loaded into a process whose clock is not the real one."""
    faketime = shutil.which("faketime")
    assert faketime, "faketime is not installed; make tools installs it, or says what to do."
    asked = [faketime, "-m", "-f", "+0", "printenv", "LD_PRELOAD"]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def instant(zone: str, local: str, fold: int = 0) -> datetime:
    """The instant that the clocks of a zone show so; with `fold` the second one of two."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold)


class Clock:
    """The clock of all processes that are started with it, and a deals file that they work on. What measures how long
    something takes goes on as ever.
    """

    def __init__(self, file: Path, zone: str, local: str) -> None:
        self.file = file
        self.zone = zone
        self._clock = file.with_name("clock")
        self.set(local)

    def set(self, local: str, fold: int = 0) -> None:
        """Set it to a time of the zone. A process that runs already sees it within a second or two."""
        new = self._clock.with_name("clock-new")
        new.write_text(f"{int(instant(self.zone, local, fold).timestamp())}\n")
        new.replace(self._clock)  # a process that looks meanwhile finds a whole time

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to go by it."""
        return {
            "TZ": self.zone,
            "LD_PRELOAD": _library(),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_FMT": "%s",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def deals(self, *words: str, code: int = 0) -> str:
        """What a command of `deals` prints, or says when it is to end with another `code` than 0."""
        done = subprocess.run(
            [DEALS, "--db", self.file, *words],
            env=clean_environment(self.file.parent, self.environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stderr if code else done.stdout

    def json(self, *words: str) -> Any:
        """What a command says as JSON."""
        return json.loads(self.deals(*words, "--json"))

    @contextmanager
    def board(self, *words: str) -> Iterator[Terminal]:
        """The board in a terminal."""
        argv: list[str | Path] = [DEALS, "--db", self.file, *words]
        with terminal(argv, self.file.parent, env=self.environment) as shown:
            yield shown
