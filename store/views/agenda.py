"""What is to be done, over all deals and pipelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.views.kinds import Outcome
from store.views.page import Task


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task, and of its deal what tells it from others."""

    task: Task
    deal: str
    company: str | None
    stage: str
    outcome: Outcome
    pipeline_id: int
    pipeline: str
    amount: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The open tasks as of `today`, each block in the order of `store.rules.agenda`.

    `this_week` are those after today until Sunday. `later` and `undated` hold their tasks only where they were asked
    for; `later_count` and `undated_count` are known always.
    """

    today: date
    overdue: tuple[DueTask, ...] = ()
    due_today: tuple[DueTask, ...] = ()
    this_week: tuple[DueTask, ...] = ()
    later: tuple[DueTask, ...] = ()
    undated: tuple[DueTask, ...] = ()
    later_count: int = 0
    undated_count: int = 0

    @property
    def due_count(self) -> int:
        """How many are due: overdue, or due today."""
        return len(self.overdue) + len(self.due_today)


@dataclass(frozen=True, slots=True)
class ClosingDeal:
    """An open deal that has an expected close date."""

    id: int
    name: str
    company: str | None
    stage: str
    amount: int | None
    currency: str
    close_date: date
    created_at: datetime
