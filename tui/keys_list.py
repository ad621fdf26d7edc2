"""The keys of every screen that is a list of rows (`tui.widgets.row_list`): looking around and the program's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tui.keys import BOARD, Command, Group

LEAVE: Final = Command(
    "deal.leave", "escape,q", "leave", "back to where one came from", Group.PROGRAM, "back", hint=1
)

_WORDS: Final = {
    "deal.up": ("line above", "move"),
    "deal.down": ("line below", "move"),
    "deal.first": ("first line", ""),
    "deal.last": ("last line", ""),
}
"""What a key of the board is called where there is a list in place of its cards."""

_LOOKING: Final = ("deal.up", "deal.down", "page.up", "page.down", "deal.first", "deal.last")
_PROGRAM: Final = ("undo", "redo", "theme", "palette", "help")


def from_board(hints: Mapping[str, int]) -> tuple[Command, ...]:
    """Commands of the board by their id, in the order given, each with its place among the key hints (0: none)."""
    known = {command.id: command for command in BOARD}
    return tuple(_renamed(replace(known[id_], hint=hint)) for id_, hint in hints.items())


def looking(hint: int = 0) -> tuple[Command, ...]:
    """The cursor's keys; `hint` is the place of ↑↓ among the key hints."""
    return from_board({id_: hint if id_ == "deal.up" else 0 for id_ in _LOOKING})


def program(undo: int = 0, help_: int = 0) -> tuple[Command, ...]:
    """Undo, redo, theme, palette and help, with the places of undo and help among the key hints."""
    places = {"undo": undo, "help": help_}
    return from_board({id_: places.get(id_, 0) for id_ in _PROGRAM})


def _renamed(command: Command) -> Command:
    words, label = _WORDS.get(command.id, (command.help, command.label))
    return replace(command, help=words, label=label)
