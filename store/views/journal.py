"""What a command did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: its journal action, one line that names it ("move Initech renewal to Signed"), and the
    deals it touched. `action_id` is `None` when nothing had to be written; `made_id` is the id of the pipeline,
    task, touch, person, company or saved view that a command made."""

    action_id: int | None
    title: str
    deal_ids: tuple[int, ...]
    made_id: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the journal. `kind` is "do", "undo" or "redo"; an undo keeps the title of what it undid.

    `undone` says that a later entry has taken it back, which is in force itself.
    """

    id: int
    at: datetime
    kind: str
    title: str
    undone: bool = False
