"""`deals` as a person uses it: words in, what is printed and the exit code out."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Protocol

TODAY = "2026-11-20"
"""A Friday; what the tests call today unless they say otherwise."""


@dataclass(frozen=True)
class Result:
    """What came of one command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


class Run(Protocol):
    """Runs `deals` with exactly these words, in this process."""

    def __call__(self, *words: str) -> Result: ...


class Deals(Protocol):
    """Runs `deals` with these words on the test's own file."""

    def __call__(self, *words: str, today: str | None = TODAY) -> Result: ...


def process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs `deals` as a process of its own, without a terminal."""
    given = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": 60, **options}
    return subprocess.run([sys.executable, "-m", "tui", *words], check=False, **given)
