"""Everything about one deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from store.views.deal import Deal
from store.views.kinds import ChangedField, Outcome, Role, Stance, TouchKind
from store.views.pipeline import ChecklistItem, Pipeline

if TYPE_CHECKING:
    from store.money import Money


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do on a deal; `due_at` is a time of the user's clock on the day it is due, `repeat_days` after how
    many days it is to be done again."""

    id: int
    deal_id: int
    title: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None
    due_at: time | None = None
    repeat_days: int | None = None


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
    """One stay of a deal in one stage; `left_at` is `None` for the present one. `criterion` is what the stage asked for
    when the deal entered it, `evidence` what was answered."""

    id: int
    stage_id: int
    stage: str
    entered_at: datetime
    left_at: datetime | None
    evidence: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person on a deal: their part in the decision and where they stand, if that is known."""

    id: int
    name: str
    email: str
    phone: str
    role: Role | None
    stance: Stance | None
    notes: str
    company: str | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change of one field of a deal: when it was made, and its value before and after.

    A name, of the deal or of its company, is a text, an amount `Money`, a close date or the end of a snooze a day, the
    deal's own probability a whole percent; `None` is none.
    """

    at: datetime
    field: ChangedField
    before: str | int | date | Money | None
    after: str | int | date | Money | None


@dataclass(frozen=True, slots=True)
class RelatedDeal:
    """Another deal of the same company."""

    id: int
    name: str
    stage: str
    outcome: Outcome
    amount: int | None
    currency: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class DealPage:
    """Everything about one deal; `pipeline` is the one that it is in.

    `ticked` are the ids of the items of its stage's checklist that were ticked off during the present visit. `changes`
    are those of its fields, newest first, as the journal has them: what was undone and not done again is not among
    them. `related` are the other deals of its company, whose notes are `company_notes`.
    """

    deal: Deal
    pipeline: Pipeline
    notes: str
    lost_note: str
    people: tuple[Contact, ...]
    tasks: tuple[Task, ...]
    touches: tuple[Touch, ...]
    visits: tuple[Visit, ...]
    ticked: frozenset[int] = frozenset()
    changes: tuple[FieldChange, ...] = ()
    related: tuple[RelatedDeal, ...] = ()
    company_id: int | None = None
    company_notes: str = ""

    @property
    def checklist(self) -> tuple[ChecklistItem, ...]:
        """What the deal's stage asks to be done."""
        stages = (stage for stage in self.pipeline.stages if stage.id == self.deal.stage_id)
        return next((stage.checklist for stage in stages), ())
