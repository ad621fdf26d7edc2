"""One line typed, understood while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from store import InvalidInput
from tui.screens.sheet import Sheet
from tui.screens.understood import Understood

Answer = TypeVar("Answer")


class PromptScreen(Sheet[Understood[Answer]], Generic[Answer]):
    """Asks for one line. `understand` gives what it means, or raises `InvalidInput`; its words are the live echo.

    Enter returns what was understood, value and words; else the echo says what is wrong and the line stays.
    """

    def __init__(
        self,
        title: str,
        understand: Callable[[str], Understood[Answer]],
        *,
        value: str = "",
        placeholder: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(title)
        self._understand = understand
        self._value = value
        self._placeholder = placeholder
        self._hint = hint

    def content(self) -> tuple[Widget, ...]:
        """The line and its echo."""
        return (
            Input(self._value, placeholder=self._placeholder, compact=True, select_on_focus=True),
            Static(Content(self._hint), classes="echo"),
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the line is understood."""
        event.stop()
        if not event.value.strip():
            self._say(self._hint)
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

    def _say(self, words: str, *, wrong: bool = False) -> None:
        echo = self.query_one(".echo", Static)
        echo.set_class(wrong, "-wrong")
        echo.update(Content(f"! {words}" if wrong else words))
