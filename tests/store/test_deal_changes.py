"""How a deal's fields changed, and what else its company has, as its page tells it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from store import ChangedField, CompanyPatch, DealPatch, Money, Outcome, Store, timeline
from tests.deck import TODAY, Deck, at

OCT_15, OCT_31, NOV_30 = date(2026, 10, 15), date(2026, 10, 31), date(2026, 11, 30)


def told(deck: Deck, deal_id: int) -> list[tuple[str, Any, Any]]:
    """The changes, oldest first."""
    return [
        (str(change.field), change.before, change.after) for change in reversed(deck.page(deal_id).changes)
    ]


def test_the_fields_that_changed_are_told_newest_first(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", amount=10_000, close="2026-10-15", on="2026-09-01")
    assert deck.page(deal_id).changes == ()
    store.deals.edit(deal_id, DealPatch(close_date=OCT_31), at("2026-10-14"))
    store.deals.edit(deal_id, DealPatch(name="Acme renewal", probability=40), at("2026-10-20"))
    store.deals.edit(deal_id, DealPatch(amount=Money(900_000, "EUR")), at("2026-10-21"))
    store.deals.edit(deal_id, DealPatch(amount=None), at("2026-10-22"))
    store.deals.snooze([deal_id], NOV_30, at("2026-10-23"))
    assert told(deck, deal_id) == [
        ("close date", OCT_15, OCT_31),
        ("name", "Acme", "Acme renewal"),
        ("probability", None, 40),
        ("amount", Money(1_000_000, "USD"), Money(900_000, "EUR")),
        ("amount", Money(900_000, "EUR"), None),
        ("snooze", None, NOV_30),
    ]
    assert deck.page(deal_id).changes[0].at == at("2026-10-23")


def test_other_fields_have_no_changes_to_tell(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.deals.edit(deal_id, DealPatch(notes="long", tags=("eu",), source="fair"), at())
    deck.deal("Globex")
    store.deals.reorder(deal_id, None, at())
    assert told(deck, deal_id) == []


def test_companies_are_told_by_their_names_also_when_they_are_gone(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", company="Initek")
    deck.deal("Globex", company="Hooli")
    store.deals.edit(deal_id, DealPatch(company="Hooli"), at())
    store.deals.edit(deal_id, DealPatch(company=None), at())
    assert told(deck, deal_id) == [("company", "Initek", "Hooli"), ("company", "Hooli", None)]
    initek, hooli = (
        next(card.id for card in store.read.company_cards().cards if card.name == name)
        for name in ("Initek", "Hooli")
    )
    store.companies.edit(hooli, CompanyPatch(name="Hooli Inc"), at())
    store.companies.delete(initek, at())
    assert told(deck, deal_id) == [("company", "Initek", "Hooli Inc"), ("company", "Hooli Inc", None)]
    deck.undo()
    store.deals.edit(deal_id, DealPatch(company="Initek"), at())
    store.companies.merge(hooli, initek, at())
    assert told(deck, deal_id)[2:] == [("company", None, "Initek"), ("company", "Initek", "Hooli Inc")]
    lines = [event.text for event in timeline(deck.page(deal_id)) if event.what == "company"]
    assert lines == ["Initek → Hooli Inc"]


def test_what_a_move_ends_is_no_change_of_its_own(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", probability=40)
    store.deals.snooze([deal_id], NOV_30, at())
    deck.move(deal_id, "product", evidence="tried it")
    assert deck.read(deal_id).snoozed_until is None
    assert told(deck, deal_id) == [("snooze", None, NOV_30)]


def test_an_undone_change_is_not_told_and_one_done_again_once(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", close="2026-10-15", on="2026-09-01")
    store.deals.edit(deal_id, DealPatch(close_date=OCT_31), at("2026-10-14"))
    store.deals.edit(deal_id, DealPatch(close_date=NOV_30), at("2026-10-30"))
    first, second = ("close date", OCT_15, OCT_31), ("close date", OCT_31, NOV_30)
    deck.undo()
    assert told(deck, deal_id) == [first]
    deck.undo()
    assert told(deck, deal_id) == []
    deck.redo()
    deck.redo()
    assert told(deck, deal_id) == [first, second]
    assert deck.page(deal_id).changes[0].at == at("2026-10-30")
    deck.undo()
    assert told(deck, deal_id) == [first]


def test_one_action_makes_one_change_of_a_field(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", amount=1, close="2026-10-15", on="2026-09-01")
    with store.one_action("several", at()):
        store.deals.edit(deal_id, DealPatch(close_date=NOV_30, amount=None), at())
        store.deals.edit(deal_id, DealPatch(close_date=OCT_31, amount=Money(100, "USD")), at())
    assert told(deck, deal_id) == [("close date", OCT_15, OCT_31)]


def test_the_other_deals_of_the_company_are_related(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", company="Acme Inc")
    deck.deal("Globex", company="Globex")
    deck.deal("No company")
    older = deck.deal("Acme pilot", "signed", 3_000, company="acme inc", on="2026-10-01")
    newer = deck.deal("Acme training", company="Acme Inc", on="2026-10-01")
    deck.move(newer, "lost", on="2026-11-05", lost_reason="no answer")
    gone = deck.deal("Acme gone", company="Acme Inc")
    store.deals.delete([gone], at())
    open_one = deck.deal("Acme add-on", amount=500, company="Acme Inc")
    related = deck.page(deal_id).related
    assert [deal.id for deal in related] == [open_one, newer, older]
    assert [deal.outcome for deal in related] == [Outcome.OPEN, Outcome.LOST, Outcome.WON]
    assert [(deal.amount, deal.closed_on) for deal in related] == [
        (50_000, None),
        (None, date(2026, 11, 5)),
        (300_000, date(2026, 10, 1)),
    ]
    assert deck.page(deck.deal("Alone")).related == ()


def test_the_page_takes_as_many_statements_whatever_is_on_it(deck: Deck, store: Store) -> None:
    bare, full = deck.deal("Bare"), deck.deal("Full", company="Acme Inc")
    for number in range(5):
        deck.deal(f"Acme {number}", company="Acme Inc")
        day = TODAY + timedelta(number)
        store.deals.edit(full, DealPatch(close_date=day), at(day))
        deck.touch(full)
        deck.task(full)
    asked: list[list[str]] = []
    for deal_id in (bare, full):
        told: list[str] = []
        store._connection.set_trace_callback(told.append)
        deck.page(deal_id)
        store._connection.set_trace_callback(None)
        asked.append(told)
    assert len(asked[0]) == len(asked[1]) <= 20
    assert ChangedField.CLOSE_DATE in {change.field for change in deck.page(full).changes}
