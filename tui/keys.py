"""Every action a person can take, once: its id, keys, words, and where it stands in the help.

The bindings of the screens, the key hints, the help, the command palette and the config file's `[keys]` are all
made from these tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.binding import Binding


class Group(StrEnum):
    """The headings of the help, in order."""

    LOOK = "Look around"
    MOVE = "Move"
    DECIDE = "Decide"
    WRITE = "Add and edit"
    FIND = "Find and sort"
    PROGRAM = "Program"


@dataclass(frozen=True, slots=True)
class Command:
    """One action. `id` is its name in the config file, `hint` its place among the key hints (0: not shown there)."""

    id: str
    keys: str
    action: str
    help: str
    group: Group
    label: str = ""
    """The word in the key hints."""
    hint: int = 0
    twin: bool = False
    """Whether the help shows it on the line of the command before it (← and →)."""

    @property
    def keys_shown(self) -> str:
        """All keys, as people read them."""
        return " ".join(key_name(key.strip()) for key in self.keys.split(",") if key.strip())


_NAMES: Final = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "enter": "⏎", "escape": "esc", "slash": "/",
    "question_mark": "?", "percent_sign": "%", "pageup": "pgup", "pagedown": "pgdn", "delete": "del", "backspace": "⌫",
}  # fmt: skip


def key_name(key: str) -> str:
    """A Textual key name as people read it: `shift+left` → `⇧←`, `ctrl+p` stays."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last)
    return "".join("⇧" if modifier == "shift" else f"{modifier}+" for modifier in modifiers) + name


L, M, D, W, F, P = Group

BOARD: Final = (
    Command("stage.left", "left,h", "cursor_left", "stage to the left", L, "stage", hint=9),
    Command("stage.right", "right,l", "cursor_right", "stage to the right", L, "stage"),
    Command("deal.up", "up,k", "cursor_up", "deal above", L, "deal", hint=8),
    Command("deal.down", "down,j", "cursor_down", "deal below", L, "deal"),
    Command("page.up", "pageup,ctrl+b", "page_up", "a page up", L),
    Command("page.down", "pagedown,ctrl+f", "page_down", "a page down", L),
    Command("deal.first", "g,home", "cursor_first", "first deal of the stage", L),
    Command("deal.last", "G,end", "cursor_last", "last deal of the stage", L),
    Command("deal.open", "enter", "open_deal", "open the deal", L, "open", hint=2),
    Command("panel", "s", "panel", "go to the stuck panel (⏎ goes to the deal); in it: hide it", L, "stuck", hint=11),
    Command("today", "T", "today", "what is due today, over all deals", L, "today", hint=14),
    Command("review", "r", "review", "the morning review: each stuck deal in turn", L, "review", hint=10),
    Command("people", "P", "people", "people: how they are reached, their deals", L),
    Command("companies", "C", "companies", "companies: their people and deals", L),
    Command("pipeline", "p", "pipeline", "another pipeline, or a new one", L),
    Command("move.back", "shift+left,H", "move_back", "move the deal a stage back", M, "move", hint=1),
    Command("move.on", "shift+right,L", "move_on", "move the deal a stage on", M, "move"),
    *(
        Command(f"move.{n}", str(n), f"move_to_stage({n})", f"move the deal to stage {n}", M, twin=n > 1)
        for n in range(1, 10)
    ),
    Command("move.to", "m", "move_to", "move to… any stage of any pipeline", M),
    Command("order.up", "shift+up,K", "reorder_up", "up within the stage", M),
    Command("order.down", "shift+down,J", "reorder_down", "down within the stage", M),
    Command("deal.won", "w", "won", "won", D, "won", hint=6),
    Command("deal.lost", "x", "lost", "lost, with the reason", D, "lost", hint=7),
    Command("step.add", "t", "step", "next step, with its day", D, "next step", hint=4),
    Command("step.done", "v", "step_done", "the next step is done", D),
    Command("deal.close_date", "d", "close_date", "another expected close date", D),
    Command("deal.snooze", "z", "snooze", "snooze until a day", D, "snooze", hint=13),
    Command("touch.add", "c", "touch", "log a call, e-mail or meeting", D, "log", hint=12),
    Command("deal.add", "a", "add", "add a deal with one line", W, "add", hint=3),
    Command("deal.edit", "e", "edit", "edit every field of the deal", W, "edit"),
    Command("note.add", "n", "note", "write a note", W, "note"),
    Command("deal.delete", "delete,D", "delete", "delete the deal (undo brings it back)", W),
    Command("select", "space", "select", "select; then m w x t z … act on all selected", W),
    Command("undo", "u,ctrl+z", "undo", "undo, any number of steps", W, "undo", hint=5),
    Command("redo", "U,ctrl+y", "redo", "redo", W),
    Command("goal", "ctrl+g", "goal", "this month's goal", W),
    Command("stage.probability", "percent_sign", "probability", "set the probability of this stage", W),
    Command("import", "I", "import_deals", "import deals from a CSV file", W),
    Command("filter", "slash", "filter", "filter as you type; esc clears", F, "find", hint=10),
    Command("views", "f", "views", "saved views: a filter and an order by name", F, "views", hint=15),
    Command("sort", "o", "sort", "sort the cards: order, amount, close date, idle, name", F),
    Command("copy", "y", "copy", "copy the deal as text", F),
    Command("back", "escape", "back", "clear the selection, then the filter", F),
    Command("theme", "ctrl+t", "theme", "next theme: dark, light, the terminal's own", P),
    Command("palette", "ctrl+p", "app.command_palette", "every action by name", P),
    Command("help", "question_mark,f1", "help", "this help", P, "help", hint=1),
    Command("quit", "q,ctrl+q", "quit", "leave", P),
)  # fmt: skip
"""What the board knows."""

