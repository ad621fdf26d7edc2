"""A note of several lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from tui.screens.sheet import Sheet

NEW_LINE_KEYS: Final = {"ctrl+j", "alt+enter", "shift+enter"}


class NoteArea(TextArea):
    """A text in which Enter ends the note and ctrl+j begins a line (alt+enter and shift+enter where the terminal
    can tell them from Enter)."""

    @dataclass
    class Ended(Message):
        """Enter was pressed."""

        text: str

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Enter and the keys of a new line are ours too, not a binding's."""
        return key == "enter" or key in NEW_LINE_KEYS or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Ended(self.text))
        elif event.key in NEW_LINE_KEYS:
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)


@dataclass(frozen=True, slots=True)
class Written:
    """A note as left: to be saved, or only to be kept for when the founder comes back to it."""

    text: str
    save: bool


class NoteScreen(Sheet[Written]):
    """Asks for a note. Leaving with Esc gives the text back unsaved, so that it can be offered again."""

    DEFAULT_CSS = """
    NoteScreen {
        TextArea { height: 6; border: none; padding: 0 1; background: $card; color: $foreground; }
        TextArea:focus { border: none; }
    }
    """

    KEYS = (("⏎", "save"), ("ctrl+j", "new line"), ("esc", "leave; the text is kept"))

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__(title)
        self._text = text

    def content(self) -> tuple[Widget, ...]:
        """The text."""
        area = NoteArea(
            self._text, show_line_numbers=False, soft_wrap=True, compact=True, highlight_cursor_line=False
        )
        area.move_cursor(area.document.end)
        return (area,)

    def on_note_area_ended(self, event: NoteArea.Ended) -> None:
        """Save what is written; an empty note is left as if by Esc."""
        self.decide(Written(event.text, save=bool(event.text.strip())))

    def action_cancel(self) -> None:
        """Leave, keeping the text."""
        self.decide(Written(self.query_one(NoteArea).text, save=False))


class NotesScreen(NoteScreen):
    """Asks for the notes of something, which may be emptied; a note is said once, these are changed."""

    DEFAULT_CSS = """
    NotesScreen TextArea { height: 10; }
    """

    def on_note_area_ended(self, event: NoteArea.Ended) -> None:
        """Save what is written, even if it is nothing."""
        self.decide(Written(event.text, save=True))
