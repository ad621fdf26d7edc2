"""The installed command's board in a real terminal, and what it must leave behind."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.deck import PLAIN, Deck
from tests.terminal import FRESH_MODES, Terminal, clean_environment, terminal

DEALS: Final = Path(sys.executable).with_name("deals")
FIRST, SECOND = "On radar", "Product evaluated"


def three_deals(path: Path) -> Path:
    """A deals file with three deals at the beginning of a pipeline that asks nothing."""
    with Deck(path, PLAIN) as deck:
        for name in ("Stark licence", "Hooli pilot", "Globex website"):
            deck.deal(name)
    return path


@contextmanager
def board(file: Path, *words: str, before: tuple[str | Path, ...] = (), **options: Any) -> Iterator[Terminal]:
    """The board on a file, opened by the installed command; `before` is what starts that one (strace, say)."""
    home = options.pop("home", file.parent)
    with terminal([*before, DEALS, "--db", file, *words], home, **options) as shown:
        yield shown


def deals(file: Path, *words: str) -> Any:
    """What a command of `deals` says as JSON."""
    argv: list[str | Path] = [DEALS, "--db", file, *words, "--json"]
    done = subprocess.run(
        argv, env=clean_environment(file.parent), stdin=subprocess.DEVNULL, check=True, capture_output=True
    )
    return json.loads(done.stdout)


def stages(file: Path) -> dict[str, str]:
    """The stage of each deal in the file."""
    return {deal["name"]: deal["stage"] for deal in deals(file, "list")}


def leave(shown: Terminal) -> None:
    """Quit, and see that the terminal is as it was."""
    shown.press("q")
    assert shown.wait_exit() == 0
    assert_left_tidy(shown)


def assert_left_tidy(shown: Terminal) -> None:
    """Screen, mouse, paste, cursor, keyboard and line settings are as they were before the program."""
    assert shown.private_modes == FRESH_MODES
    assert shown.keyboard_levels == 0
    assert shown.modes_now == shown.modes_before
