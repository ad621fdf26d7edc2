"""Which file is to be imported: its path, which tab completes."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from store import InvalidInput, printable
from tui.path_completion import completed, file_named, offered
from tui.screens.prompt import PromptScreen
from tui.screens.typed_line import Line
from tui.screens.understood import Understood


class ImportFileScreen(PromptScreen[Path]):
    """Asks for a file that is there; `value` is the path to begin with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "complete", show=False, priority=True)
    ]

    KEYS = (("⏎", "open"), ("tab", "complete"), ("esc", "cancel"))

    def __init__(self, value: str = "") -> None:
        names = offered(completed("").names)
        hint = f"here: {names}" if names else "a file that another program saved as CSV"
        super().__init__(
            "Which CSV file is to be imported?",
            Line(_understood, value, placeholder="~/Downloads/deals.csv", hint=hint),
        )

    def action_complete(self) -> None:
        """The path as far as it can only go on in one way, and the ways from there."""
        line = self.query_one(Input)
        found = completed(line.value[: line.cursor_position])
        if not found.names:
            self.say("nothing there goes on like this", wrong=True)
            return
        with self.prevent(Input.Changed):
            line.value = found.text
            line.cursor_position = len(found.text)
        self.say(offered(found.names) if len(found.names) > 1 else self._words(found.text))

    def _words(self, text: str) -> str:
        try:
            return _understood(text).words
        except InvalidInput as error:
            return str(error)


def _understood(text: str) -> Understood[Path]:
    path = file_named(text)
    return Understood(path, f"{printable(path.name)}, {_size(path)}")


def _size(path: Path) -> str:
    """`629 kB`; of a file that is gone meanwhile nothing is known."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InvalidInput(f"{printable(str(path))} cannot be read: {error.strerror}.") from None
    for unit, one in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= one:
            return f"{size / one:,.0f} {unit}"
    return f"{size} bytes"
