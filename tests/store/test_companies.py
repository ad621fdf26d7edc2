"""Companies: adding, renaming, merging and deleting them."""

from __future__ import annotations

import pytest

from store import CompanyDraft, CompanyPatch, InvalidInput, NameTaken, NotFound, PersonDraft, Store
from tests.deck import Deck, at


def make(deck: Deck, name: str, notes: str = "") -> int:
    made = deck.store.companies.create(CompanyDraft(name, notes), at()).made_id
    assert made is not None
    return made


def id_of(deck: Deck, name: str) -> int:
    return next(card.id for card in deck.store.read.company_cards().cards if card.name == name)


def test_a_company_is_added_under_a_name_of_its_own(deck: Deck, store: Store) -> None:
    done = store.companies.create(CompanyDraft(" Café Größe ", "pays late"), at())
    assert done.title == "add the company Café Größe"
    (card,) = store.read.company_cards().cards
    assert (card.name, card.notes, card.deals) == ("Café Größe", "pays late", ())
    with pytest.raises(NameTaken, match="named Café Größe already"):
        store.companies.create(CompanyDraft("CAFÉ GRÖSSE"), at())
    store.companies.create(
        CompanyDraft("Cafe Größe"), at()
    )  # as in a deal's company, an accent makes another one


def test_a_rename_is_seen_on_its_deals(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Renewal", company="Acme")
    deck.deal("Other", company="Globex")
    done = store.companies.edit(id_of(deck, "Acme"), CompanyPatch(name="Acme Inc"), at())
    assert (done.title, done.deal_ids) == ("rename Acme to Acme Inc", (deal_id,))
    assert deck.read(deal_id).company == "Acme Inc"
    deck.undo()
    assert deck.read(deal_id).company == "Acme"


def test_a_name_that_is_taken_is_a_case_for_merging(deck: Deck, store: Store) -> None:
    acme = make(deck, "Acme")
    make(deck, "Globex")
    with pytest.raises(NameTaken, match="named Globex already; merge the two instead"):
        store.companies.edit(acme, CompanyPatch(name="GLOBEX"), at())
    store.companies.edit(acme, CompanyPatch(name="ACME"), at())
    assert id_of(deck, "ACME") == acme


def test_notes_are_edited(deck: Deck, store: Store) -> None:
    acme = make(deck, "Acme")
    assert store.companies.edit(acme, CompanyPatch(notes="b\nc"), at()).title == "edit notes of Acme"
    assert store.read.company_cards().cards[0].notes == "b\nc"
    assert store.companies.edit(acme, CompanyPatch(name="Acme", notes="b\nc"), at()).action_id is None


def test_merging_takes_deals_and_people_along_in_one_step(deck: Deck, store: Store) -> None:
    kept = deck.deal("Kept", company="Acme")
    moved, deleted = deck.deal("Moved", company="ACME Inc"), deck.deal("Deleted", company="ACME Inc")
    store.people.add([moved], PersonDraft("Ann", company="ACME Inc"), None, None, at())
    store.deals.delete([deleted], at())
    keep, gone = id_of(deck, "Acme"), id_of(deck, "ACME Inc")
    store.companies.edit(keep, CompanyPatch(notes="one"), at())
    store.companies.edit(gone, CompanyPatch(notes="two"), at())
    before = deck.dump()
    done = store.companies.merge(keep, gone, at())
    assert (done.title, done.deal_ids) == ("merge ACME Inc into Acme", (moved,))
    assert [deck.read(deal_id).company for deal_id in (kept, moved)] == ["Acme", "Acme"]
    (card,) = store.read.company_cards().cards
    assert (card.notes, [each.name for each in card.people]) == ("one\ntwo", ["Ann"])
    deck.undo()
    assert deck.dump() == before
    with pytest.raises(InvalidInput, match="Acme cannot be merged with itself"):
        store.companies.merge(keep, keep, at())


def test_only_a_company_that_nothing_points_to_is_deleted(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Renewal", company="Acme")
    store.people.add([], PersonDraft("Ann", company="Acme"), None, None, at())
    acme = id_of(deck, "Acme")
    with pytest.raises(InvalidInput, match="Acme has 1 deal and 1 person; merge it"):
        store.companies.delete(acme, at())
    store.deals.delete([deal_id], at())
    store.people.delete(store.read.person_cards().cards[0].id, at())
    with pytest.raises(InvalidInput, match=r"Acme has 1 deal \(1 of them deleted\); merge it"):
        store.companies.delete(acme, at())
    empty = make(deck, "Globex")
    assert store.companies.delete(empty, at()).title == "delete the company Globex"
    with pytest.raises(NotFound, match="There is no company"):
        store.companies.delete(empty, at())
    deck.undo()
    assert id_of(deck, "Globex") == empty


def test_a_company_of_which_only_people_are_stays(deck: Deck, store: Store) -> None:
    for name in ("Ann", "Bob"):
        store.people.add([], PersonDraft(name, company="Acme"), None, None, at())
    with pytest.raises(InvalidInput, match="Acme has 2 people; merge it"):
        store.companies.delete(id_of(deck, "Acme"), at())


def test_notes_are_kept_of_two_companies_of_nearly_one_name(deck: Deck, store: Store) -> None:
    deck.deal("One", company="Café")
    deck.deal("Other", company="Cafe")
    store.companies.edit(id_of(deck, "Cafe"), CompanyPatch(notes="the other one"), at())
    assert {card.name: card.notes for card in store.read.company_cards().cards} == {
        "Café": "",
        "Cafe": "the other one",
    }
