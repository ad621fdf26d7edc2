"""Companies."""

from typing import Any, ClassVar

from store.models.row import Row, key, note, text


class CompanyRow(Row, table=True):
    """A company that deals are with."""

    __tablename__: ClassVar[Any] = "companies"
    id: int | None = key()
    name: str = text()
    notes: str = note()
