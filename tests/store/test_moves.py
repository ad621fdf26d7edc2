"""Moving deals: `domain.md`, "Moving a deal", sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store import DEFAULT_TEMPLATE, DealMove, InvalidInput, NotFound, Outcome, Store, instant_text, template
from tests.deck import TODAY, Deck, at
from tests.store.statements import statements_of


def visits(deck: Deck, deal_id: int) -> list[tuple[str, bool]]:
    """The stages of a deal from the first one on, and whether it has left them."""
    return [(visit.stage, visit.left_at is not None) for visit in reversed(deck.page(deal_id).visits)]


def test_the_open_visit_ends_and_the_next_begins_in_the_same_instant(deck: Deck) -> None:
    deal_id = deck.deal("Initech renewal", on="2026-11-01")
    done = deck.move(deal_id, "decision", evidence="joined the trial call, 3 seats")
    assert (done.title, done.deal_ids) == ("move Initech renewal to Decision maker evaluated", (deal_id,))
    new, old = deck.page(deal_id).visits
    assert (old.stage, old.left_at) == ("On radar", new.entered_at)
    assert (new.stage, new.left_at, new.evidence) == (
        "Decision maker evaluated",
        None,
        "joined the trial call, 3 seats",
    )
    deal = deck.read(deal_id)
    assert (deal.stage, deal.entered_stage_on, deal.days_in_stage) == ("Decision maker evaluated", TODAY, 0)


def test_a_won_deal_is_closed_and_keeps_its_expected_close_date(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", "decision", close="2026-12-24")
    assert store.deals.win([deal_id], at()).title == "win Acme"
    deal = deck.read(deal_id)
    assert (deal.outcome, deal.stage) == (Outcome.WON, "Contract signed and returned")
    assert (deal.closed_on, deal.close_date) == (TODAY, date(2026, 12, 24))
    assert store.deals.win([deal_id], at("2026-11-21")).action_id is None


def test_a_lost_deal_has_a_reason_as_the_pipeline_spells_it(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    done = store.deals.lose([deal_id], "  WRONG   time ", at(), note="call back\nin spring")
    assert done.title == "lose Acme"
    page = deck.page(deal_id)
    assert (page.deal.outcome, page.deal.closed_on, page.deal.lost_reason) == (
        Outcome.LOST,
        TODAY,
        "wrong time",
    )
    assert page.lost_note == "call back\nin spring"


def test_a_reason_of_ones_own_is_kept_as_given(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.deals.lose([deal_id], "their\tCFO left \x1b[31m", at())
    assert deck.read(deal_id).lost_reason == "their CFO left [31m"


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_a_deal_is_not_lost_without_a_reason(deck: Deck, reason: str | None) -> None:
    deal_id = deck.deal("Acme")
    with pytest.raises(
        InvalidInput, match="Say why Acme was lost: no commitment from the customer, wrong time"
    ) as told:
        deck.move(deal_id, "lost", lost_reason=reason)
    assert told.value.field == "lost reason"
    assert visits(deck, deal_id) == [("On radar", False)]


def test_only_a_lost_stage_takes_a_reason(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    with pytest.raises(InvalidInput, match="Product evaluated is not a lost stage"):
        deck.move(deal_id, "product", lost_reason="wrong time")
    deck.move(deal_id, "product", lost_note="typed and left")
    assert deck.page(deal_id).lost_note == ""


def test_a_lost_deal_takes_another_reason_and_nothing_else_changes(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.deals.lose([deal_id], "no answer", at("2026-11-10"), note="tried twice")
    before = deck.page(deal_id)
    done = store.deals.lose([deal_id], "WRONG time", at())
    assert (done.title, done.deal_ids) == ("edit lost reason of Acme", (deal_id,))
    page = deck.page(deal_id)
    assert (page.deal.lost_reason, page.lost_note) == ("wrong time", "tried twice")
    assert (page.visits, page.deal.closed_on) == (before.visits, before.deal.closed_on)
    assert store.deals.lose([deal_id], "wrong time", at()).action_id is None
    assert store.deals.lose([deal_id], "wrong time", at(), note="in spring").action_id is not None
    assert deck.page(deal_id).lost_note == "in spring"
    assert store.deals.win([deal_id], at()).title == "win Acme"
    for _ in range(3):
        store.history.undo(at())
    assert deck.page(deal_id) == before


def test_one_loss_of_many_corrects_the_reasons_of_those_that_are_lost(deck: Deck, store: Store) -> None:
    lost, running = deck.deals("Acme", "Globex")
    store.deals.lose([lost], "no answer", at())
    done = store.deals.lose([lost, running], "wrong time", at())
    assert (done.title, set(done.deal_ids)) == ("lose Globex", {lost, running})
    assert {deck.read(each).lost_reason for each in (lost, running)} == {"wrong time"}


def test_reopening_clears_what_closing_set_and_history_keeps_it(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-01")
    deck.move(deal_id, "product", on="2026-11-05")
    store.deals.lose([deal_id], "no answer", at("2026-11-10"), note="tried twice")
    done = store.deals.reopen([deal_id], at())
    assert done.title == "reopen Acme"
    page = deck.page(deal_id)
    assert (page.deal.stage, page.deal.closed_on, page.deal.lost_reason) == ("Product evaluated", None, None)
    assert page.lost_note == ""
    assert visits(deck, deal_id) == [
        ("On radar", True), ("Product evaluated", True), ("Closed lost", True), ("Product evaluated", False)
    ]  # fmt: skip
    kept = deck.rows("SELECT json_extract(before, '$.lost_reason') FROM changes WHERE action_id = ? "
                     "AND table_name = 'deals'", done.action_id)  # fmt: skip
    assert kept == [("no answer",)]
    assert store.deals.reopen([deal_id], at()).action_id is None


def test_a_deal_that_was_never_open_reopens_in_the_first_stage(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", "signed")
    store.deals.reopen([deal_id], at())
    assert deck.read(deal_id).stage == "On radar"


def test_a_deal_reopens_where_one_says_if_that_stage_is_open(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", "signed")
    with pytest.raises(InvalidInput, match="Closed lost is not an open stage"):
        store.deals.reopen([deal_id], at(), deck.stage("lost"))
    store.deals.reopen([deal_id], at(), deck.stage("decision"))
    assert deck.read(deal_id).stage == "Decision maker evaluated"


def test_back_and_over_stages_is_allowed_and_nothing_is_invented(deck: Deck) -> None:
    deal_id = deck.deal("Acme")
    for stage in ("decision", "radar", "product", "radar"):
        deck.move(deal_id, stage)
    names = [stage for stage, _ in visits(deck, deal_id)]
    assert names == ["On radar", "Decision maker evaluated", "On radar", "Product evaluated", "On radar"]


def test_to_the_stage_it_is_in_nothing_is_written(deck: Deck) -> None:
    deal_id = deck.deal("Acme", probability=40)
    before = deck.dump([*deck.dump(), "actions", "changes"])
    assert deck.move(deal_id, "radar").action_id is None
    assert deck.dump([*deck.dump(), "actions", "changes"]) == before


def test_a_move_drops_the_deals_own_probability_and_its_snooze(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", probability=40)
    store.deals.snooze([deal_id], date(2026, 12, 1), at())
    deck.move(deal_id, "product")
    deal = deck.read(deal_id)
    assert (deal.probability, deal.own_probability, deal.snoozed_until) == (50, None, None)


def test_a_stage_that_requires_evidence_is_not_entered_without(deck: Deck) -> None:
    radar, product, *rest = DEFAULT_TEMPLATE.stages
    strict = replace(DEFAULT_TEMPLATE, stages=(radar, replace(product, evidence_required=True), *rest))
    with Deck(deck.path.with_name("strict.db"), strict) as other:
        deal_id = other.deal("Acme")
        with pytest.raises(InvalidInput, match="Acme needs evidence to enter Product evaluated") as told:
            other.move(deal_id, "product", evidence=" \n ")
        assert told.value.field == "evidence"
        other.move(deal_id, "product", evidence="they ran the trial")
        assert other.page(deal_id).visits[0].evidence == "they ran the trial"
        other.store.deals.win([deal_id], at())
        other.store.deals.reopen([deal_id], at())
        assert other.read(deal_id).stage == "Product evaluated"


def test_a_won_stage_may_require_evidence_too(deck: Deck) -> None:
    *others, won, lost = DEFAULT_TEMPLATE.stages
    strict = replace(DEFAULT_TEMPLATE, stages=(*others, replace(won, evidence_required=True), lost))
    with Deck(deck.path.with_name("strict.db"), strict) as other:
        deal_id = other.deal("Acme")
        with pytest.raises(InvalidInput, match="Acme needs evidence"):
            other.store.deals.win([deal_id], at())
        other.store.deals.win([deal_id], at(), evidence="the signed contract is here")
        assert other.page(deal_id).visits[0].evidence == "the signed contract is here"


def test_a_deal_can_change_its_pipeline(deck: Deck, store: Store) -> None:
    store.pipelines.create(template("delivery"), "Delivery", "USD", at())
    delivery = store.read.pipelines()[1]
    deal_id = deck.deal("Acme")
    store.deals.win([deal_id], at())
    store.deals.move([deal_id], delivery.stages[0].id, at())
    deal = deck.read(deal_id)
    assert (deal.pipeline_id, deal.stage, deal.closed_on) == (delivery.id, "Handed over", None)
    store.deals.lose([deal_id], "not paid", at())
    assert deck.read(deal_id).stage == "Cancelled"
    store.deals.reopen([deal_id], at())
    assert deck.read(deal_id).stage == "Handed over"


def test_a_deal_reopens_in_the_pipeline_where_it_is(deck: Deck, store: Store) -> None:
    store.pipelines.create(template("delivery"), "Delivery", "USD", at())
    won = next(stage for stage in store.read.pipelines()[1].stages if stage.outcome == Outcome.WON)
    deal_id = deck.deal("Acme")
    store.deals.move([deal_id], won.id, at())
    store.deals.reopen([deal_id], at())
    assert deck.read(deal_id).stage == "Handed over"


def test_the_clock_may_have_been_set_back(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-10")
    deck.move(deal_id, "product", on="2026-11-01")
    store.deals.win([deal_id], at("2026-10-01"))
    ends = [(visit.entered_at, visit.left_at) for visit in deck.page(deal_id).visits]
    noon = at("2026-11-10")
    assert ends == [(noon, None), (noon, noon), (noon, noon)]
    assert deck.rows("SELECT closed_at FROM deals") == [(instant_text(noon),)]


def test_many_are_moved_in_one_step_to_the_top_in_the_order_given(deck: Deck, store: Store) -> None:
    deck.deal("Old", "product")
    a, b, c = deck.deals("A", "B", "C")
    done = deck.move([c, a, c, b], "product")
    assert (done.title, done.deal_ids) == ("move 3 deals to Product evaluated", (c, a, b))
    assert deck.column("product") == ["C", "A", "B", "Old"]
    assert store.deals.win([a, b], at()).title == "win 2 deals"
    deck.undo()
    deck.undo()
    assert (deck.column("radar"), deck.column("product")) == (["A", "B", "C"], ["Old"])


def test_of_many_only_those_that_are_elsewhere_are_moved(deck: Deck) -> None:
    a, b = deck.deal("A"), deck.deal("B", "product")
    assert deck.move([a, b], "product").deal_ids == (a,)


def test_a_stage_that_is_not_there(deck: Deck, store: Store) -> None:
    with pytest.raises(NotFound, match="no such stage to move Acme to"):
        store.deals.move([deck.deal("Acme")], 999, at())
    with pytest.raises(NotFound, match="no stage 999"):
        store.deals.reopen([1], at(), 999)


@pytest.mark.parametrize("neighbours", [0, 300])
def test_a_move_takes_five_statements_however_full_the_board_is(
    deck: Deck, store: Store, neighbours: int
) -> None:
    with store.one_action("fill", at()):
        for number in range(neighbours):
            deck.deal(f"Deal {number}", "product")
    deal_id = deck.deal("Acme")
    product = deck.stage("product")
    for command in (
        lambda: store.deals.move([deal_id], product, at()),
        lambda: store.deals.win([deal_id], at()),
        lambda: store.deals.reopen([deal_id], at()),
        lambda: store.deals.lose([deal_id], "wrong time", at()),
    ):
        first, *statements, last = statements_of(store, command)
        assert (first, last) == ("BEGIN IMMEDIATE", "COMMIT")
        verbs = [" ".join(statement.split()[:3]) for statement in statements]
        assert verbs[0].startswith("SELECT")
        assert verbs[1:] == [
            "INSERT INTO actions",
            "UPDATE visits SET",
            "UPDATE deals SET",
            "INSERT INTO visits",
        ]


def test_a_bulk_move_takes_three_statements_a_deal(deck: Deck, store: Store) -> None:
    ids = deck.deals(*(f"Deal {number}" for number in range(40)))
    product = deck.stage("product")
    statements = statements_of(store, lambda: store.deals.move(ids, product, at()))
    assert len(statements) == len(("begin", "read", "record", "commit")) + 3 * len(ids)


def test_several_moves_are_one_step_and_all_or_none(deck: Deck, store: Store) -> None:
    a, b = deck.deal("A"), deck.deal("B", "product")
    goals = (
        DealMove((a,), deck.stage("product")),
        DealMove((b,), deck.stage("lost"), lost_reason="wrong time"),
    )
    done = store.deals.move_many(goals, at())
    assert (done.title, done.deal_ids) == ("move 2 deals", (a, b))
    assert (deck.read(a).stage, deck.read(b).outcome) == ("Product evaluated", Outcome.LOST)
    deck.undo()
    assert (deck.column("radar"), deck.column("product")) == (["A"], ["B"])
    with pytest.raises(InvalidInput, match="Say why B was lost"):
        store.deals.move_many((goals[0], DealMove((b,), deck.stage("lost"))), at())
    assert (deck.column("radar"), deck.column("product")) == (["A"], ["B"])
