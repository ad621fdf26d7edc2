"""The keys of Today: the cursor's, and what is done to a task with one of them."""

from __future__ import annotations

from typing import Final

from tui.keys import Command, Group
from tui.keys_list import LEAVE, looking, program

TODAY: Final = (
    *looking(hint=3),
    Command("task.open", "enter", "pick", "open the task's deal; show or fold later tasks", Group.LOOK, "deal", hint=5),
    Command("task.done", "v,space", "done", "the task is done", Group.DECIDE, "done", hint=2),
    *(
        Command(f"task.in.{n}", str(n), f"in_days({n})", f"move the task to {n} days from today", Group.DECIDE,
                "in days" if n == 1 else "", hint=4 if n == 1 else 0, twin=n > 1)
        for n in range(1, 10)
    ),
    Command("task.today", "0", "in_days(0)", "move the task to today", Group.DECIDE),
    Command("task.day", "d", "day", "move the task to another day", Group.DECIDE, "day", hint=6),
    Command("task.edit", "e", "edit", "edit the task: words, day, time, repetition", Group.WRITE, "edit", hint=7),
    Command("task.delete", "delete,D", "delete", "delete the task (undo brings it back)", Group.WRITE),
    *program(undo=8, help_=4),
    LEAVE,
)  # fmt: skip
"""What Today knows."""
