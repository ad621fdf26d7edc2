"""What a stage asks to be done, and what of it was done."""

from typing import Any, ClassVar

from store.models import deals, pipelines  # noqa: F401  # their tables are linked to
from store.models.row import Row, key, link, text


class ChecklistItemRow(Row, table=True):
    """One thing to be done in a stage."""

    __tablename__: ClassVar[Any] = "checklist_items"
    id: int | None = key()
    stage_id: int = link("stages.id")
    title: str = text()
    required: int = 0
    position: int


class TickRow(Row, table=True):
    """One item of a stage's checklist that was ticked off during a visit."""

    __tablename__: ClassVar[Any] = "ticks"
    id: int | None = key()
    visit_id: int = link("visits.id")
    item_id: int = link("checklist_items.id")
    at: str = text()
