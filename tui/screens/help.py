"""Every key of the screen one came from, by what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.keys import Command, Group
from tui.screens.sheet import Modal

TYPED = (
    ("a deal", 'Acme renewal 12k close:fri stage:product co:"Acme Inc" src:inbound #eu'),
    ("a day", "today · tomorrow · fri · next fri · 3 · +2w · 12 dec · 2026-12-12 · eom · eoq"),
    ("an amount", "12000 · 12,000 · 12k · 1.2m · €12.000,50"),
    ("a next step", "call Ann fri · demo fri 14:30 · check in every 2 weeks · 3 (follow up)"),
    ("a touch", "email asked for a quote · m wants SSO · yesterday call no answer"),
    ("a filter", 'stage:product amount>10k tag:eu stuck close<eom company:"Acme Inc" -tag:old'),
    (
        "its fields",
        "name company stage source tag · amount weighted currency prob · step due tasks · close closed",
    ),
    ("", "created entered touched snoozed · days alldays idle age · outcome reason · id external · yours"),
    ("its states", "is:stuck idle overdue nostep notask undated unknown snoozed open won lost closed"),
)
"""What may be typed where, with an example each."""

DIGITS = {
    "move.1": "move the deal to that stage",
    "review.tick.1": "that item of the checklist is done, or not",
    "task.in.1": "move the task so many days from today",
}
"""What the digits do together, by the command of the first."""


_WORD: Final = 12
"""Cells for the keys, and for what is typed."""

_WIDEST: Final = 90
_FRAME: Final = 7
"""The width of the box, and the cells of it that its border, margins and scroll bar take."""


class HelpScreen(Modal[None]):
    """The keys by group, then what may be typed."""

    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: transparent;
        VerticalScroll {
            width: 90; max-width: 100%; height: auto; max-height: 100%;
            padding: 1 2; background: $panel; border: round $line; scrollbar-size: 1 1;
        }
        Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter,f1", "cancel", "close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, title: str, commands: Sequence[Command]) -> None:
        super().__init__()
        self._title = title
        self._commands = commands

    def compose(self) -> ComposeResult:
        """One scrolling text."""
        with VerticalScroll(can_focus=True):
            yield Static()

    def on_mount(self) -> None:
        """So that the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Lines are as long as there is room."""
        room = min(_WIDEST, self.app.size.width) - _FRAME
        self.query_one(Static).update(Content("\n").join(self._lines(room)))

    def action_scroll(self, lines: int) -> None:
        """A line up or down, by letter."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _lines(self, room: int) -> Iterable[Content]:
        yield Content.assemble(
            (self._title, "bold"), ("   esc closes · every action is in ctrl+p too", "$dim")
        )
        for group in Group:
            commands = [c for c in self._commands if c.group is group and not c.twin]
            if not commands:
                continue
            yield Content("")
            yield Content.styled(group.value.upper(), "bold $heading")
            for command in commands:
                digits = DIGITS.get(command.id)
                keys, words = ("1 … 9", digits) if digits else (command.keys_shown or "–", command.help)
                said = Content.assemble(words, (f"  {command.id}", "$faint"))
                yield from _hung(keys, "bold $accent", said, room)
        yield Content("")
        yield Content.styled("WHAT MAY BE TYPED", "bold $heading")
        for what, example in TYPED:
            yield from _hung(what, "bold", Content.styled(example, "$dim"), room)


def _hung(word: str, style: str, text: Content, room: int) -> Iterable[Content]:
    """The text beside a word, all its lines as far from the left as the first one."""
    head = Content.styled(f"  {word:<{_WORD}}", style)
    for line in text.wrap(max(1, room - head.cell_length)):
        yield head + line.rstrip()
        head = Content(" " * head.cell_length)
