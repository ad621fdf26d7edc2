"""A line that stays where it is: the heads of the columns above a list."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive

from tui.widgets.board_layout import outer_margin
from tui.widgets.line_widget import OneLine
from tui.widgets.row_line import BLANK, Line, LinePen


class LineBar(OneLine):
    """One `Line` on a row of its own; drawn anew only when it says something else."""

    line: reactive[Line] = reactive(BLANK)

    def segments(self, width: int) -> list[Segment]:
        """The line."""
        return list(LinePen(width, outer_margin(width), self.look).strip(self.line))
