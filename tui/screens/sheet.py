"""The sheet at the foot of the screen in which the founder says something; the board stays in view above it."""

from __future__ import annotations

from typing import ClassVar, Final, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from store import printable

Answer = TypeVar("Answer")

Keys = tuple[tuple[str, str], ...]
"""Keys and what they do, the most important ones first."""

AGAIN: Final = ("  (not saved yet)", "$missing")
"""What a title says of what is offered again."""


class Modal(ModalScreen["Answer | None"], Generic[Answer]):
    """A screen that is answered once: with what was decided, or with `None` when left. It saves nothing itself."""

    _decided = False

    def decide(self, answer: Answer | None) -> None:
        """Leave with the answer. Two keys may have come before the first one is seen to: only one of them decides,
        and none while something else is on top.
        """
        if self.is_active and not self._decided:
            self._decided = True
            self.dismiss(answer)

    def action_cancel(self) -> None:
        """Leave without deciding."""
        self.decide(None)


class Sheet(Modal[Answer], Generic[Answer]):
    """A modal at the foot of the screen.

    A sheet has a title, its own `content()`, and a line that says which keys end it.
    """

    DEFAULT_CSS = """
    Sheet {
        align: left bottom;
        background: transparent;
        #sheet {
            height: auto;
            max-height: 100%;
            width: 100%;
            padding: 0 2;
            background: $panel;
            border-top: solid $accent;
        }
        .title { height: 1; text-style: bold; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis; }
        .keys { color: $dim; margin-top: 1; }
        .echo { height: auto; max-height: 3; min-height: 1; color: $dim; }
        .echo.-wrong { color: $stuck; }
        Input { background: $card; color: $foreground; height: 1; border: none; padding: 0 1; }
        Input:focus { background: $cursor; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", show=False)]

    KEYS: ClassVar[Keys] = (("⏎", "save"), ("esc", "cancel"))

    def __init__(self, title: str, *, again: bool = False) -> None:
        super().__init__()
        self._title = Content.assemble(printable(title), AGAIN if again else "")

    def compose(self) -> ComposeResult:
        """The title, what the kind of sheet adds, and its keys."""
        with Vertical(id="sheet"):
            yield Static(self._title, classes="title")
            yield from self.content()
            yield KeysLine(self.KEYS)

    def content(self) -> tuple[Widget, ...]:
        """What stands between the title and the keys."""
        raise NotImplementedError


class KeysLine(Static):
    """The keys of a sheet: as many of them as fit, from the first one on."""

    DEFAULT_CSS = """
    KeysLine { height: 1; }
    """

    def __init__(self, keys: Keys) -> None:
        super().__init__(classes="keys")
        self.keys = keys

    def show(self, keys: Keys) -> None:
        """Show other keys."""
        self.keys = keys
        self.refresh()

    def render(self) -> Content:
        """The line."""
        return keys_line(self.keys, self.content_size.width)


def keys_line(keys: Keys, room: int) -> Content:
    """`⏎ save  esc cancel` in `room` cells, the keys in the accent colour."""
    line = Content()
    for key, word in keys:
        hint = Content.assemble((f"{key} ", "bold $accent"), word)
        longer = Content("  ").join((line, hint)) if line else hint
        if longer.cell_length > room:
            break
        line = longer
    return line
