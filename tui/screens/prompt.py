"""One line typed at the foot of the screen, understood while it is typed."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.widget import Widget

from tui.screens.sheet import Sheet
from tui.screens.typed_line import Line, TypedLine
from tui.screens.understood import Understood

Answer = TypeVar("Answer")


class PromptScreen(Sheet[Understood[Answer]], TypedLine[Answer], Generic[Answer]):
    """Asks for one line in a sheet."""

    def __init__(self, title: str, line: Line[Answer]) -> None:
        Sheet.__init__(self, title, again=line.again)
        self.line = line

    def content(self) -> tuple[Widget, ...]:
        """The line and its echo."""
        return self.line_and_echo()
