"""The geometry of the board: which columns are in view and how wide, which cards fit, and what is at a point.

Everything is arithmetic on cells; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from store import Outcome
from tui.widgets.board_state import BoardState

GAP: Final = 2
"""Cells between two columns."""

EDGE: Final = 1
"""Cells of the gap that belong to the edge of the column at its right (`column_edge.py`)."""

NARROWEST: Final = 18
"""An open stage is never narrower: below that the board scrolls sideways."""

NARROWEST_CLOSED: Final = 16
"""Won and lost may be a little narrower than open stages when the width is short."""

COMFORTABLE: Final = 22
"""A board that scrolls shows as many columns as can be this wide."""

ROOMY_OPEN: Final = 28
"""While open stages are narrower than this, won and lost give them of their width."""

CARD_LINES: Final = 3
CARD_PITCH: Final = CARD_LINES + 1
"""A card and the blank line below it."""

_WIDE: Final = 100
"""From this width on the page has a margin of two cells instead of one."""

_TALL: Final = 20
"""From this height on there is a blank line above the headings and one below the totals."""

_HEAD_LINES: Final = 2


class Place(NamedTuple):
    """A column that is in view: its index on the board, where it begins, how wide it is."""

    column: int
    x: int
    width: int
    lead: int = 0
    """Cells at its left that are drawn with it: the page's margin, if it is the first."""
    gap: int = 0
    """Cells at its right that are drawn with it: those up to the edge of the next column, or the page's margin."""

    @property
    def cells(self) -> int:
        """How wide it is with what is drawn with it."""
        return self.lead + self.width + self.gap

    @property
    def end(self) -> int:
        """The first cell to its right."""
        return self.x + self.width


class Hit(NamedTuple):
    """What is at a point: the column, and the row of the card there, if there is one (`None`: heading, foot, room)."""

    column: int
    row: int | None


