"""The sheet at the foot of the screen in which the founder says something; the board stays in view above it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from store import printable

Answer = TypeVar("Answer")


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
        .keys { height: 1; color: $dim; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        .echo { height: auto; max-height: 3; min-height: 1; color: $dim; }
        .echo.-wrong { color: $stuck; }
        Input { background: $card; color: $foreground; height: 1; border: none; padding: 0 1; }
        Input:focus { background: $cursor; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", show=False)]

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("⏎", "save"), ("esc", "cancel"))

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = printable(title)

    def compose(self) -> ComposeResult:
        """The title, what the kind of sheet adds, and its keys."""
        with Vertical(id="sheet"):
            yield Static(Content(self._title), classes="title")
            yield from self.content()
            yield Static(keys_line(self.KEYS), classes="keys")

    def content(self) -> tuple[Widget, ...]:
        """What stands between the title and the keys."""
        raise NotImplementedError


def keys_line(keys: tuple[tuple[str, str], ...]) -> Content:
    """`⏎ save  esc cancel`, the keys in the accent colour."""
    parts: list[Content | tuple[str, str]] = []
    for key, word in keys:
        parts += [(f"{key} ", "bold $accent"), (f"{word}  ", "")]
    return Content.assemble(*parts)
