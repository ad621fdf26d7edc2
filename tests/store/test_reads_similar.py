"""The silences of a stage: what became of the closed deals that were there."""

from __future__ import annotations

from datetime import date

from store import Silence, TaskDraft
from tests.deck import Deck, at
from tests.store.statements import statements_of


def silences(deck: Deck, stage: str = "product") -> list[Silence]:
    return sorted(deck.store.read.silences(deck.stage(stage)))


def test_the_longest_silence_of_each_closed_deal_and_how_it_ended(deck: Deck) -> None:
    won = deck.deal("Won", "product", on="2026-10-01")
    deck.touch(won, "spoke", on="2026-10-04")
    deck.move(won, "signed", on="2026-10-20")
    lost = deck.deal("Lost", "product", on="2026-10-01")
    deck.move(lost, "lost", on="2026-10-08", lost_reason="no answer")
    assert silences(deck) == [Silence(7, False), Silence(16, True)]


def test_a_finished_task_is_a_sign_of_life(deck: Deck) -> None:
    deal = deck.deal("Acme", "product", on="2026-10-01")
    (task,) = (deck.store.tasks.add([deal], TaskDraft("call", None), at("2026-10-01")).made_id,)
    assert task is not None
    deck.store.tasks.finish([task], at("2026-10-12"))
    deck.move(deal, "signed", on="2026-10-21")
    assert silences(deck) == [Silence(11, True)]


def test_the_longest_of_several_stays_counts_and_only_those_in_the_stage(deck: Deck) -> None:
    deal = deck.deal("Acme", "product", on="2026-06-01")
    deck.move(deal, "radar", on="2026-06-11")
    deck.touch(deal, "in another stage", on="2026-06-30")
    deck.move(deal, "product", on="2026-09-01")
    deck.move(deal, "signed", on="2026-09-05")
    assert silences(deck) == [Silence(10, True)]
    assert silences(deck, "radar") == [Silence(63, True)]


def test_open_and_deleted_deals_do_not_count(deck: Deck) -> None:
    deck.deal("Open", "product", on="2026-10-01")
    gone = deck.deal("Gone", "product", on="2026-10-01")
    deck.move(gone, "signed", on="2026-10-20")
    deck.store.deals.delete([gone], at())
    reopened = deck.deal("Reopened", "product", on="2026-10-01")
    deck.move(reopened, "lost", on="2026-10-20", lost_reason="no answer")
    deck.store.deals.reopen([reopened], at())
    assert silences(deck) == []


def test_it_is_one_statement(deck: Deck) -> None:
    for number in range(3):
        deal = deck.deal(f"Acme {number}", "product", on="2026-10-01")
        deck.move(deal, "signed", on=date(2026, 10, 20))
    asked = statements_of(deck.store, lambda: silences(deck))
    assert sum("JOIN visits" in statement for statement in asked) == 1
