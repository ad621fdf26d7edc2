"""The last door before the terminal: whatever a widget was given to draw, no control character gets out.

Text is cleaned when it enters the store and our own widgets clean what they draw; this holds for the rest (a form's
input line, a title of Textual's, a file that another program wrote).
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from store import printable, shows_as_it_is


class PlainText(LineFilter):
    """Takes control, direction and filler characters and floods of marks out of every line that is drawn. They have no
    width, so nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with clean texts; the same list when there is nothing to clean."""
        if all(shows_as_it_is(text) for text, _, _ in segments):
            return segments
        return [
            Segment(printable(text).replace("\n", " "), style, control) for text, style, control in segments
        ]
