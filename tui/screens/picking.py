"""One of several things, picked with a digit, the arrows, or by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.screens.sheet import Sheet
from tui.widgets.choice_list import ChoiceList

Answer = TypeVar("Answer")

DIGITS: Final = frozenset("123456789")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Answer]):
    """One thing to pick: its name, a word about it, and what picking it gives."""

    name: str
    about: str
    value: Answer


class FindLine(Input):
    """The line to find by. While it is empty, a digit is not a part of a name but a number of the list."""

    @dataclass
    class Digit(Message):
        """A digit from 1 to 9 was pressed in the empty line."""

        digit: int

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and event.key in DIGITS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(event.key)))
        else:
            await super()._on_key(event)


class PickScreen(Sheet[Answer]):
    """Asks for one of `choices`. A digit picks one of the first nine while nothing is typed.

    `start` is the one that is highlighted at first; with `None` it is none, and Enter alone picks nothing.
    """

    DEFAULT_CSS = """
    PickScreen {
        OptionList {
            height: auto; max-height: 12; border: none; padding: 0; background: $panel; color: $foreground;
            &:focus { border: none; }
            & > .option-list--option-highlighted { background: $cursor; color: $foreground; text-style: bold; }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "up", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("pageup", "move(-9)", "page up", show=False),
        Binding("pagedown", "move(9)", "page down", show=False),
    ]

    MOST: ClassVar[int | None] = None
    """At most so many are shown: drawing thousands takes longer than typing one more letter."""

    KEYS = (("1…9", "pick"), ("↑↓ ⏎", "pick"), ("letters", "find"), ("esc", "cancel"))

    def __init__(
        self, title: str, choices: Sequence[Choice[Answer]], start: int | None = 0, *, again: bool = False
    ) -> None:
        super().__init__(title, again=again)
        self._choices = tuple(choices)
        self._shown = list(range(len(self._choices)))[: self.MOST]
        self._start = start

    def content(self) -> tuple[Widget, ...]:
        """The line to find by, and the list."""
        options = ChoiceList(*self._options(), markup=False)
        options.can_focus = False
        return FindLine(placeholder="type a part of the name", compact=True), options

    def on_mount(self) -> None:
        """Start on the choice that is most likely."""
        self.query_one(OptionList).highlighted = self._start if self._choices else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the typed part fits."""
        event.stop()
        if not isinstance(event.input, FindLine):
            return
        part = event.value.strip().casefold()
        fitting = [n for n, choice in enumerate(self._choices) if part in choice.name.casefold()]
        self._shown = fitting[: self.MOST]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options())
        first = 0 if part else self._start
        options.highlighted = first if self._shown else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick the highlighted one."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self._pick(at)
        else:
            self.nothing_picked()

    def nothing_picked(self) -> None:
        """Called when Enter is pressed and nothing is highlighted."""

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pick the clicked one."""
        event.stop()
        self._pick(event.option_index)

    def action_move(self, by: int) -> None:
        """Move the highlight."""
        options = self.query_one(OptionList)
        at = options.highlighted
        if self._shown:
            options.highlighted = 0 if at is None else max(0, min(len(self._shown) - 1, at + by))

    def on_find_line_digit(self, event: FindLine.Digit) -> None:
        """Pick by number."""
        event.stop()
        if event.digit <= len(self._shown):
            self._pick(event.digit - 1)

    def _pick(self, at: int) -> None:
        self.decide(self._choices[self._shown[at]].value)

    def _options(self) -> list[Option]:
        if not self._shown and self._choices:
            return [Option(Content.styled("   nothing fits", "$dim"), disabled=True)]
        return [
            Option(
                Content.assemble(
                    (f"{place:>2} " if place <= 9 else "   ", "$accent"),
                    self._choices[n].name,
                    (f"  {self._choices[n].about}", "$dim"),
                )
            )
            for place, n in enumerate(self._shown, 1)
        ]
