"""The forecast in plain text: a column for each month, as many side by side as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from store import Forecast, MonthForecast, format_amount, long_day, month_name
from tui import format as formats
from tui.commands import words
from tui.commands.cells import one_line
from tui.commands.plain import Field, table

_MONTH_ROOM = 14
"""The cells that a month's column takes at most, with the gap before it."""

_WORDS_ROOM = 10


def forecast_lines(forecast: Forecast, name: str, room: int) -> list[str]:
    """The months, then what none of their sums has in it, and the open deals that are in no month."""
    side_by_side = max(1, (room - _WORDS_ROOM) // _MONTH_ROOM)
    lines = [f"{one_line(name)} · {long_day(forecast.today)} {forecast.today.year}"]
    for first in range(0, len(forecast.months), side_by_side):
        lines += ["", *_months(forecast.months[first : first + side_by_side], forecast.currency, room)]
    outside = [
        (each, sums)
        for each, sums in (("overdue", forecast.overdue), ("undated", forecast.undated))
        if sums.count
    ]
    rows = [(month_name(month.month), beside) for month in forecast.months if (beside := _beside(month))]
    rows += [(each, words.sums(sums, forecast.currency)) for each, sums in outside]
    return [*lines, *([""] if rows else []), *table((Field(""), Field("")), rows, room, titles=False)]


def _beside(month: MonthForecast) -> str:
    """What is in no sum of the month: "in no sum: won €3,000 · due €500 + 1 unknown"; nothing if all is."""
    of_deals = (
        ("won", month.won_foreign, month.won_unknown),
        ("due", month.due_foreign, month.due_unknown),
    )
    parts = []
    for what, foreign, unknown in of_deals:
        sums = [format_amount(minor, currency) for currency, minor in foreign]
        if unknown:
            sums.append(f"{unknown:,} unknown")
        if sums:
            parts.append(f"{what} {' + '.join(sums)}")
    return f"in no sum: {' · '.join(parts)}" if parts else ""


def _months(months: Sequence[MonthForecast], currency: str, room: int) -> list[str]:
    def money(minor: int | None) -> str:
        return "–" if minor is None else format_amount(minor, currency)

    fields = (Field(""), *(Field(month_name(month.month), right=True) for month in months))
    rows = [
        ("won", *(money(month.won) for month in months)),
        ("expected", *(formats.expected(month.expected, currency) for month in months)),
        ("forecast", *(formats.expected(month.forecast, currency) for month in months)),
        ("goal", *(money(month.goal) for month in months)),
        ("gap", *(money(month.gap) for month in months)),
        ("coverage", *("–" if month.coverage is None else f"{month.coverage:.2f}" for month in months)),
        ("chance", *("–" if month.chance is None else formats.percent(month.chance) for month in months)),
        ("P10", *(money(month.p10) for month in months)),
        ("P50", *(money(month.p50) for month in months)),
        ("P90", *(money(month.p90) for month in months)),
    ]
    return table(fields, rows, room)
