"""`deals show`: what the stage asks for, how the deal's fields changed, and what else its company has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import DealPatch, Money
from tests.cli.running import Deals
from tests.deck import Deck, at


@pytest.fixture
def initech(deals: Deals, db: Path) -> Deals:
    """A deal that was pushed twice, of a company with another deal that was won."""
    with Deck(db) as deck:
        deal_id = deck.deal(
            "Initech renewal", "product", 40_000, close="2026-10-15", on="2026-10-02", company="Initech"
        )
        for day, close in (("2026-10-12", date(2026, 10, 31)), ("2026-10-30", date(2027, 1, 15))):
            deck.store.deals.edit(deal_id, DealPatch(close_date=close), at(day))
        deck.store.deals.edit(deal_id, DealPatch(amount=Money(3_000_000, "EUR")), at("2026-11-02"))
        first = deck.pipeline.stages[1].checklist[0]
        deck.store.checklists.tick(deal_id, first.id, True, at("2026-11-03"))
        deck.deal("Initech pilot", "signed", 3_000, company="Initech", on="2026-09-01")
    return deals


def test_the_page_in_words(initech: Deals) -> None:
    lines = initech("show", "1").out.splitlines()
    assert "pushed   twice: 15 Oct, 31 Oct" in lines
    checklist = lines[lines.index("CHECKLIST") + 1 :]
    assert checklist[0].startswith("done      ")
    assert checklist[1].startswith("required  ")
    assert checklist[2].startswith("open      ")
    assert lines[lines.index("OTHER DEALS OF THE COMPANY") + 1] == "2  won 1 Sep  Initech pilot · $3,000"
    happened = lines[lines.index("TIMELINE") + 1 :]
    assert happened[:3] == [
        "2 Nov   amount                        $40,000 → €30,000",
        "30 Oct  close date                    31 Oct → 15 Jan 2027",
        "12 Oct  close date                    15 Oct → 31 Oct",
    ]


def test_the_page_for_programs(initech: Deals) -> None:
    page = initech("show", "1", "--json").json
    assert [item["ticked"] for item in page["checklist"]] == [True, False, False, False]
    assert set(page["checklist"][0]) == {"title", "required", "ticked"}
    assert [(change["field"], change["before"], change["after"]) for change in page["changes"]] == [
        ("amount", "40000.00 USD", "30000.00 EUR"),
        ("close date", "2026-10-31", "2027-01-15"),
        ("close date", "2026-10-15", "2026-10-31"),
    ]
    assert page["changes"][0]["at"] == "2026-11-02T12:00:00.000Z"
    assert page["related"] == [
        {
            "id": 2, "name": "Initech pilot", "stage": "Contract signed and returned", "outcome": "won",
            "amount": "3000.00", "currency": "USD", "closed_on": "2026-09-01",
        }
    ]  # fmt: skip
    assert page["company_notes"] == ""
