"""Everything about one deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.views.deal import Deal
from store.views.kinds import TouchKind
from store.views.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a deal."""

    id: int
    deal_id: int
    title: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A call, e-mail, meeting or note that took place."""

    id: int
    deal_id: int
    kind: TouchKind
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay of a deal in one stage; `left_at` is `None` for the present one."""

    id: int
    stage_id: int
    stage: str
    entered_at: datetime
    left_at: datetime | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person on a deal."""

    id: int
    name: str
    email: str
    phone: str
    role: str


@dataclass(frozen=True, slots=True)
class DealPage:
    """Everything about one deal; `pipeline` is the one that it is in."""

    deal: Deal
    pipeline: Pipeline
    notes: str
    lost_note: str
    people: tuple[Contact, ...]
    tasks: tuple[Task, ...]
    touches: tuple[Touch, ...]
    visits: tuple[Visit, ...]
