"""What every test may ask for: `deck`, a store on a file of its own with the default pipeline (see `tests.deck`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store
from tests.deck import Deck


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Deck]:
    with Deck(tmp_path / "deals.db") as opened:
        yield opened


@pytest.fixture
def store(deck: Deck) -> Store:
    return deck.store
