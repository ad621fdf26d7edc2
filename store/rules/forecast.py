"""Money by the month it is expected (`domain.md`, "Forecast"). Everything but ratios and chances is exact.

Amounts are minor units of the pipeline's currency, weighted sums hundredths of them; deals in other currencies are
converted with its rates (`store.rules.totals`). One without a rate and an unknown amount are in no sum of a month: they
are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from store.months import month_of
from store.rules.distribution import distribution
from store.rules.totals import Rates, converted, totals
from store.views import Forecast, MonthForecast, Pipeline, Totals

if TYPE_CHECKING:
    from typing import Protocol, TypeVar

    from store.rules.totals import Priced

    class Forecastable(Priced, Protocol):
        """What the forecast needs to know of a deal; a `Deal` is one."""

        @property
        def close_date(self) -> date | None:
            """When an open deal is expected to close."""

        @property
        def closed_on(self) -> date | None:
            """When a won deal was won, in the local calendar."""

    AnyDeal = TypeVar("AnyDeal", bound=Forecastable)

LEVELS = (10, 50, 90)
"""The percentages of the range: P10, P50, P90."""


class Category(StrEnum):
    """How sure the money of a month is, as founders say it."""

    WON = "won"
    COMMIT = "commit"
    BEST_CASE = "best case"
    PIPELINE = "pipeline"


class Expected(NamedTuple):
    """Only what the forecast needs to know of a deal."""

    amount: int | None
    currency: str
    probability: int
    close_date: date | None
    closed_on: date | None


def forecast(
    pipeline: Pipeline,
    open_deals: Iterable[Forecastable],
    won_deals: Iterable[Forecastable],
    months: Sequence[str],
    today: date,
    goals: Mapping[str, int],
    rates: Rates,
) -> Forecast:
    """The forecast of `months` ("2026-11") as of `today`, and the open deals that are in no month.

    `won_deals` may hold deals won at any time; those of another month do not count. The goal of a month is its own
    (`goals`), else the pipeline's monthly one.
    """
    due, overdue, undated = due_by_month(open_deals, today)
    won = won_by_month(won_deals)
    found = (
        month_forecast(
            month,
            won.get(month, ()),
            due.get(month, ()),
            goals.get(month, pipeline.monthly_goal),
            pipeline.currency,
            rates,
        )
        for month in months
    )
    return Forecast(
        today,
        pipeline.currency,
        tuple(found),
        totals(overdue, pipeline.currency, rates),
        totals(undated, pipeline.currency, rates),
    )


def due_by_month(
    open_deals: Iterable[AnyDeal], today: date
) -> tuple[dict[str, list[AnyDeal]], list[AnyDeal], list[AnyDeal]]:
    """Open deals by the month they are expected in, then the overdue and the undated ones, which are in no month."""
    due: dict[str, list[AnyDeal]] = {}
    overdue: list[AnyDeal] = []
    undated: list[AnyDeal] = []
    months: dict[tuple[int, int], list[AnyDeal]] = {}
    for deal in open_deals:
        day = deal.close_date
        if day is None:
            undated.append(deal)
        elif day < today:
            overdue.append(deal)
        else:
            key = (day.year, day.month)
            if key not in months:
                months[key] = due[month_of(day)] = []
            months[key].append(deal)
    return due, overdue, undated


def won_by_month(won_deals: Iterable[AnyDeal]) -> dict[str, list[AnyDeal]]:
    """Won deals by the month they were won in."""
    won: dict[str, list[AnyDeal]] = {}
    for deal in won_deals:
        if deal.closed_on is not None:
            won.setdefault(month_of(deal.closed_on), []).append(deal)
    return won


def month_forecast(
    month: str,
    won_deals: Iterable[Forecastable],
    due_deals: Iterable[Forecastable],
    goal: int | None,
    currency: str,
    rates: Rates,
) -> MonthForecast:
    """The forecast of one month from the deals won in it and the open ones due in it (none before today)."""
    won_sums = totals(won_deals, currency, rates)
    won = won_sums.amount
    parts: list[tuple[int, int]] = []
    without: list[Forecastable] = []
    for deal in due_deals:
        amount = None if deal.amount is None else converted(deal.amount, deal.currency, currency, rates)
        if amount is None:
            without.append(deal)
        else:
            parts.append((amount, deal.probability))
    left_out = totals(without, currency, rates)
    expected = sum(amount * percent for amount, percent in parts)
    gap = None if goal is None else goal - won
    spread = distribution(parts)
    low, middle, high = (won + spread.quantile(level) for level in LEVELS)
    return MonthForecast(
        month=month,
        won=won,
        expected=expected,
        forecast=won * 100 + expected,
        goal=goal,
        gap=gap,
        coverage=None if gap is None or gap <= 0 else sum(amount for amount, _ in parts) / gap,
        p10=low,
        p50=middle,
        p90=high,
        chance=None if gap is None else 1.0 if gap <= 0 else spread.chance_of(gap),
        error=spread.error,
        won_unknown=won_sums.unknown,
        won_foreign=won_sums.foreign,
        due_unknown=left_out.unknown,
        due_foreign=left_out.foreign,
    )


def category_of(probability: int) -> Category:
    """The category of an open deal: commit from 80 %, best case from 50 %, pipeline below."""
    if probability >= 80:
        return Category.COMMIT
    return Category.BEST_CASE if probability >= 50 else Category.PIPELINE


def categories(
    won_deals: Iterable[Forecastable], due_deals: Iterable[Forecastable], currency: str, rates: Rates
) -> dict[Category, Totals]:
    """The deals won in a month and the open ones due in it, summed by category, in the order of `Category`."""
    held: dict[Category, list[Forecastable]] = {category: [] for category in Category}
    held[Category.WON].extend(won_deals)
    for deal in due_deals:
        held[category_of(deal.probability)].append(deal)
    return {category: totals(deals, currency, rates) for category, deals in held.items()}
