"""Which deals are stuck, why, and in which order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.stuck import days_between, has_no_next_step, is_looked_at, reasons, stuck_list
from store.views import Outcome, Reason, StuckKind
from tests.rules.deals import TODAY, make_deal

IDLE = Reason(StuckKind.IDLE, 15, 14)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def why(today: date = TODAY, **facts: Any) -> tuple[Reason, ...]:
    """The reasons for a deal that was touched today, with `facts` that say otherwise."""
    dull = {"first_due": None, "last_due": None, "close_date": None, "idle_since": today}
    limits = {"days_in_stage_all": 0, "stuck_limit": 14, "dwell_limit": None}
    return reasons(today, **{**dull, **limits, **facts})


def due(day: date) -> dict[str, date]:
    return {"first_due": day, "last_due": day}


def test_the_example_followed_over_the_days() -> None:
    """Entered 1 November, last touch 5 November, limit 14; from 20 November on a task due on the 22nd."""
    touched = date(2026, 11, 5)
    planned = due(date(2026, 11, 22))
    assert why(date(2026, 11, 19), idle_since=touched) == ()
    assert why(date(2026, 11, 20), idle_since=touched) == (Reason(StuckKind.IDLE, 15, 14),)
    assert why(date(2026, 11, 20), idle_since=touched, **planned) == ()
    assert why(date(2026, 11, 22), idle_since=touched, **planned) == ()
    assert why(date(2026, 11, 23), idle_since=touched, **planned) == (
        Reason(StuckKind.OVERDUE_TASK, 1),
        Reason(StuckKind.IDLE, 18, 14),
    )


def test_a_task_is_overdue_from_the_day_after_it_was_due() -> None:
    assert why(**due(TODAY)) == ()
    assert why(**due(TODAY - days(1))) == (Reason(StuckKind.OVERDUE_TASK, 1),)


def test_the_earliest_overdue_task_counts_even_when_another_one_is_planned() -> None:
    held = why(first_due=TODAY - days(3), last_due=TODAY + days(3), idle_since=TODAY - days(40))
    assert held == (Reason(StuckKind.OVERDUE_TASK, 3),)


def test_a_close_date_has_passed_from_the_day_after() -> None:
    assert why(close_date=TODAY) == ()
    assert why(close_date=TODAY - days(9)) == (Reason(StuckKind.CLOSE_DATE_PASSED, 9),)


def test_an_undated_task_does_not_make_a_deal_waiting() -> None:
    assert why(idle_since=TODAY - days(15)) == (IDLE,)


@pytest.mark.parametrize("idle", [0, 14])
def test_idle_begins_after_the_limit_not_on_it(idle: int) -> None:
    assert why(idle_since=TODAY - days(idle)) == ()


def test_a_stage_without_limits_never_holds_a_deal_for_too_long() -> None:
    assert why(idle_since=TODAY - days(900), stuck_limit=None, days_in_stage_all=900) == ()


def test_a_limit_of_no_days_holds_from_the_first_day_on() -> None:
    assert why(idle_since=TODAY - days(1), stuck_limit=0) == (Reason(StuckKind.IDLE, 1, 0),)
    assert why(days_in_stage_all=1, dwell_limit=0) == (Reason(StuckKind.TOO_LONG_IN_STAGE, 1, 0),)


def test_all_visits_to_a_stage_count_for_its_dwell_limit() -> None:
    assert why(days_in_stage_all=30, dwell_limit=30) == ()
    assert why(days_in_stage_all=31, dwell_limit=30) == (Reason(StuckKind.TOO_LONG_IN_STAGE, 31, 30),)


def test_all_reasons_that_hold_are_given_in_the_order_of_headlines() -> None:
    held = why(
        first_due=TODAY - days(2),
        last_due=TODAY - days(1),
        close_date=TODAY - days(4),
        idle_since=TODAY - days(20),
        days_in_stage_all=50,
        dwell_limit=45,
    )
    assert [reason.kind for reason in held] == list(StuckKind)
    assert [reason.days for reason in held] == [2, 4, 20, 50]


def test_a_clock_that_was_set_back_makes_no_negative_days() -> None:
    tomorrow = TODAY + days(1)
    assert days_between(tomorrow, TODAY) == 0
    assert why(idle_since=tomorrow, stuck_limit=0) == ()
    assert not has_no_next_step(TODAY, (), 0, tomorrow)


def test_a_snoozed_deal_is_looked_at_again_on_the_day_it_is_snoozed_until() -> None:
    assert is_looked_at(Outcome.OPEN, None, TODAY)
    assert not is_looked_at(Outcome.OPEN, TODAY + days(1), TODAY)
    assert is_looked_at(Outcome.OPEN, TODAY, TODAY)


@pytest.mark.parametrize("outcome", [Outcome.WON, Outcome.LOST])
def test_a_closed_deal_is_not_looked_at(outcome: Outcome) -> None:
    assert not is_looked_at(outcome, None, TODAY)


def test_no_next_step_is_said_from_the_third_day_on() -> None:
    assert not has_no_next_step(TODAY, (), 0, TODAY - days(2))
    assert has_no_next_step(TODAY, (), 0, TODAY - days(3))


def test_no_next_step_is_not_said_of_stuck_deals_nor_of_those_with_any_open_task() -> None:
    assert not has_no_next_step(TODAY, (IDLE,), 0, TODAY - days(30))
    assert not has_no_next_step(TODAY, (), 1, TODAY - days(30))


def test_the_list_goes_by_money_at_stake_then_by_idleness() -> None:
    deals = [
        make_deal(id=1, stuck=(IDLE,), amount=None, idle_since=TODAY - days(15)),
        make_deal(id=2, stuck=(IDLE,), amount=None, idle_since=TODAY - days(90)),
        make_deal(id=3, stuck=(IDLE,), amount=4_000_000, probability=10),
        make_deal(id=4, stuck=(IDLE,), amount=1_000_000, probability=50, idle_since=TODAY - days(15)),
        make_deal(id=5, stuck=(IDLE,), amount=500_000, probability=100, idle_since=TODAY - days(16)),
        make_deal(id=6, stuck=(IDLE,), amount=0),
        make_deal(id=7),
        make_deal(id=8, no_next_step=True, amount=100),
        make_deal(id=9, no_next_step=True, amount=200),
        make_deal(id=10, stuck=(IDLE,), amount=9_900_000, currency="JPY"),
    ]
    listed = stuck_list(deals, TODAY, "USD", {})
    assert [deal.id for deal in listed.stuck] == [5, 4, 3, 6, 2, 1, 10]
    assert [deal.id for deal in listed.no_next_step] == [9, 8]
    assert listed.at_stake.count == 7
    assert listed.at_stake.weighted == 4_000_000 * 10 + 2 * 1_000_000 * 50
    assert listed.at_stake.foreign == (("JPY", 9_900_000),)


def test_money_at_stake_is_compared_in_the_pipelines_currency() -> None:
    deals = [
        make_deal(id=1, stuck=(IDLE,), amount=100_000),
        make_deal(id=2, stuck=(IDLE,), amount=100_000, currency="GBP"),
    ]
    listed = stuck_list(deals, TODAY, "USD", {"GBP": (5, 4)})
    assert [deal.id for deal in listed.stuck] == [2, 1]
    assert listed.at_stake.weighted == 225_000 * 50


near = st.dates(TODAY - days(60), TODAY + days(60))
maybe = st.none() | near


@given(
    first=near,
    more=st.integers(0, 60),
    close=maybe,
    idle=near,
    total=st.integers(0, 90),
    limit=st.integers(0, 40),
)
def test_reasons_hold_by_their_own_days_in_headline_order(
    first: date, more: int, close: date | None, idle: date, total: int, limit: int
) -> None:
    last = first + days(more)
    held = why(
        first_due=first,
        last_due=last,
        close_date=close,
        idle_since=idle,
        days_in_stage_all=total,
        stuck_limit=limit,
        dwell_limit=limit,
    )
    expected = {
        StuckKind.OVERDUE_TASK: first < TODAY,
        StuckKind.CLOSE_DATE_PASSED: close is not None and close < TODAY,
        StuckKind.IDLE: (TODAY - idle).days > limit and last < TODAY,
        StuckKind.TOO_LONG_IN_STAGE: total > limit,
    }
    assert [reason.kind for reason in held] == [kind for kind in StuckKind if expected[kind]]
    assert all(reason.days > (reason.limit or 0) for reason in held)
