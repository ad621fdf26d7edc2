"""The keys of the screen of one deal: looking around in it, changing what the cursor is on, and the board's actions."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.keys import Command, Group
from tui.keys_list import LEAVE, from_board, looking, program

_MOVES: Final = {"move.back": 8, "move.on": 0, "move.to": 0, **{f"move.{n}": 0 for n in range(1, 10)}}
_DECISIONS: Final = {
    "deal.won": 11, "deal.lost": 12, "step.add": 4, "step.done": 5, "deal.close_date": 0, "deal.snooze": 13,
    "touch.add": 6,
}  # fmt: skip

_OTHER: Final = {
    "deal.open": ("pick", "change what the cursor is on; tick an item, open a deal", "change"),
    "select": ("tick", "tick an item of the checklist, or take its tick away; finish a task", "tick"),
    "step.done": ("step_done", "the task under the cursor is done, else the next step", "done"),
    "deal.edit": ("edit", "change what the cursor is on; else every field in a form", "edit"),
    "deal.delete": ("delete", "delete the task or touch, take the person off, else delete the deal (undo helps)", ""),
}  # fmt: skip
"""What a key of the board does here: its action, its words and its hint."""


def _here(*commands: Command) -> tuple[Command, ...]:
    made = []
    for command in commands:
        action, words, label = _OTHER.get(command.id, (command.action, command.help, command.label))
        made.append(replace(command, action=action, help=words, label=label))
    return tuple(made)


DEAL: Final = (
    LEAVE,
    *looking(),
    Command("timeline", "tab", "timeline", "to the timeline and back", Group.LOOK),
    *_here(
        *from_board({"deal.open": 2}),
        *from_board(_MOVES),
        *from_board(_DECISIONS),
        *from_board({"select": 7, "deal.edit": 0, "note.add": 9}),
    ),
    Command("person.add", "A,plus", "add_person", "put a person on the deal", Group.WRITE, "person", hint=10),
    Command("notes.editor", "E", "notes_in_editor", "the notes in your own editor", Group.WRITE, "notes", hint=14),
    *_here(*from_board({"deal.delete": 0, "copy": 0})),
    *program(undo=3, help_=1),
)  # fmt: skip
"""What the screen of one deal knows."""
