"""The morning review in a real terminal: twenty stuck deals in at most sixty keys, and all of it taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from store.schema import DATA_TABLES
from tests.deck import PLAIN, Deck, rows_of
from tests.terminal import Terminal, clean_environment, terminal

DEALS = Path(sys.executable).with_name("deals")
TODAY = "2026-11-20"
TABLES = [table for table in DATA_TABLES if table != "settings"]
"""What undo brings back; the place of the review is remembered aside of it."""

MORNING = (
    ("t", "3", "enter"), ("z", "7", "enter"), ("c", "enter"), ("m", "3"), ("w",),
    ("x", "1"), ("t", "f", "enter"), ("z", "m", "enter"), ("c", "enter"), ("t", "9", "enter"),
)  # fmt: skip
"""What is decided about ten idle deals, one after the other."""
LATE = (("t", "3", "enter"), ("v",), ("z", "2", "enter"), ("w",), ("t", "1", "enter"))
"""The same of five with an overdue task."""
PASSED = (("d", "7", "enter"), ("d", "f", "enter"), ("x", "2"), ("z", "9", "enter"), ("w",))
"""The same of five whose close date has passed."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twenty deals that are stuck on 20 November, of falling worth in the order of the decisions."""
    path = tmp_path / "deals.db"
    with Deck(path, PLAIN) as deck:
        for number in range(20):
            name, worth = f"Deal {number:02}", 100_000 - number * 1_000
            if number < 10:
                deck.deal(name, "product", worth, on="2026-10-20")
            elif number < 15:
                deck.deal(name, "product", worth, on="2026-11-12", task="call Ann", due="2026-11-17")
            else:
                deck.deal(name, "product", worth, on="2026-11-12", close="2026-11-15")
    return path


def stuck(file: Path) -> list[str]:
    """The names of the deals that `deals stuck --json` lists."""
    argv: list[str | Path] = [DEALS, "--db", file, "--today", TODAY, "stuck", "--json"]
    done = subprocess.run(argv, env=clean_environment(file.parent), capture_output=True, check=True)
    listed: dict[str, Any] = json.loads(done.stdout)
    return [deal["name"] for deal in listed["stuck"]]


def dump(file: Path) -> dict[str, list[Any]]:
    return {table: rows_of(file, f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


def wait_shown(shown: Terminal, number: int) -> None:
    """Wait until that deal is looked at, or the end."""
    shown.wait_for(f"{number + 1} of 20" if number < 20 else "nothing is stuck")


def test_twenty_stuck_deals_are_decided_in_sixty_keys_and_brought_back_one_by_one(file: Path) -> None:
    names = [f"Deal {number:02}" for number in range(20)]
    assert stuck(file) == names
    before: list[dict[str, list[Any]]] = []
    pressed = 0
    with terminal([DEALS, "--db", file, "--today", TODAY, "review"], file.parent) as shown:
        for number, keys in enumerate((*MORNING, *LATE, *PASSED)):
            wait_shown(shown, number)
            before.append(dump(file))
            shown.press(*keys)
            pressed += len(keys)
        wait_shown(shown, 20)
        assert "20 of 20" not in shown.text
        shown.press("q")
        pressed += 1
        shown.wait_for("PRODUCT EVALUATED")
        shown.press("q")
        assert shown.wait_exit() == 0
    assert pressed <= 60
    assert stuck(file) == []
    with Deck(file, PLAIN) as deck:
        for state in reversed(before):
            deck.undo()
            assert dump(file) == state
    assert stuck(file) == names


def test_keys_that_come_before_the_answers_are_all_dealt_with_in_their_order(file: Path) -> None:
    with terminal([DEALS, "--db", file, "--today", TODAY, "review"], file.parent) as shown:
        wait_shown(shown, 0)
        for _ in range(3):
            shown.press("z", "7", "enter", "t", "3", "enter", "c", "enter")
        shown.wait_for("10 of 20")
        shown.press("q", "q")
        assert shown.wait_exit() == 0
    assert stuck(file) == [f"Deal {number:02}" for number in range(9, 20)]
