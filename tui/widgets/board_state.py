"""The board as plain data: columns, filter, order, cursor and selection. No Textual, no store: it is told everything.

The cursor is always valid: `cursor_column` names a column (0 while there is none), and each column remembers the row
of its card, which is a row of `shown`, or 0 while nothing is shown. Whatever is loaded, patched, filtered or sorted,
the cursor stays on the same deal, or on its nearest neighbour of the same column.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from store.rules.ordering import Sort, sort_deals
from store.rules.totals import NOTHING, Rates, added
from store.views import Board, Deal, Outcome, Pipeline, Stage, StuckList, Totals
from tui.widgets.board_sums import Sums
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
    all_totals: Totals = NOTHING
    totals: Totals = NOTHING
    row: int = 0

    @property
    def current(self) -> Deal | None:
        """The deal at the remembered row."""
        return self.shown[self.row] if self.row < len(self.shown) else None


@dataclass(frozen=True, slots=True)
class Reorder:
    """Where a deal goes when it changes its place: before that deal, or last in its column."""

    deal_id: int
    before_id: int | None


class BoardState:
    """What the board shows and where the user is on it. Empty until `load`."""

    def __init__(self) -> None:
        self.pipeline: Pipeline | None = None
        self.today = date.min
        self.columns: list[ColumnState] = []
        self.cursor_column = 0
        self.selected: set[int] = set()
        self.sort = Sort.ORDER
        self.filter_text = ""
        self._matches: Predicate | None = None
        self._by_id: dict[int, Deal] = {}
        self._place: dict[int, int] = {}
        self._anchor: int | None = None
        self._sums = Sums("", {})
        self._stuck = StuckIndex(self.today, "", {})

    # What is there

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

    def stuck(self) -> StuckList:
        """The morning's list of this board, whatever the filter. The same object until something in it changes."""
        return self._stuck.now().stuck

    def due(self) -> tuple[Deal, ...]:
        """The open deals whose next step is due today. The same object until something of the morning changes."""
        return self._stuck.now().due

    @property
    def currency(self) -> str:
        """The pipeline's currency; empty while there is none."""
        return self.pipeline.currency if self.pipeline else ""

    @property
    def rates(self) -> Rates:
        """What turns other currencies into the pipeline's."""
        return self._sums.rates

    # Loading and changing

    def load(self, board: Board) -> None:
        """Take over a freshly read board. Cursor, remembered rows and selection stay with their deals."""
        known = self.pipeline is not None and self.pipeline.id == board.pipeline.id
        before = {column.stage.id: column for column in self.columns} if known else {}
        kept = self.cursor_deal.id if known and self.cursor_deal else None
        stage_id = self.columns[self.cursor_column].stage.id if known and self.columns else None
        self.pipeline, self.today = board.pipeline, board.today
        self._sums = Sums(board.pipeline.currency, board.rates)
        self._stuck = StuckIndex(board.today, board.pipeline.currency, board.rates)
        self.columns = [ColumnState(c.stage, list(c.deals), all_totals=c.totals) for c in board.columns]
        self._place = {column.stage.id: index for index, column in enumerate(self.columns)}
        self._by_id = {deal.id: deal for column in self.columns for deal in column.deals}
        self._stuck.load(self._by_id.values())
        self.selected &= self._by_id.keys()
        for column in self.columns:
            self._show(column)
            if (old := before.get(column.stage.id)) is not None:
                here = {deal.id for deal in column.shown}
                self._put_row(column, _nearest(old, here.__contains__))
        self.cursor_column = (
            self._place.get(stage_id, 0) if stage_id is not None else self._nearest_with_deals(0)
        )
        self._settle(kept)
        self._anchor_here()

    def patch(self, deals: Sequence[Deal], gone: Collection[int] = ()) -> None:
        """Take over deals that a command touched: moved, changed, new, or no longer there (`gone`).

        Only the columns they leave or enter are rebuilt; sums are changed by the difference.
        """
        now = {deal.id: deal for deal in deals if self._belongs(deal)}
        touched = {deal.id for deal in deals} | set(gone)
        changed = self._columns_of(touched, now)
        kept = self.cursor_deal.id if self.cursor_deal else None
        nearest = {index: self._nearest_after(index, touched, now) for index in changed}
        out = {index: [self._by_id[i] for i in touched if self._index_of(i) == index] for index in changed}
        into: dict[int, list[Deal]] = {index: [] for index in changed}
        for deal in now.values():
            into[self._place[deal.stage_id]].append(deal)
        self._stuck.change([self._by_id[i] for i in touched if i in self._by_id], now.values())
        for deal_id in touched:
            self._by_id.pop(deal_id, None)
        self._by_id.update(now)
        self.selected -= touched - now.keys()
        for index in changed:
            column = self.columns[index]
            self._change(column, out[index], into[index])
            self._put_row(column, nearest[index])
        self._settle(kept)
        self._anchor_here()

    def set_filter(self, predicate: Predicate | None, text: str = "") -> None:
        """Show only the deals that `predicate` holds for; `None` shows all. `text` is what the user typed."""
        self._matches, self.filter_text = predicate, text
        self._show_all()

    def set_sort(self, sort: Sort) -> None:
        """Order the cards of every column by `sort`."""
        self.sort = sort
        self._show_all()

    # The cursor

    @property
    def cursor_row(self) -> int:
        """The row of the cursor in its column."""
        return self.columns[self.cursor_column].row if self.columns else 0

    @property
    def cursor_deal(self) -> Deal | None:
        """The deal under the cursor, if its column shows any."""
        return self.columns[self.cursor_column].current if self.columns else None

    def focus_deal(self, deal_id: int) -> bool:
        """Put the cursor on that deal; `False` if it is not shown."""
        found = self._find(deal_id)
        if found is None:
            return False
        self.cursor_column, self.columns[found[0]].row = found
        self._anchor_here()
        return True

    def focus_column(self, index: int) -> bool:
        """Put the cursor into that column; `False` if it is there already or there is no such column."""
        return 0 <= index < len(self.columns) and self.move_column(index - self.cursor_column)

    def move_row(self, by: int) -> bool:
        """Move the cursor down by so many cards (up when negative), as far as there are any."""
        return self._go(self.cursor_row + by)

    def move_column(self, by: int) -> bool:
        """Move the cursor right by so many columns (left when negative), as far as there are any."""
        target = max(0, min(self.cursor_column + by, len(self.columns) - 1))
        if target == self.cursor_column:
            return False
        self.cursor_column = target
        self._anchor_here()
        return True

    def first(self) -> bool:
        """Put the cursor on the first card of its column."""
        return self._go(0)

    def last(self) -> bool:
        """Put the cursor on the last card of its column."""
        return self._go(len(self.columns[self.cursor_column].shown)) if self.columns else False

    def page(self, direction: int, size: int = 8) -> bool:
        """Move the cursor by `size` cards, down for 1 and up for -1."""
        return self.move_row(direction * max(1, size))

    # Selection and what commands act on

    def toggle_selected(self) -> bool:
        """Select the deal under the cursor, or drop it from the selection; `False` if there is none."""
        if (deal := self.cursor_deal) is None:
            return False
        self.selected ^= {deal.id}
        return True

    def clear_selected(self) -> bool:
        """Select nothing; `False` if nothing was."""
        had = bool(self.selected)
        self.selected.clear()
        return had

    def targets(self) -> tuple[int, ...]:
        """The deals a command acts on: the selected ones that are shown, in the board's order; else the cursor's."""
        if self.selected:
            shown = chain.from_iterable(column.shown for column in self.columns)
            if found := tuple(deal.id for deal in shown if deal.id in self.selected):
                return found
        return (deal.id,) if (deal := self.cursor_deal) else ()

    def reorder(self, by: int) -> Reorder | None:
        """Where the cursor's deal goes when it is moved one card down (1) or up (-1).

        `None` when there is no such place, or when the cards are sorted by something else than the founder's order.
        """
        deal = self.cursor_deal
        if deal is None or self.sort is not Sort.ORDER:
            return None
        column = self.columns[self.cursor_column]
        other = column.row + by
        if not 0 <= other < len(column.shown):
            return None
        passed = column.shown[other]
        if by < 0:
            return Reorder(deal.id, passed.id)
        after = _row_in(column.deals, passed) + 1
        return Reorder(deal.id, column.deals[after].id if after < len(column.deals) else None)

    # How it is done

    def _go(self, row: int) -> bool:
        if not self.columns:
            return False
        column = self.columns[self.cursor_column]
        target = max(0, min(row, len(column.shown) - 1))
        moved = target != column.row
        column.row = target
        if moved:
            self._anchor_here()
        return moved

    def _anchor_here(self) -> None:
        """The user is at this deal: when a filter hides it and goes again, the cursor comes back to it."""
        self._anchor = deal.id if (deal := self.cursor_deal) else None

    def _settle(self, *wanted: int | None) -> bool:
        """Put the cursor on the first of these deals that is shown; `False` if none is."""
        for deal_id in wanted:
            if deal_id is not None and (found := self._find(deal_id)) is not None:
                self.cursor_column, self.columns[found[0]].row = found
                return True
        return False

    def _nearest_with_deals(self, to: int) -> int:
        """The column nearest to that one that shows any deal; that one itself if none does."""
        having = [index for index, column in enumerate(self.columns) if column.shown]
        return min(having, key=lambda index: (abs(index - to), index), default=to)

    def _show(self, column: ColumnState) -> None:
        """Make `shown` and its totals anew, from `deals`."""
        if self._matches is None:
            shown, totals = column.deals, column.all_totals
        else:
            shown = list(filter(self._matches, column.deals))
            totals = column.all_totals if len(shown) == len(column.deals) else self._sums.sum(shown)
        column.shown = shown if self.sort is Sort.ORDER else sort_deals(shown, self.sort)
        column.totals = totals

    def _show_all(self) -> None:
        kept = self.cursor_deal.id if self.cursor_deal else None
        for column in self.columns:
            old = ColumnState(column.stage, shown=column.shown, row=column.row)
            self._show(column)
            here = {deal.id for deal in column.shown}
            self._put_row(column, _nearest(old, here.__contains__))
        if not self._settle(self._anchor, kept):
            self.cursor_column = self._nearest_with_deals(self.cursor_column)

    def _change(self, column: ColumnState, out: list[Deal], into: list[Deal]) -> None:
        """Take deals out of a column and put others (or the same, changed) in."""
        plain = column.shown is column.deals
        gone = {deal.id for deal in out}
        if gone:
            column.deals = [deal for deal in column.deals if deal.id not in gone]
        for deal in into:
            insort(column.deals, deal, key=_place_of)
        column.all_totals = self._sums.changed(column.all_totals, out, into, column.deals)
        if plain:
            column.shown, column.totals = column.deals, column.all_totals
        else:
            self._show(column)

    def _belongs(self, deal: Deal) -> bool:
        """Whether the board shows such a deal: of one of its stages, and if closed, closed in this month."""
        if deal.stage_id not in self._place:
            return False
        if deal.outcome is Outcome.OPEN:
            return True
        closed = deal.closed_on
        return closed is not None and (closed.year, closed.month) == (self.today.year, self.today.month)

    def _index_of(self, deal_id: int) -> int | None:
        deal = self._by_id.get(deal_id)
        return None if deal is None else self._place[deal.stage_id]

    def _columns_of(self, touched: Iterable[int], now: dict[int, Deal]) -> list[int]:
        left = {self._index_of(deal_id) for deal_id in touched} - {None}
        entered = {self._place[deal.stage_id] for deal in now.values()}
        return sorted(index for index in left | entered if index is not None)

    def _nearest_after(self, index: int, touched: set[int], now: dict[int, Deal]) -> int | None:
        """The deal nearest to the remembered row of a column that will still be shown there after a patch."""
        column = self.columns[index]

        def stays(deal_id: int) -> bool:
            if deal_id not in touched:
                return True
            deal = now.get(deal_id)
            return (
                deal is not None
                and deal.stage_id == column.stage.id
                and (self._matches is None or self._matches(deal))
            )

        return _nearest(column, stays)

    def _find(self, deal_id: int) -> tuple[int, int] | None:
        """Column and row of a deal that is shown."""
        index = self._index_of(deal_id)
        if index is None:
            return None
        row = self._row_of(self.columns[index], self._by_id[deal_id])
        return None if row is None else (index, row)

    def _row_of(self, column: ColumnState, deal: Deal) -> int | None:
        if self.sort is Sort.ORDER:
            row = _row_in(column.shown, deal)
            return row if row < len(column.shown) and column.shown[row].id == deal.id else None
        return next((row for row, other in enumerate(column.shown) if other.id == deal.id), None)

    def _put_row(self, column: ColumnState, deal_id: int | None) -> None:
        deal = None if deal_id is None else self._by_id.get(deal_id)
        row = None if deal is None else self._row_of(column, deal)
        column.row = row or 0


def _place_of(deal: Deal) -> tuple[int, int]:
    """What the board's own order sorts by."""
    return (deal.position, deal.id)


def _row_in(deals: Sequence[Deal], deal: Deal) -> int:
    """Where a deal is in a column that is in the board's own order."""
    return bisect_left(deals, _place_of(deal), key=_place_of)


def _nearest(column: ColumnState, stays: Callable[[int], bool]) -> int | None:
    """The id of the remembered deal if it stays, else of the next one below that does, else of the next above."""
    shown, row = column.shown, column.row
    for index in chain(range(row, len(shown)), range(min(row, len(shown)) - 1, -1, -1)):
        if stays(shown[index].id):
            return shown[index].id
    return None
