"""What a stage asks to be done is ticked off, for each deal and each visit."""

from __future__ import annotations

import pytest

from store import InvalidInput, NotFound, Store
from tests.deck import Deck, at


def items(deck: Deck, stage: str) -> list[int]:
    """The ids of the checklist of a stage."""
    (found,) = [each for each in deck.pipeline.stages if each.id == deck.stage(stage)]
    return [item.id for item in found.checklist]


def test_an_item_is_ticked_for_one_deal(deck: Deck, store: Store) -> None:
    acme, globex = deck.deal("Acme", "product"), deck.deal("Globex", "product")
    first, second, *_ = items(deck, "product")
    done = store.checklists.tick(acme, second, True, at())
    title = next(item.title for item in deck.pipeline.stages[1].checklist if item.id == second)
    assert (done.title, done.deal_ids) == (f"tick {title} for Acme", (acme,))
    assert deck.page(acme).ticked == {second}
    assert deck.page(globex).ticked == frozenset()
    store.checklists.tick(acme, first, True, at())
    done = store.checklists.tick(acme, second, False, at())
    assert done.title == f"untick {title} for Acme"
    assert deck.page(acme).ticked == {first}


def test_what_is_so_already_is_not_written(deck: Deck, store: Store) -> None:
    deal_id, item_id = deck.deal("Acme", "product"), items(deck, "product")[0]
    assert store.checklists.tick(deal_id, item_id, False, at()).action_id is None
    store.checklists.tick(deal_id, item_id, True, at())
    assert store.checklists.tick(deal_id, item_id, True, at()).action_id is None


def test_ticks_are_of_the_visit(deck: Deck, store: Store) -> None:
    deal_id, item_id = deck.deal("Acme", "product"), items(deck, "product")[0]
    store.checklists.tick(deal_id, item_id, True, at())
    deck.move(deal_id, "decision", evidence="asked for the contract")
    assert deck.page(deal_id).ticked == frozenset()
    deck.move(deal_id, "product", evidence="looks again")
    assert deck.page(deal_id).ticked == frozenset()
    deck.undo()
    deck.undo()
    assert deck.page(deal_id).ticked == {item_id}


def test_a_tick_is_undone_and_says_of_which_deal(deck: Deck, store: Store) -> None:
    deal_id, item_id = deck.deal("Acme", "product"), items(deck, "product")[0]
    store.checklists.tick(deal_id, item_id, True, at())
    assert deck.undo().deal_ids == (deal_id,)
    assert deck.page(deal_id).ticked == frozenset()
    assert deck.redo().deal_ids == (deal_id,)
    assert deck.page(deal_id).ticked == {item_id}


def test_a_tick_is_never_before_the_visit_began(deck: Deck, store: Store) -> None:
    deal_id, item_id = deck.deal("Acme", "product", on="2026-11-10"), items(deck, "product")[0]
    store.checklists.tick(deal_id, item_id, True, at("2026-11-01"))
    assert deck.rows("SELECT at FROM ticks") == deck.rows("SELECT entered_at FROM visits")


def test_what_is_not_on_the_deals_checklist_is_refused(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", "product")
    with pytest.raises(InvalidInput, match="on the checklist of another stage than that of Acme"):
        store.checklists.tick(deal_id, items(deck, "radar")[0], True, at())
    with pytest.raises(NotFound, match="no item 999"):
        store.checklists.tick(deal_id, 999, True, at())
    with pytest.raises(NotFound, match="no deal 999"):
        store.checklists.tick(999, items(deck, "radar")[0], True, at())
    store.deals.delete([deal_id], at())
    with pytest.raises(NotFound, match="is deleted"):
        store.checklists.tick(deal_id, items(deck, "product")[0], True, at())
    assert deck.rows("SELECT count(*) FROM ticks") == [(0,)]
