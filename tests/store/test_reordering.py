"""Putting a column in one's own order."""

from __future__ import annotations

import pytest

from store import InvalidInput, Store
from tests.deck import Deck, at


def test_a_deal_is_put_before_another_or_last(deck: Deck, store: Store) -> None:
    a, b, c, d = deck.deals("A", "B", "C", "D")
    assert store.deals.reorder(d, b, at()).title == "reorder D"
    assert deck.column("radar") == ["A", "D", "B", "C"]
    store.deals.reorder(a, None, at())
    assert deck.column("radar") == ["D", "B", "C", "A"]
    store.deals.reorder(c, d, at())
    assert deck.column("radar") == ["C", "D", "B", "A"]


def test_a_deal_that_is_there_already_is_not_written(deck: Deck, store: Store) -> None:
    a, b, c = deck.deals("A", "B", "C")
    for deal_id, before_id in ((a, b), (b, c), (c, None), (a, a)):
        assert store.deals.reorder(deal_id, before_id, at()).action_id is None


def test_a_deal_alone_is_first_and_last(deck: Deck, store: Store) -> None:
    assert store.deals.reorder(deck.deal("A"), None, at()).action_id is None


def test_a_deal_of_another_stage_is_no_neighbour(deck: Deck, store: Store) -> None:
    with pytest.raises(InvalidInput, match="B is in another stage than A"):
        store.deals.reorder(deck.deal("A"), deck.deal("B", "product"), at())


def test_a_deleted_deal_is_passed_over_and_keeps_its_place(deck: Deck, store: Store) -> None:
    a, b, c = deck.deals("A", "B", "C")
    store.deals.delete([b], at())
    assert store.deals.reorder(a, c, at()).action_id is None
    store.deals.reorder(c, a, at())
    store.deals.restore([b], at())
    assert deck.column("radar") == ["C", "A", "B"]


def test_when_no_room_is_left_the_column_is_numbered_anew_in_the_same_step(deck: Deck, store: Store) -> None:
    ids = deck.deals("A", "B", "C", "D")
    start = deck.dump()
    renumbered = 0
    for step in range(30):  # A is followed by two who keep overtaking each other
        order = ids[1:3] if step % 2 else (ids[2], ids[1])
        action_id = store.deals.reorder(order[0], order[1], at()).action_id
        changed = deck.rows("SELECT count(*) FROM changes WHERE action_id = ?", action_id)[0][0]
        renumbered += changed > 1
        assert deck.column("radar") == ["A", "BC"[step % 2 == 0], "CB"[step % 2 == 0], "D"]
        assert deck.rows("SELECT count(DISTINCT position) FROM deals") == [(4,)]
    assert renumbered
    for _ in range(30):
        deck.undo()
    assert deck.dump() == start
