"""Why a deal was lost: one of the pipeline's reasons, and a free note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from tui.screens.picking import Choice, PickScreen
from tui.screens.sheet import KeysLine

IN_NOTE: Final = (
    ("⏎", "decide"),
    ("1…9", "text here"),
    ("tab", "reasons"),
    ("esc", "cancel"),
)
"""The keys while the note is typed."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Why, and what else there is to say."""

    reason: str
    note: str = ""


class LossScreen(PickScreen[Loss]):
    """Asks for the reason. A digit decides, or Enter on a reason that was gone to; Tab goes to the note first.

    No reason is highlighted at first: one that nobody chose would spoil what the reasons are counted for. The note
    begins with one that was typed before and not saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_line", "note", show=False, priority=True)]

    KEYS = (("1…9", "decide"), ("↑↓ ⏎", "decide"), ("tab", "add a note"), ("esc", "cancel"))

    def __init__(self, title: str, reasons: Sequence[str], note: str = "") -> None:
        choices = [Choice(reason, "", Loss(reason)) for reason in reasons]
        super().__init__(title, choices, None, again=bool(note))
        self._note = note

    def content(self) -> tuple[Widget, ...]:
        """The list as in any picking, the note, and what is missing."""
        find, options = super().content()
        note = Input(self._note, placeholder="a note, if there is more to say", compact=True, id="note")
        missing = Static(Content("! Pick a reason: a digit, or ↑↓ and ⏎."), classes="echo -wrong")
        missing.display = False
        return find, options, note, missing

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say the keys of the line that is typed in."""
        keys = IN_NOTE if event.widget.id == "note" else self.KEYS
        self.query_one(KeysLine).show(keys)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """There is a reason now."""
        event.stop()
        self.query_one(".echo").display = False

    def nothing_picked(self) -> None:
        """Ask for a reason, in the line where a digit is one."""
        self.query_one(".echo").display = True
        self.query(Input).first().focus()

    def action_other_line(self) -> None:
        """From the reasons to the note and back."""
        note = self.query_one("#note", Input)
        (self.query(Input).first() if note.has_focus else note).focus()

    def _pick(self, at: int) -> None:
        reason = self._choices[self._shown[at]].value.reason
        self.decide(Loss(reason, self.query_one("#note", Input).value))
