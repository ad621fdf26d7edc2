"""The app as a test drives it: keys in, the store and the screen to look at. Nothing sleeps: what was handed to the
store's thread is waited for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from tests.deck import TODAY, Deck
from tui.app import DealdeckApp
from tui.clock import Clock
from tui.screens.board import BoardScreen
from tui.settings import Settings


@dataclass
class Face:
    """The running app over a deck."""

    app: DealdeckApp
    pilot: Pilot[None]
    deck: Deck

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def board(self) -> BoardScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, BoardScreen))

    @property
    def told(self) -> str:
        """The line at the foot of the board."""
        return self.board.hints.told[0]

    @property
    def cursor(self) -> str | None:
        """The name of the deal under the cursor."""
        deal = self.board.state.cursor_deal
        return deal.name if deal else None

    @property
    def columns(self) -> list[list[str]]:
        """The names of the cards that are shown, by column."""
        return [[deal.name for deal in column.shown] for column in self.board.state.columns]

    async def settle(self) -> None:
        """Until nothing is under way any more, in the app and in the store's thread."""
        for _ in range(2):
            await self.pilot.pause()
            if self.app.gateway is not None:
                await self.app.gateway.drained()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when what the one before did is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys faster than any of them is seen to."""
        for key in keys:
            event = events.Key(key, key if len(key) == 1 else None)
            event.set_sender(self.app)
            self.app.post_message(event)
        await self.settle()

    async def type(self, text: str, *then: str) -> None:
        """Put a text into the focused line, as a paste does, then press keys."""
        line = self.screen.focused
        assert isinstance(line, Input)
        line.value = ""
        line.insert_text_at_cursor(text)
        await self.settle()
        await self.press(*then)


@asynccontextmanager
async def opened(
    deck: Deck,
    size: tuple[int, int] = (160, 48),
    *,
    settings: Settings | None = None,
    today: date = TODAY,
) -> AsyncIterator[Face]:
    """The app on a deck's file, at a size, on a day."""
    pipelines = deck.store.read.pipelines()
    board = deck.store.read.board(pipelines[0].id, today) if pipelines else None
    app = DealdeckApp(deck.store, Clock(today), settings or Settings(), board, "USD")
    async with app.run_test(size=size) as pilot:
        face = Face(app, pilot, deck)
        await face.settle()
        yield face
