"""What happened to a deal, in order, and how often its close date was pushed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import at_noon
from store.money import Money
from store.rules.pushes import pushes, settled
from store.rules.timeline import Event, timeline
from store.views import (
    ChangedField,
    DealPage,
    FieldChange,
    Pipeline,
    Task,
    Touch,
    TouchKind,
    Visit,
)
from tests.rules.deals import make_deal

NAME, AMOUNT, CLOSE, COMPANY, CHANCE, SNOOZE = ChangedField
OCT_15, OCT_31, NOV_30 = date(2026, 10, 15), date(2026, 10, 31), date(2026, 11, 30)


def on(day: str) -> datetime:
    return at_noon(date.fromisoformat(day))


def changed(field: ChangedField, day: str, before: Any, after: Any) -> FieldChange:
    return FieldChange(on(day), field, before, after)


def page(**parts: Any) -> DealPage:
    """A page of a deal made on 1 October in "On radar", with `parts`."""
    empty: dict[str, Any] = {
        "deal": make_deal(created_on=date(2026, 10, 1)),
        "pipeline": Pipeline(1, "Sales", "USD", ()),
        "notes": "",
        "lost_note": "",
        "people": (),
        "tasks": (),
        "touches": (),
        "visits": (Visit(1, 1, "On radar", on("2026-10-01"), None, "", "A named person"),),
    }
    return DealPage(**{**empty, **parts})


MADE = Event(date(2026, 10, 1), "created in On radar", "", is_move=True)


def test_moves_touches_and_finished_tasks_newest_first() -> None:
    visits = (
        Visit(2, 2, "Product evaluated", on("2026-10-20"), None, "three seats", "They used it"),
        Visit(1, 1, "On radar", on("2026-10-01"), on("2026-10-20"), ""),
    )
    touches = (
        Touch(2, 1, TouchKind.MEETING, on("2026-10-20"), "wants SSO"),
        Touch(1, 1, TouchKind.EMAIL, on("2026-10-12"), "asked for a quote"),
    )
    tasks = (
        Task(1, 1, "call Ann", None, on("2026-10-02"), None),
        Task(2, 1, "send the quote", None, on("2026-10-02"), on("2026-10-13")),
    )
    assert timeline(page(visits=visits, touches=touches, tasks=tasks)) == (
        Event(date(2026, 10, 20), "meeting", "wants SSO", touch_id=2),
        Event(date(2026, 10, 20), "entered Product evaluated", "three seats", True, "They used it"),
        Event(date(2026, 10, 13), "done", "send the quote"),
        Event(date(2026, 10, 12), "e-mail", "asked for a quote", touch_id=1),
        MADE,
    )


def test_a_deal_older_than_its_first_known_stage_was_made_before_it() -> None:
    visits = (Visit(1, 1, "On radar", on("2026-10-05"), None, ""),)
    assert timeline(page(visits=visits)) == (
        Event(date(2026, 10, 5), "entered On radar", "", is_move=True),
        Event(date(2026, 10, 1), "created", ""),
    )


@pytest.mark.parametrize(
    ("field", "before", "after", "what", "text"),
    [
        (CLOSE, OCT_15, OCT_31, "close date", "15 Oct → 31 Oct"),
        (CLOSE, OCT_15, date(2027, 1, 15), "close date", "15 Oct → 15 Jan 2027"),
        (CLOSE, OCT_15, None, "close date", "15 Oct → none"),
        (AMOUNT, None, Money(1_200_050, "EUR"), "amount", "unknown → €12,000.50"),
        (CHANCE, None, 40, "probability", "its stage's → 40 %"),
        (COMPANY, None, "Acme Inc", "company", "none → Acme Inc"),
        (NAME, "Acme", "Acme [b]renewal[/b]", "name", "Acme → Acme [b]renewal[/b]"),
        (SNOOZE, None, NOV_30, "snoozed", "until 30 Nov"),
        (SNOOZE, NOV_30, None, "woken", ""),
    ],
)  # fmt: skip
def test_a_change_is_told_with_both_values(
    field: ChangedField, before: Any, after: Any, what: str, text: str
) -> None:
    changes = (changed(field, "2026-10-14", before, after),)
    assert timeline(page(changes=changes)) == (Event(date(2026, 10, 14), what, text), MADE)


def test_the_changes_of_a_day_are_one_line() -> None:
    changes = (
        changed(CLOSE, "2026-10-14", NOV_30, OCT_31),
        changed(CLOSE, "2026-10-14", OCT_15, NOV_30),
        changed(AMOUNT, "2026-10-13", Money(2, "USD"), Money(1, "USD")),
        changed(AMOUNT, "2026-10-13", Money(1, "USD"), Money(2, "USD")),
    )
    assert [event.text for event in timeline(page(changes=changes))] == ["15 Oct → 31 Oct", ""]


def test_a_close_date_pushed_twice() -> None:
    changes = (
        changed(CLOSE, "2026-10-30", date(2026, 11, 15), NOV_30),
        changed(CLOSE, "2026-10-30", OCT_31, date(2026, 11, 15)),
        changed(AMOUNT, "2026-10-20", None, Money(1, "USD")),
        changed(CLOSE, "2026-10-12", OCT_15, OCT_31),
    )
    assert (pushes(changes).times, pushes(changes).dates) == (2, (OCT_15, OCT_31))
    assert pushes(()).times == 0


@pytest.mark.parametrize(
    ("dates", "pushed"),
    [
        ([None, OCT_31], []),
        ([OCT_31, OCT_15], []),
        ([OCT_31, OCT_15, NOV_30], [OCT_15]),
        ([OCT_31, None, NOV_30], [OCT_31]),
        ([OCT_31, None, OCT_15], []),
        ([OCT_15, None, OCT_15, OCT_31], [OCT_15]),
    ],
)  # fmt: skip
def test_only_later_dates_are_pushes(dates: list[date | None], pushed: list[date]) -> None:
    assert pushes(history(dates)).dates == tuple(pushed)


def history(dates: list[date | None]) -> list[FieldChange]:
    """The changes of a close date that took these values, one a day, newest first."""
    return [
        FieldChange(at_noon(date(2026, 9, 1) + timedelta(place)), CLOSE, before, after)
        for place, (before, after) in enumerate(pairwise(dates))
    ][::-1]


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(days, max_size=8))
def test_each_push_was_from_a_date_to_a_later_one(dates: list[date | None]) -> None:
    known = [day for day in dates if day is not None]
    steps = list(pairwise(known))
    assert list(pushes(history(dates)).dates) == [before for before, after in steps if after > before]


@given(st.lists(st.tuples(st.integers(0, 72), st.integers(0, 3)), max_size=8, unique_by=lambda it: it[0]))
def test_what_settled_leads_from_the_first_value_to_the_last(steps: list[tuple[int, int]]) -> None:
    start = datetime(2026, 10, 1, tzinfo=UTC)
    value, changes = 0, []
    for hours, after in sorted(steps):
        changes.append(FieldChange(start + timedelta(hours=hours), CHANCE, value, after))
        value = after
    made = list(reversed(settled(changes[::-1])))
    assert all(change.before != change.after for change in made)
    assert [change.before for change in made] == [0, *(change.after for change in made)][: len(made)]
    assert (made[-1].after if made else 0) == value


def test_what_was_changed_first_stays_the_first_when_the_clock_was_set_back() -> None:
    changes = (
        changed(CLOSE, "2026-10-12", OCT_31, NOV_30),
        changed(CLOSE, "2026-10-14", OCT_15, OCT_31),
    )
    assert pushes(changes).dates == (OCT_15, OCT_31)
    noon = on("2026-10-14")
    later_by_an_hour = FieldChange(noon + timedelta(hours=1), CLOSE, OCT_15, OCT_31)
    assert settled((FieldChange(noon, CLOSE, OCT_31, NOV_30), later_by_an_hour)) == (
        FieldChange(noon, CLOSE, OCT_15, NOV_30),
    )
