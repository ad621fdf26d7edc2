"""Why a deal was lost: one of the pipeline's reasons, and a free note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui.screens.picking import Choice, PickScreen


@dataclass(frozen=True, slots=True)
class Loss:
    """Why, and what else there is to say."""

    reason: str
    note: str = ""


class LossScreen(PickScreen[Loss]):
    """Asks for the reason. A digit or Enter decides; Tab goes to the note first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "other_line", "note", show=False, priority=True)]

    KEYS = (("1…9", "decide"), ("↑↓ ⏎", "decide"), ("tab", "add a note"), ("esc", "cancel"))

    def __init__(self, title: str, reasons: Sequence[str]) -> None:
        super().__init__(title, [Choice(reason, "", Loss(reason)) for reason in reasons])

    def content(self) -> tuple[Widget, ...]:
        """The list as in any picking, and the note."""
        find, options = super().content()
        return find, options, Input(placeholder="a note, if there is more to say", compact=True, id="note")

    def action_other_line(self) -> None:
        """From the reasons to the note and back."""
        note = self.query_one("#note", Input)
        (self.query(Input).first() if note.has_focus else note).focus()

    def _pick(self, at: int) -> None:
        reason = self._choices[self._shown[at]].value.reason
        self.decide(Loss(reason, self.query_one("#note", Input).value))
