"""Saved views on the board: looked with, saved, replaced, renamed, deleted."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from store import SavedView, Sort
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tui.screens.board import BoardScreen
from tui.screens.view_picker import PROPOSED, ViewsScreen


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Three deals on the radar, of which one closes this month and one is worth most."""
    deck.deal("Globex", "radar", 2_000, on="2026-11-18")
    deck.deal("Wayne", "radar", 9_000, on="2026-11-18", properties={"Seats": "40"})
    deck.deal("Soylent", "radar", 1_000, on="2026-11-18", close="2026-11-27")
    return deck


def saved(deck: Deck) -> list[tuple[str, str, Sort]]:
    return [(view.name, view.filter, view.sort) for view in deck.store.read.saved_views()]


def options(face: Face) -> list[str]:
    """The lines of the picker."""
    shown = face.screen.query_one(OptionList)
    return [str(shown.get_option_at_index(n).prompt) for n in range(shown.option_count)]


def header(face: Face) -> str:
    return text_of(face.board.header)[0]


async def test_with_nothing_saved_views_are_proposed_and_none_is_stored(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("f")
        assert isinstance(face.screen, ViewsScreen)
        assert "No view is saved yet" in str(face.screen.query_one(".title").render())
        assert len(options(face)) == len(PROPOSED)
        await face.press("1")
        assert face.columns[0] == ["Soylent"]
        assert "view Closing this month" in header(face)
    assert saved(day) == []


@pytest.mark.parametrize("view", PROPOSED, ids=lambda view: view.name)
async def test_every_proposal_is_understood(day: Deck, view: SavedView) -> None:
    async with opened(day) as face:
        await face.press("f", str(PROPOSED.index(view) + 1))
        assert isinstance(face.screen, BoardScreen)
        assert face.board.filter_problems == ()
        assert not face.told


async def show(face: Face, text: str) -> None:
    """Filter by that."""
    await face.press("slash")
    await face.type(text, "enter")


async def test_what_is_shown_is_saved_under_a_name_and_looked_with_again(day: Deck) -> None:
    async with opened(day) as face:
        await show(face, "seats>10")
        await face.press("f")
        assert options(face)[-1].endswith("save what is shown as…  seats>10")
        await face.press(str(len(PROPOSED) + 1))
        await face.type("Many seats", "enter")
        assert face.told == "saved the view Many seats · u undoes it"
        assert "view Many seats" in header(face)
        await face.press("escape")
        assert "view" not in header(face)
        assert len(face.columns[0]) == 3
    day.reopen()
    async with opened(day) as face:
        await face.press("f")
        assert options(face) == [" 1 Many seats  seats>10"]
        await face.press("1")
        assert face.columns[0] == ["Wayne"]
        assert "view Many seats" in header(face)
        assert face.told == ""  # that there are seats is known


async def test_a_view_orders_the_cards_and_esc_brings_ones_own_order_back(day: Deck) -> None:
    day.store.saved_views.save("Money", "", Sort.AMOUNT, at())
    async with opened(day) as face:
        own = face.columns[0]
        await face.press("f", "1")
        assert face.columns[0] == ["Wayne", "Globex", "Soylent"]
        assert "view Money" in header(face)
        await face.press("escape")
        assert face.columns[0] == own
        assert "view Money" not in header(face)
        await face.press("f", "1", "o")
        assert "view Money" not in header(face)
        await face.press("escape")
        assert face.board.state.sort is Sort.CLOSE_DATE  # chosen since: it stays
    day.reopen()
    assert day.store.read.setting("sort") == "close date"


async def test_from_view_to_view_the_order_before_both_is_kept(day: Deck) -> None:
    for sort in (Sort.AMOUNT, Sort.NAME):
        day.store.saved_views.save(sort.value, "", sort, at())
    async with opened(day) as face:
        own = face.columns[0]
        await face.press("f", "1", "f", "2", "escape")
        assert face.columns[0] == own


async def test_another_filter_is_no_longer_the_view(day: Deck) -> None:
    day.store.saved_views.save("Money", "amount>5k", Sort.ORDER, at())
    async with opened(day) as face:
        await face.press("f", "1")
        await show(face, "amount>1k")
        assert "view" not in header(face)
        assert "/amount>1k" in header(face)
        await face.press("f", "end", "2")
        await face.type("money")
        assert "in place of Money" in str(face.screen.query_one(".echo").render())
        await face.press("enter")
    assert saved(day) == [("money", "amount>1k", Sort.ORDER)]


async def test_what_is_saved_so_already_is_said(day: Deck) -> None:
    day.store.saved_views.save("Money", "amount>5k", Sort.ORDER, at())
    async with opened(day) as face:
        await face.press("f", "1", "f", "2", "enter")
        assert face.told == "Money is saved so already"


async def test_a_view_is_renamed_and_deleted_and_comes_back(day: Deck) -> None:
    for name in ("Ants", "Bees"):
        day.store.saved_views.save(name, "tag:eu", Sort.ORDER, at())
    async with opened(day) as face:
        await face.press("f", "down", "ctrl+r")
        await face.type("Wasps", "enter")
        assert face.told == "renamed the view Bees to Wasps · u undoes it"
        await face.press("f", "delete")
        assert face.told == "deleted the view Ants · u undoes it"
        assert [name for name, *_ in saved(day)] == ["Wasps"]
        await face.press("u", "u")
    assert [name for name, *_ in saved(day)] == ["Ants", "Bees"]


async def test_the_header_follows_the_name_of_the_view_that_is_shown(day: Deck) -> None:
    day.store.saved_views.save("Ants", "amount>1k", Sort.AMOUNT, at())
    async with opened(day) as face:
        await face.press("f", "1", "f", "ctrl+r")
        await face.type("Wasps", "enter")
        assert "view Wasps" in header(face)
        await face.press("f", "delete")
        assert "view" not in header(face)
        assert "/amount>1k" in header(face)
        await face.press("u", "u")
        assert "view Ants" in header(face)


async def test_a_proposal_is_neither_renamed_nor_deleted(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("f", "delete", "ctrl+r")
        assert isinstance(face.screen, ViewsScreen)


async def test_a_taken_name_is_refused_and_said(day: Deck) -> None:
    for name in ("Ants", "Bees"):
        day.store.saved_views.save(name, "", Sort.ORDER, at())
    async with opened(day) as face:
        await face.press("f", "ctrl+r")
        await face.type("bees", "enter")
        assert "There is a view named Bees already" in face.told


async def test_a_filter_that_is_not_understood_is_not_saved(day: Deck) -> None:
    async with opened(day) as face:
        await show(face, "close<fru")
        await face.press("f", str(len(PROPOSED) + 1))
        assert "is not saved with a filter that is not understood" in face.told
        assert isinstance(face.screen, BoardScreen)
    assert saved(day) == []


async def test_in_the_panel_of_a_narrow_terminal_a_view_leads_to_the_board(day: Deck) -> None:
    day.deal("Initech", "product", 40_000, on="2026-10-01")
    async with opened(day, (80, 24)) as face:
        await face.press("s")
        assert face.board.panel.has_focus
        await face.press("f", "1")
        assert face.board.board.has_focus
        assert face.board.board.display