_IN_PANEL: Final = {
    "deal.open": ("go to the deal", 1), "deal.up": ("deal", 4), "deal.down": ("deal", 0), "step.add": ("next step", 5),
    "touch.add": ("log", 6), "deal.close_date": ("date", 8), "deal.snooze": ("snooze", 7), "move.to": ("move to", 11),
    "deal.won": ("won", 9), "deal.lost": ("lost", 10), "panel": ("hide", 3), "back": ("back", 2),
}  # fmt: skip
"""What matters while the stuck panel has the keys: the word for it there, and its place among the key hints."""


def in_panel(commands: Iterable[Command]) -> tuple[Command, ...]:
    """The board's commands as the key hints show them while the stuck panel has the keys."""
    known = {command.id: command for command in commands}
    return tuple(replace(known[id_], label=label, hint=hint) for id_, (label, hint) in _IN_PANEL.items())


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """The commands as Textual bindings, whose ids let a key map change their keys."""
    from textual.binding import Binding

    return [
        Binding(
            command.keys,
            command.action,
            command.label or command.help,
            show=False,
            tooltip=command.help,
            id=command.id,
            key_display=command.keys_shown,
        )
        for command in commands
    ]


def remapped(commands: Iterable[Command], keys: Mapping[str, str]) -> tuple[Command, ...]:
    """The commands with the keys of the config file in place of their own; what it gives to one, no other has."""
    commands = tuple(commands)
    taken: set[str] = set()
    found: dict[str, str] = {}
    for command in sorted(commands, key=lambda command: command.id not in keys):
        own = [key for key in keys.get(command.id, command.keys).split(",") if key.strip() not in taken]
        found[command.id] = ",".join(own)
        if command.id in keys:
            taken.update(own)
    return tuple(replace(command, keys=found[command.id]) for command in commands)


def clashes(commands: Iterable[Command], keys: Mapping[str, str]) -> dict[str, list[str]]:
    """Every key that the config file gives to an action while another one of these has it too: their ids, the one that
    the key is for first."""
    owners: dict[str, list[str]] = {}
    for command in sorted(commands, key=lambda command: command.id not in keys):
        for key in keys.get(command.id, command.keys).split(","):
            owners.setdefault(key.strip(), []).append(command.id)
    return {key: ids for key, ids in owners.items() if len(ids) > 1}
