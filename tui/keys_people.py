"""The keys of the people and the companies: their lists, and the page of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tui.keys import Command, Group
from tui.keys_list import LEAVE, from_board, looking, program

_FINDING: Final = {
    "filter": "find as you type: name, company, e-mail, deals; esc shows all",
    "sort": "sort: name, open amount, won amount, number of deals",
}


def _finding() -> tuple[Command, ...]:
    found = from_board({"filter": 5, "sort": 6})
    return tuple(
        replace(command, help=_FINDING[command.id], label=command.label or command.id) for command in found
    )


def _changing(noun: str, who: str) -> tuple[Command, ...]:
    return (
        Command(f"{noun}.edit", "e", "edit", f"edit the {noun}", Group.WRITE, "edit", hint=7),
        Command(
            f"{noun}.merge", "M", "merge", f"merge with another one, {who}", Group.WRITE, "merge", hint=8
        ),
        Command(
            f"{noun}.delete", "delete,D", "delete", f"delete the {noun} (undo brings it back)", Group.WRITE
        ),
    )


_PERSON: Final = (
    *_changing("person", "who is the same"),
    Command("person.copy", "y", "copy", "copy name and e-mail", Group.FIND),
)
_COMPANY: Final = _changing("company", "which is the same")

PEOPLE: Final = (
    *looking(hint=3),
    Command(
        "person.open", "enter", "pick", "open: how they are reached, their deals", Group.LOOK, "open", hint=2
    ),
    Command("person.add", "a,A,plus", "add", "add a person", Group.WRITE, "add", hint=4),
    *_PERSON,
    *_finding(),
    *program(undo=9, help_=4),
    LEAVE,
)
"""What the list of people knows."""

PERSON: Final = (
    *looking(hint=3),
    Command("deal.open", "enter", "pick", "open the deal, or the company", Group.LOOK, "open", hint=2),
    *_PERSON,
    *program(undo=9, help_=4),
    LEAVE,
)
"""What the page of one person knows."""

COMPANIES: Final = (
    *looking(hint=3),
    Command("company.open", "enter", "pick", "open: its people and deals", Group.LOOK, "open", hint=2),
    Command("company.add", "a,A,plus", "add", "add a company", Group.WRITE, "add", hint=4),
    *_COMPANY,
    *_finding(),
    *program(undo=9, help_=4),
    LEAVE,
)
"""What the list of companies knows."""

COMPANY: Final = (
    *looking(hint=3),
    Command("deal.open", "enter", "pick", "open the deal, or the person", Group.LOOK, "open", hint=2),
    *_COMPANY,
    *program(undo=9, help_=4),
    LEAVE,
)
"""What the page of one company knows."""
