"""What is remembered apart from deals."""

from typing import Any, ClassVar

from store.models.row import Row, key, note, text


class SettingRow(Row, table=True):
    """One remembered choice of the interface."""

    __tablename__: ClassVar[Any] = "settings"
    id: int | None = key()
    key: str = text()
    value: str = text()


class RateRow(Row, table=True):
    """What one unit of a currency is worth in another: a decimal number as text."""

    __tablename__: ClassVar[Any] = "rates"
    id: int | None = key()
    currency: str = text()
    base: str = text()
    rate: str = text()


class SavedViewRow(Row, table=True):
    """A filter and a sort that go by a name."""

    __tablename__: ClassVar[Any] = "saved_views"
    id: int | None = key()
    name: str = text()
    filter: str = note()
    sort: str = text()
    position: int
