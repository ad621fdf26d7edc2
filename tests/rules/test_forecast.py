"""Money by the month it is expected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.forecast import (
    Category,
    Expected,
    categories,
    category_of,
    due_by_month,
    forecast,
    month_forecast,
)
from store.views import Forecast, Outcome, Pipeline, Stage, Totals
from tests.rules.deals import TODAY, make_deal

DAY: Final = date(2026, 11, 27)
MONTHS: Final = ("2026-11", "2026-12", "2027-01")
PIPELINE: Final = Pipeline(1, "Sales", "USD", (Stage(1, 1, "Demo done", 50, Outcome.OPEN),))


def due(amount: int | None, percent: int, day: date | None = DAY, currency: str = "USD") -> Expected:
    """An open deal of so many whole units."""
    return Expected(None if amount is None else amount * 100, currency, percent, day, None)


def won(amount: int | None, day: date = date(2026, 11, 3), currency: str = "USD") -> Expected:
    return Expected(None if amount is None else amount * 100, currency, 100, None, day)


def of(
    *deals: Expected, goals: dict[str, int] | None = None, pipeline: Pipeline = PIPELINE, **rates: Any
) -> Forecast:
    open_deals = [deal for deal in deals if deal.closed_on is None]
    won_deals = [deal for deal in deals if deal.closed_on is not None]
    return forecast(pipeline, open_deals, won_deals, MONTHS, TODAY, goals or {}, rates)


def test_the_example_digit_by_digit() -> None:
    """Goal 30,000. Won 12,000. Open due in November: 20,000 at 50 %, 10,000 at 70 %, 5,000 at 0 %."""
    november = of(
        won(12_000), due(20_000, 50), due(10_000, 70), due(5_000, 0), goals={"2026-11": 3_000_000}
    ).months[0]
    assert november.month == "2026-11"
    assert november.won == 1_200_000
    assert november.expected == 1_700_000 * 100
    assert november.forecast == 2_900_000 * 100
    assert november.goal == 3_000_000
    assert november.gap == 1_800_000
    assert november.coverage == 35_000 / 18_000
    assert f"{november.coverage:.2f}" == "1.94"
    assert (november.p10, november.p50, november.p90) == (1_200_000, 2_200_000, 4_200_000)
    assert november.chance == 0.5
    assert november.error == 0


def test_months_come_in_the_order_asked_for_and_take_the_deals_due_in_them() -> None:
    found = of(
        due(100, 50),
        due(200, 50, date(2026, 12, 1)),
        due(300, 50, date(2027, 1, 31)),
        due(1, 9, date(2027, 2, 1)),
    )
    assert [month.month for month in found.months] == list(MONTHS)
    assert [month.expected for month in found.months] == [5_000 * 100, 10_000 * 100, 15_000 * 100]


def test_overdue_and_undated_deals_are_in_no_month() -> None:
    found = of(
        due(100, 50, TODAY),
        due(200, 50, TODAY - timedelta(days=1)),
        due(None, 50, date(2026, 11, 1)),
        due(7, 10, None),
    )
    assert found.months[0].expected == 5_000 * 100
    assert found.overdue == Totals(2, 20_000, 1, 10_000 * 100)
    assert found.undated == Totals(1, 700, 0, 70 * 100)


def test_a_month_that_is_over_has_only_what_was_won() -> None:
    found = forecast(
        PIPELINE, [due(100, 50, date(2026, 10, 5))], [won(40, date(2026, 10, 31))], ["2026-10"], TODAY, {}, {}
    )
    assert (found.months[0].won, found.months[0].expected) == (4_000, 0)
    assert found.overdue.count == 1


def test_deals_won_in_other_months_do_not_count() -> None:
    found = of(won(12, date(2026, 11, 1)), won(30, date(2026, 10, 31)), won(50, date(2025, 11, 3)), won(None))
    assert [month.won for month in found.months] == [1_200, 0, 0]


def test_a_month_without_its_own_goal_has_the_pipelines() -> None:
    pipeline = Pipeline(1, "Sales", "USD", (), (), 90_000)
    found = of(won(100), goals={"2026-12": 0}, pipeline=pipeline)
    assert [month.goal for month in found.months] == [90_000, 0, 90_000]
    assert [month.gap for month in found.months] == [80_000, 0, 90_000]


def test_without_a_goal_there_is_no_gap_no_coverage_and_no_chance() -> None:
    month = of(won(100), due(50, 50)).months[0]
    assert (month.goal, month.gap, month.coverage, month.chance) == (None, None, None, None)


@pytest.mark.parametrize("goal", [10_000, 9_999, 0])
def test_a_goal_that_is_reached_is_certain_and_needs_no_coverage(goal: int) -> None:
    month = of(won(100), due(50, 50), goals={"2026-11": goal}).months[0]
    assert month.gap == goal - 10_000
    assert (month.chance, month.coverage) == (1.0, None)


def test_a_goal_out_of_reach_has_no_chance() -> None:
    month = of(due(50, 50), goals={"2026-11": 5_001}).months[0]
    assert (month.chance, month.coverage) == (0.0, 5_000 / 5_001)


def test_an_unknown_amount_adds_nothing() -> None:
    assert of(due(None, 90)).months[0].expected == 0


def test_what_is_in_no_sum_is_told_beside_it() -> None:
    months = of(
        won(None),
        won(30, currency="CHF"),
        won(100),
        due(None, 90),
        due(None, 50),
        due(50, 50, currency="EUR"),
        due(70, 50, currency="CHF"),
        due(20, 50, currency="CHF"),
        due(1, 50, currency="GBP"),
        due(None, 50, date(2026, 12, 1)),
        EUR=(2, 1),
    ).months
    assert (months[0].won, months[0].expected) == (10_000, 10_000 * 50)
    assert (months[0].won_unknown, months[0].won_foreign) == (1, (("CHF", 3_000),))
    assert (months[0].due_unknown, months[0].due_foreign) == (2, (("CHF", 9_000), ("GBP", 100)))
    assert [month.due_unknown for month in months[1:]] == [1, 0]
    assert months[2].due_foreign == months[2].won_foreign == ()


def test_other_currencies_are_converted_and_those_without_a_rate_left_out() -> None:
    month = of(
        won(100, currency="EUR"), due(50, 50, currency="EUR"), due(70, 50, currency="CHF"), EUR=(2, 1)
    ).months[0]
    assert month.won == 20_000
    assert month.expected == 10_000 * 50
    assert month.p90 == 30_000


def test_no_months_give_no_months() -> None:
    assert forecast(PIPELINE, [due(1, 50)], [], [], TODAY, {}, {}).months == ()


def test_a_deal_of_the_board_can_be_forecast() -> None:
    month = month_forecast("2026-11", [], [make_deal(amount=100, probability=30)], None, "USD", {})
    assert month.expected == 3_000


@pytest.mark.parametrize(
    ("probability", "category"),
    [
        (100, Category.COMMIT),
        (80, Category.COMMIT),
        (79, Category.BEST_CASE),
        (50, Category.BEST_CASE),
        (49, Category.PIPELINE),
        (0, Category.PIPELINE),
    ],
)
def test_categories_as_founders_say_them(probability: int, category: Category) -> None:
    assert category_of(probability) is category


def test_categories_of_a_month() -> None:
    found = categories([won(12)], [due(20, 50), due(10, 70), due(5, 0), due(4, 80)], "USD", {})
    assert {category: total.amount for category, total in found.items()} == {
        Category.WON: 1_200,
        Category.COMMIT: 400,
        Category.BEST_CASE: 3_000,
        Category.PIPELINE: 500,
    }
    assert list(found) == list(Category)


expected = st.builds(
    due,
    st.none() | st.integers(0, 10**6),
    st.integers(0, 100),
    st.none() | st.dates(TODAY - timedelta(99), date(2027, 1, 31)),
)


@given(deals=st.lists(expected, max_size=9), goal=st.none() | st.integers(0, 10**7))
def test_every_open_deal_is_in_exactly_one_place(deals: list[Expected], goal: int | None) -> None:
    found = of(*deals, goals={} if goal is None else dict.fromkeys(MONTHS, goal))
    by_month, overdue, undated = due_by_month(deals, TODAY)
    assert sum(map(len, by_month.values())) + len(overdue) + len(undated) == len(deals)
    weighted = sum(month.expected for month in found.months) + found.overdue.weighted + found.undated.weighted
    assert weighted == sum((deal.amount or 0) * deal.probability for deal in deals)
    for month in found.months:
        assert month.p10 <= month.p50 <= month.p90
        assert month.forecast == month.won * 100 + month.expected
        assert month.chance is None or 0 <= month.chance <= 1
