"""The panel at the right that answers "what now": stuck deals, deals with no next step, what is due today.

Like the board it draws lines: two thousand stuck deals are one widget. It moves through its entries with a cursor of
its own and says which deal was picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from store import Rates, StuckList
from tui.widgets.board_state import BoardState
from tui.widgets.line_widget import LineWidget
from tui.widgets.panel_blocks import Block, Entry, PanelPen, Spot, blocks_of, entries_ended, spot_at, spot_of

_TALL: Final = 20


class StuckPanel(LineWidget, can_focus=True):
    """The stuck deals of a board and what else needs a decision today."""

    DEFAULT_CSS = """
    StuckPanel {
        width: 34;
        height: 1fr;
        background: $panel;
    }
    """

    @dataclass
    class DealPicked(Message):
        """The user asked for a deal of the list."""

        deal_id: int

    review_key: reactive[str] = reactive("")
    """The key that begins the review, said at the foot while anything is stuck; empty: not said."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._blocks: tuple[Block, ...] = ()
        self._shown: object = None
        self._currency = ""
        self._rates: Rates = {}
        self.cursor = 0
        """The entry the cursor is on, counted over all blocks."""
        self.top = 0
        """The first line in view."""

    # Showing

    def show(self, state: BoardState, stuck: StuckList) -> None:
        """Show what is stuck on a board. The cursor stays on its deal, or where it was in the list."""
        due = state.due()
        shown = (stuck, due, state.currency, state.rates)
        if shown == self._shown:
            return
        at = self.entry
        self._shown, self._currency, self._rates = shown, state.currency, state.rates
        self._blocks = blocks_of(stuck, due)
        self._keep(at)
        self.refresh()

    @property
    def entry(self) -> Entry | None:
        """What the cursor is on."""
        found = spot_of(self._blocks, self.cursor)
        return None if found is None else found.entry

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(len(block.deals) for block in self._blocks)

    @property
    def _list_height(self) -> int:
        """How many lines of the list are in view."""
        return max(1, self._foot_line - self._first_line - (1 if self._tall else 0))

    @property
    def _last_top(self) -> int:
        """The first line in view when the last entry is at the foot; below 0 when all fits with room to spare."""
        last = spot_of(self._blocks, self.count - 1)
        return 0 if last is None else last.y + last.height - self._list_height

    @property
    def _first_line(self) -> int:
        return 1 if self._tall else 0

    @property
    def _foot_line(self) -> int:
        return self.size.height - (2 if self._tall else 1)

    @property
    def _tall(self) -> bool:
        """Whether there is room for blank lines at the top, above the foot and below it."""
        return self.size.height >= _TALL

    @property
    def _foot(self) -> str:
        has_stuck = bool(self._blocks) and self._blocks[0].kind == "stuck"
        return self.review_key if has_stuck else ""

    @property
    def _below(self) -> int:
        """How many entries are not whole in view below."""
        return self.count - entries_ended(self._blocks, self.top + self._list_height)

    def _keep(self, at: Entry | None) -> None:
        if at is not None:
            for block in self._blocks:
                if block.kind == at.kind:
                    ids = [deal.id for deal in block.deals]
                    if at.deal.id in ids:
                        self.cursor = block.first + ids.index(at.deal.id)
        self.cursor = max(0, min(self.cursor, self.count - 1))
        self._follow()

    def _follow(self) -> None:
        """Bring the entry of the cursor into view, and leave no room below the last one while there are lines above."""
        spot = spot_of(self._blocks, self.cursor)
        if spot is None:
            self.top = 0
            return
        # The first entry of a block brings its heading with it.
        begins = spot.y - (2 if spot.heads else 0)
        self.top = max(spot.y + spot.height - self._list_height, min(self.top, begins, self._last_top), 0)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        pen = PanelPen(self.size.width, self._currency, self._rates, self.look)
        if not self._blocks:
            return pen.nothing() if y == self._first_line else pen.blank()
        if y == self._foot_line:
            return pen.foot(self._foot, self._below)
        line = y - self._first_line
        if not 0 <= line < self._list_height:
            return pen.blank()
        spot = spot_at(self._blocks, line + self.top)
        if spot is None or spot.y + spot.height > self.top + self._list_height:
            # Half an entry would be a riddle.
            return pen.blank()
        return pen.line(spot, self.has_focus and spot.entry is not None and spot.number == self.cursor)

    # The user

    def action_cursor_up(self) -> None:
        """The entry above."""
        self._go(self.cursor - 1)

    def action_cursor_down(self) -> None:
        """The entry below."""
        self._go(self.cursor + 1)

    def action_page_up(self) -> None:
        """Up by as many entries as about fit."""
        self._go(self.cursor - max(1, self._list_height // 3))

    def action_page_down(self) -> None:
        """Down by as many entries as about fit."""
        self._go(self.cursor + max(1, self._list_height // 3))

    def action_first(self) -> None:
        """The first entry."""
        self._go(0)

    def action_last(self) -> None:
        """The last entry."""
        self._go(self.count - 1)

    def action_pick(self) -> None:
        """Ask for the deal under the cursor."""
        if (entry := self.entry) is not None:
            self.post_message(self.DealPicked(entry.deal.id))

    def _go(self, index: int) -> None:
        target = max(0, min(index, self.count - 1))
        if target == self.cursor:
            return
        before, top = self.cursor, self.top
        self.cursor = target
        self._follow()
        if self.top != top:
            self.refresh()
        else:
            self.refresh(*(self._region(entry) for entry in (before, target)))

    def _region(self, index: int) -> Region:
        spot = spot_of(self._blocks, index)
        if spot is None:
            return Region(0, 0, 0, 0)
        return Region(0, spot.y - self.top + self._first_line, self.size.width, spot.height)

    def _spot_under(self, event: events.MouseEvent) -> Spot | None:
        line = event.y - self._first_line
        return spot_at(self._blocks, line + self.top) if 0 <= line < self._list_height else None

    def on_click(self, event: events.Click) -> None:
        """Pick the entry that was clicked."""
        spot = self._spot_under(event)
        if spot is not None and spot.entry is not None and spot.line < spot.height:
            self._go(spot.number)
            self.action_pick()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list down."""
        self._scrolled(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list up."""
        self._scrolled(event, -3)

    def _scrolled(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        top = max(0, min(self.top + by, self._last_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        top = self.top
        self._follow()
        if self.top != top:
            self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, or hide it."""
        super().watch_has_focus(has_focus)
        if self._blocks:
            self.refresh(self._region(self.cursor))
