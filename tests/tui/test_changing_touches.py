"""Touches on the screen of a deal: changed and deleted where they stand in the timeline."""

from __future__ import annotations

from datetime import date

import pytest
from textual.widgets import Input, TextArea

from store import TouchKind
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tui.screens.deal import DealScreen
from tui.screens.writing import NoteScreen
from tui.widgets.deal_rows import Spot

ACME, NOTE, EMAIL, CALL = 1, 1, 2, 3
SIZES = [(60, 15), (100, 30), (160, 48)]


@pytest.fixture
def day(deck: Deck) -> Deck:
    """A deal with a note of two lines, an e-mail and a call."""
    deck.deal("Acme", on="2026-11-01")
    deck.store.touches.add([ACME], TouchKind.NOTE, "wants SSO\nbefore signing", at("2026-11-10"))
    deck.store.touches.add([ACME], TouchKind.EMAIL, "asked for a quote", at("2026-11-12"))
    deck.store.touches.add([ACME], TouchKind.CALL, "", at("2026-11-18"))
    return deck


def screen(face: Face) -> DealScreen:
    assert isinstance(face.screen, DealScreen)
    return face.screen


async def to_touch(face: Face, touch_id: int) -> None:
    """The cursor on a touch, by its keys."""
    await face.press("enter", "tab")
    while screen(face).looked_at.cursor_key != Spot("touch", touch_id):
        before = screen(face).looked_at.cursor_key
        await face.press("down")
        assert screen(face).looked_at.cursor_key != before


@pytest.mark.parametrize("size", SIZES)
async def test_a_touch_is_changed_where_it_stands(day: Deck, size: tuple[int, int]) -> None:
    async with opened(day, size) as face:
        await to_touch(face, EMAIL)
        shown = screen(face).looked_at
        (line,) = [y for y, text in enumerate(text_of(shown)) if "asked for a quote" in text]
        await face.press("enter")
        typed = face.screen.query_one(Input)
        assert typed.value == "2026-11-12 email asked for a quote"
        assert typed.region.y == min(shown.region.y + line, size[1] - 3)  # its echo below it
        await face.type("2026-11-11 meeting asked for two quotes")
        assert "meeting · asked for two quotes · Wed 11 Nov, 9 days ago" in str(
            face.screen.query_one(".echo").render()
        )
        await face.press("enter")
        assert screen(face).hints.told[0] == "edited email to Acme · u undoes it"
        (changed,) = [text for text in text_of(screen(face).looked_at) if "asked for two quotes" in text]
        assert changed.split()[-7:-4] == ["Nov", "•", "meeting"]
        touch = next(touch for touch in day.page(ACME).touches if touch.id == EMAIL)
        assert (touch.kind, touch.text, touch.at) == (
            TouchKind.MEETING,
            "asked for two quotes",
            at("2026-11-11"),
        )
        await face.press("u")
        assert any("asked for a quote" in text for text in text_of(screen(face).looked_at))


async def test_a_touch_that_is_left_as_it_was_writes_nothing_and_no_day_to_come_is_taken(day: Deck) -> None:
    newest = day.store.history.actions(1)
    async with opened(day) as face:
        await to_touch(face, CALL)
        await face.press("enter")
        assert face.screen.query_one(Input).value == "2026-11-18 call"
        await face.press("enter", "e")
        await face.type("2026-11-21 call", "enter")
        assert "is still to come" in str(face.screen.query_one(".echo").render())
        await face.type("2026-11-18 note", "enter")
        assert "The note is empty" in str(face.screen.query_one(".echo").render())
        await face.type("", "enter")
        assert "D deletes it" in str(face.screen.query_one(".echo").render())
        await face.press("escape")
        assert screen(face).looked_at.cursor_key == Spot("touch", CALL)
    assert day.store.history.actions(1) == newest


@pytest.mark.parametrize("size", SIZES)
async def test_a_touch_is_deleted_and_brought_back(day: Deck, size: tuple[int, int]) -> None:
    async with opened(day, size) as face:
        await to_touch(face, EMAIL)
        await face.press("D")
        assert screen(face).hints.told[0] == "deleted email to Acme · u undoes it"
        assert not any("asked for a quote" in text for text in text_of(screen(face).looked_at))
        assert [touch.id for touch in day.page(ACME).touches] == [CALL, NOTE]
        await face.press("u")
        assert [touch.id for touch in day.page(ACME).touches] == [CALL, EMAIL, NOTE]
        assert day.read(ACME).name == "Acme"


async def test_a_note_of_several_lines_keeps_them(day: Deck) -> None:
    async with opened(day) as face:
        await to_touch(face, NOTE)
        await face.press("enter")
        assert isinstance(face.screen, NoteScreen)
        assert face.screen.query_one(TextArea).text == "wants SSO\nbefore signing"
        await face.press(*" it", "escape", "enter")
        assert face.screen.query_one(TextArea).text == "wants SSO\nbefore signing it"
        await face.press("enter")
        assert screen(face).hints.told[0] == "edited note on Acme · u undoes it"
        note = next(touch for touch in day.page(ACME).touches if touch.id == NOTE)
        assert (note.text, note.at) == ("wants SSO\nbefore signing it", at("2026-11-10"))
        await face.press("enter")
        assert isinstance(face.screen, NoteScreen)
        await face.press("!")
        with Deck(day.path) as other:
            other.store.touches.edit(NOTE, TouchKind.NOTE, "all\nnew", at())
        await face.press("enter")
        assert "changed elsewhere meanwhile" in screen(face).hints.told[0]
        await face.press("enter")
        assert face.screen.query_one(TextArea).text == "wants SSO\nbefore signing it!"
        await face.press("enter")
    note = next(touch for touch in day.page(ACME).touches if touch.id == NOTE)
    assert note.text == "wants SSO\nbefore signing it!"


async def test_a_touch_that_was_deleted_elsewhere_is_not_brought_back_by_changing_it(day: Deck) -> None:
    async with opened(day) as face:
        await to_touch(face, EMAIL)
        await face.press("enter")
        await face.type("2026-11-12 email asked twice")
        with Deck(day.path) as other:
            other.store.touches.delete(EMAIL, at())
        await face.press("enter")
        assert screen(face).hints.told == (
            "It was done or deleted elsewhere meanwhile; nothing was changed.",
            True,
        )
    assert date(2026, 11, 12) not in {touch.at.date() for touch in day.page(ACME).touches}
