"""The board: one focusable widget that draws columns of cards line by line. Cards are lines, not widgets.

The state (`BoardState`) belongs to the screen, which changes it and calls `refresh_board`; the widget compares what
each block of the screen (a heading, a card, a foot) shows with what it showed before, and repaints those that differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip

from store import Deal
from tui.widgets.board_hints import EMPTY_BOARD, Hint
from tui.widgets.board_layout import Hit, Layout, Viewport
from tui.widgets.board_painter import PAGE, BlockId, BoardPainter
from tui.widgets.board_state import BoardState
from tui.widgets.card_drag import CardDrag
from tui.widgets.column_edge import ColumnEdge, EdgeLayout
from tui.widgets.line_widget import LineWidget


class BoardWidget(LineWidget, can_focus=True):
    """Draws a `BoardState` and says what the user did on it. Keys are bound by the screen, to the actions here.

    `hints` are what a board without any deal says: keys, and what they do.
    """

    DEFAULT_CSS = """
    BoardWidget {
        width: 1fr;
        height: 1fr;
    }
    """

    @dataclass
    class CursorMoved(Message):
        """The user moved the cursor; `deal_id` is the deal it is on now, if there is one."""

        deal_id: int | None

    @dataclass
    class DealOpened(Message):
        """The user asked for everything about a deal, by a double click."""

        deal_id: int

    @dataclass
    class DealsDropped(Message):
        """The user dragged deals onto a column."""

        deal_ids: tuple[int, ...]
        stage_id: int

    def __init__(
        self,
        state: BoardState | None = None,
        *,
        hints: tuple[Hint, ...] = EMPTY_BOARD,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.state = BoardState() if state is None else state
        self.viewport = Viewport()
        self._painter = BoardPainter(self.state, self.viewport, hints, self.look)
        self._painted: dict[BlockId, object] = {}
        self._edges = EdgeLayout(self._edge_cells)
        self._drag: CardDrag | None = None

    def compose(self) -> ComposeResult:
        """The edges of the columns, all but the first: where the terminal begins to write when a column changes."""
        yield from (ColumnEdge() for _ in self.state.columns[1:])

    # Showing

    @property
    def layout(self) -> EdgeLayout:
        """Puts the edges where the columns begin."""
        return self._edges

    @property
    def board_layout(self) -> Layout:
        """Where everything is at present."""
        return self._painter.layout

    @property
    def page_size(self) -> int:
        """How many cards of a column are in view."""
        return self.board_layout.slots

    def refresh_board(self) -> None:
        """Show the state as it is now: repaint what differs from what is on the screen, and nothing else."""
        if not self.size:
            return
        changed = self._changed_blocks()
        cells = self._cells_of(self.board_layout)
        if cells != self._edges.placed:
            if (missing := len(cells) - len(self.children)) > 0:
                self.mount_all(ColumnEdge() for _ in range(missing))
            self.refresh(layout=True)
        elif PAGE in changed:
            self.refresh()
        elif changed:
            self.refresh(*map(self._painter.region, changed))

    def _changed_blocks(self) -> list[BlockId]:
        """Arrange the board anew; what looks different from what is on the screen."""
        painter = self._painter
        painter.focused = self.has_focus
        painter.arrange(self.size)
        before, self._painted = self._painted, painter.keys()
        return [block for block, key in self._painted.items() if before.get(block) != key]

    def render_line(self, y: int) -> Strip:
        """Draw one line of all columns in view."""
        layout = self._painter.layout
        if (layout.width, layout.height) != self.size:
            self._changed_blocks()  # it is painted before it is told of its size
        return self._painter.line(y)

    def notify_style_update(self) -> None:
        """Forget everything drawn: the theme or a rule changed."""
        super().notify_style_update()
        self._painter.forget()

    def _edge_cells(self, size: Size) -> tuple[int, ...]:
        return self._cells_of(self.viewport.lay_out(self.state, *size))

    def _cells_of(self, layout: Layout) -> tuple[int, ...]:
        """Where the edges go: none on a board without deals, whose hints they would cut."""
        return () if self.state.empty else tuple(x - 1 for x in layout.edges)

    def on_resize(self) -> None:
        """Work out the layout anew; all of it is painted anyhow."""
        self._changed_blocks()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh_board()

    # The cursor

    def action_cursor_left(self) -> None:
        """Go to the stage at the left."""
        self._moved(self.state.move_column(-1))

    def action_cursor_right(self) -> None:
        """Go to the stage at the right."""
        self._moved(self.state.move_column(1))

    def action_cursor_up(self) -> None:
        """Go to the deal above."""
        self._moved(self.state.move_row(-1))

    def action_cursor_down(self) -> None:
        """Go to the deal below."""
        self._moved(self.state.move_row(1))

    def action_page_up(self) -> None:
        """Go up by as many deals as are in view."""
        self._moved(self.state.page(-1, self.page_size))

    def action_page_down(self) -> None:
        """Go down by as many deals as are in view."""
        self._moved(self.state.page(1, self.page_size))

    def action_first(self) -> None:
        """Go to the first deal of the stage."""
        self._moved(self.state.first())

    def action_last(self) -> None:
        """Go to the last deal of the stage."""
        self._moved(self.state.last())

    def action_toggle_select(self) -> None:
        """Select the deal, or drop it from the selection."""
        if self.state.toggle_selected():
            self.refresh_board()

    def focus_deal(self, deal_id: int) -> bool:
        """Put the cursor on that deal and bring it into view; `False` if it is not shown."""
        found = self.state.focus_deal(deal_id)
        self._moved(found)
        return found

    def _moved(self, moved: bool) -> None:
        if moved:
            self.refresh_board()
            deal = self.state.cursor_deal
            self.post_message(self.CursorMoved(deal.id if deal else None))

    # The mouse

    def _point(self, event: events.MouseEvent) -> Offset:
        """Where the pointer is on the board: over an edge, events count from that edge."""
        return event.screen_offset - self.region.offset

    def _hit(self, event: events.MouseEvent) -> Hit | None:
        return self.viewport.hit(self.state, self.board_layout, *self._point(event))

    def _deal_at(self, hit: Hit | None) -> Deal | None:
        return None if hit is None or hit.row is None else self.state.columns[hit.column].shown[hit.row]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on what is pressed; a card may be dragged from here."""
        hit = self._hit(event)
        self.let_go()
        if event.button != 1 or hit is None:
            return
        deal = self._deal_at(hit)
        if deal is None:
            self._moved(self.state.focus_column(hit.column))
            return
        if self.state.cursor_deal is not deal:
            self.focus_deal(deal.id)
        self._drag = CardDrag(deal.id, hit.column, self._point(event))
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """While a card is dragged, show the column it would go to. Without a button down it was let go elsewhere."""
        if event.button == 0:
            self.let_go()
        elif self._drag is not None:
            self._show_drop(self._drag.target(self._point(event), self.board_layout))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of a dragged card."""
        drag, drop = self._drag, self._painter.drop
        self.let_go()
        if drag is None:
            return
        if drop is not None and drop < len(self.state.columns) and self.state.deal(drag.deal_id) is not None:
            dragged = self.state.targets() if drag.deal_id in self.state.selected else (drag.deal_id,)
            self.post_message(self.DealsDropped(dragged, self.state.columns[drop].stage.id))

    def let_go(self) -> None:
        """End a drag; the card stays where it is."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()
            self._show_drop(None)

    def _show_drop(self, column: int | None) -> None:
        if column != self._painter.drop:
            self._painter.drop = column
            self.refresh_board()

    def on_click(self, event: events.Click) -> None:
        """Open a deal by a double click."""
        deal = self._deal_at(self._hit(event)) if event.chain == 2 else None
        if deal is not None:
            self.post_message(self.DealOpened(deal.id))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the pointer down."""
        self._scroll_column(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the pointer up."""
        self._scroll_column(event, -1)

    def _scroll_column(self, event: events.MouseEvent, by: int) -> None:
        hit = self._hit(event)
        event.stop()
        if hit is not None and self.viewport.scroll(self.state, hit.column, by, self.page_size):
            self.refresh_board()


if __name__ == "__main__":
    from tui.widgets.demo import BoardDemo

    BoardDemo().run()
