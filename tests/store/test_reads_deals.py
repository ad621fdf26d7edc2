"""How a deal is read: what its rows come to on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.errors import Ambiguous, NotFound
from store.reads.deal_page import deal_page
from store.reads.deals import deals, find_deal, list_deals
from store.views import Deal, InStage, NextStep, Outcome, Reason, StuckKind
from tests.store.filled import LOST, PRODUCT, RADAR, SIGNED, TODAY, Filled, in_zone


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = Filled(tmp_path / "deals.db")
    yield made
    made.connection.close()


def test_everything_a_deal_has(filled: Filled) -> None:
    company = filled.row("companies", name="Acme Inc")
    deal_id = filled.deal(
        "Acme renewal",
        PRODUCT,
        1_200_000,
        entered="2026-11-12",
        created="2026-10-01",
        company_id=company,
        close_date="2026-11-30",
        source="referral",
        external_id="HS-7",
        position=-9,
    )
    filled.touch(deal_id, "2026-11-14")
    task = filled.task(deal_id, "call Ann", "2026-11-25")
    for name in ("zoo", "eu"):
        filled.row("tags", deal_id=deal_id, name=name)
    filled.row("properties", deal_id=deal_id, name="seats", value="3\nor 4")
    filled.row("properties", deal_id=deal_id, name="plan", value="")
    found = filled.read(deal_id)
    assert found == Deal(
        id=deal_id,
        name="Acme renewal",
        company="Acme Inc",
        in_stage=InStage(1, PRODUCT, "Product evaluated", Outcome.OPEN, 50, TODAY),
        amount=1_200_000,
        currency="USD",
        own_probability=None,
        close_date=date(2026, 11, 30),
        created_on=date(2026, 10, 1),
        entered_stage_on=date(2026, 11, 12),
        closed_on=None,
        source="referral",
        external_id="HS-7",
        snoozed_until=None,
        position=-9,
        next_step=NextStep(task, "call Ann", date(2026, 11, 25)),
        idle_since=date(2026, 11, 14),
        stuck=(),
        no_next_step=False,
        tags=("zoo", "eu"),
        properties={"seats": "3\nor 4", "plan": ""},
    )
    assert type(found) is Deal
    assert (found.pipeline_id, found.stage_id, found.stage) == (1, PRODUCT, "Product evaluated")
    assert (found.outcome, found.probability, found.lost_reason) == (Outcome.OPEN, 50, None)
    assert (found.days_in_stage, found.days_in_stage_all) == (8, 8)
    assert (found.open_tasks, found.last_task_due) == (1, date(2026, 11, 25))
    with pytest.raises(AttributeError):
        found.name = "another"  # type: ignore[misc]


def test_a_deal_that_has_next_to_nothing(filled: Filled) -> None:
    found = filled.read(filled.deal("Bare", amount=None))
    assert all(hasattr(found, field.name) for field in fields(Deal))
    assert (found.amount, found.weighted, found.company, found.next_step) == (None, None, None, None)
    assert (found.tags, dict(found.properties), found.open_tasks, found.last_task_due) == ((), {}, 0, None)


def test_texts_that_came_into_the_file_past_the_door_do_no_harm(filled: Filled) -> None:
    hostile = "eu\x1fus\x1e7\x1e\x1b[31m\x1f9\x1ex"
    deal_id = filled.deal(hostile, source=hostile)
    for count in (1, 2):
        filled.task(deal_id, hostile)
        filled.row("tags", deal_id=deal_id, name=hostile * count)
        filled.row("properties", deal_id=deal_id, name=hostile * count, value=hostile)
        found = filled.read(deal_id)
        assert found.name == hostile
        assert found.next_step is not None
        assert found.next_step.title.startswith("eu")
        assert found.tags[0] == "eu"


def test_its_own_probability_goes_before_its_stages(filled: Filled) -> None:
    found = filled.read(filled.deal(stage_id=PRODUCT, amount=300, probability=0))
    assert (found.probability, found.own_probability, found.weighted) == (0, 0, 0)


def test_the_next_step_is_the_earliest_dated_task_else_the_oldest_undated_one(filled: Filled) -> None:
    deal_id = filled.deal()
    filled.task(deal_id, "long done", "2026-11-01", done="2026-11-02")
    filled.task(deal_id, "younger", on="2026-11-05")
    oldest = filled.task(deal_id, "oldest", on="2026-11-04")
    assert filled.read(deal_id).next_step == NextStep(oldest, "oldest", None)
    assert filled.read(deal_id).last_task_due is None
    filled.task(deal_id, "later", "2026-12-24")
    second = filled.task(deal_id, "same day, made later", "2026-11-22", on="2026-11-09")
    first = filled.task(deal_id, "same day, made first", "2026-11-22", on="2026-11-08")
    found = filled.read(deal_id)
    assert second != first
    assert found.next_step == NextStep(first, "same day, made first", date(2026, 11, 22))
    assert (found.open_tasks, found.last_task_due) == (5, date(2026, 12, 24))


@pytest.mark.parametrize(
    ("touched", "finished", "idle_since"),
    [
        (None, None, "2026-11-05"),
        ("2026-11-09", None, "2026-11-09"),
        ("2026-11-09", "2026-11-12", "2026-11-12"),
        ("2026-11-14", "2026-11-12", "2026-11-14"),
        ("2026-10-01", "2026-10-02", "2026-11-05"),
    ],
)
def test_the_idle_clock_starts_at_the_latest_sign_of_life(
    filled: Filled, touched: str | None, finished: str | None, idle_since: str
) -> None:
    deal_id = filled.deal(entered="2026-11-05")
    filled.task(deal_id, "open", "2026-11-19")
    if touched:
        filled.touch(deal_id, "2026-09-01")
        filled.touch(deal_id, touched)
    if finished:
        filled.task(deal_id, "done", done=finished)
    assert filled.read(deal_id).idle_since == date.fromisoformat(idle_since)


def test_all_visits_to_the_stage_count_together(filled: Filled) -> None:
    deal_id = filled.deal(stage_id=PRODUCT, entered="2026-11-15")
    filled.visit(deal_id, PRODUCT, "2026-09-01", "2026-09-11")
    filled.visit(deal_id, RADAR, "2026-08-01", "2026-09-01")
    filled.visit(deal_id, PRODUCT, "2026-10-01", "2026-10-04")
    found = filled.read(deal_id)
    assert (found.days_in_stage, found.days_in_stage_all) == (5, 5 + 10 + 3)


def test_a_clock_that_was_set_back_makes_no_negative_days(filled: Filled) -> None:
    found = filled.read(filled.deal(entered="2026-11-25"))
    assert (found.days_in_stage, found.days_in_stage_all, found.stuck) == (0, 0, ())


def test_the_reasons_why_it_is_stuck_follow_the_day(filled: Filled) -> None:
    """The example of the stuck rule, out of the file."""
    deal_id = filled.deal(stage_id=PRODUCT, amount=1_000_000, entered="2026-11-01")
    filled.touch(deal_id, "2026-11-05")
    assert filled.read(deal_id).stuck == (Reason(StuckKind.IDLE, 15, 14),)
    filled.task(deal_id, "call Ann", "2026-11-22")
    assert filled.read(deal_id).stuck == ()
    late = filled.read(deal_id, date(2026, 11, 23))
    assert late.stuck == (Reason(StuckKind.OVERDUE_TASK, 1), Reason(StuckKind.IDLE, 18, 14))


def test_the_limits_are_the_stages_own(filled: Filled) -> None:
    filled.connection.execute("UPDATE stages SET stuck_limit = NULL, dwell_limit = 10 WHERE id = ?", (RADAR,))
    found = filled.read(filled.deal(entered="2026-11-01"))
    assert found.stuck == (Reason(StuckKind.TOO_LONG_IN_STAGE, 19, 10),)


def test_closed_and_snoozed_deals_are_not_stuck(filled: Filled) -> None:
    long_ago: dict[str, Any] = {"entered": "2026-01-01", "close_date": "2026-01-02"}
    won = filled.read(filled.deal(stage_id=SIGNED, closed="2026-01-01", **long_ago))
    snoozed = filled.deal(snoozed_until="2026-11-21", **long_ago)
    assert (won.stuck, won.no_next_step, won.closed_on) == ((), False, date(2026, 1, 1))
    assert filled.read(snoozed).stuck == ()
    assert filled.read(snoozed, date(2026, 11, 21)).stuck != ()


def test_a_deal_without_any_task_has_no_next_step_after_two_days(filled: Filled) -> None:
    assert not filled.read(filled.deal(entered="2026-11-18")).no_next_step
    assert filled.read(filled.deal(entered="2026-11-17")).no_next_step


def test_days_are_those_of_the_local_calendar(filled: Filled) -> None:
    with in_zone("Pacific/Auckland"):
        found = filled.read(
            filled.deal(entered="2026-11-18T10:59:59.999Z", created="2026-11-17T11:00:00.000Z")
        )
        assert (found.created_on, found.entered_stage_on) == (date(2026, 11, 18), date(2026, 11, 18))
        assert filled.read(filled.deal(entered="2026-11-18T11:00:00.000Z")).entered_stage_on == date(
            2026, 11, 19
        )


def test_any_set_of_deals_takes_one_statement(filled: Filled) -> None:
    ids = [filled.deal(f"Deal {number}", number % 4 + 1) for number in range(40)]
    for deal_id in ids:
        filled.touch(deal_id, "2026-11-19")
        filled.task(deal_id, "call", "2026-11-22")
        filled.visit(deal_id, 1, "2026-08-01", "2026-08-04")
        filled.row("tags", deal_id=deal_id, name="eu")
        filled.row("properties", deal_id=deal_id, name="seats", value="3")
    wanted = [*reversed(ids), ids[3], 9999]
    assert len(filled.statements(lambda: deals(filled.connection, wanted, TODAY))) == 1
    found = deals(filled.connection, wanted, TODAY)
    assert [deal.id for deal in found] == list(reversed(ids))
    assert {deal.stage for deal in found} == {"On radar", "Product evaluated", "Signed", "Lost"}


def test_no_ids_no_deals(filled: Filled) -> None:
    assert deals(filled.connection, [], TODAY) == ()


def test_deleted_deals_never_appear(filled: Filled) -> None:
    gone = filled.deal("Gone", deleted_at="2026-11-19T00:00:00.000Z")
    assert deals(filled.connection, [gone], TODAY) == ()
    assert list_deals(filled.connection, None, TODAY, closed=True) == ()
    for text in (str(gone), "Gone"):
        with pytest.raises(NotFound):
            find_deal(filled.connection, text)
    with pytest.raises(NotFound, match=str(gone)):
        deal_page(filled.connection, gone, TODAY)


def test_a_list_is_in_the_boards_order(filled: Filled) -> None:
    filled.deal("late", PRODUCT, position=5)
    filled.deal("lost", LOST, closed="2026-11-02")
    filled.deal("third", RADAR, position=7)
    filled.deal("first", RADAR, position=-3)
    filled.deal("second", RADAR, position=7 - 3)
    filled.deal("fourth", RADAR, position=7)
    filled.deal("won", SIGNED, closed="2025-01-02")
    other = filled.pipeline("Delivery", position=1)
    listed = list_deals(filled.connection, 1, TODAY)
    assert [deal.name for deal in listed] == ["first", "second", "third", "fourth", "late"]
    every = list_deals(filled.connection, None, TODAY, closed=True)
    assert [deal.name for deal in every[-2:]] == ["won", "lost"]
    assert list_deals(filled.connection, other, TODAY) == ()
    with pytest.raises(NotFound, match="99"):
        list_deals(filled.connection, 99, TODAY)


def test_a_deal_is_found_by_its_number_or_its_name(filled: Filled) -> None:
    first = filled.deal("Initech renewal")
    second = filled.deal("Hooli pilot")
    year = filled.deal("2025")
    for text, found in ((f"#{first}", first), (f" {second} ", second), ("hooli", second), ("renew", first)):
        assert find_deal(filled.connection, text) == found
    assert find_deal(filled.connection, "2025") == year


@pytest.mark.parametrize("text", ["Vandelay", "999", "#", "", "%", "９９９９", "1" * 40])
def test_what_is_not_there_is_said(filled: Filled, text: str) -> None:
    filled.deal("Initech renewal")
    with pytest.raises(NotFound):
        find_deal(filled.connection, text)


def test_an_empty_file_has_no_deal_to_find(filled: Filled) -> None:
    with pytest.raises(NotFound, match="no deal yet"):
        find_deal(filled.connection, "Acme")


def test_open_deals_are_found_before_closed_ones_and_whole_names_before_parts(filled: Filled) -> None:
    filled.deal("Acme renewal", SIGNED, closed="2026-01-01")
    running = filled.deal("Acme renewal")
    whole = filled.deal("Acme", LOST, closed="2026-01-01")
    assert find_deal(filled.connection, "acme renewal") == running
    assert find_deal(filled.connection, "acme") == whole
    assert find_deal(filled.connection, "acm") == running


def test_what_fits_several_deals_names_them_with_their_numbers(filled: Filled) -> None:
    filled.deal("Acme renewal")
    filled.deal("Acme pilot", PRODUCT)
    with pytest.raises(Ambiguous) as raised:
        find_deal(filled.connection, "acme")
    for part in ("#1 Acme renewal (On radar)", "#2 Acme pilot (Product evaluated)", "number"):
        assert part in str(raised.value)


def test_a_part_counts_wherever_it_stands_in_a_name(filled: Filled) -> None:
    first = filled.deal("Acme renewal")
    filled.deal("Globex at Acme")
    filled.deal("Initech pilot", SIGNED, closed="2026-01-01")
    for text in ("a", "acme", "ACME", "me"):
        with pytest.raises(Ambiguous):
            find_deal(filled.connection, text)
    assert find_deal(filled.connection, "acme r") == first
    assert find_deal(filled.connection, "acme-renewal") == first


def test_a_name_may_be_looked_for_in_one_pipeline(filled: Filled) -> None:
    other = filled.pipeline("Delivery", position=1)
    filled.deal("Acme")
    delivered = filled.deal("Acme", stage_id=5)
    assert find_deal(filled.connection, "acme", other) == delivered


def test_the_page_of_a_deal(filled: Filled) -> None:
    deal_id = filled.deal("Acme", LOST, closed="2026-11-15", lost_note="too dear", notes="asked twice")
    person = filled.row("people", name="Ann Ito", email="ann@acme.example", phone="+1 555")
    filled.row("deal_people", deal_id=deal_id, person_id=person, role="champion")
    filled.visit(deal_id, RADAR, "2026-10-01", "2026-11-01")
    filled.visit(deal_id, PRODUCT, "2026-11-01", "2026-11-18")
    filled.touch(deal_id, "2026-10-02", "email")
    filled.touch(deal_id, "2026-11-02", "meeting")
    filled.task(deal_id, "undated")
    filled.task(deal_id, "done first", done="2026-11-03")
    filled.task(deal_id, "done last", done="2026-11-04")
    filled.task(deal_id, "later", "2026-12-02")
    filled.task(deal_id, "soon", "2026-11-21")
    page = deal_page(filled.connection, deal_id, TODAY)
    assert page.deal == filled.read(deal_id)
    assert (page.notes, page.lost_note) == ("asked twice", "too dear")
    assert [(contact.name, contact.role) for contact in page.people] == [("Ann Ito", "champion")]
    assert [task.title for task in page.tasks] == ["soon", "later", "undated", "done last", "done first"]
    assert [str(touch.kind) for touch in page.touches] == ["meeting", "email"]
    assert [visit.stage for visit in page.visits] == ["Lost", "Product evaluated", "On radar"]
    assert page.visits[0].left_at is None
    assert page.visits[1].left_at is not None
