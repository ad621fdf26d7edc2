"""The actions of the morning review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tui.keys import BOARD, Command, Group

_FROM_BOARD: Final = {
    "step.add": 1, "touch.add": 2, "move.to": 5, "deal.close_date": 6, "deal.snooze": 3, "deal.won": 7, "deal.lost": 8,
    "step.done": 0, "deal.edit": 11, "note.add": 12, "deal.open": 0, "undo": 9, "redo": 0, "copy": 0, "theme": 0,
    "palette": 0, "help": 4,
}  # fmt: skip
"""The board's actions that mean the same here, with their place among the key hints."""

_CALLED: Final = {"deal.close_date": "date", "move.to": "move", "step.done": "done"}
"""Their words in the key hints, where the board has none."""

_WITHOUT_A_DEAL: Final = frozenset(
    {"review.back", "review.leave", "undo", "redo", "theme", "palette", "help"}
)


def _taken_over(*ids: str) -> tuple[Command, ...]:
    known = {command.id: command for command in BOARD}
    return tuple(
        replace(known[id_], hint=_FROM_BOARD[id_], label=_CALLED.get(id_, known[id_].label)) for id_ in ids
    )


REVIEW: Final = (
    *_taken_over("step.add", "touch.add", "note.add", "move.to", "deal.close_date", "deal.snooze", "deal.won"),
    *_taken_over("deal.lost", "step.done", "deal.edit", "deal.open"),
    *(
        Command(
            f"review.tick.{n}", str(n), f"tick({n})", f"item {n} of the checklist is done, or not", Group.DECIDE,
            twin=n > 1,
        )
        for n in range(1, 10)
    ),
    Command("review.skip", "tab", "skip", "skip the deal; at the end: the skipped ones again", Group.LOOK, "skip", 4),
    Command("review.back", "shift+tab,backspace", "back", "back to the deal before", Group.LOOK, "back"),
    *_taken_over("undo", "redo", "copy", "theme", "palette"),
    Command("review.leave", "escape,q", "leave", "leave; the place is kept for the day", Group.PROGRAM, "leave", 10),
    *_taken_over("help"),
)  # fmt: skip
"""What the review knows."""


def at_the_end(commands: Iterable[Command], *, more: bool) -> tuple[Command, ...]:
    """The commands that make sense after the last deal, as the key hints show them; `more`: there are deals to go
    through again."""
    again = [
        replace(command, label="the skipped ones again", hint=1)
        for command in commands
        if command.id == "review.skip" and more
    ]
    return (*again, *(command for command in commands if command.id in _WITHOUT_A_DEAL))
