"""All people and companies, with their deals and sums."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store import (
    CardSort,
    NotFound,
    Outcome,
    PersonDraft,
    Role,
    Stance,
    Store,
    Totals,
    look_up,
    open_store,
    sort_cards,
)
from tests.deck import Deck, at
from tests.store.statements import statements_of


@pytest.fixture
def known(deck: Deck) -> Deck:
    """Ann of Acme on four deals of all kinds, Bob of Globex on one that is deleted, Zoë of nowhere on none."""
    add = deck.store.people.add
    ids = [
        deck.deal("Small", "radar", 1_000, company="Acme"),
        deck.deal("Large", "product", 2_000, company="Acme"),
        deck.deal("Unknown", "radar", company="Acme"),
        deck.deal("Euro", "radar", 500, currency="EUR"),
    ]
    add(ids, PersonDraft("Ann Ito", "ann@acme.com", company="Acme"), Role.CHAMPION, Stance.FOR, at())
    deck.move(ids[1], "signed")
    lost = deck.deal("Lost one", "radar", 9_000, company="Acme")
    deck.move(lost, "lost", lost_reason="other")
    gone = deck.deal("Gone", "radar", 4_000, company="Globex")
    add([gone], PersonDraft("Bob Ray", company="Globex"), None, None, at())
    deck.store.deals.delete([gone], at())
    add([], PersonDraft("Zoë"), None, None, at())
    return deck


def test_people_have_their_deals_and_what_they_are_worth(known: Deck) -> None:
    people = known.store.read.person_cards()
    assert (people.currency, [card.name for card in people.cards]) == ("USD", ["Ann Ito", "Bob Ray", "Zoë"])
    ann, bob, zoe = people.cards
    assert [(deal.name, deal.outcome) for deal in ann.deals] == [
        ("Euro", Outcome.OPEN), ("Unknown", Outcome.OPEN), ("Small", Outcome.OPEN), ("Large", Outcome.WON),
    ]  # fmt: skip
    assert {(deal.role, deal.stance) for deal in ann.deals} == {(Role.CHAMPION, Stance.FOR)}
    assert ann.open == Totals(3, 100_000, 1, 100_000 * 10, (("EUR", 50_000),))
    assert (ann.won.count, ann.won.amount) == (1, 200_000)
    assert (bob.company, bob.deals, bob.open, bob.won) == ("Globex", (), Totals(), Totals())
    assert (zoe.company, zoe.company_id) == (None, None)


def test_a_rate_turns_other_money_into_that_of_the_first_pipeline(known: Deck) -> None:
    known.store.settings.set_rate("EUR", "USD", Decimal("1.1"), at())
    (ann, *_) = known.store.read.person_cards().cards
    assert (ann.open.amount, ann.open.foreign) == (100_000 + 55_000, ())


def test_companies_have_their_people_and_deals(known: Deck) -> None:
    acme, globex = known.store.read.company_cards().cards
    assert [each.name for each in acme.people] == ["Ann Ito"]
    assert [deal.name for deal in acme.deals] == ["Unknown", "Small", "Large", "Lost one"]
    assert (acme.open.count, acme.open.unknown, acme.won.amount) == (2, 1, 200_000)
    assert (globex.name, globex.deals, [each.name for each in globex.people]) == ("Globex", (), ["Bob Ray"])


def test_names_stand_as_people_sort_them(deck: Deck, store: Store) -> None:
    for name in ("zoe", "Änne", "Unit 10", "unit 2", "Bob"):
        store.people.add([], PersonDraft(name), None, None, at())
    assert [card.name for card in store.read.person_cards().cards] == [
        "Änne",
        "Bob",
        "unit 2",
        "Unit 10",
        "zoe",
    ]


def test_the_number_of_statements_does_not_depend_on_how_many_there_are(known: Deck) -> None:
    store = known.store
    few = [len(statements_of(store, read)) for read in (store.read.person_cards, store.read.company_cards)]
    for number in range(20):
        deal_id = known.deal(f"Deal {number}", company=f"Company {number}")
        store.people.add([deal_id], PersonDraft(f"P {number}", company=f"C {number}"), None, None, at())
    many = [len(statements_of(store, read)) for read in (store.read.person_cards, store.read.company_cards)]
    assert many == few
    assert max(few) <= 8


def test_without_a_pipeline_there_is_no_currency_to_sum_in(tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_store(tmp_path_factory.mktemp("none") / "deals.db", create=True) as store:
        for read in (store.read.person_cards, store.read.company_cards):
            with pytest.raises(NotFound, match="no pipeline yet"):
                read()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Ann Ito", "Bob Ray", "Zoë"]),
        ("ann", ["Ann Ito"]),
        ("ITO acme", ["Ann Ito"]),
        ("acme.com", ["Ann Ito"]),
        ("zoe", ["Zoë"]),
        ("large", ["Ann Ito"]),
        ("ann globex", []),
        ("[/] *?", []),
    ],
)
def test_every_word_has_to_stand_somewhere(known: Deck, text: str, names: list[str]) -> None:
    assert [card.name for card in look_up(known.store.read.person_cards().cards, text)] == names


def test_companies_are_found_by_their_people_too(known: Deck) -> None:
    assert [card.name for card in look_up(known.store.read.company_cards().cards, "bob")] == ["Globex"]


def test_the_highest_comes_first_and_equals_stay_by_name(known: Deck) -> None:
    known.store.people.add([known.deal("Big", "radar", 5_000)], PersonDraft("Zoë"), None, None, at())
    cards = known.store.read.person_cards().cards
    order = {by: "".join(card.name[0] for card in sort_cards(cards, by)) for by in CardSort}
    assert order == {
        CardSort.NAME: "ABZ", CardSort.OPEN: "ZAB", CardSort.WON: "ABZ", CardSort.DEALS: "AZB",
    }  # fmt: skip
