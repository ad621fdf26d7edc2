"""Calls, e-mails, meetings and notes."""

from __future__ import annotations

from datetime import date

import pytest

from store import InvalidInput, NotFound, Store, TouchKind
from tests.deck import TODAY, Deck, at


def test_a_touch_resets_the_idle_clock(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-01")
    done = store.touches.add([deal_id], TouchKind.EMAIL, "asked for a quote", at())
    assert (done.title, done.deal_ids) == ("log email to Acme", (deal_id,))
    (touch,) = deck.page(deal_id).touches
    assert (touch.id, touch.kind, touch.text, touch.at) == (
        done.made_id,
        TouchKind.EMAIL,
        "asked for a quote",
        at(),
    )
    assert deck.read(deal_id).idle_since == TODAY


def test_a_touch_of_an_earlier_day_is_at_its_noon(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-10")
    store.touches.add([deal_id], TouchKind.CALL, "", at(), on=date(2026, 10, 28))
    store.touches.add([deal_id], TouchKind.CALL, "", at(), on=TODAY)
    assert [touch.at for touch in deck.page(deal_id).touches] == [at(), at("2026-10-28")]
    with pytest.raises(InvalidInput, match="Sat 21 Nov is still to come"):
        store.touches.add([deal_id], TouchKind.CALL, "", at(), on=date(2026, 11, 21))


def test_a_note_keeps_its_lines_and_needs_words(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.touches.add([deal_id], TouchKind.NOTE, "wants SSO\nbefore signing\x1b]52;c;eA==\x07", at())
    assert deck.page(deal_id).touches[0].text == "wants SSO\nbefore signing]52;c;eA=="
    assert store.touches.add([deal_id], TouchKind.NOTE, "more", at()).title == "note on Acme"
    with pytest.raises(InvalidInput, match="note is empty"):
        store.touches.add([deal_id], TouchKind.NOTE, " \n ", at())
    with pytest.raises(InvalidInput, match="at most 100,000"):
        store.touches.add([deal_id], TouchKind.CALL, "x" * 100_001, at())


def test_a_touch_of_now_is_never_before_the_visit_began(deck: Deck) -> None:
    deal_id = deck.deal("Acme", on="2026-11-10")
    deck.touch(deal_id, on="2026-11-01")
    assert deck.page(deal_id).touches[0].at == at("2026-11-10")


def test_several_deals_are_touched_in_one_step(deck: Deck, store: Store) -> None:
    ids = deck.deals("A", "B")
    assert store.touches.add(ids, TouchKind.MEETING, "trade fair", at()).title == "log meeting with 2 deals"
    assert store.touches.add([], TouchKind.MEETING, "", at()).action_id is None
    deck.undo()
    assert [deck.page(deal_id).touches for deal_id in ids] == [(), ()]


def test_a_touch_is_changed_and_removed(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-10")
    made = store.touches.add([deal_id], TouchKind.CALL, "wants SSO", at("2026-11-18")).made_id
    assert made is not None
    done = store.touches.edit(made, TouchKind.EMAIL, "wants SSO now", at(), on=date(2026, 11, 18))
    assert (done.title, done.deal_ids) == ("edit call with Acme", (deal_id,))
    (touch,) = deck.page(deal_id).touches
    assert (touch.kind, touch.text, touch.at) == (TouchKind.EMAIL, "wants SSO now", at("2026-11-18"))
    assert store.touches.edit(made, TouchKind.EMAIL, "wants SSO now", at()).action_id is None
    store.touches.edit(made, TouchKind.EMAIL, "wants SSO now", at(), on=date(2026, 11, 2))
    assert deck.page(deal_id).touches[0].at == at("2026-11-02")
    assert deck.read(deal_id).idle_since == date(2026, 11, 10)
    store.touches.edit(made, TouchKind.EMAIL, "wants SSO now", at(), on=TODAY)
    assert deck.read(deal_id).idle_since == TODAY
    with pytest.raises(InvalidInput, match="still to come"):
        store.touches.edit(made, TouchKind.CALL, "", at(), on=date(2026, 11, 21))
    with pytest.raises(InvalidInput, match="note is empty"):
        store.touches.edit(made, TouchKind.NOTE, " ", at())
    assert store.touches.delete(made, at()).title == "delete email to Acme"
    assert deck.page(deal_id).touches == ()
    with pytest.raises(NotFound, match="There is no touch"):
        store.touches.delete(made, at())
    for _ in range(4):
        deck.undo()
    assert [touch.text for touch in deck.page(deal_id).touches] == ["wants SSO"]
    store.deals.delete([deal_id], at())
    with pytest.raises(NotFound):
        store.touches.edit(made, TouchKind.CALL, "more", at())
