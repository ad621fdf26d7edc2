"""A card held by the mouse: from where, whether it is being dragged, and which column it would go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.geometry import Offset

from tui.widgets.board_layout import Layout

_TREMBLE: Final = 2
"""Cells that the pointer may move before a press becomes a drag; a line counts as two, as it is twice as high."""


@dataclass(slots=True)
class CardDrag:
    """One press of the mouse on a card, until it is let go."""

    deal_id: int
    column: int
    start: Offset
    dragging: bool = False

    def target(self, at: Offset, layout: Layout) -> int | None:
        """The column the card would go to if it were let go at that point; `None`: it stays where it is."""
        far = max(abs(at.x - self.start.x), 2 * abs(at.y - self.start.y)) >= _TREMBLE
        self.dragging = self.dragging or far
        column = layout.column_at(at.x) if self.dragging else None
        return None if column == self.column else column
