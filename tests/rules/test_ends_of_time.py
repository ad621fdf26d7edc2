"""Rules and grammars on any day there is: leap days, year ends, the last days of all. Nothing overflows, no figure is
negative, and what is beyond the days that are kept is refused in a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import (
    DateOrder,
    add_months,
    describe_date,
    month_of,
    month_range,
    parse_date,
    parse_day,
    parse_month,
    short_date,
)
from store.errors import InvalidInput
from store.months import LAST_YEAR
from store.rules.agenda import agenda, week_end
from store.rules.filters import parse_filter
from store.rules.forecast import forecast
from store.rules.quickline import parse_quickline
from store.rules.repeats import MAX_REPEAT, next_due
from store.rules.steps import parse_step
from store.rules.stuck import reasons, stuck_list
from store.rules.upcoming import next_stuck_day
from store.views import Outcome, Pipeline, Stage
from tests.rules.deals import make_deal

FIRST = date(1970, 1, 1)
LAST_KEPT = date(LAST_YEAR, 12, 31)
CALENDAR_EDGES = [date(2024, 2, 29), date(2026, 1, 31), date(2020, 12, 31), date(2027, 1, 3), LAST_KEPT]
DAYS = st.dates(FIRST)
TODAYS = DAYS | st.dates(date.max - timedelta(40)) | st.sampled_from(CALENDAR_EDGES)
ORDERS = st.sampled_from(get_args(DateOrder))
LIMITS = st.none() | st.integers(0, 10**7)
WORDS = st.sampled_from(
    [
        *(
            "today",
            "tomorrow",
            "yesterday",
            "3",
            "999",
            "3d",
            "+3d",
            "9999d",
            "+2w",
            "9999w",
            "+1m",
            "-9999d",
        ),
        *(
            "+1y",
            "9999y",
            "2w ago",
            "f",
            "fri",
            "next fri",
            "this fri",
            "last fri",
            "eow",
            "eom",
            "eoq",
            "eoy",
        ),
        *("next week", "next month", "29 feb", "31 dec", "30.12.", "3/11", "31/12/9999", "9999-12-31"),
        *("2199-12-31", "2200-01-01", "feb", "nov", "2199"),
    ]
)
STEPS = st.sampled_from(
    [
        "{}",
        "call {}",
        "call {} at 9",
        "every day",
        "call every 3650 days",
        "every fri",
        "call every 2 weeks {}",
    ]
)


def kept(day: date | None) -> bool:
    return day is None or FIRST <= day <= LAST_KEPT


@given(TODAYS, WORDS, ORDERS)
def test_a_typed_day_is_kept_or_refused(today: date, typed: str, order: DateOrder) -> None:
    for parse in (parse_date, parse_day):
        with suppress(InvalidInput):
            day = parse(typed, today, order)
            assert kept(day)
            assert describe_date(day, today)
            assert short_date(day, today)


@given(TODAYS, STEPS, WORDS, ORDERS)
def test_a_typed_step_is_kept_or_refused(today: date, line: str, word: str, order: DateOrder) -> None:
    with suppress(InvalidInput):
        step = parse_step(line.format(word), today, order)
        assert step.describe(today)
        assert kept(step.draft().due_on)


@given(TODAYS, WORDS, ORDERS)
def test_lines_and_filters_never_raise(today: date, word: str, order: DateOrder) -> None:
    line = parse_quickline(f'Acme 12k close:"{word}" #x', today, "USD", order, ["A", "B"], [])
    assert kept(line.close_date)
    found = parse_filter(
        f'close<"{word}" entered>"{word}" due:"{word}" created:"{word}"', today, "USD", order
    )
    assert found.matches(make_deal()) in (True, False)


@given(TODAYS, st.sampled_from(["this", "next", "last month", "nov", "1", "12", "feb", "9999-12"]))
def test_a_typed_month_is_kept_or_refused(today: date, typed: str) -> None:
    with suppress(InvalidInput):
        first, last = month_range(parse_month(typed, today))
        assert kept(first)
        assert kept(last)


@given(TODAYS, DAYS, st.integers(1, MAX_REPEAT))
def test_what_repeats_comes_again_later_or_not_at_all(today: date, due: date, days: int) -> None:
    again = next_due(due, days, today)
    if again is None:
        assert max(today, due) > LAST_KEPT - timedelta(days)
    else:
        assert max(today, due) < again <= LAST_KEPT
        assert (again - due).days % days == 0


@given(TODAYS)
def test_a_week_ends_on_the_day_or_later(today: date) -> None:
    end = week_end(today)
    assert today <= end
    assert end.weekday() == 6 or end == date.max
    assert agenda([], today, 0, 0).today == today


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 12, 31), date(2027, 1, 3)),  # week 53
        (date(2027, 1, 1), date(2027, 1, 3)),
        (date(2024, 2, 29), date(2024, 3, 3)),
    ],
)
def test_a_week_goes_over_the_end_of_the_year_and_of_february(today: date, end: date) -> None:
    assert week_end(today) == end


@given(TODAYS, DAYS, DAYS, st.none() | DAYS, st.none() | DAYS, LIMITS, LIMITS)
def test_no_age_is_negative_and_no_day_is_beyond_the_last(
    today: date,
    entered: date,
    idle_since: date,
    close: date | None,
    snoozed: date | None,
    stuck_limit: int | None,
    dwell_limit: int | None,
) -> None:
    """Days in any order: the clock was set back, or forward."""
    stage = Stage(1, 1, "Demo done", 50, Outcome.OPEN, stuck_limit=stuck_limit, dwell_limit=dwell_limit)
    pipeline = Pipeline(1, "Sales", "USD", (stage,))
    deal = make_deal(
        today=today, entered_stage_on=entered, idle_since=idle_since, close_date=close, snoozed_until=snoozed,
        next_step=None,
    )  # fmt: skip
    assert deal.days_in_stage >= 0
    assert deal.days_in_stage_all >= 0
    found = reasons(today, close, close, close, idle_since, deal.days_in_stage_all, stuck_limit, dwell_limit)
    assert all(reason.days >= 0 for reason in found)
    assert stuck_list([deal], today, "USD", {}).today == today
    following = next_stuck_day([deal], pipeline, today, {})
    assert following is None or following.on > today


@given(TODAYS.filter(lambda day: day.year < 9999), st.none() | DAYS)
def test_each_open_deal_is_in_one_month_overdue_or_undated(today: date, close: date | None) -> None:
    pipeline = Pipeline(1, "Sales", "USD", ())
    deal = make_deal(today=today, close_date=close, amount=100, probability=50)
    first = month_of(today)
    month = first if close is None or close < today else month_of(close)
    found = forecast(pipeline, [deal], [], [first, month, add_months(first, 2)], today, {}, {})
    in_month = found.months[1].expected
    assert [in_month > 0, found.overdue.count, found.undated.count].count(0) == 2
