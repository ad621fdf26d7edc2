"""One line typed where what it changes stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static

from store import InvalidInput
from tui.screens.sheet import KeysLine, Modal
from tui.screens.understood import Understood
from tui.widgets.board_layout import outer_margin

Answer = TypeVar("Answer")

_LINES: Final = 2
"""The line and its echo; a longer echo takes more where there is room."""

Place = Callable[[], Region]
"""Where the line is to be on the screen, as it is now."""


class InPlaceScreen(Modal[Understood[Answer]], Generic[Answer]):
    """Asks for one line at a place of the screen below, and says under it how the line is understood.

    Enter returns what was understood; else the echo says what is wrong and the line stays.
    """

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

    def __init__(
        self,
        place: Place,
        understand: Callable[[str], Understood[Answer]],
        value: str,
        *,
        placeholder: str = "",
        warning: str = "",
    ) -> None:
        super().__init__()
        self._place = place
        self._understand = understand
        self._value = value
        self._placeholder = placeholder
        self._warning = warning

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self.query_one(Input).value

    def compose(self) -> ComposeResult:
        """The line and its echo, and the keys in place of those of the screen below."""
        yield Input(
            self._value, placeholder=self._placeholder, compact=True, select_on_focus=not self._warning
        )
        yield Static(classes="echo")
        yield KeysLine(self.KEYS)

    def on_mount(self) -> None:
        """Stand where the line was."""
        self._put()
        self._say(self._warning, wrong=bool(self._warning))

    def on_resize(self) -> None:
        """Follow the line, once the screen below is laid out."""
        self.call_after_refresh(self._put)

    def warn(self, warning: str) -> None:
        """Say something about what is being changed, until the next letter."""
        self._warning = warning
        if self.is_mounted and self.is_attached:  # else it is said when the line is there
            self._say(warning, wrong=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the line is understood."""
        event.stop()
        if event.value == self._value:
            return
        try:
            self._say(self._understand(event.value).words)
        except InvalidInput as error:
            self._say(str(error), wrong=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was understood."""
        event.stop()
        try:
            self.decide(self._understand(event.value))
        except InvalidInput as error:
            self._say(str(error), wrong=True)

    def _put(self) -> None:
        place, line, echo = self._place(), self.query_one(Input), self.query_one(".echo")
        top = min(place.y, max(0, self.app.size.height - _LINES - 1))
        line.styles.offset = (place.x, top)
        line.styles.width = max(_LINES, place.width)
        # The echo covers what stands left of it too: beside the label of another line it would be read as its value.
        echo.styles.offset = (0, top)
        echo.styles.width = max(_LINES, place.right)
        echo.styles.padding = (0, 1, 0, place.x + 1)
        self.query_one(".keys").styles.padding = (0, 0, 0, outer_margin(self.app.size.width))

    def _say(self, words: str, *, wrong: bool = False) -> None:
        echo = self.query_one(".echo", Static)
        echo.set_class(wrong, "-wrong")
        echo.display = bool(words)
        echo.update(Content(f"! {words}" if wrong else words))
