"""Pictures of the screens, which somebody looked at; they change only when the look does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.deck import TODAY, Deck
from tests.tui.showcase import showcase
from tui.app import DealdeckApp
from tui.clock import Clock
from tui.settings import Settings

SIZES = [(60, 15), (100, 30), (160, 48), (250, 60)]
Compare = Callable[..., bool]

SHEETS = {
    "add": ("a", 'Acme renewal 12k close:fri stage:product co:"Acme Inc" #eu'),
    "add_wrong": ("a", "Acme close:fru"),
    "step": ("right t", "call Ann fri"),
    "lost": ("right x", ""),
    "move_to": ("right m", ""),
    "note": ("right n s s o", ""),
    "edit": ("right e", ""),
    "deal": ("right enter", ""),
    "help": ("question_mark", ""),
    "panel": ("s down", ""),
    "pipelines": ("p", ""),
    "undone": ("right w enter u", ""),
}
"""What is asked over the board, with the keys that lead there and the text in its line."""


class ThatDay(Clock):
    """A clock on which it really is that day, so that the header does not warn of another one."""

    another_day = False


def the_app(deck: Deck, theme: str = "dark") -> DealdeckApp:
    pipelines = deck.store.read.pipelines()
    board = deck.store.read.board(pipelines[0].id, TODAY) if pipelines else None
    return DealdeckApp(deck.store, ThatDay(TODAY), Settings(theme=theme), board, "USD")


def pressing(*keys: str, text: str = "") -> Callable[[Pilot[Any]], Any]:
    """Presses keys, each when the store has done what the one before asked for; then puts a text into the line."""

    async def before(pilot: Pilot[Any]) -> None:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            gateway = getattr(pilot.app, "gateway", None)
            if gateway is not None:
                await gateway.drained()
            await pilot.pause()
        if text:
            line: Any = pilot.app.screen.focused
            line.insert_text_at_cursor(text)
            await pilot.pause()
        line = pilot.app.screen.focused
        if hasattr(line, "cursor_blink"):
            line.cursor_blink = False
        await pilot.pause()

    return before


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_board(deck: Deck, snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    assert snap_compare(the_app(showcase(deck), theme), terminal_size=size, run_before=pressing("right"))


def test_board_in_the_terminals_own_colours(deck: Deck, snap_compare: Compare) -> None:
    assert snap_compare(
        the_app(showcase(deck), "terminal"), terminal_size=(160, 48), run_before=pressing("right")
    )


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_empty_board(deck: Deck, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(the_app(deck), terminal_size=size, run_before=pressing())


def test_full_board(deck: Deck, snap_compare: Compare) -> None:
    for number in range(30):
        deck.deal(
            f"Deal {number}", ("radar", "product", "decision")[number % 3], number * 1_000, on="2026-11-10"
        )
    assert snap_compare(
        the_app(deck), terminal_size=(100, 30), run_before=pressing("end", "space", "up", "space")
    )


def test_too_small(deck: Deck, snap_compare: Compare) -> None:
    assert snap_compare(the_app(showcase(deck)), terminal_size=(50, 12), run_before=pressing())


def test_a_filter_in_the_making(deck: Deck, snap_compare: Compare) -> None:
    before = pressing("slash", text="stuck")
    assert snap_compare(the_app(showcase(deck)), terminal_size=(100, 30), run_before=before)


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SHEETS)
def test_sheet(deck: Deck, snap_compare: Compare, size: tuple[int, int], name: str) -> None:
    keys, text = SHEETS[name]
    before = pressing(*keys.split(), text=text)
    assert snap_compare(the_app(showcase(deck)), terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
def test_welcome(
    tmp_path_factory: pytest.TempPathFactory, snap_compare: Compare, size: tuple[int, int]
) -> None:
    with Deck(tmp_path_factory.mktemp("empty") / "deals.db", template=None) as empty:
        assert snap_compare(the_app(empty), terminal_size=size, run_before=pressing())
