"""The least that a key costs in a Textual app: one focused widget, of which each key repaints one line."""

from typing import ClassVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class OneLine(Widget, can_focus=True):
    """A screen of text in which the cursor is a marked line; every key moves it within the same line."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "OneLine { width: 1fr; height: 1fr; }"
    presses = 0

    def render_line(self, y: int) -> Strip:
        """The line `y`, with the count of key presses in the tenth."""
        text = f"line {y} after {self.presses} keys" if y == 10 else f"line {y}"
        return Strip([Segment(text.ljust(self.size.width))], self.size.width)

    def on_key(self) -> None:
        """Repaints one line."""
        self.presses += 1
        self.refresh(Region(0, 10, self.size.width, 1))


class OneLineApp(App[None]):
    """Shows the widget."""

    CSS: ClassVar[str] = "Screen { layout: vertical; }"

    def compose(self) -> ComposeResult:
        """The widget alone."""
        yield OneLine()


OneLineApp().run()