@dataclass(frozen=True)
class Layout:
    """Where everything is on a board of that size. `foot_lines` are those below the foot's rule.

    What is asked for with every line that is drawn is worked out once.
    """

    width: int
    height: int
    places: tuple[Place, ...]
    columns: int
    foot_lines: int = 2

    @cached_property
    def heading_y(self) -> int:
        """The line of the headings; the rule is below it."""
        return 1 if self.height >= _TALL else 0

    @cached_property
    def cards_y(self) -> int:
        """The first line of the first card."""
        return self.heading_y + _HEAD_LINES

    @cached_property
    def foot_y(self) -> int:
        """The line of the foot's rule; the totals are below it."""
        return self.height - self.foot_lines - 1 - (1 if self.height >= _TALL else 0)

    @cached_property
    def slots(self) -> int:
        """How many whole cards fit, at least one."""
        return max(1, (self.foot_y - self.cards_y + 1) // CARD_PITCH)

    @property
    def hidden_left(self) -> int:
        """How many columns are out of view at the left."""
        return self.places[0].column if self.places else 0

    @property
    def hidden_right(self) -> int:
        """How many columns are out of view at the right."""
        return self.columns - self.places[-1].column - 1 if self.places else 0

    @property
    def edges(self) -> tuple[int, ...]:
        """Where the columns begin, all but the first."""
        return tuple(place.x for place in self.places[1:])

    def place_of(self, column: int) -> Place | None:
        """Where that column is, if it is in view."""
        index = column - self.hidden_left
        return self.places[index] if 0 <= index < len(self.places) else None

    def column_at(self, x: int) -> int | None:
        """The column at that cell, the gaps at either side shared out; `None` outside all columns."""
        return next((p.column for p in self.places if p.x - GAP // 2 <= x < p.end + GAP // 2), None)


def outer_margin(width: int) -> int:
    """How many cells are free at either side of a page of that width."""
    return 2 if width >= _WIDE else 1


def column_widths(available: int, closed: Sequence[bool]) -> tuple[int, ...]:
    """The widths of all columns side by side in `available` cells; empty when they would get too narrow.

    `closed` says of each column whether it is won or lost. Open stages share evenly; what is left over goes to the
    first ones, a cell each.
    """
    count = len(closed)
    room = available - GAP * (count - 1)
    closed_count = sum(closed)
    open_count = count - closed_count
    narrow = room // count if count else 0
    if closed_count and open_count and narrow < ROOMY_OPEN:
        narrow = max(NARROWEST_CLOSED, min(narrow, (room - ROOMY_OPEN * open_count) // closed_count))
    shared = open_count or closed_count
    rest = room - (narrow * closed_count if open_count else 0)
    if not count or rest < NARROWEST * shared or narrow < NARROWEST_CLOSED:
        return ()
    if narrow >= ROOMY_OPEN:
        return _evenly(room, count)
    wide = iter(_evenly(rest, shared))
    return tuple(narrow if is_closed and open_count else next(wide) for is_closed in closed)


def _evenly(room: int, count: int) -> tuple[int, ...]:
    each, over = divmod(room, count)
    return tuple(each + (index < over) for index in range(count))


def lay_out(
    width: int, height: int, closed: Sequence[bool], focused: int, first: int = 0, foot_lines: int = 2
) -> Layout:
    """The layout of a board with these columns.

    When not all fit, as many as are comfortable are in view, beginning with column `first`, moved as little as keeps
    the `focused` one in view.
    """
    margin = outer_margin(width)
    available = width - 2 * margin
    begin = 0
    widths = column_widths(available, closed)
    if not widths and closed:
        visible = max(1, min(len(closed), (available + GAP) // (COMFORTABLE + GAP)))
        begin = max(focused - visible + 1, min(first, focused))
        begin = max(0, min(begin, len(closed) - visible))
        widths = _evenly(max(1, available - GAP * (visible - 1)), visible)
    places = []
    x = margin
    for offset, own in enumerate(widths):
        lead = 0 if offset else margin
        gap = GAP - EDGE if offset + 1 < len(widths) else max(0, width - x - own)
        places.append(Place(begin + offset, x, own, lead, gap))
        x += own + GAP
    return Layout(width, height, tuple(places), len(closed), foot_lines)


@dataclass(slots=True)
class Viewport:
    """What of the board is in view: the first column, and the topmost card of each stage.

    It follows the cursor of a `BoardState` as little as needed, and may be scrolled away from it.
    """

    first: int = 0
    tops: dict[int, int] = field(default_factory=dict)
    """By stage id, so that a reload keeps them."""

    def lay_out(self, state: BoardState, width: int, height: int) -> Layout:
        """The layout of a board's columns, beginning with the first one in view or as near as the cursor lets it."""
        closed = [column.stage.outcome is not Outcome.OPEN for column in state.columns]
        return lay_out(width, height, closed, state.cursor_column, self.first)

    def top(self, state: BoardState, column: int) -> int:
        """The row of the topmost card in view of a column."""
        return self.tops.get(state.columns[column].stage.id, 0)

    def clamp(self, state: BoardState, slots: int) -> None:
        """Leave no room below the last card of a column while there are cards above."""
        for column in state.columns:
            top = self.tops.get(column.stage.id, 0)
            if top:
                self.tops[column.stage.id] = max(0, min(top, len(column.shown) - slots))

    def follow(self, state: BoardState, slots: int) -> None:
        """Bring the cursor's card into view."""
        if not state.columns:
            return
        column = state.columns[state.cursor_column]
        top = self.tops.get(column.stage.id, 0)
        self.tops[column.stage.id] = max(column.row - slots + 1, min(top, column.row))

    def in_view(self, state: BoardState) -> dict[int, tuple[int, ...]]:
        """The deals from the topmost one in view on, of each column that is scrolled: by stage id, for `keep`."""
        tops = ((column, self.tops.get(column.stage.id, 0)) for column in state.columns)
        return {column.stage.id: tuple(deal.id for deal in column.shown[top:]) for column, top in tops if top}

    def keep(self, state: BoardState, before: Mapping[int, tuple[int, ...]]) -> None:
        """Leave the deals where they were when they were `in_view`, whatever came or went above them."""
        for column in state.columns:
            if seen := before.get(column.stage.id):
                rows = {deal.id: row for row, deal in enumerate(column.shown)}
                there = (rows[deal_id] for deal_id in seen if deal_id in rows)
                self.tops[column.stage.id] = next(there, self.tops[column.stage.id])

    def scroll(self, state: BoardState, column: int, by: int, slots: int) -> bool:
        """Scroll one column by so many cards, down when positive; `False` if it cannot."""
        own = state.columns[column]
        before = self.tops.get(own.stage.id, 0)
        after = max(0, min(before + by, len(own.shown) - slots))
        self.tops[own.stage.id] = after
        return after != before

    def hit(self, state: BoardState, layout: Layout, x: int, y: int) -> Hit | None:
        """What is at a point of the board."""
        column = layout.column_at(x)
        if column is None:
            return None
        slot, line = divmod(y - layout.cards_y, CARD_PITCH)
        row = self.top(state, column) + slot
        on_card = 0 <= slot < layout.slots and line < CARD_LINES and row < len(state.columns[column].shown)
        return Hit(column, row if on_card else None)
