"""The columns of the board as plain data: which deals, which of them are shown, what they add up to.

Each column remembers the row of one of its cards, which is a row of `shown`, or 0 while nothing is shown. Whatever is
loaded, patched, filtered or sorted, it stays on the same deal, or on its nearest neighbour in the column.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from store import (
    Board,
    Deal,
    Forecast,
    Outcome,
    Pipeline,
    Rates,
    Sort,
    Stage,
    StuckList,
    Totals,
    added,
    sort_deals,
)
from tui.widgets.board_sums import Sums
from tui.widgets.deals_by_id import DealsById
from tui.widgets.forecast_index import ForecastIndex
from tui.widgets.stuck_index import StuckIndex

Predicate = Callable[[Deal], bool]


@dataclass(slots=True)
class ColumnState:
    """One stage: its deals in the board's order, those that are shown, and the row that the cursor remembers.

    `all_totals` are of `deals`, `totals` of `shown`; `shown` is `deals` itself while nothing is filtered or sorted.
    """

    stage: Stage
    deals: list[Deal] = field(default_factory=list)
    shown: list[Deal] = field(default_factory=list)
    all_totals: Totals = field(default_factory=Totals)
    totals: Totals = field(default_factory=Totals)
    row: int = 0

    @property
    def current(self) -> Deal | None:
        """The deal at the remembered row."""
        return self.shown[self.row] if self.row < len(self.shown) else None

    def nearest(self, stays: Callable[[int], bool]) -> int | None:
        """The id of the remembered deal if it stays, else of the next one below that does, else of the next above."""
        shown, row = self.shown, min(self.row, len(self.shown))
        for index in chain(range(row, len(shown)), range(row - 1, -1, -1)):
            if stays(shown[index].id):
                return shown[index].id
        return None


class BoardColumns:
    """The deals of a board by stage. Empty until `load`."""

    def __init__(self) -> None:
        self.pipeline: Pipeline | None = None
        self.today = date.min
        self.whole = True
        """Whether all open deals are here; else only the first ones of each column, beside the totals of all."""
        self.columns: list[ColumnState] = []
        self.sort = Sort.ORDER
        self.filter_text = ""
        self._matches: Predicate | None = None
        self._by_id = DealsById()
        self._place: dict[int, int] = {}
        self._sums = Sums("", {})
        self._stuck = StuckIndex(self.today, self._sums)
        self._goals: Mapping[str, int] = {}
        self._forecast: ForecastIndex | None = None

    @property
    def currency(self) -> str:
        """The pipeline's currency; empty while there is none."""
        return self.pipeline.currency if self.pipeline else ""

    @property
    def rates(self) -> Rates:
        """What turns other currencies into the pipeline's."""
        return self._sums.rates

    @property
    def open(self) -> Totals:
        """The totals of the open columns, of what is shown."""
        return added(column.totals for column in self.columns if column.stage.outcome is Outcome.OPEN)

    @property
    def open_all(self) -> Totals:
        """The totals of the open columns, whatever the filter."""
        return added(column.all_totals for column in self.columns if column.stage.outcome is Outcome.OPEN)

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return self._matches is not None

    @property
    def empty(self) -> bool:
        """Whether there is no deal at all, filtered or not."""
        return not self._by_id

    def deal(self, deal_id: int) -> Deal | None:
        """The deal with that id, if it is on the board (shown or filtered out)."""
        return self._by_id.get(deal_id)

    def find(self, deal_id: int) -> tuple[int, int] | None:
        """Column and row of a deal that is shown."""
        deal = self._by_id.get(deal_id)
        if deal is None:
            return None
        index = self._place[deal.stage_id]
        row = self._row_of(self.columns[index], deal)
        return None if row is None else (index, row)

    def stuck(self) -> StuckList:
        """The morning's list of this board, whatever the filter. The same object until something in it changes."""
        return self._stuck.now().stuck

    def due(self) -> tuple[Deal, ...]:
        """The open deals whose next step is due today. The same object until something of the morning changes."""
        return self._stuck.now().due

    def forecast(self, months: Sequence[str]) -> Forecast:
        """The forecast of those months ("2026-11"), whatever the filter. Only months that changed are worked out."""
        if self._forecast is None:
            goal = self.pipeline.monthly_goal if self.pipeline else None
            self._forecast = ForecastIndex(self.today, goal, self._goals, self._sums)
            self._forecast.load(self._deals())
        return self._forecast.forecast(months)

    def load(self, board: Board) -> None:
        """Take over a freshly read board."""
        known = self.pipeline is not None and self.pipeline.id == board.pipeline.id
        before = {column.stage.id: column for column in self.columns} if known else {}
        self.pipeline, self.today, self.whole = board.pipeline, board.today, board.whole
        self._sums = Sums(board.pipeline.currency, board.rates)
        self._stuck = StuckIndex(board.today, self._sums)
        # Made when first asked for: the cards are painted before the forecast.
        self._goals, self._forecast = board.goals, None
        self.columns = [ColumnState(c.stage, list(c.deals), all_totals=c.totals) for c in board.columns]
        self._place = {column.stage.id: index for index, column in enumerate(self.columns)}
        self._by_id = DealsById(self._deals())
        self._stuck.load(self._deals())
        for column in self.columns:
            self._show(column)
            if (old := before.get(column.stage.id)) is not None:
                self._stay(column, old)

    def patch(self, deals: Sequence[Deal], gone: Collection[int] = ()) -> None:
        """Take over deals that a command touched: moved, changed, new, or no longer there (`gone`).

        Only the columns they leave or enter are rebuilt; sums are changed by the difference.
        """
        now = {deal.id: deal for deal in deals if self._belongs(deal)}
        touched = {deal.id for deal in deals} | set(gone)
        old = [deal for deal_id in touched if (deal := self._by_id.get(deal_id)) is not None]
        out, into = self._by_column(old), self._by_column(now.values())
        changed = sorted(out.keys() | into.keys())
        nearest = {index: self._nearest_after(self.columns[index], touched, now) for index in changed}
        self._stuck.change(old, now.values())
        if self._forecast is not None:
            self._forecast.change(old, now.values())
        for deal in old:
            self._by_id.drop(deal.id)
        for deal in now.values():
            self._by_id.put(deal)
        for index in changed:
            column = self.columns[index]
            self._change(column, out.get(index, ()), into.get(index, ()))
            self._put_row(column, nearest[index])

    def set_filter(self, predicate: Predicate | None, text: str = "", *, narrower: bool = False) -> None:
        """Show only the deals that `predicate` holds for; `None` shows all. `text` is what the user typed.

        `narrower` promises that it holds for none that are not shown now: then only those are asked about.
        """
        narrower = narrower and self.filtered and predicate is not None
        self._matches, self.filter_text = predicate, text
        self._show_all(narrower=narrower)

    def set_sort(self, sort: Sort) -> None:
        """Order the cards of every column by `sort`."""
        self.sort = sort
        self._show_all()

    def _show_all(self, *, narrower: bool = False) -> None:
        for column in self.columns:
            old = ColumnState(column.stage, shown=column.shown, row=column.row)
            self._show(column, column.shown if narrower else column.deals)
            self._stay(column, old)

    def _show(self, column: ColumnState, among: list[Deal] | None = None) -> None:
        """Make `shown` and its totals anew, from `among` or all of the column's deals."""
        among = column.deals if among is None else among
        if self._matches is None:
            shown, totals = among, column.all_totals
        else:
            shown = list(filter(self._matches, among))
            totals = column.all_totals if len(shown) == len(column.deals) else self._sums.sum(shown)
        column.shown = shown if self.sort is Sort.ORDER else sort_deals(shown, self.sort)
        column.totals = totals

    def _change(self, column: ColumnState, out: Sequence[Deal], into: Sequence[Deal]) -> None:
        """Take deals out of a column and put others (or the same, changed) in."""
        plain = column.shown is column.deals
        column.deals = column.deals.copy()  # whoever knows what the column held goes on knowing it
        for deal in out:
            del column.deals[row_in(column.deals, deal)]
        for deal in into:
            insort(column.deals, deal, key=_place_of)
        column.all_totals = self._sums.changed(column.all_totals, out, into, column.deals)
        if plain:
            column.shown, column.totals = column.deals, column.all_totals
        else:
            self._show(column)

    def _deals(self) -> Iterator[Deal]:
        return chain.from_iterable(column.deals for column in self.columns)

    def _belongs(self, deal: Deal) -> bool:
        """Whether the board shows such a deal: of one of its stages, and if closed, closed in this month."""
        if deal.stage_id not in self._place:
            return False
        if deal.outcome is Outcome.OPEN:
            return True
        closed = deal.closed_on
        return closed is not None and (closed.year, closed.month) == (self.today.year, self.today.month)

    def _by_column(self, deals: Iterable[Deal]) -> dict[int, list[Deal]]:
        found: dict[int, list[Deal]] = {}
        for deal in deals:
            found.setdefault(self._place[deal.stage_id], []).append(deal)
        return found

    def _nearest_after(self, column: ColumnState, touched: set[int], now: dict[int, Deal]) -> int | None:
        """The deal nearest to the remembered row that will still be shown in the column after a patch."""

        def stays(deal_id: int) -> bool:
            if deal_id not in touched:
                return True
            deal = now.get(deal_id)
            here = deal is not None and deal.stage_id == column.stage.id
            return here and (self._matches is None or self._matches(now[deal_id]))

        return column.nearest(stays)

    def _stay(self, column: ColumnState, old: ColumnState) -> None:
        """Keep the remembered row on the deal it was on before, or on its neighbour."""
        if self._matches is None:
            self._put_row(column, old.nearest(lambda deal_id: self._is_in(column, deal_id)))
        else:
            here = {deal.id for deal in column.shown}
            self._put_row(column, old.nearest(here.__contains__))

    def _is_in(self, column: ColumnState, deal_id: int) -> bool:
        deal = self._by_id.get(deal_id)
        return deal is not None and deal.stage_id == column.stage.id

    def _put_row(self, column: ColumnState, deal_id: int | None) -> None:
        deal = None if deal_id is None else self._by_id.get(deal_id)
        column.row = (deal and self._row_of(column, deal)) or 0

    def _row_of(self, column: ColumnState, deal: Deal) -> int | None:
        if self.sort is Sort.ORDER:
            row = row_in(column.shown, deal)
            return row if row < len(column.shown) and column.shown[row].id == deal.id else None
        return next((row for row, other in enumerate(column.shown) if other.id == deal.id), None)


def row_in(deals: Sequence[Deal], deal: Deal) -> int:
    """Where a deal is among deals that are in the board's own order."""
    return bisect_left(deals, _place_of(deal), key=_place_of)


def _place_of(deal: Deal) -> tuple[int, int]:
    """What the board's own order sorts by."""
    return (deal.position, deal.id)
