"""The board: one focusable widget that draws columns of cards line by line. Cards are lines, not widgets.

The state (`BoardState`) belongs to the screen, which changes it and calls `refresh_board`; the widget compares what
each block of the screen (a heading, a card, a foot) shows with what it showed before, and repaints those that differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from store.views import Deal, Outcome
from tui.widgets.board_hints import EMPTY_BOARD, Hint, hint_strip
from tui.widgets.board_layout import CARD_LINES, CARD_PITCH, Hit, Layout, Place, Viewport, lay_out
from tui.widgets.board_state import BoardState, ColumnState
from tui.widgets.card import CardState, card_strips
from tui.widgets.cells import row
from tui.widgets.column_edge import ColumnEdge, EdgeLayout
from tui.widgets.column_frame import Foot, HeadState, foot_lines, foot_rule, head_rule, heading
from tui.widgets.line_widget import LineWidget

_REMEMBERED: Final = 4096
"""As many drawn cards are kept; a screen shows some hundred at most."""

_DRAG_STARTS: Final = 2
"""Cells that the pointer may tremble before a press becomes a drag."""

BlockId = tuple[str, int, int]


@dataclass(slots=True)
class _Press:
    """A card held by the mouse: where it was pressed, and whether it is being dragged."""

    hit: Hit
    x: int
    y: int
    dragging: bool = False


class BoardWidget(LineWidget, can_focus=True):
    """Draws a `BoardState` and says what the user did on it. Keys are bound by the screen, to the actions here."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ground--card", "ground--cursor", "ground--drop"}

    DEFAULT_CSS = """
    BoardWidget {
        width: 1fr;
        height: 1fr;
        .ground--card { background: $card; }
        .ground--cursor { background: $cursor; text-style: $cursor-style; }
        .ground--drop { background: $cursor; text-style: $cursor-style; }
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
        self.hints = hints
        """What an empty board tells: keys and what they do."""
        self.viewport = Viewport()
        self._edges = EdgeLayout(self._edge_cells)
        self._layout = Layout(0, 0, (), 0)
        self._columns: list[ColumnState] = []
        self._feet: list[tuple[tuple[Foot, int], tuple[Strip, ...]]] = []
        self._painted: dict[BlockId, object] = {}
        self._followed: object = None
        self._cards: dict[tuple[int, int, CardState], tuple[Deal, object, tuple[Strip, ...]]] = {}
        self._blanks: dict[int, Strip] = {}
        self._press: _Press | None = None
        self._drop: int | None = None

    def compose(self) -> ComposeResult:
        """The edges of the columns, all but the first: where the terminal begins to write when a column changes."""
        yield from (ColumnEdge() for _ in self.state.columns[1:])

    @property
    def layout(self) -> EdgeLayout:
        """Puts the edges where the columns begin."""
        return self._edges

    def _edge_cells(self, size: Size) -> tuple[int, ...]:
        return tuple(place.x - 1 for place in self._lay_out(*size).places[1:])

    # Showing

    @property
    def layout_now(self) -> Layout:
        """Where everything is at present."""
        return self._layout

    @property
    def page_size(self) -> int:
        """How many cards of a column are in view."""
        return self._layout.slots

    def refresh_board(self) -> None:
        """Show the state as it is now: repaint what differs from what is on the screen, and nothing else."""
        if not self.size:
            return
        before = self._layout
        self._arrange()
        blocks = dict(self._blocks())
        changed = [region for block, (region, key) in blocks.items() if self._painted.get(block) != key]
        self._painted = {block: key for block, (_, key) in blocks.items()}
        if self._layout.edges != before.edges:
            missing = len(self._layout.places) - 1 - len(self.children)
            if missing > 0 and self.is_mounted:
                self.mount_all(ColumnEdge() for _ in range(missing))
            self.refresh(layout=True)
        elif self._layout != before:
            self.refresh()
        elif changed:
            self.refresh(*changed)

    def _arrange(self) -> None:
        """Work out the layout and bring the cursor into view, if it moved."""
        state = self.state
        self._columns = state.columns
        layout = self._lay_out(*self.size)
        self._feet = self._drawn_feet(layout)
        lines = max((len(strips) for _, strips in self._feet), default=2)
        self._layout = layout = replace(layout, foot_lines=lines)
        self.viewport.first = layout.hidden_left
        self.viewport.clamp(state, layout.slots)
        deal = state.cursor_deal
        at = (state.cursor_column, state.cursor_row, deal.id if deal else None, layout.slots)
        if at != self._followed:
            self.viewport.follow(state, layout.slots)
            self._followed = at

    def _lay_out(self, width: int, height: int) -> Layout:
        closed = [column.stage.outcome is not Outcome.OPEN for column in self.state.columns]
        return lay_out(width, height, closed, self.state.cursor_column, self.viewport.first)

    def _drawn_feet(self, layout: Layout) -> list[tuple[tuple[Foot, int], tuple[Strip, ...]]]:
        """The foot of each column; those that are as before are not drawn anew."""
        state = self.state
        currency = state.pipeline.currency if state.pipeline else ""
        narrowest = min((place.width for place in layout.places), default=0)
        feet = []
        for index, column in enumerate(state.columns):
            place = layout.place_of(index)
            of = len(column.deals) if state.filtered else None
            key = (Foot(column.stage, column.totals, of, currency), place.width if place else narrowest)
            old = self._feet[index] if index < len(self._feet) else None
            feet.append(old if old and old[0] == key else (key, foot_lines(*key, self.look)))
        return feet

    def _blocks(self) -> Iterator[tuple[BlockId, tuple[Region, object]]]:
        """Every block that can change by itself: where it is, and all that its look depends on."""
        layout, state = self._layout, self.state
        yield ("page", 0, 0), (Region(0, 0, *self.size), (self._message(), layout, state.today))
        for place in layout.places:
            index, x, width = place.column, place.x, place.width
            column = self._columns[index]
            head = self._head_state(index)
            top = self.viewport.top(state, index)
            below = self._below(index)
            yield ("head", index, 0), (Region(x, layout.heading_y, width, 1), (column.stage, head))
            yield ("head", index, 1), (Region(x, layout.heading_y + 1, width, 1), (head, top))
            for slot in range(layout.slots):
                region = Region(x, layout.cards_y + slot * CARD_PITCH, width, CARD_LINES)
                deal = column.shown[top + slot] if top + slot < len(column.shown) else None
                hint = not slot and not column.shown
                key = hint if deal is None else (deal, self._card_state(index, top + slot, deal))
                yield ("card", index, slot), (region, key)
            yield ("foot", index, 0), (Region(x, layout.foot_y, width, 1), below)
            yield (
                ("foot", index, 1),
                (Region(x, layout.foot_y + 1, width, layout.foot_lines), self._feet[index][0]),
            )

    def _head_state(self, index: int) -> HeadState:
        return HeadState(index == self.state.cursor_column, self.has_focus, index == self._drop)

    def _card_state(self, index: int, row_: int, deal: Deal) -> CardState:
        state = self.state
        at_cursor = index == state.cursor_column and row_ == self._columns[index].row
        return CardState(at_cursor, deal.id in state.selected)

    def _below(self, index: int) -> int:
        shown = len(self._columns[index].shown)
        return max(0, shown - self.viewport.top(self.state, index) - self._layout.slots)

    def _message(self) -> tuple[Hint, ...]:
        """What stands in the middle of a board that has nothing to show."""
        if self._columns and self.state.empty:
            return self.hints
        return ()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of all columns in view."""
        layout = self._layout
        if layout.width != self.size.width or layout.height != self.size.height:
            self._arrange()
            layout = self._layout
        if not layout.places or (message := self._message_line(y)) is not None:
            return message if layout.places and message else self._blank(self.size.width)
        strips = [self._edge(y, left=True)]
        for index, place in enumerate(layout.places):
            if index:
                strips.append(self._blank(place.x - layout.places[index - 1].end))
            strips.append(self._column_line(place, y))
        strips.append(self._edge(y, left=False))
        return Strip.join(strips)

    def _column_line(self, place: Place, y: int) -> Strip:
        layout, index, width = self._layout, place.column, place.width
        column = self._columns[index]
        if y == layout.heading_y:
            return heading(column.stage, width, self._head_state(index), self.look)
        if y == layout.heading_y + 1:
            return head_rule(width, self._head_state(index), self.viewport.top(self.state, index), self.look)
        if y == layout.foot_y:
            return foot_rule(width, self._below(index), self.look)
        if layout.foot_y < y <= layout.foot_y + layout.foot_lines:
            strips = self._feet[index][1]
            line = y - layout.foot_y - 1
            return strips[line] if line < len(strips) else self._blank(width)
        slot, line = divmod(y - layout.cards_y, CARD_PITCH)
        if line < CARD_LINES and 0 <= slot < layout.slots:
            return self._card_line(index, slot, line, width)
        return self._blank(width)

    def _card_line(self, index: int, slot: int, line: int, width: int) -> Strip:
        column = self._columns[index]
        at = self.viewport.top(self.state, index) + slot
        if at >= len(column.shown):
            if not column.shown and not slot and not line:
                word = "no match" if self.state.filtered and column.deals else "no deals"
                return Strip(
                    row(width, [("  " + word, self.look("faint", ""))], [], self.look("text", "")), width
                )
            return self._blank(width)
        deal = column.shown[at]
        return self._card(deal, width, self._card_state(index, at, deal))[line]

    def _card(self, deal: Deal, width: int, state: CardState) -> tuple[Strip, ...]:
        """The lines of a card, drawn once for each deal, width and state."""
        key = (deal.id, width, state)
        today = self.state.today
        found = self._cards.get(key)
        if found is None or found[0] is not deal or found[1] is not today:
            if len(self._cards) >= _REMEMBERED:
                self._cards.clear()
            found = (deal, today, card_strips(deal, width, state, today, self.look))
            self._cards[key] = found
        return found[2]

    def _edge(self, y: int, *, left: bool) -> Strip:
        """The margin at one side; a sign in it where there are more columns."""
        layout = self._layout
        width = layout.places[0].x if left else self.size.width - layout.places[-1].end
        more = layout.hidden_left if left else layout.hidden_right
        if not more or y != layout.cards_y + 1 or width < 1:
            return self._blank(width)
        sign = [("‹" if left else "›", self.look("place", ""))]
        blank = self.look("text", "")
        return Strip(row(width, sign if left else [], [] if left else sign, blank), width)

    def _message_line(self, y: int) -> Strip | None:
        message = self._message()
        if not message:
            return None
        layout = self._layout
        first = layout.cards_y + max(0, (layout.foot_y - layout.cards_y - 2 * len(message) + 1) // 2)
        index, between = divmod(y - first, 2)
        if between or not 0 <= index < len(message):
            return None
        return hint_strip(message, index, self.size.width, self.look)

    def _blank(self, width: int) -> Strip:
        found = self._blanks.get(width)
        if found is None:
            found = self._blanks[width] = Strip.blank(max(0, width), self.look("text", ""))
        return found

    def notify_style_update(self) -> None:
        """Forget everything drawn: the theme or a rule changed."""
        super().notify_style_update()
        self._cards.clear()
        self._blanks.clear()
        self._feet.clear()
        self._layout = Layout(0, 0, (), 0)

    # The user

    def on_resize(self) -> None:
        """Work out the layout anew."""
        self.refresh_board()

    def on_focus(self) -> None:
        """Show that keys come here."""
        self.refresh_board()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh_board()

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

    def _hit(self, event: events.MouseEvent) -> Hit | None:
        # The edges between the columns are widgets of their own: events count from them.
        at = event.screen_offset - self.region.offset
        return self.viewport.hit(self.state, self._layout, at.x, at.y)

    def _deal_at(self, hit: Hit | None) -> Deal | None:
        return None if hit is None or hit.row is None else self._columns[hit.column].shown[hit.row]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on what is pressed; a card may be dragged from here."""
        hit = self._hit(event)
        if event.button != 1 or hit is None:
            return
        deal = self._deal_at(hit)
        if deal is None:
            self._moved(self.state.focus_column(hit.column))
            return
        if self.state.cursor_deal is not deal:
            self.focus_deal(deal.id)
        self._press = _Press(hit, event.x, event.y)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """While a card is dragged, show the column it would go to."""
        press = self._press
        if press is None:
            return
        far = max(abs(event.x - press.x), 2 * abs(event.y - press.y)) >= _DRAG_STARTS
        press.dragging = press.dragging or far
        target = self._layout.column_at(event.x) if press.dragging else None
        drop = target if target != press.hit.column else None
        if drop != self._drop:
            self._drop = drop
            self.refresh_board()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of a dragged card."""
        press, drop = self._press, self._drop
        self._let_go()
        deal = self.state.cursor_deal
        if press is None or drop is None or deal is None or drop >= len(self._columns):
            return
        dragged = self.state.targets() if deal.id in self.state.selected else (deal.id,)
        self.post_message(self.DealsDropped(dragged, self._columns[drop].stage.id))

    def _let_go(self) -> None:
        if self._press is not None:
            self.release_mouse()
        self._press, had, self._drop = None, self._drop, None
        if had is not None:
            self.refresh_board()

    def on_click(self, event: events.Click) -> None:
        """Open a deal by a double click."""
        deal = self._deal_at(self._hit(event)) if event.chain == 2 else None
        if deal is not None:
            self.post_message(self.DealOpened(deal.id))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the column under the pointer down."""
        self._scrolled(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the column under the pointer up."""
        self._scrolled(event, -1)

    def _scrolled(self, event: events.MouseEvent, by: int) -> None:
        hit = self._hit(event)
        event.stop()
        if hit is not None and self.viewport.scroll(self.state, hit.column, by, self._layout.slots):
            self.refresh_board()


if __name__ == "__main__":
    from textual.binding import Binding

    from tui.widgets.demo import DemoApp, make_board, sample_deals

    class BoardDemo(DemoApp):
        """The board alone, on made-up deals."""

        BINDINGS: ClassVar = [
            Binding(key, f"board('{action}')")
            for key, action in (
                ("left,h", "cursor_left"),
                ("right,l", "cursor_right"),
                ("up,k", "cursor_up"),
                ("down,j", "cursor_down"),
                ("pageup", "page_up"),
                ("pagedown", "page_down"),
                ("g,home", "first"),
                ("G,end", "last"),
                ("space", "toggle_select"),
            )
        ]

        def compose(self) -> ComposeResult:
            """The one widget."""
            state = BoardState()
            state.load(make_board(sample_deals()))
            yield BoardWidget(state)

        async def action_board(self, action: str) -> None:
            """Hand a key to the board."""
            await self.run_action(action, self.query_one(BoardWidget))

    BoardDemo().run()
