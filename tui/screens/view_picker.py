"""Which saved view to look with: picked, deleted or given another name; the present one can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from store import SavedView, Sort, printable
from tui.screens.picking import Choice, PickScreen
from tui.screens.sheet import KeysLine


@dataclass(frozen=True, slots=True)
class Look:
    """Look with a view, which need not be a saved one."""

    view: SavedView


@dataclass(frozen=True, slots=True)
class Keep:
    """Save what is shown, which has no name yet, under one."""

    view: SavedView


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a saved view another name."""

    view: SavedView


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete a saved view."""

    view: SavedView


ViewAnswer = Look | Keep | Rename | Forget

PROPOSED: Final = (
    SavedView(0, "Closing this month", "close<=eom", Sort.CLOSE_DATE),
    SavedView(0, "The most money", "", Sort.AMOUNT),
    SavedView(0, "Quiet for a week", "idle>7", Sort.IDLE),
    SavedView(0, "Nothing planned", "is:notask"),
    SavedView(0, "Without a close date", "is:undated"),
)
"""What is offered while nothing is saved. Nothing of it is in the file until it is saved under a name."""


class ViewsScreen(PickScreen[ViewAnswer]):
    """Asks what to look with. `present` is what can be saved now, its name empty; nothing while all is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,ctrl+d", "forget", "delete", show=False, priority=True),
        Binding("ctrl+r", "rename", "rename", show=False, priority=True),
    ]

    KEYS = (("1…9 ⏎", "pick"), ("del", "delete"), ("ctrl+r", "rename"), ("esc", "cancel"))

    def __init__(self, views: Sequence[SavedView], present: SavedView | None) -> None:
        title = "Which view?" if views else "No view is saved yet. Some to try:"
        choices: list[Choice[ViewAnswer]] = [
            Choice(printable(view.name), about(view), Look(view)) for view in views or PROPOSED
        ]
        if present is not None:
            choices.append(Choice("save what is shown as…", about(present), Keep(present)))
        super().__init__(title, choices)
        self._saved = bool(views)

    def on_mount(self) -> None:
        """What is only proposed can only be picked."""
        if not self._saved:
            self.query_one(KeysLine).show(PickScreen.KEYS)

    def action_forget(self) -> None:
        """Delete the highlighted view."""
        if (view := self._highlighted()) is not None:
            self.decide(Forget(view))

    def action_rename(self) -> None:
        """Ask for another name of the highlighted view."""
        if (view := self._highlighted()) is not None:
            self.decide(Rename(view))

    def _highlighted(self) -> SavedView | None:
        """The saved view that is highlighted, if it is one."""
        at = self.query_one(OptionList).highlighted
        if at is None or not self._saved:
            return None
        answer = self._choices[self._shown[at]].value
        return answer.view if isinstance(answer, Look) else None


def about(view: SavedView) -> str:
    """The filter and the order of a view, in words."""
    order = "" if view.sort is Sort.ORDER else f"by {view.sort}"
    return " · ".join(filter(None, (printable(view.filter), order))) or "all deals"
