"""Keys that come faster than the store answers, as over ssh or from a held-down key; and changes from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.keys import key_to_character
from textual.widgets import Input

from store import Outcome, PersonDraft
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.test_refused_lines import refusing
from tui.screens.deal_form import DealFormScreen
from tui.screens.welcome import WelcomeScreen

KEYS = {"shift+right": None, "enter": "\r", "tab": "\t", "escape": "\x1b"}


async def burst(face: Face, *keys: str) -> None:
    """All keys at once, none waiting for what the one before it does."""
    for key in keys:
        face.app.post_message(events.Key(key, KEYS.get(key, key_to_character(key))))
    for _ in range(3):
        await face.settle()


@pytest.fixture
def day(plain_deck: Deck) -> Deck:
    plain_deck.deals("Globex", "Wayne", "Soylent", on="2026-11-18")
    return plain_deck


async def test_what_is_typed_before_the_first_board_is_there_waits_for_it(tmp_path: Path) -> None:
    with Deck(tmp_path / "new.db", template=None) as new:
        async with opened(new) as face:
            await burst(face, "enter", "a", *"Toast", "enter", "a", *"q")
            await face.app.workers.wait_for_complete()
            await face.settle()
            assert face.screen.query_one(Input).value == "q"
            assert face.columns[0] == ["Toast"]


async def test_a_first_board_that_cannot_be_made_asks_again_for_the_next_key(tmp_path: Path) -> None:
    with Deck(tmp_path / "new.db", template=None) as new:
        async with opened(new) as face:
            with refusing(new):
                await burst(face, "enter", "tab", *"EUR")
                await face.app.workers.wait_for_complete()
                await face.settle()
            assert isinstance(face.screen, WelcomeScreen)
            assert face.screen.query_one("#currency", Input).value == "EUR"


async def test_two_quick_moves_are_two(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "shift+right", "L")
        assert [len(column) for column in face.columns] == [2, 0, 1, 0, 0]
        await burst(face, "H", "H", "L", "w")
    assert day.read(3).outcome is Outcome.WON


async def test_quick_reordering_goes_all_the_way(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "J", "J")
        assert face.columns[0] == ["Wayne", "Soylent", "Globex"]


async def test_a_key_after_the_one_that_opens_a_sheet_is_for_the_sheet(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "e", "D")
        assert isinstance(face.screen, DealFormScreen)
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]


async def test_tab_and_letters_typed_ahead_go_where_they_were_meant(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "e", "tab", *"9k", "enter")
    assert (day.read(3).name, day.read(3).amount) == ("Globex", 900_000)


async def test_what_is_typed_after_enter_on_a_field_is_for_the_field(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter", "down", "down")
        await burst(face, "enter", *"500", "enter", "L")
    assert (day.read(3).amount, day.read(3).stage_id) == (50_000, 2)


async def test_a_key_after_an_answer_comes_after_what_the_answer_does(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "x", "1", "u")
        assert "undone: lose Globex" in face.told
        await face.press("enter", "end")
        await burst(face, "enter", *"wants SSO", "enter", "L", "u", "u", "U")
    page = day.page(3)
    assert (page.notes, page.deal.stage_id) == ("wants SSO", 1)


async def test_a_page_is_opened_before_the_key_that_leaves_it(day: Deck) -> None:
    for name in ("Ann", "Bob"):
        day.store.people.add((3,), PersonDraft(name), None, None, at())
    async with opened(day) as face:
        await face.press("P")
        await burst(face, "enter", "escape", "j", "enter", "q", "D")
    assert [person.name for person in day.page(3).people] == ["Ann"]


async def test_a_change_from_elsewhere_just_before_our_own_is_seen(day: Deck) -> None:
    async with opened(day) as face:
        with Deck(day.path) as other:
            other.deal("Umbrella", "radar")
        await face.press("shift+right")
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        assert "Umbrella" in face.columns[0]


async def test_undoing_the_pipeline_on_the_board_leads_to_the_first_one(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("p", "2", "end", "enter")
        assert face.board.context.pipeline.name != "Sales" or len(day.store.read.pipelines()) == 2
        await face.press("u")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]
        assert "undone" in face.told


async def test_a_pipeline_that_comes_back_is_shown_as_when_it_was_made(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("p", "2", "end", "enter")
        made = face.board.context.pipeline
        await face.press("u", "U")
        assert "done again" in face.told
        assert face.board.context.pipeline == made
        assert day.store.read.setting("pipeline") == str(made.id)
        await face.press("p", "1", "L", "u", "U")  # a change of deals alone leads nowhere else
        assert face.columns[1] == ["Globex"]


async def test_the_same_complaint_twice_is_told_twice(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("9", "9")
        assert "no stage 9" in face.told


async def test_an_unknown_theme_in_the_file_is_no_reason_to_fail(day: Deck) -> None:
    day.store.settings.set("theme", "solarized", at())
    async with opened(day) as face:
        assert face.app.theme == "dark"


async def test_a_filter_typed_at_once_is_typed_into_the_filter(day: Deck) -> None:
    async with opened(day) as face:
        await burst(face, "slash", *"wa", "enter", "2", "escape", "escape", "slash", *"so", "enter")
        assert face.board.filter_line.value == "so"
        assert [len(column) for column in face.columns] == [1, 0, 0, 0, 0]
        await burst(face, "P", "slash", *"de", "enter")
    assert day.read(2).stage == "Product evaluated"
