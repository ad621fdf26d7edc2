"""A deal, and what is said of it on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from store.views.kinds import Outcome, StuckKind


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a deal is stuck: for how many days, and the stage's limit where the reason has one."""

    kind: StuckKind
    days: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The earliest dated open task of a deal, else its oldest undated one."""

    task_id: int
    title: str
    due_on: date | None


NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal as of the day it was read for (`days_in_stage`, `stuck` and the like depend on that day)."""

    id: int
    name: str
    company: str | None
    pipeline_id: int
    stage_id: int
    stage: str
    outcome: Outcome
    amount: int | None
    currency: str
    probability: int
    """The deal's own probability if it has one, else its stage's."""
    own_probability: int | None
    close_date: date | None
    created_on: date
    entered_stage_on: date
    closed_on: date | None
    lost_reason: str | None
    source: str | None
    external_id: str | None
    snoozed_until: date | None
    position: int
    next_step: NextStep | None
    open_tasks: int
    last_task_due: date | None
    """The latest due day among the open tasks: a deal with one today or later is waiting, not idle."""
    idle_since: date
    """The day the idle clock was reset: stage entered, newest touch, newest finished task."""
    days_in_stage: int
    """Days of the present visit."""
    days_in_stage_all: int
    """Days of all visits to this stage together; what the dwell limit is held against."""
    stuck: tuple[Reason, ...]
    no_next_step: bool
    tags: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: NO_PROPERTIES)

    @property
    def weighted(self) -> int | None:
        """Amount × probability in hundredths of a minor unit of the deal's currency; `None` when unknown."""
        return None if self.amount is None else self.amount * self.probability
