"""Leaving while the store's thread is still at work: what comes late may not spoil the end, nor be swallowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest

from store import Store, StoreBusy
from tests.deck import Deck
from tui.app import DealdeckApp

from .face import opened

TURN = 0.001


async def asked_while_leaving(
    deck: Deck, question: Callable[[Store], object]
) -> tuple[DealdeckApp, list[object]]:
    """Leave with a question under way that is answered when the last screen is gone; the app, and who was told."""
    answered: list[object] = []
    async with opened(deck) as face:
        app, turn = face.app, Event()

        def late(store: Store) -> object:
            while app.is_running:
                turn.wait(TURN)
            return question(store)

        assert app.gateway is not None
        app.gateway.read(late, answered.append, owed=False)
        app.exit()
    await asyncio.sleep(0)  # what the thread handed over has its turn
    return app, answered


async def test_an_answer_that_comes_after_the_last_screen_is_nobodys(deck: Deck) -> None:
    app, answered = await asked_while_leaving(deck, lambda store: store.read.pipelines())
    assert (app.return_code, app.last_words, answered) == (0, [], [])


async def test_what_was_refused_after_the_last_screen_is_told(deck: Deck) -> None:
    def busy(_: Store) -> NoReturn:
        raise StoreBusy("Another program is writing to the file.")

    app, _ = await asked_while_leaving(deck, busy)
    assert (app.return_code, app.last_words) == (3, ["Another program is writing to the file."])


async def test_what_nobody_foresaw_after_the_last_screen_is_logged_and_told(
    deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def broken(_: Store) -> NoReturn:
        raise ZeroDivisionError("nobody foresaw this")

    app, _ = await asked_while_leaving(deck, broken)
    assert app.return_code == 1
    (told,) = app.last_words
    (written,) = tmp_path.rglob("*.log")
    assert str(written) in told
    assert "nobody foresaw this" in written.read_text()
