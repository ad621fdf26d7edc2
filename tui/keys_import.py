"""The keys of an import: changing what was understood of a file, and importing it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.keys import Command, Group
from tui.keys_list import LEAVE, from_board, looking, program

_SAID: Final = {
    "undo": "take back the last change of what is said about the file",
    "redo": "make that change again",
}
"""What undo is about here: nothing of the store is changed before the import."""

IMPORT: Final = (
    *looking(hint=4),
    Command("import.change", "enter", "pick", "change the line; on the first: import", Group.LOOK, "change", hint=2),
    Command("import.apply", "ctrl+s", "apply", "import (undo takes all of it back)", Group.DECIDE, "import", hint=3),
    Command("import.pipeline", "p", "pipeline", "into which pipeline, or a new one", Group.WRITE, "pipeline", hint=5),
    Command("import.update", "s", "update", "skip or update the deals that are there", Group.WRITE, "update", hint=6),
    Command("import.currency", "c", "currency", "currency where an amount names none", Group.WRITE, "currency", hint=9),
    Command("import.dates", "d", "dates", "how the dates of the column are written", Group.WRITE, "dates", hint=7),
    Command("import.leave_out", "delete,minus", "leave_out", "leave the column out, or take it in again", Group.WRITE,
            "leave out", hint=8),
    Command("import.file", "f", "file", "another file", Group.FIND, "file", hint=11),
    Command("import.read_again", "r", "read_again", "read the file again", Group.FIND, "read again", hint=12),
    *(replace(command, help=_SAID[command.id]) for command in from_board({"undo": 10, "redo": 0})),
    *(command for command in program(help_=4) if command.id not in _SAID),
    replace(LEAVE, help="leave; nothing is imported"),
)  # fmt: skip
"""What the preview of an import knows."""
