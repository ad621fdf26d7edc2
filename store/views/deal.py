"""A deal, and what is said of it on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.views.kinds import Outcome

if TYPE_CHECKING:
    from store.views.pipeline import Stage
    from store.views.reason import Reason


@dataclass(frozen=True, slots=True)
class NextStep:
    """The earliest dated open task of a deal, else its oldest undated one (`store.rules.stuck.step_order`)."""

    task_id: int
    title: str
    due_on: date | None
    due_at: time | None = None


@dataclass(frozen=True, slots=True)
class InStage:
    """Where a deal stands: its stage, and the day it was read for. Deals that are read together share these."""

    pipeline_id: int
    stage_id: int
    stage: str
    outcome: Outcome
    probability: int
    today: date

    @classmethod
    def of(cls, stage: Stage, today: date) -> InStage:
        """In that stage on that day."""
        return cls(stage.pipeline_id, stage.id, stage.name, stage.outcome, stage.probability, today)


@dataclass(frozen=True, slots=True)
class Extras:
    """What few of the deals on a board have; those that have nothing of it share one."""

    lost_reason: str | None = None
    more_tasks: int = 0
    """Open tasks beside the next step."""
    last_task_due: date | None = None
    """The latest due day among the open tasks, if there are more than one."""
    days_before: int = 0
    """Days of the earlier visits to the stage."""


NO_EXTRAS = Extras()
NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal as of the day it was read for (`days_in_stage`, `stuck` and the like depend on that day).

    A board holds them by the thousand. So what can be told from the rest is no field of its own.
    """

    id: int
    name: str
    company: str | None
    in_stage: InStage
    amount: int | None
    currency: str
    own_probability: int | None
    close_date: date | None
    created_on: date
    entered_stage_on: date
    closed_on: date | None
    source: str | None
    external_id: str | None
    snoozed_until: date | None
    position: int
    next_step: NextStep | None
    idle_since: date
    """The day the idle clock was reset: stage entered, newest touch, newest finished task."""
    stuck: tuple[Reason, ...]
    no_next_step: bool
    extras: Extras = NO_EXTRAS
    tags: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)

    @property
    def pipeline_id(self) -> int:
        """The pipeline of its stage."""
        return self.in_stage.pipeline_id

    @property
    def stage_id(self) -> int:
        """The stage it is in."""
        return self.in_stage.stage_id

    @property
    def stage(self) -> str:
        """The name of the stage it is in."""
        return self.in_stage.stage

    @property
    def outcome(self) -> Outcome:
        """Whether its stage is an open one, or what became of it."""
        return self.in_stage.outcome

    @property
    def probability(self) -> int:
        """The deal's own probability if it has one, else its stage's."""
        own = self.own_probability
        return self.in_stage.probability if own is None else own

    @property
    def days_in_stage(self) -> int:
        """Days of the present visit; none is negative, whatever the clock was."""
        return max(0, (self.in_stage.today - self.entered_stage_on).days)

    @property
    def days_in_stage_all(self) -> int:
        """Days of all visits to this stage together; what the dwell limit is held against."""
        return self.days_in_stage + self.extras.days_before

    @property
    def lost_reason(self) -> str | None:
        """Why it was lost, if it was and that was said."""
        return self.extras.lost_reason

    @property
    def open_tasks(self) -> int:
        """How many there are."""
        return 0 if self.next_step is None else 1 + self.extras.more_tasks

    @property
    def last_task_due(self) -> date | None:
        """The latest due day among the open tasks: a deal with one today or later is waiting, not idle."""
        if self.next_step is None or self.extras.more_tasks:
            return self.extras.last_task_due
        return self.next_step.due_on

    @property
    def weighted(self) -> int | None:
        """Amount × probability in hundredths of a minor unit of the deal's currency; `None` when unknown."""
        return None if self.amount is None else self.amount * self.probability
