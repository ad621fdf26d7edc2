"""The screen of one deal, which may be in another pipeline than the board's, or be gone."""

from __future__ import annotations

import pytest

from store import TEMPLATES, DealPatch, Outcome
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tui.screens.deal import DealScreen
from tui.screens.writing import NoteScreen

GLOBEX = 2


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Two deals on the radar of Sales, and a second pipeline without any."""
    deck.deals("Globex", "Wayne", on="2026-11-18")
    other = next(template for template in TEMPLATES if template.name == "Delivery")
    deck.store.pipelines.create(other, "Delivery", "USD", at())
    return deck


async def _to_other_pipeline(face: Face) -> None:
    await face.press("enter", "m")
    await face.type("delivered", "enter", "enter")
    assert isinstance(face.screen, DealScreen)


async def test_a_deal_that_left_the_board_still_moves_within_its_own_pipeline(day: Deck) -> None:
    stages = [stage.name for stage in day.store.read.pipelines()[1].stages]
    async with opened(day) as face:
        await _to_other_pipeline(face)
        assert day.read(GLOBEX).stage == "Delivered"
        await face.press("shift+left", "enter")
        assert day.read(GLOBEX).stage == stages[stages.index("Delivered") - 1]
        await face.press("1", "enter")
        assert day.read(GLOBEX).stage == stages[0]
        assert isinstance(face.screen, DealScreen)
        asks = day.store.read.pipelines()[1].stages[0].criterion
        assert asks[:20] in "\n".join(text_of(face.screen.rows))


async def test_the_reasons_are_those_of_the_deals_own_pipeline(day: Deck) -> None:
    reasons = day.store.read.pipelines()[1].lost_reasons
    assert reasons != day.pipeline.lost_reasons
    async with opened(day) as face:
        await _to_other_pipeline(face)
        await face.press("x", "1")
        assert (day.read(GLOBEX).outcome, day.read(GLOBEX).lost_reason) == (Outcome.LOST, reasons[0])


async def test_a_lost_stage_of_another_pipeline_asks_with_its_own_reasons(day: Deck) -> None:
    reasons = day.store.read.pipelines()[1].lost_reasons
    async with opened(day) as face:
        await face.press("m")
        await face.type("cancelled", "enter", "1")
        assert day.read(GLOBEX).lost_reason == reasons[0]


async def test_a_note_is_not_denied_where_the_notes_stand(day: Deck) -> None:
    day.touch(GLOBEX, "called Ann")
    async with opened(day, (100, 30)) as face:
        await face.press("enter")
        assert isinstance(face.screen, DealScreen)

        def notes(screen: DealScreen) -> str:
            lines = text_of(screen.rows)
            at = next(
                number for number, line in enumerate(lines) if line.split()[:1] in (["notes"], ["NOTES"])
            )
            return " ".join(lines[at].split()[1:])

        assert notes(face.screen) == "none"
        for count in (1, 2):
            await face.press("n", "x", "enter")
            assert notes(face.screen) == f"{count} in the timeline"
        day.store.deals.edit(GLOBEX, DealPatch(notes="wants SSO"), at())
        assert face.app.gateway is not None
        face.app.gateway.read_board()
        await face.settle()
        await face.settle()
        assert notes(face.screen) == ""
        assert "  wants SSO" in text_of(face.screen.rows)


async def _deleted_elsewhere(face: Face) -> None:
    with Deck(face.deck.path) as other:
        other.store.deals.delete([GLOBEX], at())
    assert face.app.gateway is not None
    face.app.gateway.watch()
    await face.settle()
    await face.settle()


async def test_a_deal_that_another_program_deleted_leads_back_to_the_board(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter")
        await _deleted_elsewhere(face)
        assert face.screen is face.board
        assert face.told == "Globex was deleted."


async def test_a_sheet_on_a_deal_that_is_gone_is_ended_first(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter", "n", *"half")
        await _deleted_elsewhere(face)
        assert NoteScreen in map(type, face.app.screen_stack)
        await face.press("escape")
        assert face.screen is face.board
        assert face.columns[0] == ["Wayne"]
