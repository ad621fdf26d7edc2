"""What every test may ask for: `deck`, a store on a file of its own with the default pipeline (see `tests.deck`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store
from tests.deck import PLAIN, Deck
from tests.faults.counting import pytest_terminal_summary as pytest_terminal_summary  # a hook of pytest's


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Deck]:
    with Deck(tmp_path / "deals.db") as opened:
        yield opened


@pytest.fixture
def plain_deck(tmp_path: Path) -> Iterator[Deck]:
    """A deck whose stages ask nothing, for tests that are about something else than moving."""
    with Deck(tmp_path / "plain.db", PLAIN) as opened:
        yield opened


@pytest.fixture
def store(deck: Deck) -> Store:
    return deck.store
