"""Days, months and ages are those of the zone one is in, the same for every read, on days of 23, 24 and 25 hours, in
whichever order clocks that were set back have left the instants."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.dates import instant_text, local_day, month_of
from store.reads.agenda import tasks
from store.reads.board import board
from store.reads.deal_page import deal_page
from store.reads.deals import deals, list_deals
from store.reads.forecast import forecast
from store.reads.similar import silences
from store.reads.stuck import stuck
from store.rules.filters import parse_filter
from store.rules.timeline import timeline
from store.views import Deal, Outcome
from tests.store.filled import RADAR, SIGNED, Filled, in_zone
from tui.clock import on_day

TURNS: Final = (
    ("America/Santiago", date(2026, 9, 6)),  # begins at 1:00
    ("America/Santiago", date(2026, 4, 4)),  # has 25 hours, the last of them twice
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # by half an hour
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("America/New_York", date(2026, 11, 1)),
    ("Pacific/Kiritimati", date(2026, 12, 31)),
    ("Asia/Kathmandu", date(2028, 2, 29)),
)
"""Zones, and days around which their clocks or months turn."""

MOMENTS = st.integers(-40 * 24 * 4, 40 * 24 * 4).map(
    lambda quarters: timedelta(minutes=15 * quarters)
) | st.integers(-7_200, 7_200).map(lambda seconds: timedelta(seconds=seconds, milliseconds=1))
"""Days around such a day, and hours around its beginning."""

STORIES = st.tuples(MOMENTS, MOMENTS, st.none() | MOMENTS, MOMENTS, st.integers(1, 9))
"""When a deal was made, entered its stage and was won (if it was), the last sign of life, and what it is worth."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    made = Filled(tmp_path_factory.mktemp("days") / "deals.db")
    yield made
    made.connection.close()


class Told:
    """Deals of such stories around a turn, and on which days they were what, as the zone's own table says."""

    def __init__(self, filled: Filled, turn: tuple[str, date], stories: list[Any]) -> None:
        self.zone, day = ZoneInfo(turn[0]), turn[1]
        noon = datetime.combine(day, time(12), self.zone)
        self.begin = noon.astimezone(UTC) - timedelta(hours=12)
        self.days: dict[int, tuple[date, date, date | None]] = {}
        self.worth: dict[int, int] = {}
        for made, entered, won, sign, worth in stories:
            texts = [
                None if shift is None else instant_text(self.begin + shift) for shift in (made, entered, won)
            ]
            deal_id = filled.deal(
                stage_id=RADAR if won is None else SIGNED,
                amount=worth,
                created=texts[0],
                entered=str(texts[1]),
                closed=texts[2],
            )
            filled.touch(deal_id, instant_text(self.begin + sign))
            filled.task(deal_id, "call", None, done=instant_text(self.begin + sign), on=str(texts[0]))
            self.days[deal_id] = (self.day(made), self.day(entered), None if won is None else self.day(won))
            self.worth[deal_id] = worth

    def day(self, shift: timedelta) -> date:
        return (self.begin + shift).astimezone(self.zone).date()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(turn=st.sampled_from(TURNS), stories=st.lists(STORIES, max_size=4), later=st.integers(-45, 45))
@example(
    turn=TURNS[0],
    stories=[(timedelta(), timedelta(seconds=-1), timedelta(hours=-1), timedelta(), 5)],
    later=0,
)
def test_every_read_counts_in_the_days_of_the_zone(
    filled: Filled, turn: tuple[str, date], stories: list[Any], later: int
) -> None:
    connection, today = filled.connection, turn[1] + timedelta(later)
    connection.execute("BEGIN")
    try:
        with in_zone(turn[0]):
            told = Told(filled, turn, stories)
            every = list_deals(connection, None, today, closed=True)
            assert {
                deal.id: (deal.created_on, deal.entered_stage_on, deal.closed_on) for deal in every
            } == told.days
            assert deals(connection, [deal.id for deal in every], today) == every
            _check_board(connection, told, every, today)
            _check_ages(connection, every, today)
    finally:
        connection.execute("ROLLBACK")


def _check_board(connection: sqlite3.Connection, told: Told, every: tuple[Deal, ...], today: date) -> None:
    """Won this month is won this month: on the board, in the forecast, to a filter."""
    won = {deal_id: days[2] for deal_id, days in told.days.items() if days[2] is not None}
    shown = [deal for column in board(connection, None, today).columns for deal in column.deals]
    this_month = {deal_id for deal_id, day in won.items() if month_of(day) == month_of(today)}
    assert {deal.id for deal in shown if deal.outcome is Outcome.WON} == this_month
    assert all(deal in every for deal in shown)
    months = sorted({month_of(day) for day in won.values()} | {month_of(today)})
    found = forecast(connection, None, today, months)
    assert {month.month: month.won for month in found.months} == {
        month: sum(told.worth[deal_id] for deal_id, day in won.items() if month_of(day) == month)
        for month in months
    }
    closed = parse_filter(f"closed:{months[0]} won", today, "USD", "dmy")
    assert {deal.id for deal in every if closed.matches(deal)} == {
        deal_id for deal_id, day in won.items() if month_of(day) == months[0]
    }


def _check_ages(connection: sqlite3.Connection, every: tuple[Deal, ...], today: date) -> None:
    """No age and no stay is negative, and what happened is on its day."""
    for deal in every:
        page = deal_page(connection, deal.id, today)
        assert page.deal == deal
        assert deal.days_in_stage == max(0, (today - deal.entered_stage_on).days) <= deal.days_in_stage_all
        assert all(reason.days >= 0 for reason in deal.stuck)
        events = timeline(page)
        assert [event.on for event in events] == sorted((event.on for event in events), reverse=True)
        touch = next(event for event in events if event.what == "call")
        assert touch.on == local_day(instant_text(page.touches[0].at))
    listed = stuck(connection, None, today)
    assert {deal.id for deal in listed.stuck} == {deal.id for deal in every if deal.stuck}
    assert all(silence.days >= 0 for silence in silences(connection, SIGNED))
    assert len(tasks(connection, None, True)) == len(every)


@given(turn=st.sampled_from(TURNS), later=st.integers(-45, 45), second=st.integers(0, 86_399))
@example(turn=TURNS[0], later=0, second=1800)
@example(turn=TURNS[2], later=0, second=0)
def test_what_is_dated_on_a_day_is_on_it_at_any_time_of_day(
    turn: tuple[str, date], later: int, second: int
) -> None:
    """`--today`, also where clocks leave out the hour."""
    day = turn[1] + timedelta(later)
    with in_zone(turn[0]):
        now = on_day(day, time(second // 3600, second // 60 % 60, second % 60))
        assert now.tzinfo is UTC
        assert now.astimezone(ZoneInfo(turn[0])).date() == day == local_day(instant_text(now))
