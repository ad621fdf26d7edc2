"""Draws the board line by line, and knows which blocks of it look different from before.

A *block* is what can change by itself: a heading, the rule below it, a card, the rule above a foot, the foot's totals.
Each has a key: all that its look depends on. Equal keys are not drawn again; drawn cards are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from store import Deal
from tui.widgets.board_hints import Hint, hint_strip
from tui.widgets.board_layout import CARD_LINES, CARD_PITCH, EDGE, Layout, Place, Viewport
from tui.widgets.board_line import BoardLine
from tui.widgets.board_state import BoardState
from tui.widgets.card import CardState, card_lines
from tui.widgets.cells import row
from tui.widgets.column_frame import Foot, HeadState, foot_lines, foot_rule, head_rule, heading
from tui.widgets.line_widget import Look

REMEMBERED: Final = 4096
"""As many drawn cards are kept; a screen shows some hundred at most."""

_NO_DEALS: Final = "no deals"
_NO_MATCH: Final = "no match"

BlockId = tuple[str, int, int]
"""What a block is ("head", "rule", "card", "foot rule", "foot"), its column, its slot."""

PAGE: Final[BlockId] = ("page", 0, 0)
"""What concerns the whole board: its layout, the day, hints in place of cards."""


class BoardPainter:
    """Draws a `BoardState` as far as a `Viewport` shows it."""

    def __init__(self, state: BoardState, viewport: Viewport, hints: tuple[Hint, ...], look: Look) -> None:
        self.state, self.viewport, self.hints, self.look = state, viewport, hints, look
        self.layout = Layout(0, 0, (), 0)
        self.focused = False
        """Whether keys come to the board."""
        self.drop: int | None = None
        """The column that a card is being dragged to."""
        self._columns = state.columns
        self._feet: list[tuple[tuple[Foot, int], tuple[list[Segment], ...]]] = []
        self._cards: dict[tuple[int, int, int, int, CardState], tuple[Deal, object, tuple[Strip, ...]]] = {}
        self._blanks: dict[int, Strip] = {}
        self._followed: object = None

    def forget(self) -> None:
        """Forget everything drawn: looks changed."""
        self._cards.clear()
        self._blanks.clear()
        self._feet.clear()
        self.layout = Layout(0, 0, (), 0)

    # Where everything is

    def arrange(self, size: Size) -> None:
        """Lay the board out for that size as the state is now, and bring the cursor into view if it moved."""
        state, viewport = self.state, self.viewport
        self._columns = state.columns
        layout = viewport.lay_out(state, *size)
        self._feet = self._drawn_feet(layout)
        foot_count = max((len(lines) for _, lines in self._feet), default=2)
        self.layout = layout = replace(layout, foot_lines=foot_count)
        viewport.first = layout.hidden_left
        viewport.clamp(state, layout.slots)
        deal = state.cursor_deal
        at = (state.cursor_column, state.cursor_row, deal.id if deal else None, layout.slots)
        if at != self._followed:
            viewport.follow(state, layout.slots)
            self._followed = at

    def _drawn_feet(self, layout: Layout) -> list[tuple[tuple[Foot, int], tuple[list[Segment], ...]]]:
        """The foot of each column; those that are as before are not drawn anew."""
        state = self.state
        narrowest = min((place.width for place in layout.places), default=0)
        feet = []
        for index, column in enumerate(state.columns):
            place = layout.place_of(index)
            of = len(column.deals) if state.filtered else None
            key = (Foot(column.stage, column.totals, of, state.currency), place.width if place else narrowest)
            old = self._feet[index] if index < len(self._feet) else None
            feet.append(old if old and old[0] == key else (key, foot_lines(*key, self.look)))
        return feet

    # What changed

    def keys(self) -> dict[BlockId, object]:
        """The key of every block in view, and one of what concerns the whole page."""
        return dict(self._keys())

    def _keys(self) -> Iterator[tuple[BlockId, object]]:
        state, slots = self.state, self.layout.slots
        yield PAGE, (self.layout, self.message, state.today)
        for place in self.layout.places:
            index = place.column
            shown = self._columns[index].shown
            top = self.viewport.top(state, index)
            head = self._head_state(index)
            yield ("head", index, 0), (self._columns[index].stage, head)
            yield ("rule", index, 0), (head, top)
            for slot in range(slots):
                at = top + slot
                if at < len(shown):
                    yield ("card", index, slot), (shown[at], self._card_state(index, at, shown[at]))
                else:
                    yield ("card", index, slot), self._nothing(index) if not slot else None
            yield ("foot rule", index, 0), self._below(index)
            yield ("foot", index, 0), self._feet[index][0]

    def region(self, block: BlockId) -> Region:
        """Where a block is."""
        what, index, slot = block
        layout = self.layout
        place = layout.place_of(index)
        if what == "page" or place is None:
            return Region(0, 0, layout.width, layout.height)
        y, height = {
            "head": (layout.heading_y, 1),
            "rule": (layout.heading_y + 1, 1),
            "card": (layout.cards_y + slot * CARD_PITCH, CARD_LINES),
            "foot rule": (layout.foot_y, 1),
            "foot": (layout.foot_y + 1, layout.foot_lines),
        }[what]
        return Region(place.x, y, place.width, height)

    @property
    def message(self) -> tuple[Hint, ...]:
        """What stands in the middle of a board without any deal."""
        return self.hints if self._columns and self.state.empty else ()

    def _head_state(self, index: int) -> HeadState:
        return HeadState(index == self.state.cursor_column, self.focused, index == self.drop)

    def _card_state(self, index: int, at: int, deal: Deal) -> CardState:
        state = self.state
        here = index == state.cursor_column and at == self._columns[index].row
        return CardState(here, deal.id in state.selected)

    def _below(self, index: int) -> int:
        return max(
            0, len(self._columns[index].shown) - self.viewport.top(self.state, index) - self.layout.slots
        )

    def _nothing(self, index: int) -> str:
        """What a column says that shows no card."""
        column = self._columns[index]
        if column.shown or self.message:
            return ""
        return _NO_MATCH if column.deals else _NO_DEALS

    # Drawing

    def line(self, y: int) -> Strip:
        """One line of all columns in view, in pieces that end where the edges of the columns are."""
        layout = self.layout
        if not layout.places:
            return self._blank(layout.width)
        if (hint := self._hint_line(y)) is not None:
            return hint
        pieces: list[Strip] = []
        for place in layout.places:
            if pieces:
                pieces.append(self._blank(EDGE))
            pieces.append(self._piece(place, y))
        if y == layout.cards_y + 1 and layout.hidden_left:
            first = layout.places[0]
            pieces[0] = Strip.join((self._sign("‹", first.lead), pieces[0].crop(first.lead)))
        if y == layout.cards_y + 1 and layout.hidden_right:
            last = layout.places[-1]
            pieces[-1] = Strip.join((pieces[-1].crop(0, last.cells - last.gap), self._sign("›", -last.gap)))
        return BoardLine(pieces)

    def _piece(self, place: Place, y: int) -> Strip:
        """One line of one column, with what is drawn with it at its sides."""
        layout, index, width = self.layout, place.column, place.width
        if layout.cards_y <= y < layout.foot_y:
            return self._card_line(place, *divmod(y - layout.cards_y, CARD_PITCH))
        if y == layout.heading_y:
            return self._framed(
                heading(self._columns[index].stage, width, self._head_state(index), self.look), place
            )
        if y == layout.heading_y + 1:
            top = self.viewport.top(self.state, index)
            return self._framed(head_rule(width, self._head_state(index), top, self.look), place)
        if y == layout.foot_y:
            return self._framed(foot_rule(width, self._below(index), self.look), place)
        foot = self._feet[index][1]
        line = y - layout.foot_y - 1
        return self._framed(foot[line], place) if 0 <= line < len(foot) else self._blank(place.cells)

    def _framed(self, segments: list[Segment], place: Place) -> Strip:
        blank = self.look("text", "")
        lead, gap = ([Segment(" " * cells, blank)] if cells else [] for cells in (place.lead, place.gap))
        return Strip([*lead, *segments, *gap], place.cells)

    def _card_line(self, place: Place, slot: int, line: int) -> Strip:
        index = place.column
        shown = self._columns[index].shown
        at = self.viewport.top(self.state, index) + slot
        if at < len(shown) and line < CARD_LINES and slot < self.layout.slots:
            return self._card(shown[at], place, self._card_state(index, at, shown[at]))[line]
        words = self._nothing(index) if not slot and not line else ""
        if not words:
            return self._blank(place.cells)
        blank = self.look("text", "")
        return self._framed(
            row(place.width, [("  ", blank), (words, self.look("dim", ""))], [], blank), place
        )

    def _card(self, deal: Deal, place: Place, state: CardState) -> tuple[Strip, ...]:
        """The lines of a card, drawn once for each deal, width and state."""
        key = (deal.id, place.width, place.lead, place.gap, state)
        today = self.state.today
        found = self._cards.get(key)
        if found is None or found[0] is not deal or found[1] is not today:
            if len(self._cards) >= REMEMBERED:
                self._cards.clear()
            lines = card_lines(deal, place.width, state, today, self.look)
            found = (deal, today, tuple(self._framed(line, place) for line in lines))
            self._cards[key] = found
        return found[2]

    def _sign(self, sign: str, margin: int) -> Strip:
        """A margin of the page with the sign that there are more columns: at the edge, so on the right if negative."""
        word, width = [(sign, self.look("place", ""))], abs(margin)
        at_left, at_right = (word, []) if margin > 0 else ([], word)
        return Strip(row(width, at_left, at_right, self.look("text", "")), width)

    def _hint_line(self, y: int) -> Strip | None:
        hints = self.message
        if not hints:
            return None
        layout = self.layout
        first = layout.cards_y + max(0, (layout.foot_y - layout.cards_y - 2 * len(hints) + 1) // 2)
        index, between = divmod(y - first, 2)
        if between or not 0 <= index < len(hints):
            return None
        return hint_strip(hints, index, layout.width, self.look)

    def _blank(self, width: int) -> Strip:
        found = self._blanks.get(width)
        if found is None:
            found = self._blanks[width] = Strip.blank(max(0, width), self.look("text", ""))
        return found
