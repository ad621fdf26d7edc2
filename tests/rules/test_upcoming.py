"""The next day on which something is stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.rules.stuck import is_looked_at
from store.rules.upcoming import next_stuck_day, reasons_on
from store.views import Deal, NextStep, Outcome, Pipeline, Reason, Stage, StuckKind
from tests.rules.deals import TODAY, make_deal


def pipeline(stuck_limit: int | None = 14, dwell_limit: int | None = None) -> Pipeline:
    stage = Stage(1, 1, "Demo done", 50, Outcome.OPEN, stuck_limit=stuck_limit, dwell_limit=dwell_limit)
    return Pipeline(1, "Sales", "USD", (stage,))


def days(count: int) -> timedelta:
    return timedelta(days=count)


def idle_deal(id_: int = 1, since: date = TODAY, **changes: object) -> Deal:
    """A deal without a close date or a task."""
    plain = {"next_step": None, "open_tasks": 0, "last_task_due": None, "close_date": None}
    return make_deal(id=id_, idle_since=since, **{**plain, **changes})


def test_an_idle_deal_is_stuck_the_day_after_its_limit() -> None:
    found = next_stuck_day([idle_deal(since=date(2026, 11, 18))], pipeline(), TODAY, {})
    assert found is not None
    assert found.on == date(2026, 12, 3)
    assert found.reasons == (Reason(StuckKind.IDLE, 15, 14),)


def test_a_planned_step_keeps_it_waiting_until_the_day_after() -> None:
    due = date(2026, 12, 9)
    deal = idle_deal(next_step=NextStep(1, "call", due), open_tasks=1, last_task_due=due)
    found = next_stuck_day([deal], pipeline(), TODAY, {})
    assert found is not None
    assert found.on == date(2026, 12, 10)
    assert [reason.kind for reason in found.reasons] == [StuckKind.OVERDUE_TASK, StuckKind.IDLE]


def test_a_snoozed_deal_is_stuck_again_on_the_day_it_is_snoozed_until() -> None:
    deal = idle_deal(since=TODAY - days(40), snoozed_until=date(2026, 11, 27))
    found = next_stuck_day([deal], pipeline(), TODAY, {})
    assert found is not None
    assert (found.on, found.reasons) == (date(2026, 11, 27), (Reason(StuckKind.IDLE, 47, 14),))


def test_earlier_stays_count_for_how_long_a_deal_may_be_in_its_stage() -> None:
    entered = date(2026, 11, 10)
    found = next_stuck_day(
        [idle_deal(entered_stage_on=entered, days_before=5)], pipeline(None, 20), TODAY, {}
    )
    assert found is not None
    assert (found.on, found.reasons) == (date(2026, 11, 26), (Reason(StuckKind.TOO_LONG_IN_STAGE, 21, 20),))
    new = idle_deal(entered_stage_on=TODAY, days_before=20)
    found = next_stuck_day([new], pipeline(None, 20), TODAY, {})
    assert found is not None
    assert (found.on, found.reasons) == (date(2026, 11, 21), (Reason(StuckKind.TOO_LONG_IN_STAGE, 21, 20),))
    asleep = idle_deal(entered_stage_on=TODAY, days_before=30, snoozed_until=date(2026, 11, 23))
    found = next_stuck_day([asleep], pipeline(None, 20), TODAY, {})
    assert found is not None
    assert (found.on, found.reasons) == (date(2026, 11, 23), (Reason(StuckKind.TOO_LONG_IN_STAGE, 33, 20),))


def test_of_several_on_one_day_the_one_with_the_most_at_stake_is_named() -> None:
    deals = [
        idle_deal(1, close_date=TODAY + days(2), amount=100_000),
        idle_deal(2, close_date=TODAY + days(2), amount=900_000),
        idle_deal(3, close_date=TODAY + days(5), amount=9_900_000),
    ]
    found = next_stuck_day(deals, pipeline(), TODAY, {})
    assert found is not None
    assert (found.on, found.deal.id, found.count) == (TODAY + days(3), 2, 2)


def test_nothing_will_be_stuck_without_limits_and_days() -> None:
    stuck = idle_deal(stuck=(Reason(StuckKind.IDLE, 20, 14),))
    closed, elsewhere = idle_deal(2, outcome=Outcome.WON), idle_deal(3, stage_id=9)
    assert next_stuck_day([stuck, closed, elsewhere], pipeline(), TODAY, {}) is None
    assert next_stuck_day([idle_deal()], pipeline(stuck_limit=None), TODAY, {}) is None
    assert next_stuck_day([idle_deal()], pipeline(stuck_limit=10**12), TODAY, {}) is None


near = st.integers(-25, 25).map(lambda count: TODAY + days(count))
limits = st.none() | st.integers(0, 30)


@st.composite
def any_deal(draw: st.DrawFn) -> Deal:
    """A deal of any facts that fit together, which may be stuck today."""
    due = draw(st.lists(st.none() | near, max_size=3))
    dated = sorted(day for day in due if day is not None)
    entered = draw(near)
    return make_deal(
        id=draw(st.integers(1, 99)),
        next_step=NextStep(1, "call", dated[0] if dated else None) if due else None,
        open_tasks=len(due),
        last_task_due=dated[-1] if dated else None,
        close_date=draw(st.none() | near),
        entered_stage_on=entered,
        idle_since=draw(near),
        days_before=draw(st.integers(0, 20)),
        snoozed_until=draw(st.none() | near),
    )


@given(st.lists(any_deal(), max_size=4), limits, limits)
def test_nothing_is_stuck_before_that_day_and_something_is_on_it(
    deals: list[Deal], stuck_limit: int | None, dwell_limit: int | None
) -> None:
    sales = pipeline(stuck_limit, dwell_limit)
    stages = {stage.id: stage for stage in sales.stages}

    def why(deal: Deal, day: date) -> tuple[Reason, ...]:
        looked_at = is_looked_at(deal.outcome, deal.snoozed_until, day)
        return reasons_on(deal, stages, TODAY, day) if looked_at else ()

    judged = [replace(deal, stuck=why(deal, TODAY)) for deal in deals]
    free = [deal for deal in judged if not deal.stuck]
    found = next_stuck_day(judged, sales, TODAY, {})
    ahead = [TODAY + days(count) for count in range(1, 120)]
    stuck_on = [day for day in ahead if any(why(deal, day) for deal in free)]
    if found is None:
        assert stuck_on == []
        return
    assert found.on == stuck_on[0]
    assert found.count == sum(bool(why(deal, found.on)) for deal in free)
    assert why(found.deal, found.on) == found.reasons
