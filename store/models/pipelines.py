"""Pipelines, their stages, and the reasons they lose deals for."""

from typing import Any, ClassVar

from store.models.row import Row, key, link, note, text


class PipelineRow(Row, table=True):
    """One sales process."""

    __tablename__: ClassVar[Any] = "pipelines"
    id: int | None = key()
    name: str = text()
    currency: str = text()
    monthly_goal: int | None = None
    position: int


class StageRow(Row, table=True):
    """One step of a pipeline."""

    __tablename__: ClassVar[Any] = "stages"
    id: int | None = key()
    pipeline_id: int = link("pipelines.id")
    name: str = text()
    probability: int
    outcome: str = text()
    criterion: str = note()
    evidence_required: int = 0
    stuck_limit: int | None = None
    dwell_limit: int | None = None
    position: int


class LostReasonRow(Row, table=True):
    """One reason of a pipeline's list."""

    __tablename__: ClassVar[Any] = "lost_reasons"
    id: int | None = key()
    pipeline_id: int = link("pipelines.id")
    name: str = text()
    position: int
