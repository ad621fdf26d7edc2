"""Where the user is on the board: cursor and selection over the columns. No Textual, no store: it is told everything.

The cursor is always valid: `cursor_column` names a column (0 while there is none), and its row is a row of what that
column shows, or 0. After a change it is on the same deal, also where that deal went to another column; or on its
neighbour.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from store import Board, Deal, Sort
from tui.widgets.board_columns import BoardColumns, Predicate, row_in


@dataclass(frozen=True, slots=True)
class Reorder:
    """Where a deal goes when it changes its place: before that deal, or last in its column."""

    deal_id: int
    before_id: int | None


class BoardState(BoardColumns):
    """What the board shows and where the user is on it. Empty until `load`."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor_column = 0
        self.selected: set[int] = set()
        self._anchor: int | None = None

    # Changes, which the cursor and the selection outlive

    def load(self, board: Board) -> None:
        """Take over a freshly read board. Cursor, remembered rows and selection stay with their deals."""
        known = self.pipeline is not None and self.pipeline.id == board.pipeline.id
        kept = self.cursor_deal if known else None
        stage_id = self.columns[self.cursor_column].stage.id if known and self.columns else None
        super().load(board)
        self._select_what_is_here()
        if stage_id in self._place:
            self.cursor_column = self._place[stage_id]
        else:
            self.cursor_column = self._nearest_with_deals(0)
        self._settle(kept)
        self._anchor_here()

    def patch(self, deals: Sequence[Deal], gone: Collection[int] = ()) -> None:
        """Take over deals that a command touched: moved, changed, new, or no longer there (`gone`).

        Only the columns they leave or enter are rebuilt; sums are changed by the difference.
        """
        kept = self.cursor_deal
        super().patch(deals, gone)
        self._select_what_is_here()
        self._settle(kept)
        self._anchor_here()

    def set_filter(self, predicate: Predicate | None, text: str = "", *, narrower: bool = False) -> None:
        """Show only the deals that `predicate` holds for; `None` shows all. `text` is what the user typed.

        When nothing is left in the cursor's column it goes to the nearest one that shows anything; when the deal the
        user was on is shown again, it comes back to it. `narrower` promises that the predicate holds for none that
        are not shown now: then only those are asked about.
        """
        kept = self.cursor_deal
        super().set_filter(predicate, text, narrower=narrower)
        if not self._settle(self._by_id.get(self._anchor or 0), kept):
            self.cursor_column = self._nearest_with_deals(self.cursor_column)

    def set_sort(self, sort: Sort) -> None:
        """Order the cards of every column by `sort`."""
        kept = self.cursor_deal
        super().set_sort(sort)
        self._settle(kept)

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
        found = self.find(deal_id)
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

    # Selection, and what commands act on

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

    def drop_selected(self, ids: Collection[int]) -> bool:
        """Drop these deals from the selection; `False` if none was in it."""
        had = not self.selected.isdisjoint(ids)
        self.selected.difference_update(ids)
        return had

    def targets(self) -> tuple[int, ...]:
        """The deals a command acts on: the selected ones that are shown, in the board's order; else the cursor's.

        A selected deal that a filter hides is not acted on: nobody sees it.
        """
        return self.selected_shown or ((deal.id,) if (deal := self.cursor_deal) else ())

    @property
    def selected_shown(self) -> tuple[int, ...]:
        """The selected deals that are shown, in the board's order."""
        if not self.selected:
            return ()
        shown = chain.from_iterable(column.shown for column in self.columns)
        return tuple(deal.id for deal in shown if deal.id in self.selected)

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
        after = row_in(column.deals, passed) + 1
        return Reorder(deal.id, column.deals[after].id if after < len(column.deals) else None)

    # How it is done

    def _select_what_is_here(self) -> None:
        self.selected = {deal_id for deal_id in self.selected if deal_id in self._by_id}

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

    def _settle(self, *wanted: Deal | None) -> bool:
        """Put the cursor on the first of these deals that is shown; `False` if none is."""
        for deal in wanted:
            if deal is not None and (found := self.find(deal.id)) is not None:
                self.cursor_column, self.columns[found[0]].row = found
                return True
        return False

    def _nearest_with_deals(self, to: int) -> int:
        """The column nearest to that one that shows any deal; that one itself if none does."""
        having = [index for index, column in enumerate(self.columns) if column.shown]
        return min(having, key=lambda index: (abs(index - to), index), default=to)
