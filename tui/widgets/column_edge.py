"""Edges between the columns of the board, which keep small what a key writes to the terminal.

When part of a line changes, Textual writes that line from the left edge of the widget, or of the one that lies on it,
up to the change: in a board that is one widget, everything left of the card that changed. An edge is a blank
widget of one cell just left of a column. It draws nothing of its own; but being there it is where writing begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget


class ColumnEdge(Widget):
    """One blank cell on every line, left of a column."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ColumnEdge { width: 1; height: 1fr; }
    """

    def render_line(self, y: int) -> Strip:
        """Draw the blank."""
        return Strip.blank(self.size.width, self.rich_style)


class EdgeLayout(Layout):
    """Puts each child at one of the cells that `cells` gives for a board of some size; children left over nowhere."""

    name = "edges"

    def __init__(self, cells: Callable[[Size], Sequence[int]]) -> None:
        self._cells = cells
        self.placed: tuple[int, ...] = ()
        """The cells of the last arrangement."""

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """The children, one cell wide and as high as the board."""
        parent.pre_layout(self)
        self.placed = tuple(self._cells(size))
        return [
            WidgetPlacement(Region(x, 0, 1, size.height), NULL_OFFSET, NULL_SPACING, child)
            for x, child in zip(self.placed, children, strict=False)
        ]
