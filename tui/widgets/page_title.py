"""The first line of a screen: what it shows, what that comes to, and the day."""

from __future__ import annotations

from typing import NamedTuple

from rich.segment import Segment
from textual.reactive import reactive

from tui.widgets.board_layout import outer_margin
from tui.widgets.line_widget import OneLine
from tui.widgets.row_line import Line, LinePen, Piece

_GAP = "   "


class Title(NamedTuple):
    """What the line says: the screen's name, a few words beside it (each with its ink), and a word at the right."""

    name: str
    facts: tuple[tuple[str, str], ...] = ()
    right: str = ""


class PageTitle(OneLine):
    """The first line of a screen. Drawn anew only when it says something else."""

    title: reactive[Title] = reactive(Title(""))

    def segments(self, width: int) -> list[Segment]:
        """The line; where it is narrow the last facts give way."""
        facts = [Piece(_GAP + text, ink, cut=True) for text, ink in self.title.facts if text]
        right = (Piece(self.title.right, "dim"),) if self.title.right else ()
        line = Line((Piece(self.title.name, "place", cut=True), *facts), right)
        return list(LinePen(width, outer_margin(width), self.look).strip(line))
