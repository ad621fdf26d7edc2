"""What no noise touches: frames, lines and bytes for a key, widgets, and SQL statements, whatever the board holds."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.widget import Widget

from bench import data
from tests.deck import TODAY, Deck
from tests.store.statements import statements_of
from tests.tui.face import Face
from tui.app import DealdeckApp
from tui.clock import Clock
from tui.settings import Settings

SIZE: Final = (160, 48)
CURSOR_LINES: Final = 10
CURSOR_BYTES: Final = 2_048
MOVE_BYTES: Final = 30_720
MOVE_STATEMENTS: Final = 6
BOARD_STATEMENTS: Final = 6
NOT_COUNTED = ("BEGIN", "COMMIT", "PRAGMA")
"""What statements begin with that ask nothing of the file."""
_ROW: Final = re.compile(r"\x1b\[(\d+);\d+H")


class Recorder(HeadlessDriver):
    """A terminal that keeps what it is sent. Each write that holds text is one frame."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frames: list[str] = []

    @property
    def is_headless(self) -> bool:
        """Else the app would paint nothing."""
        return False

    def write(self, data: str) -> None:
        """Keep a frame."""
        self.frames.append(data)


def lines_of(frame: str) -> set[str]:
    """The lines of the screen that a frame writes to, but for where it leaves the cursor."""
    return set(_ROW.findall(frame)[:-1])


@pytest.fixture(params=[20, 1_000], ids=["20 deals", "1,000 deals"])
def deck(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deck]:
    """A deck with so many open deals."""
    with deck_of(tmp_path / "deals.db", request.param) as opened:
        yield opened


def deck_of(path: Path, deals: int) -> Deck:
    """A deck on a new file with so many open deals."""
    data.build(path, deals, TODAY)
    return Deck(path)


@asynccontextmanager
async def recorded(deck: Deck) -> AsyncIterator[tuple[Face, Recorder]]:
    """The app at rest on a deck, with all that it paints from then on."""
    pipeline = deck.store.read.pipelines()[0]
    board = deck.store.read.board(pipeline.id, TODAY)
    app = DealdeckApp(deck.store, Clock(TODAY), Settings(), board, pipeline.currency)
    app.driver_class = Recorder
    async with app.run_test(headless=False, size=SIZE) as pilot:
        face = Face(app, pilot, deck)
        await face.settle()
        assert isinstance(app._driver, Recorder)
        yield face, app._driver


async def frames_of(face: Face, recorder: Recorder, key: str) -> list[str]:
    """The frames that a key causes, until it has done all it does."""
    recorder.frames.clear()
    await face.press(key)
    return recorder.frames.copy()


async def test_a_cursor_key_is_one_small_frame(deck: Deck) -> None:
    async with recorded(deck) as (face, recorder):
        for key in ("down", "down", "up", "right", "right", "left"):
            (frame,) = await frames_of(face, recorder, key)
            assert len(lines_of(frame)) <= CURSOR_LINES, key
            assert len(frame.encode()) <= CURSOR_BYTES, key


async def test_a_key_that_does_nothing_paints_nothing(deck: Deck) -> None:
    async with recorded(deck) as (face, recorder):
        assert await frames_of(face, recorder, "up") == []
        assert await frames_of(face, recorder, "left") == []


async def test_a_move_is_one_frame_of_what_changed(deck: Deck) -> None:
    async with recorded(deck) as (face, recorder):
        name = face.cursor
        (frame,) = await frames_of(face, recorder, "shift+right")
        assert face.columns[1][0] == name
        assert len(lines_of(frame)) <= SIZE[1]
        assert len(frame.encode()) <= MOVE_BYTES


async def test_the_number_of_widgets_does_not_depend_on_the_number_of_deals(tmp_path: Path) -> None:
    counts = []
    for deals in (20, 1_000):
        with deck_of(tmp_path / f"{deals}.db", deals) as deck:
            async with recorded(deck) as (face, _):
                counts.append(len(face.app.screen.query(Widget)))
    assert counts[0] == counts[1]


async def test_a_move_by_key_asks_sqlite_a_few_things_and_none_per_card(deck: Deck) -> None:
    async with recorded(deck) as (face, _):
        told: list[str] = []
        connection = deck.store.read.ask(lambda connection: connection)
        connection.set_trace_callback(told.append)
        await face.press("shift+right")
        connection.set_trace_callback(None)
    statements = [each for each, _ in groupby(told) if not each.startswith(NOT_COUNTED)]
    assert 0 < len(statements) <= MOVE_STATEMENTS


def test_the_board_is_read_with_a_fixed_number_of_statements(deck: Deck) -> None:
    pipeline = deck.store.read.pipelines()[0].id
    told = statements_of(deck.store, lambda: deck.store.read.board(pipeline, TODAY))
    assert len([each for each in told if not each.startswith(NOT_COUNTED)]) == BOARD_STATEMENTS
