"""One of a few words, or none, chosen on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from tui.widgets.cells import Word, row
from tui.widgets.line_widget import OneLine

CHOSEN: Final = "›"
"""Before the word that is chosen, as colour is never the only sign."""

_NONE_KEYS: Final = frozenset({"backspace", "delete"})


class ChoiceLine(OneLine, can_focus=True):
    """All words in a row; ← → go from one to the next, the first letter goes to a word, backspace to none.

    The words begin with different letters.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "before", show=False),
        Binding("right", "move(1)", "next", show=False),
    ]

    value: reactive[str] = reactive("")
    """The word that is chosen; empty: none."""

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        line: ChoiceLine
        value: str

    def __init__(self, words: Sequence[str], value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = tuple(words)
        self.set_reactive(ChoiceLine.value, value if value in words else "")

    def segments(self, width: int) -> list[Segment]:
        """The words, the chosen one marked."""
        ground = "cursor" if self.has_focus else "card"
        line: list[Word] = []
        for word in self._words:
            chosen = word == self.value
            line.append((CHOSEN if chosen else " ", self.look("place", ground)))
            line.append((word, self.look("name" if chosen else "dim", ground)))
        return row(width, line, [], self.look("text", ground))

    def action_move(self, by: int) -> None:
        """To the word before or after; before the first one there is none."""
        at = self._words.index(self.value) if self.value else -1
        at = max(-1, min(len(self._words) - 1, at + by))
        self._choose(self._words[at] if at >= 0 else "")

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """The first letters are ours, and the keys that choose none."""
        return key in _NONE_KEYS or self._begins_with(character) is not None

    async def _on_key(self, event: events.Key) -> None:
        word = self._begins_with(event.character)
        if word is None and event.key not in _NONE_KEYS:
            return
        event.stop()
        self._choose(word or "")

    def on_click(self, event: events.Click) -> None:
        """The word that was clicked."""
        at = 0
        for word in self._words:
            at += 1 + len(word)
            if event.x < at:
                self._choose(word)
                return

    def watch_has_focus(self, has_focus: bool) -> None:
        """The ground says where the keys go."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def _begins_with(self, letter: str | None) -> str | None:
        if not letter or not letter.isalpha():
            return None
        return next((word for word in self._words if word.startswith(letter.lower())), None)

    def _choose(self, word: str) -> None:
        if word != self.value:
            self.value = word
            self.post_message(self.Changed(self, word))
