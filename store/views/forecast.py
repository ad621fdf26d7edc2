"""What the months will bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.views.sums import Totals


@dataclass(frozen=True, slots=True)
class MonthForecast:
    """The forecast of one month (`domain.md`, "Forecast"). Money in minor units of the pipeline's currency.

    `expected` and `forecast` are in hundredths of a minor unit, exact; `coverage` is open amounts ÷ gap.
    `chance` (0–1), `gap` and `coverage` are `None` without a goal; `coverage` also when there is no gap.
    `error` is the stated bound on p10…p90 (0 where the distribution is exact).
    What no number of these has in it, of the deals won in the month and of the open ones due in it: how many amounts
    are unknown, and the sums in currencies that have no rate.
    """

    month: str
    won: int
    expected: int
    forecast: int
    goal: int | None
    gap: int | None
    coverage: float | None
    p10: int
    p50: int
    p90: int
    chance: float | None
    error: int = 0
    won_unknown: int = 0
    won_foreign: tuple[tuple[str, int], ...] = ()
    due_unknown: int = 0
    due_foreign: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """Months in order, and the open deals that are in no month."""

    today: date
    currency: str
    months: tuple[MonthForecast, ...]
    overdue: Totals
    undated: Totals
