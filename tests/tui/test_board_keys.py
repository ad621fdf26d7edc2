"""Every key of the board, pressed."""

from __future__ import annotations

from datetime import date

import pytest

from store import Outcome, TouchKind
from tests.deck import Deck
from tests.tui.face import opened
from tests.tui.looking import text_of
from tui.key_ids import all_clashes
from tui.keys import BOARD
from tui.keys_deal import DEAL
from tui.screens.deal import DealScreen
from tui.screens.deal_form import DealFormScreen
from tui.screens.help import HelpScreen
from tui.settings import Settings

GLOBEX, INITECH, HOOLI, ADDED = 3, 4, 5, 6
"""The ids of three of the deals of `day`."""


@pytest.fixture
def day(plain_deck: Deck) -> Deck:
    """Three deals on the radar, one evaluated, one before the decision maker."""
    plain_deck.deals("Globex", "Wayne", "Soylent", on="2026-11-18")
    plain_deck.deal("Initech", "product", 40_000, close="2026-11-30", on="2026-10-30")
    plain_deck.deal(
        "Hooli", "decision", 25_000, close="2026-12-15", on="2026-11-14", task="send terms", due="2026-11-24"
    )
    return plain_deck


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("", "Globex"), ("down", "Wayne"), ("j j", "Soylent"), ("down up", "Globex"), ("j k", "Globex"),
        ("up", "Globex"),
        ("right", "Initech"), ("l l", "Hooli"), ("right left", "Globex"), ("l h", "Globex"), ("left", "Globex"),
        ("G", "Soylent"), ("end", "Soylent"), ("G g", "Globex"), ("end home", "Globex"),
        ("pagedown", "Soylent"), ("ctrl+f", "Soylent"), ("G pageup", "Globex"), ("G ctrl+b", "Globex"),
        ("down right left", "Wayne"),
    ],
)  # fmt: skip
async def test_the_cursor_goes_where_the_arrows_say(day: Deck, keys: str, cursor: str) -> None:
    async with opened(day) as face:
        await face.press(*keys.split())
        assert face.cursor == cursor


@pytest.mark.parametrize(
    ("keys", "stage"),
    [
        ("shift+right", "Product evaluated"), ("L", "Product evaluated"), ("L L", "Decision maker evaluated"),
        ("L shift+left", "On radar"), ("L H", "On radar"), ("2", "Product evaluated"),
        ("4", "Contract signed and returned"),
        ("1", "On radar"), ("m 3", "Decision maker evaluated"), ("m enter", "Product evaluated"),
        ("m s i g enter", "Contract signed and returned"),
        ("m down enter", "Decision maker evaluated"), ("m escape", "On radar"),
        ("w", "Contract signed and returned"), ("x 2", "Closed lost"), ("5 1", "Closed lost"), ("x escape", "On radar"),
        ("9", "On radar"), ("H", "On radar"),
    ],
)  # fmt: skip
async def test_a_deal_moves_and_the_cursor_stays_on_it(day: Deck, keys: str, stage: str) -> None:
    async with opened(day) as face:
        await face.press(*keys.split())
        moved = next(
            deal
            for deal in day.store.read.list_deals(None, date(2026, 11, 20), closed=True)
            if deal.name == "Globex"
        )
        assert moved.stage == stage
        assert face.cursor == "Globex"


