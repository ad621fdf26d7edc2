"""The lines in which the founder is asked something: what they begin with, refuse, and say."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from store import InvalidInput, Outcome
from tests.deck import TODAY, Deck, at
from tests.tui.face import Face, opened
from tui.screens.board import BoardScreen
from tui.screens.losing import LossScreen
from tui.screens.picking import PickScreen
from tui.screens.prompt import PromptScreen
from tui.screens.understood import Understood
from tui.screens.welcome import WelcomeScreen

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
        assert face.screen.query_one(Input).value == "30000.50"
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


async def test_a_filters_complaint_goes_with_what_it_is_about(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", *"close<eo")
        assert "eo" in face.told
        await face.press("m")
        assert face.told == ""


async def test_enter_alone_records_no_lost_reason(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("x", "enter", "enter")
        assert isinstance(face.screen, LossScreen)
        assert face.screen.query_one(".echo").display
        await face.press("down", "down", "up", "enter")
        assert day.read(3).lost_reason == day.pipeline.lost_reasons[0]


async def test_digits_in_the_note_are_text_and_it_needs_a_reason(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("x", "tab", *"12 seats")
        assert "1…9 text here" in str(face.screen.query_one(".keys").render())
        await face.press("enter")
        assert isinstance(face.screen, LossScreen)
        await face.press("2")
    page = day.page(3)
    assert (page.deal.lost_reason, page.lost_note) == (day.pipeline.lost_reasons[1], "12 seats")
    assert page.deal.outcome is Outcome.LOST


def marked(face: Face) -> list[str]:
    """The lines of the list that have the sign."""
    options = face.screen.query_one(OptionList)
    lines = [options.render_line(y).text.rstrip() for y in range(options.size.height)]
    return [line for line in lines if line.startswith("›")]


async def test_the_highlighted_line_has_a_sign(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("x")
        assert marked(face) == []
        await face.press("down")
        assert marked(face) == [f"›1 {day.pipeline.lost_reasons[0]}"]
        await face.press("escape", "p")
        assert isinstance(face.screen, PickScreen)
        assert [line[:8] for line in marked(face)] == ["›1 Sales"]
        await face.press("end", "2")
        assert isinstance(face.screen, WelcomeScreen)
        assert marked(face) == ["› Buyer's journey  the usual one"]


async def test_a_list_in_which_nothing_fits_says_so(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("x", *"zz")
        options = face.screen.query_one(OptionList)
        assert options.render_line(0).text.strip() == "nothing fits"
        await face.press("down", "enter")
        assert isinstance(face.screen, PickScreen)
        assert marked(face) == []
        await face.press("backspace", "backspace", "1")
        assert face.told.startswith("lost ")


async def test_another_pipeline_gets_a_name_that_is_free(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("p", "2")
        name = face.screen.query_one("#name", Input)
        assert name.value == "Sales 2"
        name.value = "sales"
        await face.press("enter")
        assert "There is a pipeline Sales already" in str(face.screen.query_one(".wrong").render())
        name.value = "Sales 2"
        await face.press("enter")
    assert [pipeline.name for pipeline in day.store.read.pipelines()] == ["Sales", "Sales 2"]
