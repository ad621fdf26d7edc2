"""A list to choose from in which the highlighted line has a sign, as colour is never the only one."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

CHOSEN: Final = "›"


class ChoiceList(OptionList):
    """Puts `›` into the first cell of the highlighted line; every line leaves that cell free."""

    def render_line(self, y: int) -> Strip:
        """The line, marked when it is the highlighted one."""
        strip = super().render_line(y)
        if self.highlighted is None or self._lines[self.scroll_offset.y + y :][:1] != [(self.highlighted, 0)]:
            return strip
        style = next((segment.style for segment in strip if segment.text), None)
        return Strip.join([Strip([Segment(CHOSEN, style)], 1), strip.crop(1)])
