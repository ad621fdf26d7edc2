"""The morning review as a founder goes through it: every key, what is told, what remains, what changes underneath."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from store import Deal, DealDraft, Outcome, Standing, template
from tests.deck import PLAIN, TODAY, Deck, at
from tests.tui.face import Face, opened
from tests.tui.looking import text_of
from tests.tui.showcase import ACME
from tui.key_ids import KEY_IDS
from tui.keys_review import REVIEW
from tui.screens.board import BoardScreen
from tui.screens.deal import DealScreen
from tui.screens.help import HelpScreen
from tui.screens.review import ReviewScreen

REVIEW_KEYS = (
    "t next step", "c log", "n note", "m move", "d date", "z snooze", "w won", "x lost", "e edit", "tab skip", "u undo",
    "esc leave", "? help",
)  # fmt: skip
"""What the hints say on the smallest terminal."""

KEYS_AHEAD = "r z 7 enter c enter d 3 enter t 3 enter t f r i enter"
"""What decides all four deals of `morning`."""

INITECH, STARK, TYRELL, WONKA = 1, 2, 3, 4


@pytest.fixture
def morning(plain_deck: Deck) -> Deck:
    """Three stuck deals, the most urgent first, and one with no next step."""
    plain_deck.deal(
        "Initech renewal", "product", 40_000, on="2026-10-30", close="2026-12-04", company="Initech Inc"
    )
    plain_deck.deal("Stark licence", "product", 16_000, on="2026-11-11", close="2026-11-11")
    plain_deck.deal("Tyrell support", "radar", 12_000, on="2026-11-10", task="redline", due="2026-11-18")
    plain_deck.deal("Wonka add-on", "radar", 6_000, on="2026-11-14")
    return plain_deck


@pytest.fixture
def idle(plain_deck: Deck) -> Deck:
    """Two deals that are idle and nothing else."""
    plain_deck.deal("Initech renewal", "product", 40_000, on="2026-10-30")
    plain_deck.deal("Stark licence", "product", 16_000, on="2026-10-30")
    return plain_deck


def review(face: Face) -> ReviewScreen:
    assert isinstance(face.screen, ReviewScreen)
    return face.screen


def words(face: Face) -> str:
    """The page as one text."""
    return "\n".join(review(face).sheet.words)


def told(face: Face) -> str:
    return review(face).hints.told[0]


def looked_at(face: Face) -> str | None:
    case = review(face).review.current
    return case.name if case else None


async def elsewhere(face: Face, change: Callable[[Deck], object]) -> None:
    """Another program changes the file, and the app looks."""
    with Deck(face.deck.path, PLAIN) as other:
        change(other)
    assert face.app.gateway is not None
    face.app.gateway.watch()
    await face.settle()
    await face.settle()


async def test_it_opens_on_the_most_urgent_deal_with_its_reason(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r")
        page = words(face)
        for said in ("Initech renewal  Initech Inc", "$40,000", "Product evaluated for 21 days", "50 %"):
            assert said in page
        assert "idle 21 days since the last sign of life; this stage allows 14" in page
        assert "4 Dec   in 14 days" in page
        assert "next step    none" in page
        assert "30 Oct  •  created in Product evaluated" in page
        facts = review(face).head.facts
        assert (facts.place, facts.stake, facts.stake_is) == ("1 of 3", "$29,200", "at stake")


async def test_the_second_part_has_its_own_heading(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab", "tab")
        assert "no next step and nothing planned, 6 days after it entered its stage" in words(face)
        assert review(face).head.facts.place == "1 of 1 with no next step"


def _in_three_days(deal: Deal) -> bool:
    return deal.next_step is not None and deal.next_step.due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("keys", "holds"),
    [
        ("t 3 enter", _in_three_days),
        ("z 7 enter", lambda deal: deal.snoozed_until == date(2026, 11, 27)),
        ("z w e enter", lambda deal: deal.snoozed_until == date(2026, 11, 25)),
        ("c enter", lambda deal: deal.idle_since == TODAY),
        ("n h i enter", lambda deal: deal.idle_since == TODAY),
        ("m 3", lambda deal: deal.stage == "Decision maker evaluated"),
        ("w", lambda deal: deal.outcome is Outcome.WON),
        ("x 1", lambda deal: deal.outcome is Outcome.LOST),
    ],
)
async def test_a_decision_goes_on_to_the_next_deal(
    idle: Deck, keys: str, holds: Callable[[Deal], bool]
) -> None:
    async with opened(idle) as face:
        await face.press("r", *keys.split())
        assert looked_at(face) == "Stark licence"
        assert "Initech renewal" in told(face)
        assert "u undoes it" in told(face)
    assert holds(idle.read(INITECH))
    assert idle.read(STARK).stuck


async def test_the_common_decisions_take_three_keys_each(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "t", "3", "enter", "c", "enter")
        assert looked_at(face) is None
        assert "nothing is stuck" in words(face)


async def test_a_new_close_date_is_a_decision(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "d", "f", "enter")
        assert looked_at(face) == "Tyrell support"
    assert morning.read(STARK).close_date == date(2026, 11, 27)


async def test_what_remains_is_told_and_the_page_stays(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "c", "enter")
        assert looked_at(face) == "Stark licence"
        assert told(face) == "logged call with Stark licence · still: close date passed 9 days ago"
        assert "today  •  call" in words(face)
        await face.press("tab", "tab", "c", "enter")
        assert told(face) == "logged call with Wonka add-on · still: no next step"
        assert looked_at(face) == "Wonka add-on"


async def test_only_a_day_moves_what_is_overdue_and_words_add_a_step(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab", "t")
        await face.type("call Ann fri", "enter")
        assert told(face).endswith("still: task overdue by 2 days")
        await face.press("t", "3", "enter")
        assert looked_at(face) == "Wonka add-on"
    tasks = morning.page(TYRELL).tasks
    assert [(task.title, task.due_on) for task in tasks] == [
        ("redline", date(2026, 11, 23)),
        ("call Ann", date(2026, 11, 27)),
    ]


async def test_a_day_with_a_time_is_a_step_of_its_own(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab", "t")
        await face.type("fri 14:30", "enter")
    assert [task.title for task in morning.page(TYRELL).tasks] == ["redline", "follow up"]


async def test_the_overdue_task_is_done_with_one_key(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab", "v")
        assert looked_at(face) == "Wonka add-on"
        assert [case.name for case in review(face).review.part(review(face).review.cases[WONKA].part)] == [
            "Wonka add-on"
        ]
    assert all(task.done_at for task in morning.page(TYRELL).tasks)


async def test_every_field_can_be_edited(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "e")
        await face.type("Initech renewed", "enter")
        assert looked_at(face) == "Initech renewed"
        assert "Initech renewed" in words(face)


async def test_an_item_of_the_checklist_is_ticked_and_is_no_decision(deck: Deck) -> None:
    deck.deal("Initech renewal", "product", 40_000, on="2026-10-30")
    items = [item.title for item in deck.pipeline.stages[1].checklist]
    async with opened(deck) as face:
        await face.press("r")
        assert f"1 ○ {items[0]}" in words(face)
        await face.press("1")
        assert f"1 ✓ {items[0]}" in words(face)
        assert review(face).review.decided == ()
        await face.press("1")
        assert f"1 ○ {items[0]}" in words(face)
        await face.press("9")
        assert told(face) == f"There is no item 9; its checklist has {len(items)} items."
        await face.press("u")
        assert f"1 ✓ {items[0]}" in words(face)


async def test_skipped_deals_come_again_only_when_asked_for(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "z", "7", "enter", "tab", "tab")
        page = words(face)
        assert "2 are still stuck" in page
        assert "$8,000 no longer stuck" in page
        assert "DECIDED 1" in page
        assert "SKIPPED 3" in page
        await face.press("tab")
        assert looked_at(face) == "Initech renewal"
        await face.press("tab", "tab", "tab", "enter")
        assert looked_at(face) == "Initech renewal"


@pytest.mark.parametrize("key", ["shift+tab", "backspace"])
async def test_back_goes_to_the_deal_before(morning: Deck, key: str) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab", key)
        assert looked_at(face) == "Stark licence"
        await face.press("z", "7", "enter", key)
        assert "snoozed until 27 Nov · decided, tab goes on" in words(face)
        await face.press("tab")
        assert looked_at(face) == "Tyrell support"
        await face.press(key, key, key)
        assert looked_at(face) == "Initech renewal"


async def test_undo_goes_back_to_the_deal_and_redo_on_again(morning: Deck) -> None:
    before = morning.dump()
    async with opened(morning) as face:
        await face.press("r", "z", "7", "enter", "d", "7", "enter")
        assert looked_at(face) == "Tyrell support"
        await face.press("u")
        assert looked_at(face) == "Stark licence"
        await face.press("u")
        assert looked_at(face) == "Initech renewal"
        assert "undone: snooze Initech renewal" in told(face)
        assert review(face).head.facts.stake == "$29,200"
        assert morning.dump() == before
        await face.press("U")
        assert looked_at(face) == "Stark licence"
        assert [decision.kind for decision in review(face).review.cases[INITECH].decisions] == ["snoozed"]
        await face.press("u")
    assert {**morning.dump(), "settings": []} == {**before, "settings": []}


async def test_undo_of_what_was_done_before_the_review_says_so(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "u")
        assert told(face).startswith("undone, from before the review: add Wonka add-on")
        await face.press("U", "z", "7", "enter", "u")
        assert told(face).startswith("undone: snooze Initech renewal")
        await face.press("u")
        assert told(face).startswith("undone: add Wonka add-on")  # the redo of it was done in the review
        await face.press("u")
        assert told(face).startswith("undone, from before the review: ")


async def test_a_deal_that_was_deleted_while_its_screen_was_open_is_told(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "enter")
        assert isinstance(face.screen, DealScreen)
        await elsewhere(face, lambda deck: deck.store.deals.delete([INITECH], at()))
        assert told(face) == "Initech renewal was deleted."
        assert looked_at(face) == "Stark licence"


async def test_a_review_whose_pipeline_is_gone_is_left_also_with_a_sheet_on_top(deck: Deck) -> None:
    made = deck.store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    assert made is not None
    deck.store.deals.create(DealDraft("Roll-out", made), at("2026-10-01"))
    async with opened(deck) as face:
        await face.press("p", "2", "r")
        assert looked_at(face) == "Roll-out"
        await face.press("t")
        await elsewhere(face, lambda other: (other.undo(), other.undo()))
        assert face.board.context.pipeline.name == "Sales"
        await face.press("escape")
        assert isinstance(face.screen, BoardScreen)


async def test_at_the_end_a_name_has_the_room_that_there_is(plain_deck: Deck) -> None:
    name = "Meridian Language School annual plan, forty teachers"
    plain_deck.deal(name, "product", 16_000, on="2026-10-30")
    plain_deck.deal("Stark", "product", 12_000, on="2026-10-30")
    async with opened(plain_deck) as face:
        await face.press("r", "z", "7", "enter", "tab")
        assert f"{name}  until 27 Nov" in words(face)
        await face.pilot.resize_terminal(60, 30)
        assert re.search("Meridian L[^…]*…  until 27 Nov", words(face))


async def test_keys_may_be_typed_ahead(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.burst(*KEYS_AHEAD.split())
        await face.settle()
        assert looked_at(face) is None
        assert len(review(face).review.decided) == 4
    assert [deal.name for deal in morning.store.read.list_deals(None, TODAY) if deal.stuck] == []


async def test_the_end_says_what_was_decided_what_moved_and_what_comes_next(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "m", "3", "t")
        await face.type("send terms 3", "enter")
        page = words(face)
    for said in (
        "✓ nothing is stuck", "$28,000 no longer stuck", "1 moved · 1 next step",
        "Product evaluated → Decision maker evaluated", "send terms · Mon",
        "the next will be on Tue 24 Nov, in 4 days: Stark licence, task overdue by 1 day",
    ):  # fmt: skip
        assert said in page


async def test_on_a_good_day_it_says_so_and_when_the_next_one_is_stuck(plain_deck: Deck) -> None:
    plain_deck.deal("Globex website", "radar", 12_000, on="2026-11-19")
    async with opened(plain_deck) as face:
        await face.press("r")
        assert "✓ nothing is stuck" in words(face)
        assert "the next will be on Fri 4 Dec, in 14 days: Globex website, idle 15 days, limit 14" in words(
            face
        )
        await face.press("t", "w", "tab", "enter")
        assert "✓ nothing is stuck" in words(face)
        await face.press("q")
        assert isinstance(face.screen, BoardScreen)


async def test_without_any_deal_nothing_will_be_stuck(plain_deck: Deck) -> None:
    async with opened(plain_deck) as face:
        await face.press("r")
        assert "as things are, nothing will be" in words(face)


async def test_a_deal_that_was_decided_elsewhere_is_told_and_passed_over(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r")
        await elsewhere(face, lambda other: other.store.deals.snooze([INITECH], date(2026, 12, 1), at()))
        assert told(face) == "Initech renewal was decided elsewhere"
        assert looked_at(face) == "Stark licence"
        assert review(face).head.facts.stake == "$9,200"
        await elsewhere(face, lambda other: other.store.deals.delete([STARK, TYRELL], at()))
        assert told(face) == "2 deals were decided elsewhere"
        await face.press("tab")
        assert "DECIDED ELSEWHERE 3" in words(face)
        assert "no longer stuck" not in words(face)


async def test_what_is_decided_elsewhere_while_a_sheet_is_open_is_not_lost(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "t")
        await elsewhere(face, lambda other: other.store.deals.snooze([INITECH], date(2026, 12, 1), at()))
        await face.press("3", "enter")
        assert looked_at(face) == "Stark licence"
    assert _in_three_days(morning.read(INITECH))
    assert not _in_three_days(morning.read(STARK))


async def test_a_deal_that_is_newly_stuck_joins(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r")
        await elsewhere(face, lambda other: other.deal("Hooli pilot", "radar", 90_000, on="2026-10-01"))
        assert review(face).head.facts.place == "1 of 3"
        await face.press("tab", "tab")
        assert looked_at(face) == "Hooli pilot"


async def test_a_new_one_at_the_end_is_offered(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "w", "w")
        await elsewhere(face, lambda other: other.deal("Hooli pilot", "radar", 90_000, on="2026-10-01"))
        assert "1 is still stuck" in words(face)
        assert "NEW ON THE LIST 1" in words(face)
        await face.press("tab")
        assert looked_at(face) == "Hooli pilot"


async def test_leaving_keeps_the_place_for_the_day_and_undo_does_not_touch_it(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "d", "7", "enter", "escape")
        assert isinstance(face.screen, BoardScreen)
        await face.press("r")
        assert looked_at(face) == "Tyrell support"
        assert review(face).head.facts.place == "3 of 3"
        await face.press("escape", "u", "r")
        assert looked_at(face) == "Tyrell support"
        await face.press("tab", "tab")
        assert looked_at(face) == "Stark licence"
        await face.press("tab")
        assert "SKIPPED 4" in words(face)
    async with opened(morning, today=date(2026, 11, 21)) as face:
        await face.press("r")
        assert looked_at(face) == "Initech renewal"
        assert review(face).review.standing(Standing.SKIPPED) == ()


async def test_ending_the_program_keeps_the_place_too(morning: Deck) -> None:
    async with opened(morning) as face:
        await face.press("r", "tab", "tab")
    async with opened(morning) as face:
        await face.press("r")
        assert looked_at(face) == "Tyrell support"


async def test_the_deal_can_be_opened_and_decided_there(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "enter")
        assert isinstance(face.screen, DealScreen)
        await face.press("w", "escape")
        assert looked_at(face) == "Stark licence"
        assert [decision.kind for decision in review(face).review.cases[INITECH].decisions] == ["won"]


async def test_the_deal_is_copied_as_text(idle: Deck) -> None:
    async with opened(idle) as face:
        await face.press("r", "y")
        assert told(face) == "copied Initech renewal"
        assert face.app.clipboard.startswith("Initech renewal")


async def test_how_such_deals_ended_is_said_from_five_on(plain_deck: Deck) -> None:
    for number in range(5):
        deal = plain_deck.deal(f"Old {number}", "product", on="2026-06-01")
        plain_deck.move(deal, "signed" if number == 0 else "lost", on="2026-07-10",
                        **({} if number == 0 else {"lost_reason": "no answer"}))  # fmt: skip
    plain_deck.deal("Initech renewal", "product", 40_000, on="2026-10-30")
    plain_deck.deal("Ancient one", "product", 20_000, on="2026-10-01")
    async with opened(plain_deck) as face:
        await face.press("r")
        assert "of 5 deals idle this long here, 1 was won" in words(face)
        await face.press("tab")
        assert looked_at(face) == "Ancient one"
        assert "deals idle this long here" not in words(face)


async def test_help_and_palette_know_the_keys_of_the_review(idle: Deck) -> None:
    assert {command.id for command in REVIEW} <= set(KEY_IDS)
    async with opened(idle) as face:
        await face.press("r")
        assert review(face).palette_commands == REVIEW
        await face.press("question_mark")
        assert isinstance(face.screen, HelpScreen)


async def test_at_sixty_by_fifteen_the_most_important_stays(morning: Deck) -> None:
    async with opened(morning, (60, 15)) as face:
        await face.press("r", "tab", "tab")
        page = words(face)
        for said in (
            "Tyrell support",
            "$12,000",
            "task overdue by 2 days: redline",
            "redline  Wed 18 Nov, 2 days ago",
        ):
            assert said in page
        assert "10 Nov  •  created in On radar" in page
        keys = "\n".join(text_of(review(face).hints))
        for said in REVIEW_KEYS:
            assert said in keys


async def test_a_hostile_name_is_plain_text(idle: Deck) -> None:
    with closing(sqlite3.connect(idle.path)) as connection, connection:
        connection.execute("UPDATE deals SET name = ? WHERE id = 1", (ACME,))
    async with opened(idle) as face:
        await face.press("r")
        assert "Acme [/]" in words(face)
        assert "[@click=app.quit]x" in words(face)
        assert "\x1b" not in words(face)
        await face.press("z", "7", "enter")
        assert "Acme [/]" in told(face)
