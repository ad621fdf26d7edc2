"""People: putting them on deals, changing, merging and deleting them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from store import (
    Contact,
    InvalidInput,
    NotFound,
    PersonDraft,
    PersonPatch,
    Role,
    Stance,
    Store,
)
from tests.deck import Deck, at
from tests.store.statements import statements_of

ANN = PersonDraft("Ann Ito", "ann@acme.com", "+49 30 1", "met in Berlin", "Acme")


def add(deck: Deck, deal_id: int, draft: PersonDraft = ANN, role: Role | None = None, **more: Any) -> int:
    made = deck.store.people.add([deal_id], draft, role, more.get("stance"), at()).made_id
    assert made is not None
    return made


def on(deck: Deck, deal_id: int) -> list[Contact]:
    return list(deck.page(deal_id).people)


def test_a_new_person_is_on_the_deal_with_part_and_company(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Initech renewal")
    done = store.people.add([deal_id], ANN, Role.CHAMPION, Stance.FOR, at())
    assert (done.title, done.deal_ids) == ("add Ann Ito to Initech renewal", (deal_id,))
    (ann,) = on(deck, deal_id)
    assert ann == Contact(
        done.made_id or 0, "Ann Ito", "ann@acme.com", "+49 30 1", Role.CHAMPION, Stance.FOR, "met in Berlin", "Acme"
    )  # fmt: skip
    deck.undo()
    assert on(deck, deal_id) == []
    assert (deck.rows("SELECT * FROM people"), deck.rows("SELECT * FROM companies")) == ([], [])


def test_somebody_can_be_known_without_a_deal(deck: Deck, store: Store) -> None:
    done = store.people.add([], ANN, None, None, at())
    assert (done.title, done.deal_ids) == ("add Ann Ito", ())
    assert [card.name for card in store.read.person_cards().cards] == ["Ann Ito"]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        (PersonDraft("ann ITO", company="acme"), True),
        (PersonDraft("Ann", "ANN@acme.com"), True),
        (PersonDraft("Ann Ito", "ann@acme.com", company="Globex"), True),
        (PersonDraft("Bob Ray", "ann@acme.com"), False),
        (PersonDraft("Ann Ito", "ann@home.org", company="Acme"), False),
        (PersonDraft("Ann Ito", company="Globex"), False),
        (PersonDraft("Ann Ito"), False),
        (PersonDraft("Ann", company="Acme"), False),
    ],
)
def test_who_is_known_is_not_made_again(deck: Deck, typed: PersonDraft, same: bool) -> None:
    first, second = deck.deals("First", "Second")
    ann = add(deck, first)
    assert (add(deck, second, typed) == ann) is same


def test_who_is_found_by_e_mail_goes_before_who_is_found_by_name(deck: Deck) -> None:
    deal_id = deck.deal()
    by_name = add(deck, deal_id, PersonDraft("Ann"))
    by_email = add(deck, deal_id, PersonDraft("Ann Ito", "ann@acme.com"))
    assert by_name != by_email
    assert add(deck, deck.deal("Second"), PersonDraft("Ann", "ann@acme.com")) == by_email


def test_being_added_again_fills_what_was_missing_and_takes_nothing_away(deck: Deck) -> None:
    deal_id = deck.deal()
    ann = add(deck, deal_id, PersonDraft("Ann Ito", phone="1", company="Acme"), Role.DECIDES)
    assert add(deck, deal_id, PersonDraft("ann ito", "ann@acme.com", "2", company="Acme")) == ann
    (found,) = on(deck, deal_id)
    assert (found.name, found.email, found.phone, found.role) == (
        "Ann Ito", "ann@acme.com", "1", Role.DECIDES,
    )  # fmt: skip
    again = deck.store.people.add([deal_id], PersonDraft("Ann Ito", company="Acme"), None, None, at())
    assert (again.action_id, again.made_id) == (None, ann)


def test_several_deals_get_a_person_as_one_step(deck: Deck, store: Store) -> None:
    ids = deck.deals("A", "B", "C")
    add(deck, ids[0])
    done = store.people.add(ids, ANN, Role.USER, None, at())
    assert done.title == "add Ann Ito to 3 deals"
    assert [person.role for deal_id in ids for person in on(deck, deal_id)] == [Role.USER] * 3
    deck.undo()
    assert [len(on(deck, deal_id)) for deal_id in ids] == [1, 0, 0]


def test_being_added_again_changes_only_what_is_said(deck: Deck, store: Store) -> None:
    first, second = deck.deals("First", "Second")
    add(deck, first, role=Role.CHAMPION, stance=Stance.FOR)

    def again(deal_id: int, role: Role | None, stance: Stance | None) -> tuple[Role | None, Stance | None]:
        assert store.people.add([deal_id], ANN, role, stance, at()).action_id is not None
        assert store.people.add([deal_id], ANN, None, None, at()).action_id is None
        (ann,) = on(deck, deal_id)
        return (ann.role, ann.stance)

    assert again(first, Role.DECIDES, None) == (Role.DECIDES, Stance.FOR)
    assert again(first, None, Stance.AGAINST) == (Role.DECIDES, Stance.AGAINST)
    assert again(second, None, None) == (None, None)


def test_what_two_people_say_each_stays_the_first_ones(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    keep = add(deck, deal_id, PersonDraft("Ann", phone="1"))
    gone = add(deck, deal_id, PersonDraft("Anna", phone="2"), stance=Stance.AGAINST)
    store.people.merge(keep, gone, at())
    (ann,) = on(deck, deal_id)
    assert (ann.phone, ann.notes, ann.stance) == ("1", "phone: 2", Stance.AGAINST)
    store.people.save(deal_id, keep, PersonPatch(phone="3"), None, Stance.AGAINST, at())
    assert on(deck, deal_id)[0].phone == "3"


def test_what_there_is_to_know_is_asked_once_for_any_number_of_deals(deck: Deck, store: Store) -> None:
    ids = deck.deals(*(f"Deal {number}" for number in range(9)))
    ann, bob = add(deck, ids[0]), add(deck, ids[0], PersonDraft("Bob"))

    def asked(command: Callable[[], object]) -> int:
        told = statements_of(store, command)
        return sum(each.startswith("SELECT") and "FROM deal_people" in each for each in told)

    assert asked(lambda: store.people.add(ids, PersonDraft("Bob"), Role.USER, None, at())) == 1
    assert asked(lambda: store.people.merge(ann, bob, at())) == 2
    assert [[person.role for person in on(deck, deal_id)] for deal_id in ids] == [[Role.USER]] * 9


def test_a_known_person_is_put_on_another_deal(deck: Deck, store: Store) -> None:
    first, second = deck.deals("First", "Second")
    ann = add(deck, first, role=Role.CHAMPION)
    done = store.people.link(second, ann, Role.DECIDES, Stance.NEUTRAL, at())
    assert (done.title, done.deal_ids, done.made_id) == ("add Ann Ito to Second", (second,), ann)
    assert [(p.role, p.stance) for p in (*on(deck, first), *on(deck, second))] == [
        (Role.CHAMPION, None),
        (Role.DECIDES, Stance.NEUTRAL),
    ]
    assert store.people.link(second, ann, Role.DECIDES, Stance.NEUTRAL, at()).action_id is None


def test_a_part_is_set_and_taken_back(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Initech renewal")
    ann = add(deck, deal_id)
    done = store.people.set_part(deal_id, ann, Role.BLOCKS, Stance.AGAINST, at())
    assert done.title == "edit Ann Ito on Initech renewal"
    assert (on(deck, deal_id)[0].role, on(deck, deal_id)[0].stance) == (Role.BLOCKS, Stance.AGAINST)
    assert store.people.set_part(deal_id, ann, Role.BLOCKS, Stance.AGAINST, at()).action_id is None
    store.people.set_part(deal_id, ann, None, None, at())
    assert (on(deck, deal_id)[0].role, on(deck, deal_id)[0].stance) == (None, None)


def test_a_role_of_an_import_that_is_none_of_ours_stays_until_one_is_chosen(deck: Deck, store: Store) -> None:
    deal_id = deck.deal()
    ann = add(deck, deal_id)
    with sqlite3.connect(deck.path) as raw:
        raw.execute("UPDATE deal_people SET role = 'CTO'")
    raw.close()
    deck.store.people.set_part(deal_id, ann, None, Stance.FOR, at())
    assert deck.rows("SELECT role, stance FROM deal_people") == [("CTO", "for")]
    deck.store.people.set_part(deal_id, ann, Role.DECIDES, Stance.FOR, at())
    assert deck.rows("SELECT role, stance FROM deal_people") == [("decides", "for")]


def test_a_sheet_saves_person_and_part_as_one_step(deck: Deck, store: Store) -> None:
    first, second = deck.deals("First", "Second")
    ann = add(deck, first)
    store.people.link(second, ann, None, None, at())
    before = deck.dump()
    done = store.people.save(first, ann, PersonPatch(phone="2", company="New"), Role.USER, None, at())
    assert (done.title, set(done.deal_ids)) == ("edit Ann Ito on First", {first, second})
    assert (on(deck, second)[0].phone, on(deck, second)[0].role) == ("2", None)
    assert (on(deck, first)[0].company, on(deck, first)[0].role) == ("New", Role.USER)
    deck.undo()
    assert deck.dump() == before
    assert store.people.save(first, ann, PersonPatch(phone="+49 30 1"), None, None, at()).action_id is None


def test_an_edit_changes_what_it_names(deck: Deck, store: Store) -> None:
    deal_id = deck.deal()
    ann = add(deck, deal_id)
    done = store.people.edit(ann, PersonPatch(email="ann@new.com"), at())
    assert (done.title, done.deal_ids) == ("edit e-mail of Ann Ito", (deal_id,))
    done = store.people.edit(ann, PersonPatch(name="Ann B. Ito", company=None, notes=""), at())
    assert done.title == "edit Ann Ito"
    (found,) = on(deck, deal_id)
    assert (found.name, found.email, found.phone, found.notes, found.company) == (
        "Ann B. Ito", "ann@new.com", "+49 30 1", "", None,
    )  # fmt: skip
    assert store.people.edit(ann, PersonPatch(name="Ann B. Ito", company=None), at()).action_id is None


def test_being_taken_off_a_deal_keeps_the_person(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Initech renewal")
    ann = add(deck, deal_id, role=Role.CHAMPION)
    done = store.people.unlink(deal_id, ann, at())
    assert done.title == "remove Ann Ito from Initech renewal"
    assert on(deck, deal_id) == []
    assert [card.id for card in store.read.person_cards().cards] == [ann]
    with pytest.raises(NotFound, match="Ann Ito is not on Initech renewal"):
        store.people.unlink(deal_id, ann, at())
    with pytest.raises(NotFound, match="Ann Ito is not on Initech renewal"):
        store.people.set_part(deal_id, ann, None, None, at())
    deck.undo()
    assert on(deck, deal_id)[0].role is Role.CHAMPION


def test_merging_keeps_all_that_was_known_and_is_one_step(deck: Deck, store: Store) -> None:
    both, only_gone, deleted = deck.deals("Both", "Only gone", "Deleted")
    keep = add(deck, both, PersonDraft("Ann Ito", "ann@acme.com", notes="first"), stance=Stance.FOR)
    gone = add(deck, both, PersonDraft("A. Ito", "a@home.org", "+49 30 1", "second", "Acme"), Role.DECIDES)
    store.people.set_part(both, gone, Role.DECIDES, Stance.AGAINST, at())
    store.people.link(only_gone, gone, Role.USER, None, at())
    store.people.link(deleted, gone, None, None, at())
    store.deals.delete([deleted], at())
    before = deck.dump()
    done = store.people.merge(keep, gone, at())
    assert (done.title, set(done.deal_ids)) == ("merge A. Ito into Ann Ito", {both, only_gone})
    (ann,) = on(deck, both)
    assert (ann.id, ann.name, ann.email, ann.phone, ann.company, ann.role, ann.stance) == (
        keep, "Ann Ito", "ann@acme.com", "+49 30 1", "Acme", Role.DECIDES, Stance.FOR,
    )  # fmt: skip
    assert ann.notes == "first\nsecond\ne-mail: a@home.org"
    assert on(deck, only_gone)[0].role is Role.USER
    assert deck.rows("SELECT count(*) FROM people") == [(1,)]
    store.deals.restore([deleted], at())
    assert on(deck, deleted)[0].id == keep
    deck.undo()
    deck.undo()
    assert deck.dump() == before
    with pytest.raises(InvalidInput, match="cannot be merged with themselves"):
        store.people.merge(keep, keep, at())


def test_two_companies_of_merged_people_are_both_told(deck: Deck, store: Store) -> None:
    deal_id = deck.deal()
    keep = add(deck, deal_id, PersonDraft("Ann", company="Acme"))
    gone = add(deck, deal_id, PersonDraft("Ann", company="Globex"))
    store.people.merge(keep, gone, at())
    (ann,) = on(deck, deal_id)
    assert (ann.company, ann.notes) == ("Acme", "company: Globex")


def test_a_deleted_person_is_taken_off_the_deals_which_is_said(deck: Deck, store: Store) -> None:
    first, second = deck.deals("First", "Second")
    ann = add(deck, first)
    bob = add(deck, first, PersonDraft("Bob Ray"))
    store.people.link(second, ann, Role.USER, None, at())
    before = deck.dump()
    done = store.people.delete(ann, at())
    assert (done.title, set(done.deal_ids)) == ("delete Ann Ito, who was on 2 deals", {first, second})
    assert [person.name for person in on(deck, first)] == ["Bob Ray"]
    deck.undo()
    assert deck.dump() == before
    assert store.people.delete(bob, at()).title == "delete Bob Ray, who was on First"
    with pytest.raises(NotFound, match="There is no person"):
        store.people.delete(bob, at())


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": " "}, "name", "The name is empty"),
        ({"name": "x" * 201}, "name", "at most 200"),
        ({"email": "ann"}, "e-mail", "not an e-mail address; type one such as"),
        ({"email": "ann @"}, "e-mail", "not an e-mail address"),
        ({"email": "a@" + "x" * 200}, "e-mail", "at most 200"),
        ({"phone": "call me"}, "phone", "has no digits"),
        ({"notes": "x" * 100_001}, "notes", "at most 100,000"),
        ({"company": "x" * 201}, "company", "at most 200"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(fields: dict[str, str], field: str, words: str) -> None:
    for refused in (lambda: PersonDraft(**{"name": "Ann", **fields}), lambda: PersonPatch(**fields)):
        with pytest.raises(InvalidInput, match=words) as error:
            refused()
        assert error.value.field == field


def test_texts_are_cleaned_at_the_door() -> None:
    draft = PersonDraft(" Ann\x1b[31m  Ito ", " ann@acme.com\n", "\x9b1 2", "a\r\nb", "  ")
    assert (draft.name, draft.email, draft.phone, draft.notes, draft.company) == (
        "Ann[31m Ito", "ann@acme.com", "1 2", "a\nb", None,
    )  # fmt: skip
