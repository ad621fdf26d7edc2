"""Deals, and what belongs to one deal alone."""

from typing import Any, ClassVar

from store.models import companies, pipelines  # noqa: F401  # their tables are linked to
from store.models.row import Row, key, link, maybe_link, maybe_text, note, text


class DealRow(Row, table=True):
    """One negotiation. `stage_id` and `entered_stage_at` are always those of its open visit."""

    __tablename__: ClassVar[Any] = "deals"
    id: int | None = key()
    stage_id: int = link("stages.id")
    name: str = text()
    amount: int | None = None
    currency: str = text()
    probability: int | None = None
    close_date: str | None = maybe_text()
    company_id: int | None = maybe_link("companies.id")
    source: str | None = maybe_text()
    external_id: str | None = maybe_text()
    notes: str = note()
    position: int
    created_at: str = text()
    entered_stage_at: str = text()
    closed_at: str | None = maybe_text()
    lost_reason: str | None = maybe_text()
    lost_note: str = note()
    snoozed_until: str | None = maybe_text()
    deleted_at: str | None = maybe_text()


class VisitRow(Row, table=True):
    """One stay of a deal in a stage; the open one has no `left_at`."""

    __tablename__: ClassVar[Any] = "visits"
    id: int | None = key()
    deal_id: int = link("deals.id")
    stage_id: int = link("stages.id")
    entered_at: str = text()
    left_at: str | None = maybe_text()
    evidence: str = note()
    criterion: str = note()


class TouchRow(Row, table=True):
    """A sign of life on a deal."""

    __tablename__: ClassVar[Any] = "touches"
    id: int | None = key()
    deal_id: int = link("deals.id")
    kind: str = text()
    at: str = text()
    text: str = note()


class TaskRow(Row, table=True):
    """Something to do on a deal."""

    __tablename__: ClassVar[Any] = "tasks"
    id: int | None = key()
    deal_id: int = link("deals.id")
    title: str = text()
    due_on: str | None = maybe_text()
    created_at: str = text()
    done_at: str | None = maybe_text()
    due_at: str | None = maybe_text()
    repeat_days: int | None = None


class TagRow(Row, table=True):
    """One tag of one deal."""

    __tablename__: ClassVar[Any] = "tags"
    id: int | None = key()
    deal_id: int = link("deals.id")
    name: str = text()


class PropertyRow(Row, table=True):
    """One custom property of one deal."""

    __tablename__: ClassVar[Any] = "properties"
    id: int | None = key()
    deal_id: int = link("deals.id")
    name: str = text()
    value: str = text()
