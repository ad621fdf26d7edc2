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

from tui.widgets.still import Still


class ColumnEdge(Still):
    """One blank cell on every line, left of a column."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ColumnEdge { width: 1; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._blank: Strip | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The blank, over and over: made once, as there are as many edges' lines as lines of cards."""
        if self._blank is None:
            self._blank = Strip.blank(1, self.visual_style.rich_style)
        strip = self._blank
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return [strip] * crop.height

    def notify_style_update(self) -> None:
        """Forget the blank: the theme changed."""
        super().notify_style_update()
        self._blank = None


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
