"""The demo is a believable half-year on any day it is made, and always the same one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import instant_text, local_day, month_of
from store.rules.pushes import pushes
from store.sample import make_demo
from store.sample.closed_stories import WEEKS, closed_stories
from store.sample.open_stories import open_stories
from store.sample.stories import LOST, WON, Moved, Planned, Story
from store.sample.texts import LOST as LOST_NOTES
from store.store import Store, open_store
from store.templates import DEFAULT
from store.text import clean_line
from store.views import DealPage, Outcome, Stage, Stance, StuckKind

FRIDAY = date(2026, 11, 20)
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))


def demo(path: Path, today: date) -> Store:
    store = open_store(path, create=True)
    make_demo(store, today)
    return store


def everything(store: Store, today: date) -> list[object]:
    pages = [store.read.deal_page(deal.id, today) for deal in store.read.list_deals(None, today, closed=True)]
    return [store.read.board(None, today), *pages]


@pytest.mark.parametrize(
    "today", [FRIDAY, date(2027, 1, 1), date(2028, 2, 29), date(2026, 10, 31)], ids=date.isoformat
)
def test_the_board_of_the_demo_shows_everything_there_is_to_see(tmp_path: Path, today: date) -> None:
    with demo(tmp_path / "demo.db", today) as store:
        board = store.read.board(None, today)
        open_deals = [
            deal for column in board.columns for deal in column.deals if deal.outcome is Outcome.OPEN
        ]
        over = [deal for column in board.columns for deal in column.deals if deal.outcome is not Outcome.OPEN]
        stuck = store.read.stuck(None, today)
        assert [len(column.deals) for column in board.columns] == [4, 3, 3, 3, 2]
        assert {reason.kind for deal in stuck.stuck for reason in deal.stuck} == {
            *(StuckKind.IDLE, StuckKind.CLOSE_DATE_PASSED, StuckKind.OVERDUE_TASK)
        }
        assert [len(deal.stuck) for deal in stuck.stuck] == [1, 1, 1]
        assert [deal.name for deal in stuck.no_next_step] == ["Old Mill Brewery tours"]
        assert [deal.name for deal in open_deals if deal.snoozed_until] == ["Cedar Lane Chiropractic"]
        assert [deal.name for deal in open_deals if deal.amount is None] == ["Granite Climbing Hall pilot"]
        assert [deal.close_date for deal in open_deals].count(None) == 1
        assert [deal.next_step.due_on for deal in open_deals if deal.next_step].count(today) == 2
        assert all(month_of(deal.closed_on) == month_of(today) for deal in over if deal.closed_on)
        assert board.pipeline.monthly_goal
        assert list(board.goals) == [month_of(today)]
        assert any(not deal.name.isascii() for deal in open_deals)


def test_the_demo_is_a_whole_half_year(tmp_path: Path) -> None:
    with demo(tmp_path / "demo.db", FRIDAY) as store:
        deals = store.read.list_deals(None, FRIDAY, closed=True)
        pages = [store.read.deal_page(deal.id, FRIDAY) for deal in deals]
        assert len(deals) == 60
        assert min(deal.created_on for deal in deals) >= FRIDAY - timedelta(weeks=WEEKS)
        won_in = Counter(
            month_of(deal.closed_on) for deal in deals if deal.closed_on and deal.outcome is Outcome.WON
        )
        assert len(won_in) == 6
        assert {deal.lost_reason for deal in deals if deal.outcome is Outcome.LOST} == set(
            DEFAULT.lost_reasons
        )
        for page in pages:
            assert page.people
            assert page.touches
            assert bool(page.lost_note) is (page.deal.outcome is Outcome.LOST)
            assert all(
                visit.evidence for visit in page.visits if visit.stage not in ("On radar", "Closed lost")
            )
        assert any(page.notes for page in pages)
        assert any(page.deal.properties for page in pages)


def test_the_demo_is_the_start_of_its_history(tmp_path: Path) -> None:
    with demo(tmp_path / "demo.db", FRIDAY) as store:
        assert store.history.peek_undo() is None
        actions = store.history.actions(1000)
        assert {actions[0].title, actions[-1].title} == {"make the demo"}
        dated = [action.at for action in actions]
        assert dated == sorted(dated, reverse=True)


def test_the_journal_of_the_demo_is_dated_as_it_happened(tmp_path: Path) -> None:
    with demo(tmp_path / "demo.db", FRIDAY) as store:
        page = store.read.deal_page(store.read.find_deal("Kessler Optik rollout"), FRIDAY)
        pushed = pushes(page.changes)
        assert [(FRIDAY - day).days for day in pushed.dates] == [36, 20]
        assert [(FRIDAY - local_day(instant_text(change.at))).days for change in page.changes] == [21, 40]


def test_the_deals_of_the_demo_show_what_a_deal_can_have(tmp_path: Path) -> None:
    with demo(tmp_path / "demo.db", FRIDAY) as store:
        pages = [store.read.deal_page(deal.id, FRIDAY) for deal in store.read.list_deals(None, FRIDAY)]
        people = [person for page in pages for person in page.people]
        tasks = [task for page in pages for task in page.tasks if task.done_at is None]
        assert all(person.role for person in people)
        assert {person.stance for person in people} == {*Stance, None}
        assert any(page.ticked and len(page.ticked) < len(stage_of(page).checklist) for page in pages)
        assert any(task.due_at for task in tasks)
        assert any(task.repeat_days for task in tasks)
        assert any(other.outcome is Outcome.WON for page in pages for other in page.related)


def stage_of(page: DealPage) -> Stage:
    return next(stage for stage in page.pipeline.stages if stage.id == page.deal.stage_id)


def test_the_same_seed_makes_the_same_demo(tmp_path: Path) -> None:
    with demo(tmp_path / "one.db", FRIDAY) as one, demo(tmp_path / "two.db", FRIDAY) as two:
        assert everything(one, FRIDAY) == everything(two, FRIDAY)
    assert closed_stories(FRIDAY, Random(1)) != closed_stories(FRIDAY, Random(2))


@given(days, st.integers(0, 1000))
def test_deals_that_are_over_have_a_past_in_order(today: date, seed: int) -> None:
    stories = closed_stories(today, Random(seed))
    ends = [story.events[-1] for story in stories]
    for story, end in zip(stories, ends, strict=True):
        assert isinstance(end, Moved)
        assert end.stage in (WON, LOST)
        assert (end.reason is not None) is (end.stage == LOST)
        assert end.reason is None or end.reason in LOST_NOTES
        past_in_order(story, today)
    this_month = [end for end in ends if isinstance(end, Moved) and month_of(end.day) == month_of(today)]
    assert Counter(end.stage for end in this_month) == {WON: 3, LOST: 2}


@given(days)
def test_open_deals_have_a_past_in_order(today: date) -> None:
    stories = open_stories(today)
    assert len({story.name for story in stories}) == 10
    for story in stories:
        past_in_order(story, today)


def past_in_order(story: Story, today: date) -> None:
    first = today - timedelta(weeks=WEEKS)
    moves = [event for event in story.events if isinstance(event, Moved)]
    assert all(before.day <= after.day and before.stage < after.stage for before, after in pairwise(moves))
    assert all(first <= story.created <= event.day <= today for event in story.events)
    for event in story.events:
        if isinstance(event, Planned) and event.done:
            assert event.day <= event.done <= (moves[-1].day if moves and moves[-1].stage >= WON else today)
    for text in (story.name, story.company, *(somebody.name for somebody in story.people), *story.tags):
        assert text == clean_line(text)
