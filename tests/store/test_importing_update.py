"""Updating deals that are there from a file: what it says is taken, what it does not say stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from store import (
    DEFAULT_TEMPLATE,
    DealPatch,
    Done,
    ImportOptions,
    ImportRefused,
    InvalidInput,
    Outcome,
    apply_import,
    plan_for,
    read_table,
)
from tests.deck import TODAY, Deck, at
from tests.store.csv_files import CRM, all_deals, bring_in
from tests.store.test_exporting import bring, busy, changed, do, exported, imported, steps


def update(deck: Deck, text: str, **options: Any) -> Any:
    return bring_in(deck, text, "newer.csv", update=True, **options)


def assert_changes_nothing(deck: Deck) -> None:
    """An export of the deck, brought in again as an update."""
    before, last = deck.dump(), deck.store.history.actions(1)
    text = exported(deck.store)
    assert bring(deck.store, text, update=True).action_id is None
    assert bring(deck.store, text).action_id is None
    assert deck.dump() == before
    assert deck.store.history.actions(1) == last


def test_an_export_changes_nothing_where_it_comes_from(deck: Deck) -> None:
    busy(deck)
    bring_in(deck, CRM, new_pipeline="CRM")
    assert_changes_nothing(deck)


@settings(deadline=None, max_examples=25)
@given(steps)
def test_whatever_was_done_is_not_changed_by_its_export(done: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder, Deck(Path(folder) / "deals.db") as deck:
        deck.deal("Acme", on="2026-09-01")
        for number, (what, text, days) in enumerate(done):
            try:
                do(deck, what, text, date(2026, 10, 1) + timedelta(days), number)
            except InvalidInput:
                continue
        assert_changes_nothing(deck)


def test_deals_of_an_export_that_cannot_be_told_apart_are_not_updated(deck: Deck) -> None:
    for amount in (5, 7):
        deck.deal("Twin", amount=amount)
    plan = bring_in(deck, changed(exported(deck.store), "source", lambda _: "fair"), update=True)
    assert (plan.deals, plan.updates, plan.skipped) == ((), (), 2)
    assert plan.notes == (
        "Of several deals that are too alike to tell which is meant, so not updated: 2 rows.",
    )
    deck.deal("Alone")
    bring_in(deck, changed(exported(deck.store), "source", lambda _: "fair"), update=True)
    assert {deal.name: deal.source for deal in all_deals(deck).values()} == {"Twin": None, "Alone": "fair"}


def test_a_finished_task_does_not_come_back_to_life(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1", task="send the offer", due="2026-11-10")
    deck.task(acme, "call Ann", "2026-11-25")
    early = exported(deck.store)
    deck.store.tasks.finish([task.id for task in deck.page(acme).tasks], at())
    late, before = exported(deck.store), deck.dump()
    bring(deck.store, late, update=True)
    bring(deck.store, early, update=True)
    update(deck, "id,next_step,next_step_on\n1,call Ann,2026-11-25\n")
    update(deck, "id,next_step\n1,call Ann\n")
    assert deck.dump() == before
    update(deck, "id,next_step,next_step_on\n1,call Ann,2026-12-01\n")
    assert deck.page(acme).deal.open_tasks == 1


def test_two_tasks_of_one_title_each_keep_their_day(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1", task="call", due="2026-11-25")
    deck.task(acme, "call", "2026-12-01")
    deck.task(acme, "call")
    assert_changes_nothing(deck)


CLOSED = "id,name,stage,close_date,created_on,lost_reason\n"


def test_a_closed_deal_is_corrected(deck: Deck) -> None:
    bring_in(deck, CLOSED + "1,A,lost,2026-11-02,2026-09-01,no answer\n2,B,won,2026-11-02,2026-09-01,\n")
    before = deck.dump()
    newer = CLOSED + "1,A,lost,2026-11-03,2026-08-01,wrong time\n2,B,won,2026-10-31,,\n"
    plan = update(deck, newer)
    assert (len(plan.updates), plan.unchanged) == (2, 0)
    deals = all_deals(deck)
    assert [(deal.created_on, deal.entered_stage_on, deal.closed_on, deal.lost_reason) for deal in deals.values()] == [
        (date(2026, 9, 1), date(2026, 10, 31), date(2026, 10, 31), None),
        (date(2026, 8, 1), date(2026, 11, 3), date(2026, 11, 3), "wrong time"),
    ]  # fmt: skip
    assert update(deck, newer).unchanged == 2
    deck.undo()
    assert deck.dump() == before


def test_a_correction_keeps_the_visits_in_a_row(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1", on="2026-10-01")
    deck.move(acme, "product", on="2026-10-20")
    for said, entered in (("2026-10-10", "2026-10-10"), ("2026-09-01", "2026-10-01")):
        text = f"id,stage,entered_stage_on,created_on\n1,product,{said},2026-12-24\n".replace(
            "2026-12-24", said
        )
        update(deck, text)
        assert update(deck, text).unchanged == 1
        first, second = sorted(deck.page(acme).visits, key=lambda visit: visit.left_at is None)
        assert (first.left_at, second.entered_at) == (at(entered), at(entered))
        assert deck.read(acme).entered_stage_on == date.fromisoformat(entered)
    assert deck.read(acme).created_on == date(2026, 9, 1)


def test_the_currency_stays_when_the_file_names_none(deck: Deck) -> None:
    deck.deal("Acme", amount=1000, currency="EUR", external_id="1")
    before = deck.dump()
    update(deck, "id,amount\n1,1000\n")
    assert deck.dump() == before
    update(deck, "id,amount\n1,2000\n")
    assert [(deal.amount, deal.currency) for deal in all_deals(deck).values()] == [(200000, "EUR")]
    update(deck, "id,amount,currency\n1,2000,CHF\n")
    assert [(deal.amount, deal.currency) for deal in all_deals(deck).values()] == [(200000, "CHF")]
    update(deck, "id,amount\n1,3000\n", currency="SEK")
    assert [(deal.amount, deal.currency) for deal in all_deals(deck).values()] == [(300000, "SEK")]


def test_a_row_without_a_stage_is_about_the_stage_of_its_deal(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1", on="2026-10-01")
    deck.move(acme, "product", on="2026-10-20")
    won = deck.deal("Wayne", external_id="2", on="2026-10-01")
    deck.move(won, "signed", on="2026-10-20")
    text = "id,probability,snoozed_until,next_step,close_date\n1,10,2026-12-24,call,\n2,10,2026-12-24,call,2026-10-21\n"
    plan = update(deck, text)
    assert plan.notes == (
        "Won or lost and snoozed, which is left out: 1 row.",
        "Won or lost and with a next step, which is left out: 1 row.",
    )
    deals = all_deals(deck)
    assert (deals["Acme"].own_probability, deals["Acme"].snoozed_until) == (10, date(2026, 12, 24))
    wayne = deals["Wayne"]
    assert (wayne.outcome, wayne.own_probability, wayne.snoozed_until, wayne.open_tasks, wayne.closed_on) == (
        Outcome.WON, None, None, 0, date(2026, 10, 21),
    )  # fmt: skip
    assert update(deck, "id,outcome\n1,open\n2,won\n").unchanged == 2
    update(deck, "id,outcome\n1,won\n2,open\n")
    assert {deal.name: deal.stage for deal in all_deals(deck).values()} == {
        "Acme": "Contract signed and returned", "Wayne": "On radar",
    }  # fmt: skip


def test_a_deal_of_another_pipeline_stays_there(deck: Deck) -> None:
    bring_in(deck, CRM, new_pipeline="CRM")
    update(deck, "id,notes\nHAXMC4IX,new\n", pipeline="Sales")
    assert all_deals(deck)["HAXMC4IX"].stage == "Engaging"


def test_the_file_says_nothing_of_what_the_buyer_did(tmp_path: Path) -> None:
    stages = tuple(replace(stage, evidence_required=True) for stage in DEFAULT_TEMPLATE.stages)
    with Deck(tmp_path / "strict.db", replace(DEFAULT_TEMPLATE, stages=stages)) as deck:
        acme = deck.deal("Acme", external_id="1")
        update(deck, "id,stage\n1,product\n")
        assert {visit.evidence for visit in deck.page(acme).visits} == {""}
        assert deck.read(acme).stage == "Product evaluated"


def test_an_update_counts_what_it_changes(deck: Deck) -> None:
    text = "id,name,stage,amount\n1,A,radar,5\n2,B,radar,6\n"
    bring_in(deck, text)
    table = read_table(text.encode(), "same.csv")
    plan = plan_for(deck.store, table, ImportOptions(update=True), TODAY, at())
    assert (plan.updates, plan.unchanged) == ((), 2)
    assert apply_import(deck.store, plan, at()) == Done(None, "import 0 deals from same.csv", ())
    update(deck, text.replace("6", "7"))
    assert deck.store.history.peek_undo() == "update 1 deal from newer.csv"


def test_an_update_of_deals_that_changed_since_the_plan_was_made_is_refused(deck: Deck) -> None:
    acme = deck.deal("Acme", external_id="1")
    table = read_table(b"id,notes\n1,new\n", "newer.csv")
    plan = plan_for(deck.store, table, ImportOptions(update=True), TODAY, at())
    deck.store.deals.edit(acme, DealPatch(notes="new"), at())
    before = deck.dump()
    with pytest.raises(ImportRefused, match="Another program has changed the deals meanwhile"):
        apply_import(deck.store, plan, at())
    assert deck.dump() == before


def test_an_export_gives_a_closed_deal_no_probability_of_its_own(deck: Deck) -> None:
    deck.deal("Won", "signed", external_id="1")
    text = changed(exported(deck.store), "own_probability", lambda _: "10")
    with imported(text) as again:
        (won,) = again.read.list_deals(None, TODAY, closed=True)
        assert (won.probability, won.own_probability) == (100, None)
    bring(deck.store, text, update=True)
    assert deck.read(all_deals(deck)["Won"].id).own_probability is None
