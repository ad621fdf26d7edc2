"""The lines in which the founder is asked something: what they begin with, refuse, and say."""

from __future__ import annotations

import pytest

from store import InvalidInput
from tests.deck import TODAY, Deck, at
from tests.tui.face import Face, opened
from tui.screens.board import BoardScreen
from tui.screens.prompt import PromptScreen, Understood

NOVEMBER = "2026-11"


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Three deals on the radar."""
    deck.deals("Globex", "Wayne", "Soylent", on="2026-11-18")
    return deck


def echo(face: Face) -> str:
    """What the sheet says below its line."""
    return str(face.screen.query_one(".echo").render())


def goal(day: Deck) -> int | None:
    return day.store.read.goals(day.pipeline.id).get(NOVEMBER)


@pytest.mark.parametrize("line", ["", " ", "#eu", "12k"])
async def test_a_quick_line_without_a_name_is_refused_in_place(day: Deck, line: str) -> None:
    async with opened(day) as face:
        await face.press("a")
        await face.type(line, "enter")
        assert echo(face).startswith("! The deal name is empty")
        await face.type("Acme", "enter")
        assert face.cursor == "Acme"


async def test_what_is_refused_only_when_it_is_handed_over_is_told(day: Deck) -> None:
    def refuse(_: str) -> None:
        raise InvalidInput("This is refused late.")

    async with opened(day) as face:
        face.board.ask("What?", lambda text: Understood(text, text), refuse)
        await face.settle()
        await face.press("x", "enter")
        assert isinstance(face.screen, BoardScreen)
        assert face.told == "This is refused late."


async def test_enter_on_the_goal_leaves_it_as_it_is(day: Deck) -> None:
    day.store.pipelines.set_goal(day.pipeline.id, NOVEMBER, 30_000_50, at())
    async with opened(day) as face:
        await face.press("ctrl+g")
        assert face.screen.query_one("Input").value == "30000.50"  # type: ignore[attr-defined]
        assert echo(face) == "stays $30,000.50; none takes it away"
        await face.press("enter")
        assert goal(day) == 30_000_50
        await face.press("ctrl+g", "backspace", "enter")
        assert goal(day) == 30_000_50
        assert not isinstance(face.screen, PromptScreen)


async def test_none_takes_the_goal_away_and_names_the_month(day: Deck) -> None:
    day.store.pipelines.set_goal(day.pipeline.id, NOVEMBER, 30_000_00, at())
    async with opened(day) as face:
        await face.press("ctrl+g")
        await face.type("none", "enter")
        assert "the goal for Nov 2026" in face.told
        assert goal(day) is None
        assert day.store.read.board(None, TODAY).goals == {}


async def test_the_goal_of_every_month_is_not_taken_from_one(day: Deck) -> None:
    day.store.pipelines.set_goal(day.pipeline.id, None, 30_000_00, at())
    async with opened(day) as face:
        await face.press("ctrl+g")
        await face.type("none", "enter")
        assert "the goal of every month" in echo(face)


async def test_a_quick_line_says_while_it_is_typed_that_a_lost_stage_is_no_start(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("a")
        await face.type("Acme stage:lost")
        assert echo(face).startswith("! A new deal cannot begin in Closed lost")
        await face.press("enter")
        assert isinstance(face.screen, PromptScreen)


async def test_a_word_like_a_field_is_noted_and_taken(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("a")
        await face.type("Acme who:Gavin")
        assert echo(face) == "name Acme who:Gavin · who: is no field and stays in the name"
        await face.press("enter")
        assert face.cursor == "Acme who:Gavin"
