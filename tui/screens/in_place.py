"""One line typed where what it changes stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Input

from tui.screens.sheet import KeysLine
from tui.screens.typed_line import Line, TypedLine
from tui.widgets.board_layout import outer_margin

Answer = TypeVar("Answer")

_LINES: Final = 2
"""The line and its echo; a longer echo takes more where there is room."""

Place = Callable[[], tuple[Region, int]]
"""Where the line is to be on the screen, as it is now, and where the list begins that it stands in."""


class InPlaceScreen(TypedLine[Answer], Generic[Answer]):
    """Asks for one line at a place of the screen below, and says under it how the line is understood."""

    DEFAULT_CSS = """
    InPlaceScreen {
        background: transparent;
        Input.-textual-compact { background: $cursor; color: $foreground; height: 1; border: none; padding: 0 1; }
        .echo {
            height: auto; max-height: 3; min-height: 1; background: $panel; color: $dim; text-style: $dim-style;
        }
        .echo.-wrong { color: $stuck; }
        .keys { dock: bottom; background: $background; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", show=False)]

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("⏎", "save"), ("esc", "leave it as it is"))

    def __init__(self, place: Place, line: Line[Answer]) -> None:
        super().__init__()
        self._place = place
        self.line = line

    def compose(self) -> ComposeResult:
        """The line and its echo, and the keys in place of those of the screen below."""
        yield from self.line_and_echo()
        yield KeysLine(self.KEYS)

    def on_mount(self) -> None:
        """Stand where the line was."""
        self._put()

    def on_resize(self) -> None:
        """Follow the line, once the screen below is laid out."""
        self.call_after_refresh(self._put)

    def _put(self) -> None:
        (place, left), line, echo = self._place(), self.query_one(Input), self.query_one(".echo")
        top = min(place.y, max(0, self.app.size.height - _LINES - 1))
        line.styles.offset = (place.x, top)
        line.styles.width = max(_LINES, place.width)
        # The echo covers what stands left of it too: beside the label of another line it would be read as its value.
        echo.styles.offset = (left, top)
        echo.styles.width = max(_LINES, place.right - left)
        echo.styles.padding = (0, 1, 0, place.x - left + 1)
        self.query_one(".keys").styles.padding = (0, 0, 0, outer_margin(self.app.size.width))

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Put words below the line; without any they take no room."""
        super().say(words, wrong=wrong)
        self.query_one(".echo").display = bool(words)
