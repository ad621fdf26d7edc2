"""What deals would leave undone in their stage."""

from __future__ import annotations

from collections.abc import Sequence

from tests.deck import Deck, at
from tests.store.statements import statements_of


def required(deck: Deck, stage: str) -> list[str]:
    """The titles of the stage's required items."""
    items = next(each for each in deck.pipeline.stages if each.id == deck.stage(stage)).checklist
    assert any(not item.required for item in items)
    return [item.title for item in items if item.required]


def open_items(deck: Deck, *ids: int) -> dict[int, list[str]]:
    return {
        deal_id: [item.title for item in items] for deal_id, items in deck.store.read.unticked(ids).items()
    }


def tick(deck: Deck, deal_id: int, titles: Sequence[str]) -> None:
    """Tick items of the present visit."""
    stage_id = deck.read(deal_id).stage_id
    stage = next(each for each in deck.pipeline.stages if each.id == stage_id)
    for item in stage.checklist:
        if item.title in titles:
            deck.store.checklists.tick(deal_id, item.id, True, at())


def test_only_the_required_items_of_the_present_stage_are_asked_for(deck: Deck) -> None:
    acme, wayne = deck.deal("Acme", "radar"), deck.deal("Wayne", "decision")
    assert open_items(deck, acme) == {acme: required(deck, "radar")}
    assert open_items(deck, acme, wayne) == {
        acme: required(deck, "radar"),
        wayne: required(deck, "decision"),
    }
    assert open_items(deck) == open_items(deck, 999) == {}


def test_what_is_ticked_is_done_until_the_deal_comes_back(deck: Deck) -> None:
    acme = deck.deal("Acme", "radar")
    first, *others = required(deck, "radar")
    tick(deck, acme, [first])
    assert open_items(deck, acme) == {acme: others}
    tick(deck, acme, others)
    assert open_items(deck, acme) == {}
    deck.move(acme, "product")
    deck.move(acme, "radar")
    assert open_items(deck, acme) == {acme: [first, *others]}


def test_it_is_one_statement_for_any_number_of_deals(deck: Deck) -> None:
    ids = deck.deals("Acme", "Wayne", "Globex")
    asked = statements_of(deck.store, lambda: deck.store.read.unticked(ids))
    assert [each.split()[0] for each in asked] == ["BEGIN", "SELECT", "COMMIT"]
