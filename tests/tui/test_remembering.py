"""What the board remembers (order, pipeline) and says (an empty panel, a filter that hides, names in the palette)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from store import TEMPLATES
from tests.deck import TODAY, Deck, at
from tests.tui.face import Face, opened
from tui.key_ids import KEY_IDS
from tui.key_names import is_key
from tui.keys import BOARD
from tui.keys_deal import DEAL
from tui.launch import first_board
from tui.screens.deal import DealScreen
from tui.screens.deal_form import DealFormScreen
from tui.screens.writing import NoteArea
from tui.settings import Settings, load


@pytest.fixture
def day(deck: Deck) -> Deck:
    """Two deals that need nothing, and a stuck one."""
    deck.deal("Wayne", "radar", 1_000, on="2026-11-18", task="call", due="2026-11-24")
    deck.deal("Acme", "radar", 2_000, on="2026-11-18", task="call", due="2026-11-24")
    return deck


def stuck(day: Deck) -> int:
    return day.deal("Initech", "product", 40_000, on="2026-10-20")


def foot(face: Face) -> str:
    """The last line."""
    return face.board.hints.render_line(0).text


async def test_the_order_is_kept_for_the_next_start(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("o", "o", "o", "o")
        assert face.told == "sorted by name"
    day.reopen()
    async with opened(day) as face:
        assert face.columns[0] == ["Acme", "Wayne"]
        await face.press("o")
    async with opened(day) as face:
        assert face.board.state.sort.value == "order"


async def test_the_pipeline_looked_at_last_is_shown_first(day: Deck) -> None:
    day.store.pipelines.create(TEMPLATES[0], "Partners", "USD", at())
    async with opened(day) as face:
        await face.press("p", "2")
    day.reopen()

    def shown(name: str | None) -> str:
        board = first_board(day.store, name, TODAY)
        assert board is not None
        return board.pipeline.name

    assert shown(None) == "Partners"
    assert shown("sales") == "Sales"


async def test_an_empty_panel_is_shown_or_hidden_and_never_gone_into(day: Deck) -> None:
    async with opened(day) as face:
        for displayed in (False, True):
            await face.press("s")
            assert face.told == "nothing is stuck"
            assert face.board.board.has_focus
            assert face.board.panel.display is displayed
    async with opened(day, (80, 20)) as face:
        await face.press("s")
        assert face.told == "nothing is stuck"
        assert face.board.board.display


async def test_the_panels_keys_are_shown_while_it_has_them(day: Deck) -> None:
    stuck(day)
    async with opened(day) as face:
        await face.press("s")
        assert "⏎ go to the deal" in foot(face)
        assert "s hide" in foot(face)
        await face.press("escape")
        assert "a add" in foot(face)


async def test_the_last_decision_in_the_panel_leads_back_to_the_board(day: Deck) -> None:
    initech = stuck(day)
    async with opened(day) as face:
        await face.press("s", "z", "7", "enter")
        assert day.read(initech).snoozed_until is not None
        assert face.board.board.has_focus
        await face.press("m")
        assert face.screen is not face.board


async def test_a_new_deal_that_the_filter_hides_is_said_to_be(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", *"wayne", "enter", "a")
        await face.type("Hooli", "enter")
        assert face.told == "added Hooli · u undoes it · the filter hides it, esc shows all"


async def test_the_palette_knows_the_actions_of_a_deal(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter")
        assert isinstance(face.screen, DealScreen)
        await face.press("ctrl+p", *"back to where")
        await face.app.workers.wait_for_complete()
        await face.press("enter")
        assert not any(isinstance(screen, DealScreen) for screen in face.app.screen_stack)


async def test_a_form_left_with_escape_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("e", "tab")
        await face.type("12k")
        face.screen.query_one(NoteArea).text = "two\nlines"
        await face.press("escape", "down", "e")
        assert face.screen.query_one("#amount", Input).value == "1000"
        await face.press("escape", "up", "e")
        assert face.screen.query_one("#amount", Input).value == "12k"
        assert "$12,000" in str(face.screen.query_one("#echo-amount").render())
        await face.press("enter")
        page = day.page(2)
        assert (page.deal.amount, page.notes) == (12_000_00, "two\nlines")
        await face.press("e")
        assert face.screen.query_one("#amount", Input).value == "12000"


async def test_a_form_goes_back_to_what_is_saved(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("e", "end", *"ly", "escape", "e", "ctrl+r", "escape", "e")
        assert isinstance(face.screen, DealFormScreen)
        assert face.screen.query_one("#name", Input).value == "Acme"
        assert "not saved" not in str(face.screen.query_one(".title").render())


async def test_of_several_problems_of_the_config_file_the_number_is_told(day: Deck) -> None:
    async with opened(day, settings=Settings(problems=("line 1: a", "line 2: b"))) as face:
        assert face.told == "2 problems in the config file (all: deals info): line 1: a"
    async with opened(day, settings=Settings(problems=("line 1: a",))) as face:
        assert face.told == "line 1: a"


def test_a_key_that_no_keyboard_has_is_a_problem(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        '[keys]\n"deal.won" = "foo+bar"\n"deal.lost" = "x,ctrl+x,f5,question_mark"\n', encoding="utf-8"
    )
    settings = load(config, lambda: KEY_IDS)
    assert dict(settings.keys) == {"deal.lost": "x,ctrl+x,f5,question_mark"}
    assert settings.problems == (
        f"{config}, line 2: foo+bar is not a key; write one such as w, ctrl+w or f5",
    )


def test_every_key_of_ours_is_a_key() -> None:
    assert all(is_key(key) for command in (*BOARD, *DEAL) for key in command.keys.split(","))
