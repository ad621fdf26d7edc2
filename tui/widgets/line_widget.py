"""What all our widgets that draw their own lines share: the inks, and how an ink looks on a ground.

An *ink* names a meaning (`money`, `stuck`), a *ground* a surface (`card`, `cursor`). Drawing code asks for a look by
these two words and knows no colours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.widgets.inks import mixed
from tui.widgets.still import Still

Look = Callable[[str, str], Style]
"""The style of an ink on a ground; `""` is the widget's own ground."""


class LineWidget(Still):
    """A widget on the Line API that does not let its text be selected by mouse."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    LineWidget {
        background: $background;
        color: $foreground;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._looks: dict[tuple[str, str], Style] = {}
        self._lines: dict[int, Strip] = {}
        self._lines_size = Size(0, 0)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines that are not drawn yet.

        Textual's own way wraps, filters and copies each line for borders and effects that these widgets do not have;
        where a page is painted anew that is most of its price. Filters are applied to the looks instead.
        """
        size = self.size
        if size != self._lines_size:
            self._lines.clear()
            self._lines_size = size
        lines = self._lines
        for y in crop.line_range:
            if y not in lines:
                lines[y] = self.render_line(y)
        strips = [lines[y] for y in crop.line_range]
        if crop.column_span == (0, size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the lines of `regions` anew, or all."""
        if not regions:
            self._lines.clear()
        for region in regions:
            for y in region.line_range:
                self._lines.pop(y, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def look(self, ink: str, ground: str = "") -> Style:
        """The style of `ink` on `ground`, as `tui.widgets.inks` mixes it."""
        found = self._looks.get((ink, ground))
        if found is None:
            own = self.visual_style
            found = mixed(ink, ground, own, self.app.theme_variables)
            segments = [Segment(" ", found)]
            for line_filter in self.get_line_filters():
                segments = line_filter.apply(segments, own.background or TRANSPARENT)
            found = self._looks[ink, ground] = segments[0].style or found
        return found

    def notify_style_update(self) -> None:
        """Forget the looks and what was drawn with them: the theme or a rule changed."""
        super().notify_style_update()
        self._looks.clear()
        self._lines.clear()


class OneLine(LineWidget):
    """A widget of one line that is drawn anew only when what it shows changes."""

    DEFAULT_CSS = """
    OneLine { height: 1; }
    """

    def segments(self, width: int) -> list[Segment]:
        """The line, of exactly `width` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        if y or not width:
            return Strip.blank(width, self.look("text"))
        return Strip(self.segments(width), width)
