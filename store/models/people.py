"""People, and their part in deals."""

from typing import Any, ClassVar

from store.models import companies, deals  # noqa: F401  # their tables are linked to
from store.models.row import Row, key, link, maybe_link, note, text


class PersonRow(Row, table=True):
    """A person that deals are with."""

    __tablename__: ClassVar[Any] = "people"
    id: int | None = key()
    name: str = text()
    company_id: int | None = maybe_link("companies.id")
    email: str = note()
    phone: str = note()
    notes: str = note()


class DealPersonRow(Row, table=True):
    """A person's part in a deal."""

    __tablename__: ClassVar[Any] = "deal_people"
    id: int | None = key()
    deal_id: int = link("deals.id")
    person_id: int = link("people.id")
    role: str = note()
    stance: str = note()
