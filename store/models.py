"""The tables as SQLModel classes: what the write side adds, changes and finds rows with.

They say the same as `store.schema` (a test holds the two against each other) and convert nothing: instants and days
are the TEXT of `store.schema`, flags are 0 or 1. They do not validate either; drafts do.
Loading this module is what makes the write side slow to start, so nothing imports it before the first command.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Text
from sqlmodel import Field, SQLModel


def _key() -> Any:
    return Field(default=None, primary_key=True)


def _link(column: str) -> Any:
    return Field(foreign_key=column)


def _maybe_link(column: str) -> Any:
    return Field(default=None, foreign_key=column)


def _text() -> Any:
    return Field(sa_type=Text)


def _maybe_text() -> Any:
    return Field(default=None, sa_type=Text)


def _note() -> Any:
    return Field(default="", sa_type=Text)


class SettingRow(SQLModel, table=True):
    """One remembered choice of the interface."""

    __tablename__: ClassVar[Any] = "settings"
    id: int | None = _key()
    key: str = _text()
    value: str = _text()


class RateRow(SQLModel, table=True):
    """What one unit of a currency is worth in another: a decimal number as text."""

    __tablename__: ClassVar[Any] = "rates"
    id: int | None = _key()
    currency: str = _text()
    base: str = _text()
    rate: str = _text()


class PipelineRow(SQLModel, table=True):
    """One sales process."""

    __tablename__: ClassVar[Any] = "pipelines"
    id: int | None = _key()
    name: str = _text()
    currency: str = _text()
    monthly_goal: int | None = None
    position: int


class LostReasonRow(SQLModel, table=True):
    """One reason of a pipeline's list."""

    __tablename__: ClassVar[Any] = "lost_reasons"
    id: int | None = _key()
    pipeline_id: int = _link("pipelines.id")
    name: str = _text()
    position: int


class GoalRow(SQLModel, table=True):
    """The goal of one month ("2026-11") that has its own."""

    __tablename__: ClassVar[Any] = "goals"
    id: int | None = _key()
    pipeline_id: int = _link("pipelines.id")
    month: str = _text()
    amount: int


class StageRow(SQLModel, table=True):
    """One step of a pipeline."""

    __tablename__: ClassVar[Any] = "stages"
    id: int | None = _key()
    pipeline_id: int = _link("pipelines.id")
    name: str = _text()
    probability: int
    outcome: str = _text()
    criterion: str = _note()
    evidence_required: int = 0
    stuck_limit: int | None = None
    dwell_limit: int | None = None
    position: int


class ChecklistItemRow(SQLModel, table=True):
    """One thing to be done in a stage."""

    __tablename__: ClassVar[Any] = "checklist_items"
    id: int | None = _key()
    stage_id: int = _link("stages.id")
    title: str = _text()
    required: int = 0
    position: int


class CompanyRow(SQLModel, table=True):
    """A company that deals are with."""

    __tablename__: ClassVar[Any] = "companies"
    id: int | None = _key()
    name: str = _text()
    notes: str = _note()


class PersonRow(SQLModel, table=True):
    """A person that deals are with."""

    __tablename__: ClassVar[Any] = "people"
    id: int | None = _key()
    name: str = _text()
    company_id: int | None = _maybe_link("companies.id")
    email: str = _note()
    phone: str = _note()
    notes: str = _note()


class DealRow(SQLModel, table=True):
    """One negotiation. `stage_id` and `entered_stage_at` are always those of its open visit."""

    __tablename__: ClassVar[Any] = "deals"
    id: int | None = _key()
    stage_id: int = _link("stages.id")
    name: str = _text()
    amount: int | None = None
    currency: str = _text()
    probability: int | None = None
    close_date: str | None = _maybe_text()
    company_id: int | None = _maybe_link("companies.id")
    source: str | None = _maybe_text()
    external_id: str | None = _maybe_text()
    notes: str = _note()
    position: int
    created_at: str = _text()
    entered_stage_at: str = _text()
    closed_at: str | None = _maybe_text()
    lost_reason: str | None = _maybe_text()
    lost_note: str = _note()
    snoozed_until: str | None = _maybe_text()
    deleted_at: str | None = _maybe_text()


class DealPersonRow(SQLModel, table=True):
    """A person's part in a deal."""

    __tablename__: ClassVar[Any] = "deal_people"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    person_id: int = _link("people.id")
    role: str = _note()
    stance: str = _note()


class VisitRow(SQLModel, table=True):
    """One stay of a deal in a stage; the open one has no `left_at`."""

    __tablename__: ClassVar[Any] = "visits"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    stage_id: int = _link("stages.id")
    entered_at: str = _text()
    left_at: str | None = _maybe_text()
    evidence: str = _note()
    criterion: str = _note()


class TickRow(SQLModel, table=True):
    """One item of a stage's checklist that was ticked off during a visit."""

    __tablename__: ClassVar[Any] = "ticks"
    id: int | None = _key()
    visit_id: int = _link("visits.id")
    item_id: int = _link("checklist_items.id")
    at: str = _text()


class TouchRow(SQLModel, table=True):
    """A sign of life on a deal."""

    __tablename__: ClassVar[Any] = "touches"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    kind: str = _text()
    at: str = _text()
    text: str = _note()


class TaskRow(SQLModel, table=True):
    """Something to do on a deal."""

    __tablename__: ClassVar[Any] = "tasks"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    title: str = _text()
    due_on: str | None = _maybe_text()
    created_at: str = _text()
    done_at: str | None = _maybe_text()
    due_at: str | None = _maybe_text()
    repeat_days: int | None = None


class TagRow(SQLModel, table=True):
    """One tag of one deal."""

    __tablename__: ClassVar[Any] = "tags"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    name: str = _text()


class PropertyRow(SQLModel, table=True):
    """One custom property of one deal."""

    __tablename__: ClassVar[Any] = "properties"
    id: int | None = _key()
    deal_id: int = _link("deals.id")
    name: str = _text()
    value: str = _text()


class SavedViewRow(SQLModel, table=True):
    """A filter and a sort that go by a name."""

    __tablename__: ClassVar[Any] = "saved_views"
    id: int | None = _key()
    name: str = _text()
    filter: str = _note()
    sort: str = _text()
    position: int


class ActionRow(SQLModel, table=True):
    """One entry of the journal: what was done, and what undo and redo would reverse after it."""

    __tablename__: ClassVar[Any] = "actions"
    id: int | None = _key()
    at: str = _text()
    kind: str = _text()
    title: str = _text()
    target_id: int | None = _maybe_link("actions.id")
    undo_id: int | None = _maybe_link("actions.id")
    redo_id: int | None = _maybe_link("actions.id")
    below_undo_id: int | None = _maybe_link("actions.id")
    below_redo_id: int | None = _maybe_link("actions.id")


class ChangeRow(SQLModel, table=True):
    """One row that an action changed, before and after, as JSON; the triggers write it, nobody else."""

    __tablename__: ClassVar[Any] = "changes"
    id: int | None = _key()
    action_id: int = _link("actions.id")
    table_name: str = _text()
    row_id: int
    before: str | None = _maybe_text()
    after: str | None = _maybe_text()
