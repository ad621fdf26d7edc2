"""The board, the stuck list and the forecast out of the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import NotFound
from store.reads.board import board
from store.reads.deals import deals, list_deals
from store.reads.forecast import forecast
from store.reads.lists import companies, counts, setting, sources, tags
from store.reads.pipelines import goals, pipeline, pipelines, rates
from store.reads.stuck import stuck
from store.rules.forecast import forecast as forecast_rule
from store.rules.stuck import stuck_list
from store.rules.totals import added
from store.views import Board, ChecklistItem, Outcome, Totals
from tests.deck import Deck
from tests.store.filled import LOST, PRODUCT, RADAR, SIGNED, TODAY, Filled, in_zone
from tests.store.mornings import as_morning


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = Filled(tmp_path / "deals.db")
    yield made
    made.connection.close()


def names(found: Board) -> list[list[str]]:
    return [[deal.name for deal in column.deals] for column in found.columns]


def test_open_columns_have_all_their_deals_in_the_founders_order(filled: Filled) -> None:
    filled.deal("second", position=2, entered="2020-01-01")
    filled.deal("third", position=2)
    filled.deal("first", position=-2)
    filled.deal("product", PRODUCT)
    filled.deal("deleted", deleted_at="2026-11-19T00:00:00.000Z")
    filled.pipeline("Delivery", position=1)
    filled.deal("elsewhere", 5)
    found = board(filled.connection, None, TODAY)
    assert names(found) == [["first", "second", "third"], ["product"], [], []]
    assert names(board(filled.connection, 2, TODAY)) == [["elsewhere"], [], [], []]


def test_won_and_lost_columns_have_this_months_the_newest_first(filled: Filled) -> None:
    filled.deal("last month", SIGNED, closed="2026-10-31")
    filled.deal("first day", SIGNED, closed="2026-11-01")
    filled.deal("last day", SIGNED, closed="2026-11-30")
    filled.deal("mid month", SIGNED, closed="2026-11-15")
    filled.deal("the same day", SIGNED, closed="2026-11-15")
    filled.deal("next month", SIGNED, closed="2026-12-01")
    filled.deal("last year", LOST, closed="2025-11-15")
    filled.deal("lost", LOST, closed="2026-11-02", lost_reason="no answer")
    filled.deal("deleted", LOST, closed="2026-11-02", deleted_at="2026-11-19T00:00:00.000Z")
    found = board(filled.connection, None, TODAY)
    assert names(found)[2:] == [["last day", "the same day", "mid month", "first day"], ["lost"]]
    assert found.columns[3].deals[0].lost_reason == "no answer"


def test_a_month_begins_at_local_midnight(filled: Filled) -> None:
    with in_zone("Pacific/Honolulu"):
        filled.deal("October still", SIGNED, closed="2026-11-01T09:59:59.999Z")
        filled.deal("November already", SIGNED, closed="2026-11-01T10:00:00.000Z")
        filled.deal("November still", SIGNED, closed="2026-12-01T09:59:59.999Z")
        filled.deal("December already", SIGNED, closed="2026-12-01T10:00:00.000Z")
        assert names(board(filled.connection, None, TODAY))[2] == ["November still", "November already"]
        won = forecast(filled.connection, None, TODAY, ["2026-10", "2026-11", "2026-12"])
        assert [month.won for month in won.months] == [100_000, 200_000, 100_000]


def test_totals_are_those_of_the_cards(filled: Filled) -> None:
    filled.deal(amount=1_000)
    filled.deal(amount=None)
    filled.deal(stage_id=PRODUCT, amount=500)
    filled.deal(stage_id=SIGNED, amount=700, closed="2026-11-02")
    found = board(filled.connection, None, TODAY)
    assert [column.totals for column in found.columns] == [
        Totals(2, 1_000, 1, 10_000),
        Totals(1, 500, 0, 25_000),
        Totals(1, 700, 0, 70_000),
        Totals(),
    ]
    assert found.open == Totals(3, 1_500, 1, 35_000)


def test_the_board_brings_goals_and_rates(filled: Filled) -> None:
    filled.row("goals", pipeline_id=1, month="2026-11", amount=3_000_000)
    filled.row("goals", pipeline_id=filled.pipeline("Delivery", position=1), month="2026-12", amount=1)
    filled.row("rates", currency="EUR", base="USD", rate="1.08")
    filled.row("rates", currency="JPY", base="USD", rate="0.0067")
    filled.row("rates", currency="KWD", base="USD", rate="3.25")
    filled.row("rates", currency="USD", base="EUR", rate="0.92")
    filled.deal(amount=100, currency="EUR")
    filled.deal(amount=1_000, currency="JPY")
    filled.deal(amount=1_000, currency="CHF")
    found = board(filled.connection, None, TODAY)
    assert found.goals == goals(filled.connection, 1) == {"2026-11": 3_000_000}
    assert found.rates == rates(filled.connection, "USD")
    assert found.rates == {"EUR": (27, 25), "JPY": (67, 100), "KWD": (13, 40)}
    assert found.open == Totals(3, 108 + 670, 0, 7_780, (("CHF", 1_000),))


def test_the_board_is_read_with_a_fixed_number_of_statements(filled: Filled) -> None:
    few = filled.statements(lambda: board(filled.connection, None, TODAY))
    for number in range(60):
        deal_id = filled.deal(
            f"Deal {number}", number % 4 + 1, closed="2026-11-03" if number % 4 > 1 else None
        )
        filled.task(deal_id, "call", "2026-11-22")
        filled.row("tags", deal_id=deal_id, name="eu")
    for number in range(9):
        filled.row(
            "stages", pipeline_id=1, name=f"More {number}", probability=5, outcome="open", position=number
        )
        filled.row("checklist_items", stage_id=1, title=f"item {number}", position=number)
    many = filled.statements(lambda: board(filled.connection, None, TODAY))
    assert len(many) == len(few) <= 6


LARGE = {"deals", "d", "o", "visits", "touches", "tasks", "tags", "properties"}
"""The tables that grow with the years, by the names they have in statements."""


@pytest.mark.parametrize("question", [board, stuck, list_deals])
def test_no_read_goes_through_a_whole_table_that_grows(
    filled: Filled, question: Callable[[sqlite3.Connection, int | None, date], object]
) -> None:
    asked = filled.statements(lambda: question(filled.connection, None, TODAY))
    plans = [row[3] for sql in asked for row in filled.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("tasks_by_deal" in step for step in plans)
    assert not [step for step in plans if step.startswith("SCAN") and step.split()[1] in LARGE]


def test_a_pipeline_that_is_not_there_is_said(filled: Filled) -> None:
    with pytest.raises(NotFound, match="77"):
        board(filled.connection, 77, TODAY)
    filled.connection.executescript("DELETE FROM stages; DELETE FROM pipelines;")
    with pytest.raises(NotFound, match="deals init"):
        board(filled.connection, None, TODAY)


def test_pipelines_with_their_stages_in_order(filled: Filled) -> None:
    filled.row("checklist_items", stage_id=2, title="second", required=1, position=2)
    filled.row("checklist_items", stage_id=2, title="first", position=1)
    filled.row("lost_reasons", pipeline_id=1, name="wrong time", position=2)
    filled.row("lost_reasons", pipeline_id=1, name="price", position=1)
    filled.connection.execute(
        "UPDATE stages SET position = 9, dwell_limit = 30, evidence_required = 1 WHERE id = 1"
    )
    filled.pipeline("Before", "EUR", position=-1)
    before, sales = pipelines(filled.connection)
    assert (before.name, before.currency, before.lost_reasons) == ("Before", "EUR", ())
    assert [stage.name for stage in sales.stages] == ["Product evaluated", "Signed", "Lost", "On radar"]
    assert sales.stages[0].checklist == (ChecklistItem(2, "first", False), ChecklistItem(1, "second", True))
    assert (sales.stages[3].dwell_limit, sales.stages[3].evidence_required) == (30, True)
    assert sales.stages[1].outcome is Outcome.WON
    assert sales.lost_reasons == ("price", "wrong time")
    assert pipeline(filled.connection).name == "Before"
    assert pipeline(filled.connection, 1) == sales


def test_settings_and_names_to_choose_from(filled: Filled) -> None:
    filled.row("settings", key="theme", value="dark")
    for name in ("beta", "Acme", "Acme"):
        filled.row("companies", name=name)
    first = filled.deal(source="inbound")
    filled.deal(source="Fair")
    gone = filled.deal(source="gone", deleted_at="2026-11-19T00:00:00.000Z")
    for deal_id, name in ((first, "us"), (first, "eu"), (gone, "gone")):
        filled.row("tags", deal_id=deal_id, name=name)
    assert setting(filled.connection, "theme") == "dark"
    assert setting(filled.connection, "other") is None
    assert companies(filled.connection) == ("Acme", "beta")
    assert sources(filled.connection) == ("Fair", "inbound")
    assert tags(filled.connection) == ("eu", "us")


def test_how_much_there_is(filled: Filled) -> None:
    deal_id = filled.deal()
    filled.deal(stage_id=SIGNED, closed="2026-11-02")
    filled.deal(deleted_at="2026-11-19T00:00:00.000Z")
    filled.touch(deal_id, "2026-11-02")
    found = counts(filled.connection)
    assert (found["pipelines"], found["open deals"], found["won deals"], found["lost deals"]) == (1, 1, 1, 0)
    assert (found["deleted deals"], found["touches"], found["visits"], found["tasks"]) == (1, 1, 3, 0)


def test_the_forecast_is_the_rules_over_the_boards_deals(filled: Filled) -> None:
    filled.row("goals", pipeline_id=1, month="2026-11", amount=3_000_000)
    filled.row("rates", currency="EUR", base="USD", rate="2")
    filled.deal(stage_id=SIGNED, amount=1_200_000, closed="2026-11-03")
    filled.deal(stage_id=SIGNED, amount=9, closed="2026-09-03")
    filled.deal(stage_id=LOST, amount=9, closed="2026-11-03", close_date="2026-11-29")
    filled.deal(stage_id=PRODUCT, amount=2_000_000, close_date="2026-11-30")
    filled.deal(amount=500_000, currency="EUR", probability=70, close_date="2026-11-20")
    filled.deal(amount=500_000, probability=0, close_date="2026-11-25")
    filled.deal(amount=7, close_date="2026-11-19")
    filled.deal(amount=None)
    filled.deal(amount=5, close_date="2026-11-25", deleted_at="2026-11-19T00:00:00.000Z")
    months = ["2026-11", "2026-12", "2027-01"]
    found = forecast(filled.connection, None, TODAY, months)
    every = list_deals(filled.connection, None, TODAY, closed=True)
    assert found == forecast_rule(
        pipeline(filled.connection),
        [deal for deal in every if deal.outcome is Outcome.OPEN],
        [deal for deal in every if deal.outcome is Outcome.WON],
        months,
        TODAY,
        goals(filled.connection, 1),
        rates(filled.connection, "USD"),
    )
    november = found.months[0]
    assert (november.won, november.expected, november.chance) == (1_200_000, 170_000_000, 0.5)
    assert (november.p10, november.p50, november.p90) == (1_200_000, 2_200_000, 4_200_000)
    assert (found.overdue.count, found.undated.count) == (1, 1)
    assert forecast(filled.connection, None, TODAY, []).months == ()


days = st.integers(-40, 3).map(lambda ago: (TODAY + timedelta(days=ago)).isoformat())
due_days = st.integers(-4, 4).map(lambda off: (TODAY + timedelta(days=off)).isoformat())
facts = st.fixed_dictionaries(
    {
        "stage_id": st.sampled_from([RADAR, RADAR, PRODUCT, SIGNED]),
        "amount": st.none() | st.integers(0, 10**6),
        "entered": days,
        "close_date": st.none() | due_days,
        "snoozed_until": st.none() | due_days,
        "probability": st.none() | st.integers(0, 100),
    }
)
tasks = st.lists(st.tuples(st.none() | due_days, st.none() | days), max_size=3)
visits = st.lists(st.sampled_from([RADAR, PRODUCT]), max_size=2)
stories = st.tuples(facts, tasks, st.none() | days, visits)

Story = tuple[dict[str, Any], list[tuple[str | None, str | None]], str | None, list[int]]
"""The facts of a deal, when its tasks are due and done, when it was touched, the stages it was in before."""


def put(filled: Filled, story: Story, **more: Any) -> int:
    """Puts a deal with such a story into the file."""
    fields, planned, touched, visited = story
    closed = "2026-11-03" if fields["stage_id"] == SIGNED else None
    deal_id = filled.deal(**fields, closed=closed, **more)
    for due, done in planned:
        filled.task(deal_id, "call", due, done)
    if touched:
        filled.touch(deal_id, touched)
    for stage_id in visited:
        filled.visit(deal_id, stage_id, "2026-09-01", "2026-09-08")
    return deal_id


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(stories, max_size=6),
    limits=st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(0, 20)),
)
def test_the_stuck_list_is_what_the_rules_find_among_all_deals(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Story],
    limits: tuple[int | None, int | None],
) -> None:
    filled = Filled(tmp_path_factory.mktemp("stuck") / "deals.db")
    filled.connection.execute("UPDATE stages SET stuck_limit = ?, dwell_limit = ? WHERE id = 1", limits)
    for story in rows:
        put(filled, story)
    shown = board(filled.connection, None, TODAY)
    every = [deal for column in shown.columns for deal in column.deals]
    expected = stuck_list(every, TODAY, "USD", {})
    found = stuck(filled.connection, None, TODAY)
    assert found == as_morning(expected)
    assert [deal.weighted for deal in found.stuck] == [deal.weighted for deal in expected.stuck]
    assert shown.open == added(c.totals for c in shown.columns if c.stage.outcome is Outcome.OPEN)
    filled.connection.close()


labels = st.lists(st.sampled_from(["eu", "us", "vip"]), unique=True)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(stories, labels, labels), max_size=6))
def test_all_reads_tell_the_same_of_a_deal(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[Story, list[str], list[str]]],
) -> None:
    filled = Filled(tmp_path_factory.mktemp("same") / "deals.db")
    company = filled.row("companies", name="Acme Inc")
    for place, (story, tagged, said) in enumerate(rows):
        deal_id = put(filled, story, position=-place, company_id=company if tagged else None)
        for name in tagged:
            filled.row("tags", deal_id=deal_id, name=name)
        for name in said:
            filled.row("properties", deal_id=deal_id, name=name, value="yes")
    shown = board(filled.connection, None, TODAY)
    every = tuple(deal for column in shown.columns for deal in column.deals)
    assert len(every) == len(rows)
    assert board(filled.connection, None, TODAY, first=len(rows)) == shown
    assert list_deals(filled.connection, None, TODAY, closed=True) == every
    assert deals(filled.connection, [deal.id for deal in every], TODAY) == every
    assert all(filled.read(deal.id) == deal for deal in every)
    filled.connection.close()


def test_a_list_of_no_stuck_deals(filled: Filled) -> None:
    filled.deal()
    found = stuck(filled.connection, None, date(2026, 11, 18))
    assert (found.stuck, found.no_next_step, found.at_stake) == ((), (), Totals())


def test_the_first_cards_of_a_large_board_stand_beside_the_totals_of_all(deck: Deck) -> None:
    for number in range(5):
        deck.deal(f"Deal {number}", "radar", 100 * number if number else None)
    deck.deal("euro", "radar", 7, currency="EUR")
    deck.deal("own chance", "product", 1_000, probability=15)
    whole = deck.store.read.board(None, TODAY)
    first = deck.store.read.board(None, TODAY, 2)
    assert whole.whole
    assert not first.whole
    assert [column.totals for column in first.columns] == [column.totals for column in whole.columns]
    assert first.open == whole.open
    assert [column.deals for column in first.columns] == [column.deals[:2] for column in whole.columns]
    assert deck.store.read.board(None, TODAY, 6).whole
