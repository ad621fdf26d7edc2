"""The calendar file, read back by a reader that is not ours to write."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from store import DueTask, InvalidInput, Outcome, Store, Task, TaskDraft, export_calendar, template
from store.calendars import calendar_text
from store.views import ClosingDeal
from tests.deck import TODAY, Deck, at
from tests.tui.showcase import ACME


def events_of(path: Path) -> dict[str, Any]:
    """The events of a file, by their summary."""
    read = Calendar.from_ical(path.read_bytes())
    return {str(event["summary"]): event for event in read.walk("VEVENT")}


@pytest.fixture
def calendar(deck: Deck, store: Store, tmp_path: Path) -> Path:
    """The calendar of two deals with tasks of each kind, and of one that is won."""
    acme = deck.deal("Acme; renewal, big", "product", 12_000, close="2026-12-12", company="Acme Inc")
    globex = deck.deal("Globex")
    won = deck.deal("Umbrella", close="2026-11-01", task="send the invoice", due="2026-11-10")
    store.deals.win([won], at())
    for draft in (
        TaskDraft("call Ann", date(2026, 11, 18)),
        TaskDraft("demo", TODAY, time(9, 30)),
        TaskDraft("check in", date(2026, 11, 27), time(14), 14),
        TaskDraft("water", date(2026, 11, 27), repeat_days=3),
        TaskDraft("some day"),
    ):
        store.tasks.add([acme], draft, at())
    done = deck.task(globex, "done", "2026-11-20")
    store.tasks.finish([done], at())
    path = tmp_path / "deals.ics"
    counts = export_calendar(store, path, at())
    assert counts == (5, 1, 1)
    return path


def test_tasks_and_close_dates_are_events(calendar: Path) -> None:
    events = events_of(calendar)
    assert set(events) == {
        "call Ann · Acme; renewal, big",
        "demo · Acme; renewal, big",
        "check in · Acme; renewal, big",
        "water · Acme; renewal, big",
        "send the invoice · Umbrella",
        "Acme; renewal, big is expected to close",
    }
    call = events["call Ann · Acme; renewal, big"]
    assert (call.decoded("dtstart"), call.decoded("dtend")) == (date(2026, 11, 18), date(2026, 11, 19))
    assert str(call["description"]) == "Acme; renewal, big (Acme Inc) · Product evaluated · $12,000"
    close = events["Acme; renewal, big is expected to close"]
    assert close.decoded("dtstart") == date(2026, 12, 12)
    assert close.decoded("dtstamp") == at()


def test_a_time_is_of_the_users_clock_wherever_that_is(calendar: Path) -> None:
    demo = events_of(calendar)["demo · Acme; renewal, big"]
    begins = demo.decoded("dtstart")
    assert (begins, begins.tzinfo) == (datetime(2026, 11, 20, 9, 30), None)
    assert demo.decoded("dtend") - begins == timedelta(minutes=30)


def test_a_repetition_is_a_rule(calendar: Path) -> None:
    events = events_of(calendar)
    assert events["check in · Acme; renewal, big"]["rrule"] == {"FREQ": ["WEEKLY"], "INTERVAL": [2]}
    assert events["water · Acme; renewal, big"]["rrule"] == {"FREQ": ["DAILY"], "INTERVAL": [3]}
    assert "rrule" not in events["demo · Acme; renewal, big"]


def test_an_event_keeps_its_id(calendar: Path, store: Store, tmp_path: Path) -> None:
    ids = {str(event["uid"]) for event in events_of(calendar).values()}
    assert len(ids) == 6
    again = tmp_path / "again.ics"
    export_calendar(store, again, at("2026-11-21"))
    assert {str(event["uid"]) for event in events_of(again).values()} == ids


def test_a_pipeline_of_its_own(deck: Deck, store: Store, tmp_path: Path) -> None:
    deck.deal("Acme", close="2026-12-12", task="call", due="2026-11-20")
    other = store.pipelines.create(template("delivery"), "Delivery", "EUR", at()).made_id
    path = tmp_path / "deals.ics"
    assert export_calendar(store, path, at(), pipeline_id=other) == (0, 0, 0)
    assert events_of(path) == {}
    assert export_calendar(store, path, at(), force=True, pipeline_id=deck.pipeline.id) == (1, 1, 0)


def test_a_file_that_is_there_stays(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deals.ics"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        export_calendar(store, path, at())
    assert path.read_text() == "mine"
    with pytest.raises(InvalidInput, match="holds the deals themselves"):
        export_calendar(store, store.path, at(), force=True)


def test_a_hostile_name_is_only_a_name(deck: Deck, store: Store, tmp_path: Path) -> None:
    deal_id = deck.deal(ACME + "\r\nBEGIN:VALARM", close="2026-12-12")
    deck.task(deal_id, "call\nATTACH:file:///etc/passwd", "2026-11-20")
    path = tmp_path / "deals.ics"
    export_calendar(store, path, at())
    read = Calendar.from_ical(path.read_bytes())
    assert [part.name for part in read.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    assert not any("ATTACH" in part or "VALARM" in part for part in read.walk())
    assert b"\x1b" not in path.read_bytes()


texts = st.text(max_size=120)
minutes = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(texts, texts, st.none() | st.integers(1, 3_650), minutes, st.dates(TODAY, date(2199, 1, 1)))
def test_any_text_is_read_back_and_no_line_is_too_long(
    title: str, deal: str, repeat_days: int | None, due_at: time | None, due_on: date
) -> None:
    task = Task(1, 2, title, due_on, at(), None, due_at, repeat_days)
    waiting = DueTask(task, deal, deal, "On radar", Outcome.OPEN, 1, "Sales", 500, "USD")
    closing = ClosingDeal(2, deal, None, "On radar", None, "USD", due_on, at())
    made = calendar_text([waiting], [closing], at())
    assert max(len(line.encode()) for line in made.split("\r\n")) <= 75
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", made)
    read = Calendar.from_ical(made)
    assert len(read.walk("VEVENT")) == 2
    begins = datetime.combine(due_on, due_at) if due_at else due_on
    assert read.walk("VEVENT")[0].decoded("dtstart") == begins
