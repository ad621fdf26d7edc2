"""One line that is typed, and below it how it is understood: wherever on the screen it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from store import InvalidInput
from tui.screens.sheet import Modal
from tui.screens.understood import Understood, echo_of

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Line(Generic[Answer]):
    """What is asked for: `understand` gives what a text means, or raises `InvalidInput`; its words are the
    live echo."""

    understand: Callable[[str], Understood[Answer]]
    value: str = ""
    """What it begins with."""
    placeholder: str = ""
    hint: str = ""
    """What is said while there is nothing to say of the text."""
    warning: str = ""
    """What there is to say of what it begins with, until the first letter."""
    again: bool = False
    """Whether it begins with what was typed before and could not be saved."""


class TypedLine(Modal[Understood[Answer]], Generic[Answer]):
    """Asks for one `line`. Enter returns what was understood; else the echo says what is wrong and the line stays."""

    line: Line[Answer]

    def line_and_echo(self) -> tuple[Widget, Widget]:
        """The line, and the place below it. A text that is to be looked at first is not overwritten by one letter."""
        line = self.line
        unread = bool(line.warning) or line.again
        typed = Input(line.value, placeholder=line.placeholder, compact=True, select_on_focus=not unread)
        return typed, Static(Content(line.warning or line.hint), classes="echo")

    @property
    def value(self) -> str:
        """What stands in the line."""
        return self.query_one(Input).value

    def warn(self, warning: str) -> None:
        """Say something about what is being changed, until the next letter."""
        self.line.warning = warning
        if self.is_mounted and self.is_attached:  # else it is said when the line is there
            self.say(warning, wrong=True)

    def on_mount(self) -> None:
        """Say how what it begins with is understood."""
        self._echo(self.line.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say how the line is understood."""
        event.stop()
        self._echo(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was understood."""
        event.stop()
        try:
            self.decide(self.line.understand(event.value)._replace(text=event.value))
        except InvalidInput as error:
            self.say(str(error), wrong=True)

    def _echo(self, text: str) -> None:
        line = self.line
        if line.warning and text == line.value:
            self.say(line.warning, wrong=True)
        elif not text.strip() and (line.hint or not line.value):
            self.say(line.hint)
        else:
            try:
                self.say(line.understand(text).words or line.hint)
            except InvalidInput as error:
                self.say(str(error), wrong=True)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Put words below the line."""
        echo = self.query_one(".echo", Static)
        echo.set_class(wrong, "-wrong")
        echo.update(echo_of(words, wrong))
