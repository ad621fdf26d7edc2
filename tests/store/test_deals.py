"""What a founder writes about deals: adding, editing, deleting, snoozing, putting in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from store import DealDraft, DealPatch, Done, InvalidInput, Money, NotFound, Store, TaskDraft, TouchKind
from tests.deck import TODAY, Deck, at

NOBODY = 999


# Adding


def test_a_new_deal_starts_in_the_first_stage_on_top_of_its_column(deck: Deck, store: Store) -> None:
    deck.deal("Globex")
    draft = DealDraft(
        "Acme renewal", deck.pipeline.id, amount=Money(12_000_00, "EUR"), close_date=date(2026, 11, 27)
    )
    done = store.deals.create(draft, at())
    assert done.title == "add Acme renewal"
    deal = deck.read(done.deal_ids[0])
    assert (deal.stage, deal.amount, deal.currency) == ("On radar", 12_000_00, "EUR")
    assert (deal.close_date, deal.created_on, deal.entered_stage_on) == (date(2026, 11, 27), TODAY, TODAY)
    assert deck.column("radar") == ["Acme renewal", "Globex"]
    assert [(visit.stage, visit.left_at) for visit in deck.page(deal.id).visits] == [("On radar", None)]


def test_a_deal_of_unknown_amount_is_in_its_pipelines_currency(deck: Deck) -> None:
    with Deck(deck.path.with_name("euro.db"), currency="EUR") as euro:
        deal = euro.read(euro.deal("Acme"))
    assert (deal.amount, deal.currency) == (None, "EUR")


def test_all_that_was_said_about_a_new_deal_is_kept(deck: Deck) -> None:
    deal_id = deck.deal(
        "Acme",
        "product",
        company="Acme Inc",
        source="inbound",
        probability=35,
        tags=("#eu", "q4"),
        notes="two lines\nof notes",
        properties={"Seats": "12"},
        external_id="HS-7",
    )
    page = deck.page(deal_id)
    deal = page.deal
    assert (deal.company, deal.source, deal.own_probability, deal.external_id) == (
        "Acme Inc",
        "inbound",
        35,
        "HS-7",
    )
    assert (deal.tags, dict(deal.properties), page.notes) == (
        ("eu", "q4"),
        {"Seats": "12"},
        "two lines\nof notes",
    )


def test_a_company_goes_by_its_name_whatever_the_case(deck: Deck) -> None:
    deck.deal("First", company="Größe & Söhne")
    deck.deal("Second", company="GRÖSSE & SÖHNE")
    deck.deal("Third", company="größe & söhne")
    deck.deal("Fourth", company="Other")
    assert deck.store.read.companies() == ("Größe & Söhne", "Other")


def test_a_deal_may_be_won_from_the_start_but_not_lost_without_a_reason(deck: Deck) -> None:
    deal = deck.read(deck.deal("Acme", "signed", on=TODAY))
    assert deal.closed_on == TODAY
    before = deck.dump()
    with pytest.raises(InvalidInput, match="cannot begin in Closed lost"):
        deck.deal("Globex", "lost")
    assert deck.dump() == before


def test_a_stage_of_another_pipeline_is_refused(deck: Deck, store: Store) -> None:
    from store import template

    other = store.pipelines.create(template("delivery"), "Delivery", "USD", at()).made_id
    assert other is not None
    with pytest.raises(InvalidInput, match="On radar is a stage of another pipeline"):
        store.deals.create(DealDraft("Acme", other, stage_id=deck.stage("radar")), at())
    with pytest.raises(NotFound, match="no pipeline 999"):
        store.deals.create(DealDraft("Acme", NOBODY), at())
    with pytest.raises(NotFound, match="no stage 999"):
        store.deals.create(DealDraft("Acme", other, stage_id=NOBODY), at())


# Editing


def test_an_edit_names_the_one_field_it_changes(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", amount=100, close="2026-11-27", company="Acme Inc")
    done = store.deals.edit(deal_id, DealPatch(close_date=date(2026, 12, 24)), at())
    assert (done.title, done.deal_ids) == ("close date of Acme: Thu 24 Dec", (deal_id,))
    done = store.deals.edit(deal_id, DealPatch(amount=Money(50_00, "EUR")), at())
    assert done.title == "edit amount of Acme"
    ids = deck.deals("Globex", "Hooli")
    done = store.deals.edit_many(ids, DealPatch(close_date=date(2027, 1, 4)), at())
    assert done.title == "close date of 2 deals: Mon 4 Jan 2027"
    assert store.deals.edit(ids[0], DealPatch(close_date=None), at()).title == "close date of Globex: none"
    done = store.deals.edit(deal_id, DealPatch(name="Acme 2", notes="more"), at())
    assert done.title == "edit Acme"
    deal = deck.read(deal_id)
    assert (deal.name, deal.close_date, deal.amount, deal.currency) == (
        "Acme 2",
        date(2026, 12, 24),
        50_00,
        "EUR",
    )
    assert deal.company == "Acme Inc"


def test_an_edit_can_make_fields_empty(deck: Deck, store: Store) -> None:
    deal_id = deck.deal(
        "Acme", amount=100, close="2026-11-27", company="Acme Inc", source="web", probability=5, tags=("eu",),
        properties={"Seats": "1"}, currency="EUR",
    )  # fmt: skip
    nothing = DealPatch(
        amount=None, close_date=None, company=None, source=None, probability=None, tags=(), properties={}
    )
    store.deals.edit(deal_id, nothing, at())
    deal = deck.read(deal_id)
    assert (deal.amount, deal.close_date, deal.company, deal.source, deal.own_probability) == (None,) * 5
    assert (deal.tags, dict(deal.properties), deal.currency) == ((), {}, "EUR")


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (Money(5, "usd"), "“usd” is not a currency"),
        (Money(5, "EURO"), "“EURO” is not a currency"),
        (Money(10**15 + 1, "USD"), r"too much; at most \$10,000,000,000,000 is kept"),
        (Money(10**20, "JPY"), "too much"),
        (Money(-1, "USD"), "negative"),
    ],
)
def test_an_amount_that_cannot_be_kept(deck: Deck, amount: Money, told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as refused:
        DealDraft("Acme", deck.pipeline.id, amount=amount)
    assert refused.value.field == "amount"
    with pytest.raises(InvalidInput, match=told):
        DealPatch(amount=amount)
    assert DealPatch(amount=Money(10**15, "USD")).amount == Money(10**15, "USD")


@pytest.mark.parametrize("day", [date(1890, 1, 1), date(1969, 12, 31), date(2200, 1, 1)])
def test_only_days_that_an_import_takes_are_kept(deck: Deck, store: Store, day: date) -> None:
    deal_id = deck.deal("Acme")
    made: list[Callable[[], object]] = [
        lambda: DealDraft("Acme", deck.pipeline.id, close_date=day),
        lambda: DealPatch(close_date=day),
        lambda: TaskDraft("call", day),
        lambda: store.deals.snooze([deal_id], day, at()),
        lambda: store.touches.add([deal_id], TouchKind.CALL, "", at(), on=day),
    ]
    before = deck.dump()
    for make in made:
        with pytest.raises(InvalidInput):
            make()
    assert deck.dump() == before
    with pytest.raises(InvalidInput, match="only days from 1970 to 2199 are kept"):
        DealPatch(close_date=day)


def test_only_an_open_deal_has_a_probability_of_its_own(deck: Deck, store: Store) -> None:
    before = deck.dump()
    with pytest.raises(InvalidInput, match="Acme is won; only an open deal has a probability of its own"):
        deck.deal("Acme", "signed", probability=10)
    assert deck.dump() == before
    won, lost, open_ = deck.deal("Won", "signed"), deck.deal("Lost"), deck.deal("Open", probability=30)
    store.deals.lose([lost], "no answer", at())
    for deal_id, outcome in ((won, "won"), (lost, "lost")):
        with pytest.raises(InvalidInput, match=f"is {outcome}; only an open deal") as refused:
            store.deals.edit(deal_id, DealPatch(name="Other", probability=10), at())
        assert refused.value.field == "probability"
    store.deals.edit(won, DealPatch(name="Won again", probability=None), at())
    store.deals.edit(open_, DealPatch(probability=40), at())
    assert [deck.read(each).probability for each in (won, lost, open_)] == [100, 0, 40]
    assert deck.read(won).name == "Won again"


def test_tags_and_properties_are_replaced_and_what_stays_is_not_touched(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", tags=("eu", "old"), properties={"Seats": "1", "Plan": "pro"})
    store.deals.edit(
        deal_id, DealPatch(tags=("new", "eu"), properties={"Plan": "pro", "Seats": "2", "Region": "N"}), at()
    )
    deal = deck.read(deal_id)
    assert set(deal.tags) == {"eu", "new"}
    assert dict(deal.properties) == {"Plan": "pro", "Seats": "2", "Region": "N"}
    last = deck.rows("SELECT table_name, before IS NULL, after IS NULL FROM changes WHERE action_id = "
                     "(SELECT max(id) FROM actions) ORDER BY table_name, 2, 3")  # fmt: skip
    assert last == [("properties", 0, 0), ("properties", 1, 0), ("tags", 0, 1), ("tags", 1, 0)]


def test_an_edit_that_changes_nothing_writes_nothing(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", amount=100, company="Acme Inc", tags=("eu",))
    before = deck.dump(["actions", "changes"])
    patch = DealPatch(
        name="Acme", amount=Money(100_00, "USD"), company="ACME INC", tags=("eu",), close_date=None
    )
    assert store.deals.edit(deal_id, patch, at()).action_id is None
    assert deck.dump(["actions", "changes"]) == before


def test_several_deals_are_edited_as_one_step(deck: Deck, store: Store) -> None:
    ids = deck.deals("Acme", "Globex", "Initech")
    store.deals.edit(ids[1], DealPatch(close_date=date(2026, 12, 1)), at())
    done = store.deals.edit_many(ids, DealPatch(close_date=date(2026, 12, 1), company="New & Co"), at())
    assert (done.title, done.deal_ids) == ("edit 3 deals", ids)
    assert {deck.read(deal_id).company for deal_id in ids} == {"New & Co"}
    assert store.read.companies() == ("New & Co",)
    deck.undo()
    assert [deck.read(deal_id).close_date for deal_id in ids] == [None, date(2026, 12, 1), None]
    assert store.read.companies() == ()


def test_retyping_a_name_does_not_reset_the_idle_clock(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme", on="2026-11-01")
    store.deals.edit(deal_id, DealPatch(name="ACME"), at())
    assert deck.read(deal_id).idle_since == date(2026, 11, 1)


# Deleting and restoring


def test_a_deleted_deal_is_gone_until_it_is_restored_where_it_was(deck: Deck, store: Store) -> None:
    ids = deck.deals("Acme", "Globex", "Initech")
    assert store.deals.delete(ids[:2], at()).title == "delete 2 deals"
    assert deck.column("radar") == ["Initech"]
    assert store.deals.delete(ids[:1], at()).action_id is None
    assert store.deals.restore(ids, at()).deal_ids == ids[:2]
    assert deck.column("radar") == ["Acme", "Globex", "Initech"]


def test_a_deleted_deal_must_be_restored_before_it_is_changed(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    store.deals.delete([deal_id], at())
    for change in (
        lambda: store.deals.edit(deal_id, DealPatch(name="X"), at()),
        lambda: deck.move(deal_id, "product"),
        lambda: store.deals.snooze([deal_id], date(2026, 12, 1), at()),
        lambda: deck.task(deal_id),
        lambda: deck.touch(deal_id),
    ):
        with pytest.raises(NotFound, match=rf"Acme \(deal {deal_id}\) is deleted"):
            change()


# Snoozing


def test_a_deal_is_snoozed_until_a_later_day(deck: Deck, store: Store) -> None:
    deal_id = deck.deal("Acme")
    done = store.deals.snooze([deal_id], date(2026, 11, 27), at())
    assert done.title == "snooze Acme until Fri 27 Nov"
    assert deck.read(deal_id).snoozed_until == date(2026, 11, 27)
    assert store.deals.snooze([deal_id], date(2026, 11, 27), at()).action_id is None
    assert store.deals.snooze([deal_id], date(2027, 1, 4), at()).title == "snooze Acme until Mon 4 Jan 2027"
    assert store.deals.snooze([deal_id], None, at()).title == "wake Acme"
    assert deck.read(deal_id).snoozed_until is None
    assert store.deals.snooze([deal_id], None, at()).action_id is None


@pytest.mark.parametrize("days", [0, -1])
def test_a_snooze_ends_after_today(deck: Deck, store: Store, days: int) -> None:
    with pytest.raises(InvalidInput, match="is not after today"):
        store.deals.snooze([deck.deal("Acme")], TODAY + timedelta(days), at())


def test_only_an_open_deal_is_snoozed(deck: Deck, store: Store) -> None:
    open_id, won_id = deck.deal("Acme"), deck.deal("Globex", "signed")
    with pytest.raises(InvalidInput, match="Globex is closed"):
        store.deals.snooze([open_id, won_id], date(2026, 12, 1), at())
    assert deck.read(open_id).snoozed_until is None


# All or nothing


def test_one_unknown_deal_and_nothing_is_changed(deck: Deck, store: Store) -> None:
    ids = [deck.deal("Acme"), NOBODY]
    before = deck.dump([*deck.dump(), "actions", "changes"])
    changes: list[Callable[[], Done]] = [
        lambda: store.deals.delete(ids, at()),
        lambda: store.deals.restore(ids, at()),
        lambda: store.deals.snooze(ids, date(2026, 12, 1), at()),
        lambda: store.deals.win(ids, at()),
        lambda: store.deals.edit_many(ids, DealPatch(name="X"), at()),
        lambda: deck.move(ids, "product"),
        lambda: store.tasks.finish(ids, at()),
    ]
    for change in changes:
        with pytest.raises(NotFound, match=r"no (deal|task)"):
            change()
    assert deck.dump([*deck.dump(), "actions", "changes"]) == before


def test_nobody_meant_nothing_done(deck: Deck, store: Store) -> None:
    assert store.deals.delete([], at()).action_id is None
    assert deck.move([], "product").action_id is None
    assert store.deals.edit_many([], DealPatch(name="X"), at()).action_id is None
