"""The forecast at the foot of the board: what this month brings against its goal, the next ones, what is in none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from textual.reactive import reactive

from store import Forecast, MonthForecast, month_name, weighted_minor
from tui import format as fmt
from tui.widgets.board_layout import outer_margin
from tui.widgets.cells import Word, row, spaced
from tui.widgets.fitting import Forms, Group, fitted
from tui.widgets.line_widget import OneLine

FILLED: Final = "━"
OPEN: Final = "─"

_GAP: Final = 2
_BARS: Final = (30, 20, 12, 8)
_FULL_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_MONTH, _SUM, _BAR, _CHANCE, _NEXT, _LOOSE = range(6)
_SHORTENED: Final = (
    *(_BAR, _BAR, _SUM, _NEXT, _BAR, _NEXT, _NEXT, _BAR, _MONTH),
    *(_SUM, _LOOSE, _CHANCE, _LOOSE, _SUM, _SUM),
)
"""What says less first: the line keeps the month, its forecast against the goal, and the chance longest."""


class ForecastBar(OneLine):
    """One line about a `Forecast`; months after the third are not shown."""

    DEFAULT_CSS = """
    ForecastBar { background: $panel; }
    """

    forecast: reactive[Forecast | None] = reactive(None)

    def show(self, forecast: Forecast) -> None:
        """Show that forecast."""
        self.forecast = forecast

    def segments(self, width: int) -> list[Segment]:
        """The line."""
        blank = self.look("text")
        margin = outer_margin(width)
        edge = (" " * margin, blank)
        if self.forecast is None or not self.forecast.months:
            return row(width, [edge], [], blank)
        room = width - 2 * margin
        groups = fitted(self._forms(self.forecast), _SHORTENED, room - 1, _GAP)
        loose = list(groups[_LOOSE])
        left = groups[:_LOOSE]
        if not loose and not groups[_NEXT]:
            # Nothing else is at the right: the chance goes there, where it is found at once.
            loose, left = list(groups[_CHANCE]), groups[:_CHANCE]
        return row(width, [edge, *spaced(left, _GAP)], [*loose, edge] if loose else [], blank)

    def _forms(self, forecast: Forecast) -> list[Forms]:
        month, *others = forecast.months
        bold = self.look("heading")
        full = _FULL_MONTHS[int(month.month[5:]) - 1].upper()
        return [
            [[(full, bold)], [(full[:3], bold)]],
            self._sums(month, forecast.currency),
            [*(self._bar(month, cells) for cells in _BARS), []]
            if month.goal
            else self._range(month, forecast.currency),
            self._chance(month),
            self._next(others[:2], forecast.currency),
            self._loose(forecast),
        ]

    def _sums(self, month: MonthForecast, currency: str) -> Forms:
        """`$18,000 won + $22,400 expected = $40,400 of $50,000`, and what is left of it in less room."""
        won = fmt.money(month.won, currency)
        expected = fmt.expected(month.expected, currency)
        goal = month.goal
        text, dim, total = self.look("text"), self.look("dim"), self.look("total")
        of = f" of {fmt.money(goal, currency)}" if goal else ""
        is_ = fmt.expected(month.forecast, currency)
        short = fmt.expected(month.forecast, currency, 0)
        short_of = f" of {fmt.money(goal, currency, 0)}" if goal else ""
        return [
            [(f"{won} won ", total), (f"+ {expected} expected ", text), (f"= {is_}{of}", dim)],
            [(f"{won} ", total), (f"+ {expected} ", text), (f"= {is_}{of}", dim)],
            [(is_ + of, text)] if goal else [(f"{is_} ", text), ("won and expected", dim)],
            [(short + short_of, text)],
        ]

    def _bar(self, month: MonthForecast, cells: int) -> Group:
        """Won and expected as shares of the goal (or of the forecast, when that is more)."""
        whole = max(month.goal or 0, weighted_minor(month.forecast), 1)
        won = min(cells, month.won * cells // whole)
        both = min(cells, max(won, weighted_minor(month.forecast) * cells // whole))
        parts: list[Word] = [
            (FILLED * won, self.look("won")),
            (FILLED * (both - won), self.look("accent")),
            (OPEN * (cells - both), self.look("line")),
        ]
        return [part for part in parts if part[0]]

    def _range(self, month: MonthForecast, currency: str) -> Forms:
        """Without a goal there is nothing to reach: where the month will probably end."""
        if month.p10 == month.p90:
            return [[]]
        low, high = fmt.money(month.p10, currency), fmt.money(month.p90, currency)
        return [
            [(f"80 % between {low} and {high}", self.look("dim"))],
            [(f"{low} – {high}", self.look("dim"))],
            [],
        ]

    def _chance(self, month: MonthForecast) -> Forms:
        if month.chance is None:
            return [[]]
        chance = fmt.percent(month.chance)
        return [[(f"{chance} chance", self.look("name"))], [(chance, self.look("name"))]]

    def _next(self, months: Sequence[MonthForecast], currency: str) -> Forms:
        """`DEC $31,050  JAN $18,200`; in less room short, then only the first of them."""
        return [
            self._months(months, currency, None),
            self._months(months, currency, 0),
            self._months(months[:1], currency, 0),
            [],
        ]

    def _months(self, months: Sequence[MonthForecast], currency: str, room: int | None) -> Group:
        heading, text = self.look("heading"), self.look("text")
        names = (month_name(month.month, year=False).upper() for month in months)
        sums = (fmt.expected(month.forecast, currency, room) for month in months)
        each = [[(name + " ", heading), (money, text)] for name, money in zip(names, sums, strict=True)]
        return spaced(each, _GAP)

    def _loose(self, forecast: Forecast) -> Forms:
        """The deals that are in no month."""
        overdue, undated = forecast.overdue.count, forecast.undated.count
        stuck, missing, dim = self.look("stuck"), self.look("missing"), self.look("dim")
        first: list[Word] = [(f"overdue {overdue:,}", stuck)] if overdue else []
        second: list[Word] = [(f"undated {undated:,}", missing)] if undated else []
        if not first or not second:
            return [first + second, first, []]
        return [[(first[0][0] + " ", stuck), ("· ", dim), *second], first, []]