async def test_a_move_says_what_it_did_and_where_there_is_no_stage(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("shift+right")
        assert face.told == "moved Globex to Product evaluated · u undoes it"
        await face.press("9")
        assert face.told == "There is no stage 9; this pipeline has 5."
        await face.press("down")
        assert face.told == ""


async def test_a_lost_deal_gets_its_reason_and_a_note(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "x", "down", "down", "tab")
        await face.type("they want it next year", "enter")
    lost = day.page(INITECH)
    assert (lost.deal.outcome, lost.deal.lost_reason, lost.lost_note) == (
        Outcome.LOST,
        day.pipeline.lost_reasons[1],
        "they want it next year",
    )


async def test_a_quick_line_says_how_it_is_understood_and_adds_the_deal_under_the_cursor(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("a")
        await face.type('Acme renewal 12k close:fri stage:product co:"Acme Inc" src:inbound #eu')
        echo = str(face.screen.query_one(".echo").render())
        assert "Fri 27 Nov, in 7 days" in echo
        assert "$12,000" in echo
        await face.press("enter")
        assert face.cursor == "Acme renewal"
    made = day.read(ADDED)
    assert (made.stage, made.amount, made.company, made.source, made.tags) == (
        "Product evaluated", 1_200_000, "Acme Inc", "inbound", ("eu",)
    )  # fmt: skip


async def test_a_quick_line_that_is_not_understood_stays_to_be_mended(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("a")
        await face.type("Acme close:fru", "enter")
        assert "fru" in str(face.screen.query_one(".echo").render())
        await face.type("Acme close:fri", "enter")
        assert face.cursor == "Acme"


async def test_three_keys_make_a_next_step_in_three_days(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "t", "3", "enter")
    step = day.read(INITECH).next_step
    assert step is not None
    assert (step.title, step.due_on) == ("follow up", date(2026, 11, 23))


async def test_the_next_step_is_done(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("l", "l", "v")
        assert day.read(HOOLI).next_step is None
        await face.press("v")
        assert face.told == "Hooli has no next step; t adds one."


async def test_a_snoozed_deal_is_not_stuck_and_can_be_woken(day: Deck) -> None:
    async with opened(day) as face:
        assert [deal.name for deal in face.board.state.stuck().stuck] == ["Initech"]
        await face.press("right", "z", "7", "enter")
        assert day.read(INITECH).snoozed_until == date(2026, 11, 27)
        assert not face.board.state.stuck().stuck
        await face.press("z")
        await face.type("none", "enter")
        assert day.read(INITECH).snoozed_until is None


async def test_a_snooze_into_the_past_is_refused_in_place(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("z")
        await face.type("yesterday", "enter")
        assert "sleeps until a later day" in str(face.screen.query_one(".echo").render())
        await face.press("escape")
    assert day.read(GLOBEX).snoozed_until is None


async def test_touches_and_notes_reset_the_idle_clock(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "c")
        await face.type("email asked for a quote", "enter")
        await face.press("n", *"wants", "ctrl+j", *"SSO", "enter")
    touches = {(touch.kind, touch.text) for touch in day.page(INITECH).touches}
    assert touches == {(TouchKind.EMAIL, "asked for a quote"), (TouchKind.NOTE, "wants\nSSO")}
    assert not day.read(INITECH).stuck


async def test_enter_alone_logs_a_call_of_today(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("c", "enter")
    assert [(touch.kind, touch.text) for touch in day.page(GLOBEX).touches] == [(TouchKind.CALL, "")]


async def test_a_note_left_with_escape_is_offered_again(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("n", *"half", "escape")
        assert not day.page(GLOBEX).touches
        await face.press("n", "!", "enter")
    assert [touch.text for touch in day.page(GLOBEX).touches] == ["half!"]


async def test_another_close_date_and_none(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "d")
        await face.type("eom", "enter")
        assert day.read(INITECH).close_date == date(2026, 11, 30)
        await face.press("d")
        await face.type("none", "enter")
        assert day.read(INITECH).close_date is None


async def test_undo_and_redo_name_what_they_did_any_number_of_steps(day: Deck) -> None:
    before = day.dump(("deals", "visits", "tasks"))
    async with opened(day) as face:
        await face.press("shift+right", "t", "3", "enter", "w")
        after = day.dump(("deals", "visits", "tasks"))
        await face.press("u")
        assert face.told == "undone: win Globex · U does it again"
        await face.press("u", "ctrl+z")
        assert day.dump(("deals", "visits", "tasks")) == before
        assert face.cursor == "Globex"
        await face.press("U", "U", "ctrl+y")
        assert day.dump(("deals", "visits", "tasks")) == after


async def test_nothing_to_undo_is_said(tmp_path_factory: pytest.TempPathFactory, deck: Deck) -> None:
    async with opened(deck) as face:
        for _ in range(3):
            await face.press("U")
        assert "redo" in face.told


async def test_a_selection_is_acted_on_as_one_and_undone_as_one(day: Deck) -> None:
    before = day.dump(("deals", "visits"))
    async with opened(day) as face:
        await face.press("space", "down", "space", "2")
        assert face.columns[1][:2] == ["Globex", "Wayne"]
        assert not face.board.state.selected
        await face.press("u")
        assert day.dump(("deals", "visits")) == before


async def test_selected_deals_of_different_stages_each_move_one_on(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("space", "right", "space", "L")
        assert day.read(GLOBEX).stage == "Product evaluated"
        assert day.read(INITECH).stage == "Decision maker evaluated"
        await face.press("u")
        assert (day.read(GLOBEX).stage, day.read(INITECH).stage) == ("On radar", "Product evaluated")


async def test_escape_clears_the_selection_first_then_the_filter(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", *"wa", "enter", "space", "escape")
        assert not face.board.state.selected
        assert face.columns[0] == ["Wayne"]
        await face.press("escape")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]


async def test_the_filter_works_while_it_is_typed(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash", *"stuck")
        assert face.columns == [[], ["Initech"], [], [], []]
        await face.press("escape")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]
        assert face.cursor == "Globex"


async def test_a_filter_for_a_stage_that_there_is_not_says_so(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("slash")
        await face.type("stage:xyz")
        assert face.columns == [[], [], [], [], []]
        assert face.told.startswith("No stage fits “xyz”")
        await face.press("escape")
        await face.press("slash")
        await face.type("amount > 30k")
        assert face.columns == [[], ["Initech"], [], [], []]


async def test_the_order_of_the_cards(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("o", "o", "o", "o")
        assert face.columns[0] == ["Globex", "Soylent", "Wayne"]
        await face.press("J")
        assert "o goes back to your own order" in face.told
        await face.press("o", "shift+down")
        assert face.columns[0] == ["Wayne", "Globex", "Soylent"]
        assert face.cursor == "Globex"
        await face.press("J", "K", "shift+up")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]
    assert day.column("radar") == ["Globex", "Wayne", "Soylent"]


async def test_delete_and_undo(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("delete")
        assert face.columns[0] == ["Wayne", "Soylent"]
        assert face.cursor == "Wayne"
        await face.press("u", "D", "u")
        assert face.columns[0] == ["Globex", "Wayne", "Soylent"]


async def test_edit_changes_what_was_changed(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "e")
        assert isinstance(face.screen, DealFormScreen)
        await face.type("Initech seats", "tab")
        await face.type("41.5k", "tab", "tab", "tab")
        await face.type("Initech Inc", "enter")
    deal = day.read(INITECH)
    assert (deal.name, deal.amount, deal.company, deal.close_date) == (
        "Initech seats", 4_150_000, "Initech Inc", date(2026, 11, 30)
    )  # fmt: skip


async def test_edit_keeps_the_form_open_on_what_is_wrong(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("e", "tab")
        await face.type("twelve", "enter")
        assert isinstance(face.screen, DealFormScreen)
        assert "twelve" in str(face.screen.query_one("#echo-amount").render())
        await face.press("escape")
    assert day.read(GLOBEX).amount is None


async def test_the_deal_opens_and_takes_the_same_keys(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "enter")
        assert isinstance(face.screen, DealScreen)
        assert "idle 21 days, limit 14" in "\n".join(text_of(face.screen.head))
        await face.press("t", "3", "enter")
        assert "follow up" in "\n".join(text_of(face.screen.rows))
        await face.press("shift+right", "escape")
        assert face.cursor == "Initech"
        assert face.columns[2] == ["Initech", "Hooli"]


async def test_a_deal_deleted_on_its_own_screen_leads_back(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter", "delete")
        assert face.screen is face.board
        assert face.columns[0] == ["Wayne", "Soylent"]


async def test_the_stuck_panel_leads_to_its_deals(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("s", "down", "up", "enter")
        assert face.cursor == "Initech"
        assert face.board.board.has_focus
        await face.press("s", "s")
        assert not face.board.panel.display
        await face.press("s")
        assert face.board.panel.has_focus
        await face.press("z", "7", "enter")
        assert day.read(INITECH).snoozed_until is not None


async def test_copy_puts_the_deal_on_the_clipboard_as_text(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("right", "y")
        assert face.app.clipboard.splitlines()[:2] == ["Initech", "$40,000 · Product evaluated · 50 %"]


async def test_the_goal_of_the_month(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("ctrl+g")
        await face.type("50k", "enter")
        forecast = face.board.bar.forecast
        assert forecast is not None
        assert forecast.months[0].goal == 5_000_000


async def test_themes_go_round_and_are_remembered(day: Deck) -> None:
    async with opened(day) as face:
        seen = []
        for _ in range(3):
            await face.press("ctrl+t")
            seen.append(face.app.theme)
        assert seen == ["light", "terminal", "dark"]
        await face.press("ctrl+t")
    assert day.store.read.setting("theme") == "light"


async def test_another_pipeline_and_back(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("p", "2")
        await face.press("end", "enter")
        assert [column.stage.name for column in face.board.state.columns][-2:] == ["Accepted", "Cancelled"]
        assert len(day.store.read.pipelines()) == 2
        await face.press("p", "1")
        assert face.cursor == "Globex"
        await face.press("m")
        await face.type("delivered", "enter", "enter")
        assert face.columns[0] == ["Wayne", "Soylent"]


async def test_help_shows_every_key_of_the_board(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("question_mark")
        assert isinstance(face.screen, HelpScreen)
        text = str(face.screen.query_one("Static").render())
        for command in BOARD:
            if not command.twin:
                assert command.id in text
        for keys in ("pgup ctrl+b", "u ctrl+z", "U ctrl+y", "? f1", "del D", "⇧← H"):
            assert keys in text
        await face.press("escape")
        assert HelpScreen not in map(type, face.app.screen_stack)


async def test_the_palette_runs_an_action_by_name(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("ctrl+p", *"won")
        await face.app.workers.wait_for_complete()
        await face.press("enter", "enter")
        assert day.read(GLOBEX).outcome is Outcome.WON


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving(day: Deck, key: str) -> None:
    async with opened(day) as face:
        await face.pilot.press(key)
        assert face.app.return_code == 0


async def test_a_remapped_key_is_shown_and_works(day: Deck) -> None:
    async with opened(day, settings=Settings(keys={"deal.won": "ctrl+w"})) as face:
        await face.press("w")
        assert day.read(GLOBEX).outcome is Outcome.OPEN
        line = "".join(segment.text for segment in face.board.hints.render_line(0))
        assert "ctrl+w won" in line
        await face.press("ctrl+w")
        assert day.read(GLOBEX).outcome is Outcome.WON


async def test_every_command_of_the_table_has_its_action(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("enter")
        for commands, screen in ((BOARD, face.board), (DEAL, face.screen)):
            for command in commands:
                name = command.action.partition("(")[0]
                owner = face.app if name.startswith("app.") else screen
                assert hasattr(owner, f"action_{name.removeprefix('app.')}"), command.id


def test_a_key_that_two_actions_have_is_said_once() -> None:
    assert all_clashes({}) == []
    (said,) = all_clashes({"deal.won": "x"})
    assert said.startswith(
        "The key x is given to deal.won and deal.lost (on the board, a deal, the review); deal.won"
    )
    assert all_clashes({"deal.won": "x", "deal.lost": "w"}) == []
    (said,) = all_clashes({"task.edit": "v"})
    assert said.startswith("The key v is given to task.edit and task.done (on Today); task.edit has it")


async def test_the_board_says_which_key_of_any_screen_is_given_twice(day: Deck) -> None:
    async with opened(day, settings=Settings(keys={"task.edit": "v"})) as face:
        await face.settle()
        assert "given to task.edit and task.done" in face.told


async def test_another_programs_change_is_seen_and_the_cursor_stays(day: Deck) -> None:
    async with opened(day) as face:
        await face.press("down")
        with Deck(day.path) as other:
            other.deal("Umbrella", "radar")
        assert face.app.gateway is not None
        face.app.gateway.watch()
        await face.settle()
        assert "Umbrella" in face.columns[0]
        assert face.cursor == "Wayne"


async def test_a_key_pressed_before_the_write_side_is_there_is_not_lost(day: Deck) -> None:
    async with opened(day) as face:
        await face.pilot.press("shift+right", "shift+right", "w")
        await face.settle()
        assert day.read(GLOBEX).outcome is Outcome.WON
