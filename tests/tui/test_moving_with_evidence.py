"""What a move asks: what the buyer did that lets a deal into a stage, and what is left undone in the one before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from store import DEFAULT_TEMPLATE, Outcome, Stage, Template
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tui.screens.board import BoardScreen
from tui.screens.deal import DealScreen
from tui.screens.evidence import EvidenceScreen
from tui.screens.leaving import MOST, LeavingScreen
from tui.screens.losing import LossScreen


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Two deals on the radar, of a pipeline whose stages all have a criterion and a checklist."""
    deck.deals("Globex", "Wayne", on="2026-11-18")
    return deck


def tick_all(deck: Deck, deal_id: int) -> None:
    """All that the deal's stage requires is done."""
    for items in deck.store.read.unticked([deal_id]).values():
        for item in items:
            deck.store.checklists.tick(deal_id, item.id, True, at())


def stage(deck: Deck, name: str) -> Stage:
    return next(each for each in deck.pipeline.stages if each.id == deck.stage(name))


def shown(face: Face) -> str:
    """All that the sheet says."""
    return "\n".join(str(each.render()) for each in face.screen.query(Static))


def asked(face: Face) -> type:
    """The kind of screen that is on top."""
    return type(face.screen)


def undone_in(face: Face) -> str:
    """What the sheet says is left undone; nothing if it says nothing about that."""
    return "\n".join(str(each.render()) for each in face.screen.query(".undone").results(Static))


GLOBEX = 2


async def test_entering_a_stage_with_a_criterion_asks_what_the_buyer_did(day: Deck) -> None:
    tick_all(day, GLOBEX)
    asks = stage(day, "product").criterion
    async with opened(day) as face:
        await face.press("shift+right")
        assert asked(face) is EvidenceScreen
        assert "Product evaluated: what did the buyer do?" in shown(face)
        assert asks in shown(face)
        assert undone_in(face) == ""
        await face.type("joined the trial call")
        assert asks in shown(face)
        await face.press("enter")
        assert asked(face) is BoardScreen
        assert face.cursor == "Globex"
    visit = day.page(GLOBEX).visits[0]
    assert (visit.stage, visit.evidence, visit.criterion) == (
        "Product evaluated",
        "joined the trial call",
        asks,
    )


async def test_enter_alone_skips_and_esc_stays(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("L", "escape")
        assert asked(face) is BoardScreen
        assert day.read(GLOBEX).stage == "On radar"
        await face.press("L", "enter")
        assert asked(face) is BoardScreen
    visit = day.page(GLOBEX).visits[0]
    assert (visit.stage, visit.evidence) == ("Product evaluated", "")


async def test_a_second_key_typed_at_once_is_for_the_question(day: Deck) -> None:
    async with opened(day) as face:
        await face.burst("shift+right", "shift+right")
        assert asked(face) is EvidenceScreen
        await face.burst(*"sso", "enter")
    visit = day.page(GLOBEX).visits[0]
    assert (visit.stage, visit.evidence) == ("Product evaluated", "sso")


async def test_what_is_left_undone_is_said_in_the_same_question(day: Deck) -> None:
    items = stage(day, "radar").checklist
    async with opened(day) as face:
        await face.press("w")
        assert asked(face) is EvidenceScreen
        lines = undone_in(face).splitlines()
        assert lines == [
            "Not ticked yet in On radar:",
            *(f"○ {item.title}" for item in items if item.required),
        ]
        await face.press("enter")
    assert day.read(GLOBEX).outcome is Outcome.WON


async def test_a_lost_deal_is_asked_for_its_reason_only(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("x")
        assert asked(face) is LossScreen
        await face.press("1")
        assert asked(face) is BoardScreen
        assert day.read(GLOBEX).outcome is Outcome.LOST
        await face.press("G", "right", "right", "right", "right", "shift+left")
        assert isinstance(
            face.screen, EvidenceScreen
        )  # coming back is a move, but nothing is left undone by it
        assert undone_in(face) == ""


async def test_several_deals_are_asked_once_and_each_item_is_said_once(day: Deck) -> None:
    first, *_ = stage(day, "radar").checklist
    day.store.checklists.tick(GLOBEX, first.id, True, at())
    async with opened(day) as face:
        await face.press("space", "down", "space", "L")
        assert undone_in(face).splitlines()[1:] == [
            f"○ {first.title}  Wayne",
            "○ Write the problem down in their own words  2 deals",
        ]
        await face.press("enter")
        assert asked(face) is BoardScreen
        assert [len(column) for column in face.columns][:2] == [0, 2]
        await face.press("u")
        assert [len(column) for column in face.columns][:2] == [2, 0]


async def test_the_deals_own_screen_asks_the_same(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter", "L")
        assert asked(face) is EvidenceScreen
        assert "Not ticked yet in On radar" in shown(face)
        await face.press("enter")
        assert asked(face) is DealScreen
    assert day.read(GLOBEX).stage == "Product evaluated"


async def test_to_the_stage_it_is_in_nothing_is_asked(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("1")
        assert asked(face) is BoardScreen


def _only_checklists(items: int = 2) -> Template:
    """Stages without a criterion, each with so many required items."""
    first, *_ = DEFAULT_TEMPLATE.stages
    item = next(each for each in first.checklist if each.required)
    checklist = tuple(replace(item, title=f"{item.title} {n}") for n in range(items))
    return replace(
        DEFAULT_TEMPLATE,
        stages=tuple(replace(each, criterion="", checklist=checklist) for each in DEFAULT_TEMPLATE.stages),
    )


async def test_where_no_evidence_is_asked_what_is_undone_is_asked_alone(tmp_path: Path) -> None:
    with Deck(tmp_path / "deals.db", _only_checklists()) as deck:
        deal_id = deck.deal("Globex", on="2026-11-18")
        async with opened(deck) as face:
            await face.press("L")
            assert asked(face) is LeavingScreen
            assert "Move Globex to Product evaluated?" in shown(face)
            await face.press("escape")
            assert deck.read(deal_id).stage == "On radar"
            await face.press("L", "enter")
            assert asked(face) is BoardScreen
            assert deck.read(deal_id).stage == "Product evaluated"
            await face.press("x", "1")
            assert deck.read(deal_id).outcome is Outcome.LOST


async def test_a_long_checklist_leaves_room_for_the_answer(tmp_path: Path) -> None:
    with Deck(tmp_path / "deals.db", _only_checklists(MOST + 3)) as deck:
        deck.deal("Globex", on="2026-11-18")
        async with opened(deck, (60, 15)) as face:
            await face.press("L")
            lines = undone_in(face).splitlines()
            assert len(lines) == MOST + 2
            assert lines[-1] == "  and 3 more"
            keys = face.screen.query_one(".keys")
            assert keys.region.bottom <= 15
