"""People and companies as `--json` prints them; see `tui.commands.as_json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.commands.as_json import Json, money, totals_json

if TYPE_CHECKING:
    from store import CompanyCard, PersonCard, TheirDeal


def person_json(card: PersonCard, currency: str) -> Json:
    """A person; `open` and `won` are sums in `currency`."""
    return {
        "id": card.id,
        "name": card.name,
        "company": card.company,
        "email": card.email,
        "phone": card.phone,
        "notes": card.notes,
        "currency": currency,
        "open": totals_json(card.open, currency),
        "won": totals_json(card.won, currency),
        "deals": [{**deal, "role": each.role, "stance": each.stance} for each, deal in _deals(card.deals)],
    }


def company_json(card: CompanyCard, currency: str) -> Json:
    """A company; `open` and `won` are sums in `currency`."""
    return {
        "id": card.id,
        "name": card.name,
        "notes": card.notes,
        "people": [
            {"id": each.id, "name": each.name, "email": each.email, "phone": each.phone}
            for each in card.people
        ],
        "currency": currency,
        "open": totals_json(card.open, currency),
        "won": totals_json(card.won, currency),
        "deals": [deal for _, deal in _deals(card.deals)],
    }


def _deals(deals: Iterable[TheirDeal]) -> Iterable[tuple[TheirDeal, Json]]:
    for deal in deals:
        yield (
            deal,
            {
                "id": deal.id,
                "name": deal.name,
                "stage": deal.stage,
                "outcome": str(deal.outcome),
                "amount": money(deal.amount, deal.currency),
                "currency": deal.currency,
                "probability": deal.probability,
            },
        )
