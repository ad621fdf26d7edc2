"""People and companies, as they are looked up: each with their deals and what these are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from store.views.kinds import Outcome, Role, Stance
    from store.views.sums import Totals


class TheirDeal(NamedTuple):
    """A deal as a person or a company has it; role and stance are the person's on it."""

    id: int
    name: str
    stage: str
    outcome: Outcome
    amount: int | None
    currency: str
    probability: int
    role: Role | None = None
    stance: Stance | None = None


class Colleague(NamedTuple):
    """A person as their company lists them."""

    id: int
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person: how they are reached, and their deals, the open ones first, then the won, each the newest first.

    `open` and `won` are the sums of these, in the directory's currency.
    """

    id: int
    name: str
    company: str | None
    company_id: int | None
    email: str
    phone: str
    notes: str
    deals: tuple[TheirDeal, ...]
    open: Totals
    won: Totals

    @property
    def words(self) -> tuple[str, ...]:
        """What they are found by."""
        return (self.name, self.company or "", self.email, self.phone, *(deal.name for deal in self.deals))


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A company, its people by name, and its deals in the order and with the sums of `PersonCard`."""

    id: int
    name: str
    notes: str
    people: tuple[Colleague, ...]
    deals: tuple[TheirDeal, ...]
    open: Totals
    won: Totals

    @property
    def words(self) -> tuple[str, ...]:
        """What it is found by."""
        return (self.name, *(each.name for each in self.people), *(deal.name for deal in self.deals))


Card = TypeVar("Card", bound=PersonCard | CompanyCard)


@dataclass(frozen=True, slots=True)
class Directory(Generic[Card]):
    """All people, or all companies, by name; money is summed in `currency`, that of the first pipeline."""

    currency: str
    cards: tuple[Card, ...]
