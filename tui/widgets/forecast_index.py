"""What the forecast of a board is made of, kept up while deals change: only the months they leave or enter are
worked out again, which for thousands of deals is the dear part.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from store import Deal, Forecast, MonthForecast, Outcome, Totals, due_by_month, month_forecast, won_by_month
from tui.widgets.board_sums import Sums

Bucket = tuple[Outcome, str]
"""Open or won, and the month; or of open deals that are in no month, why."""

_ID: Final = attrgetter("id")

_OPEN: Final = Outcome.OPEN  # an enumeration's members are slow to get at, thousands of times
_WON: Final = Outcome.WON
_OVERDUE: Final[Bucket] = (_OPEN, "overdue")
_UNDATED: Final[Bucket] = (_OPEN, "undated")


class ForecastIndex:
    """The open and won deals of a board by the month they count in."""

    def __init__(self, today: date, monthly_goal: int | None, goals: Mapping[str, int], sums: Sums) -> None:
        self._today, self._monthly_goal, self._goals, self._sums = today, monthly_goal, goals, sums
        self._buckets: dict[Bucket, list[Deal]] = {}
        """Those of a bucket are in the order of their ids, so that one is found without a look at all."""
        self._outside: dict[Bucket, Totals] = {_OVERDUE: Totals(), _UNDATED: Totals()}
        self._months: dict[str, MonthForecast] = {}

    def load(self, deals: Iterable[Deal]) -> None:
        """Begin anew with the deals of a board."""
        self._buckets = {bucket: sorted(found, key=_ID) for bucket, found in self._sorted(deals)}
        self._months = {}
        self._outside = {bucket: self._sums.sum(self._in(bucket)) for bucket in (_OVERDUE, _UNDATED)}

    def change(self, out: Iterable[Deal], into: Iterable[Deal]) -> None:
        """Forget the deals of `out` and take in those of `into`."""
        left, entered = dict(self._sorted(out)), dict(self._sorted(into))
        for bucket in left.keys() | entered.keys():
            gone, new = left.get(bucket, ()), entered.get(bucket, ())
            held = self._buckets.setdefault(bucket, [])
            for deal in gone:
                del held[bisect_left(held, deal.id, key=_ID)]
            for deal in new:
                insort(held, deal, key=_ID)
            self._months.pop(bucket[1], None)
            if bucket in self._outside and (gone or new):
                self._outside[bucket] = self._sums.changed(self._outside[bucket], gone, new, held)

    def forecast(self, months: Sequence[str]) -> Forecast:
        """The forecast of those months ("2026-11"), as `store.forecast` gives it."""
        found = tuple(self._month(month) for month in months)
        return Forecast(
            self._today, self._sums.currency, found, self._outside[_OVERDUE], self._outside[_UNDATED]
        )

    def _month(self, month: str) -> MonthForecast:
        if month not in self._months:
            self._months[month] = month_forecast(
                month,
                self._in((_WON, month)),
                self._in((_OPEN, month)),
                self._goals.get(month, self._monthly_goal),
                self._sums.currency,
                self._sums.rates,
            )
        return self._months[month]

    def _in(self, bucket: Bucket) -> Collection[Deal]:
        return self._buckets.get(bucket, ())

    def _sorted(self, deals: Iterable[Deal]) -> Iterator[tuple[Bucket, Sequence[Deal]]]:
        """The deals by bucket; lost ones are in none."""
        held: dict[Outcome, list[Deal]] = {outcome: [] for outcome in Outcome}
        for deal in deals:
            held[deal.in_stage.outcome].append(deal)
        due, overdue, undated = due_by_month(held[_OPEN], self._today)
        yield from (((_OPEN, month), found) for month, found in due.items())
        yield from (((_WON, month), found) for month, found in won_by_month(held[_WON]).items())
        yield _OVERDUE, overdue
        yield _UNDATED, undated
