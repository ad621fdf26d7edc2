"""What keys are for when the window, the panel, the mouse or another program is in the way; what is typed is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from store import DEFAULT_TEMPLATE, Outcome, Template
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tui.screens.deal_form import DealFormScreen
from tui.screens.losing import LossScreen

GLOBEX, INITECH = 3, 4


@pytest.fixture
def day(plain_deck: Deck) -> Deck:
    """Three deals on the radar and one, stuck, evaluated."""
    plain_deck.deals("Globex", "Wayne", "Soylent", on="2026-11-18")
    plain_deck.deal("Initech", "product", 40_000, on="2026-10-30")
    return plain_deck


async def _resize(face: Face, width: int, height: int) -> None:
    await face.pilot.resize_terminal(width, height)
    await face.settle()


async def test_what_had_the_keys_has_them_again_after_the_terminal_was_too_small(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", "w")
        await _resize(face, 50, 12)
        await face.press("D", "w", "shift+right")
        await _resize(face, 160, 48)
        assert face.board.filter_line.has_focus
        await face.press("a")
        assert face.board.filter_line.value == "wa"
    assert [day.read(deal_id).outcome for deal_id in (GLOBEX, INITECH)] == [Outcome.OPEN] * 2


async def test_on_a_narrow_terminal_filtering_from_the_panel_shows_the_board(day: Deck) -> None:
    async with opened(day, (100, 30)) as face:
        await face.press("s")
        assert face.board.has_class("-panel-shown")
        await face.press("slash", *"wa", "enter")
        assert face.board.board.display
        assert face.board.board.has_focus
        assert face.board.header.badge
        await face.press("s", "escape")
        assert face.board.board.display
        assert face.board.board.has_focus


async def test_the_order_is_not_changed_from_the_panel(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("s", "J", "K", "J")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]


async def _mouse(face: Face, kind: type[events.MouseEvent], at: tuple[int, int], button: int) -> None:
    await face.pilot._post_mouse_events([kind], face.board.board, at, button=button)
    await face.settle()


@pytest.mark.parametrize("between", ["help", "escape", "let go elsewhere"])
async def test_a_drag_that_ended_unseen_moves_nothing(day: Deck, between: str) -> None:
    async with opened(day) as face:
        layout = face.board.board.board_layout
        card, away = (8, layout.heading_y + 4), (100, layout.heading_y + 6)
        await _mouse(face, events.MouseDown, card, 1)
        await _mouse(face, events.MouseMove, away, 1)
        if between == "help":
            await face.press("question_mark", "escape")
        elif between == "escape":
            await face.press("escape")
        else:
            await _mouse(face, events.MouseMove, away, 0)
        await _mouse(face, events.MouseUp, away, 1)
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]


async def test_the_header_counts_the_selected_deals_that_are_shown(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("space", "down", "space", "slash", *"wa", "enter")
        assert face.board.header.facts.selected == 1
        await face.press("escape", "escape", "space", "slash", *"nothing", "enter")
        assert face.board.header.facts.selected == 0


async def test_acting_drops_only_what_was_acted_on(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("space", "down", "space", "slash", *"wa", "enter", "2")
        assert face.board.state.selected == {GLOBEX}


async def test_edit_is_for_the_deal_under_the_cursor(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("space", "down", "e")
        assert isinstance(face.screen, DealFormScreen)
        assert "Wayne" in str(face.screen.query_one(".title").render())


async def _while_deleted(face: Face, *keys: str) -> None:
    """Press keys about Globex when another program has deleted it and nobody here knows."""
    with Deck(face.deck.path) as other:
        other.store.deals.delete([GLOBEX], at())
    await face.press(*keys)


async def test_a_note_that_the_store_refuses_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("n", *"wants")
        await _while_deleted(face, "enter")
        assert "deleted" in face.told
        assert face.board.context.unsaved_notes == {(GLOBEX,): "wants"}


async def test_an_edit_that_the_store_refuses_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        forms = face.board.context.unsaved_forms
        await face.press("e", *"X", "enter")
        assert forms == {}
        await face.press("e", *"Y")
        await _while_deleted(face, "enter")
        assert "deleted" in face.told
        assert forms == {GLOBEX: {"name": "Y"}}


async def test_a_new_deal_gets_the_cursor_though_another_change_comes_first(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("a", *"Hooli", "enter")
        assert face.cursor == "Hooli"
        await face.press("right", "v", "t", "3", "enter")
        assert face.cursor == "Initech"


async def test_a_new_pipeline_can_be_undone_and_says_so(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("p", "2", "end", "enter")
        assert len(day.store.read.pipelines()) == 2
        assert "u undoes it" in face.told
        assert face.board.context.pipeline.id == day.store.read.pipelines()[1].id
        await face.press("u")
        assert len(day.store.read.pipelines()) == 1
        assert face.cursor == "Globex"


def _demanding() -> Template:
    """A template in which every stage requires evidence."""
    stages = tuple(replace(stage, evidence_required=True) for stage in DEFAULT_TEMPLATE.stages)
    return replace(DEFAULT_TEMPLATE, stages=stages)


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        ("w y e s enter", Outcome.WON), ("x 2 n o enter", Outcome.LOST), ("5 1 n o enter", Outcome.LOST),
        ("L y enter", Outcome.OPEN), ("m 4 y enter", Outcome.WON), ("w y escape", None), ("x 1 escape", None),
    ],
)  # fmt: skip
async def test_required_evidence_is_asked_whichever_key_moves(
    tmp_path: Path, keys: str, outcome: Outcome | None
) -> None:
    deck = Deck(tmp_path / "deals.db", _demanding())
    deal_id = deck.deal("Globex", on="2026-11-18")
    async with opened(deck) as face:
        await face.press(*keys.split())
        assert face.screen is face.board
    page = deck.page(deal_id)
    if outcome is None:
        assert len(page.visits) == 1
    else:
        assert (page.deal.outcome, bool(page.visits[0].evidence), len(page.visits)) == (outcome, True, 2)


async def test_selected_deals_on_their_way_to_two_stages_are_asked_for_each(tmp_path: Path) -> None:
    deck = Deck(tmp_path / "deals.db", _demanding())
    won, radar = deck.deal("Umbrella", on="2026-11-18"), deck.deal("Globex", on="2026-11-18")
    deck.store.deals.move([won], deck.stage("signed"), at("2026-11-19"), "they signed")
    async with opened(deck) as face:
        await face.press("space", "right", "right", "right", "space", "L")
        assert type(face.screen).__name__ == LossScreen.__name__
        await face.press("1", "a", "enter", "b", "enter")
        assert face.screen is face.board
        assert deck.read(won).outcome is Outcome.LOST
        assert deck.read(radar).stage == "Product evaluated"
        said = {deck.page(deal_id).visits[0].evidence for deal_id in (won, radar)}
        assert said == {"a", "b"}
        await face.press("u")
        assert (deck.read(won).outcome, deck.read(radar).stage) == (Outcome.WON, "On radar")
