"""The months that have a goal of their own."""

from typing import Any, ClassVar

from store.models import pipelines  # noqa: F401  # their tables are linked to
from store.models.row import Row, key, link, text


class GoalRow(Row, table=True):
    """The goal of one month ("2026-11") that has its own."""

    __tablename__: ClassVar[Any] = "goals"
    id: int | None = key()
    pipeline_id: int = link("pipelines.id")
    month: str = text()
    amount: int
