"""The probability of a stage, set from the board."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from store import DealPatch
from tests.deck import Deck, at
from tests.tui.face import Face, opened
from tui.screens.board import BoardScreen
from tui.screens.prompt import PromptScreen

KEY = "percent_sign"


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Two deals worth $1,000 each in the second stage, and a stuck one in the third."""
    deck.deal("Globex", "product", 1_000, on="2026-11-18")
    deck.deal("Wayne", "product", 1_000, on="2026-11-18")
    deck.deal("Initech", "decision", 5_000, on="2026-10-01")
    return deck


def echo(face: Face) -> str:
    return str(face.screen.query_one(".echo", Static).render())


def percents(day: Deck) -> list[int]:
    return [stage.probability for stage in day.pipeline.stages]


@pytest.mark.parametrize("typed", ["45", "45 %", "45%", " 45 "])
async def test_the_probability_of_the_stage_under_the_cursor(day: Deck, typed: str) -> None:
    before = percents(day)
    async with opened(day) as face:
        await face.press(KEY)
        assert str(face.screen.query_one(".title", Static).render()) == "Probability of Product evaluated"
        assert (face.screen.query_one(Input).value, echo(face)) == ("50", "stays 50 %")
        await face.type(typed)
        assert echo(face) == "45 %, was 50 %"
        await face.press("enter")
        assert percents(day)[1] == 45
        assert face.told == "set Product evaluated to 45 % · u undoes it"
        column = face.board.state.columns[1]
        assert (column.stage.probability, column.totals.weighted) == (45, 9_000_000)
        await face.press("u")
        assert percents(day) == before
        assert face.board.state.columns[1].totals.weighted == 10_000_000


@pytest.mark.parametrize("typed", ["101", "-1", "4.5", "half", "45 % %", "٤٥"])
async def test_what_is_no_percent_is_said_while_it_is_typed(day: Deck, typed: str) -> None:
    before = percents(day)
    async with opened(day) as face:
        await face.press(KEY)
        await face.type(typed)
        assert echo(face) == f"! {typed} is not a whole percent from 0 to 100."
        await face.press("enter")
        assert isinstance(face.screen, PromptScreen)
        await face.press("escape")
        assert percents(day) == before


@pytest.mark.parametrize("typed", ["", "50"])
async def test_the_same_again_is_no_step_of_undo(day: Deck, typed: str) -> None:
    async with opened(day) as face:
        newest = day.store.history.actions(1)
        await face.press(KEY)
        await face.type(typed, "enter")
        assert isinstance(face.screen, BoardScreen)
        assert day.store.history.actions(1) == newest


async def test_a_closed_stage_has_none_to_set(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("l")
        for stage in day.pipeline.stages[-2:]:
            await face.press("l", KEY)
            assert isinstance(face.screen, BoardScreen)
            assert face.board.hints.told == (
                f"{stage.name} has no probability to set; open stages have.",
                True,
            )


async def test_deals_that_have_their_own_are_said_to_keep_it(day: Deck) -> None:
    day.store.deals.edit(1, DealPatch(probability=80), at())
    async with opened(day) as face:
        await face.press(KEY)
        await face.type("45")
        assert echo(face) == "45 %, was 50 % · 1 deal keeps its own"


async def test_in_the_panel_it_is_the_stage_of_its_deal(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("s", KEY)
        assert "Decision maker" in str(face.screen.query_one(".title", Static).render())


async def test_what_another_program_set_meanwhile_is_told(day: Deck) -> None:
    stage = day.stage("product")
    async with opened(day) as face:
        await face.press(KEY)
        await face.type("45")
        with Deck(day.path) as other:
            other.store.pipelines.set_probability(stage, 30, at())
        await face.press("enter")
        assert face.told == (
            "Changed elsewhere meanwhile: the probability of Product evaluated was 50 %, it is 30 %."
            " Nothing was saved; % offers yours again."
        )
        await face.settle()
        await face.press(KEY)
        assert face.screen.query_one(Input).value == "45"
        await face.press("enter")
        assert percents(day)[1] == 45
