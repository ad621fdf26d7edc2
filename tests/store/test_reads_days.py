"""Where a local day begins, in zones whose clocks jump over midnight, and what is read with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.instants import instant_text, local_day
from store.reads.days import midnight
from store.reads.deals import list_deals
from store.reads.forecast import forecast
from store.reads.stuck import stuck
from store.rules.stuck import stuck_list
from tests.store.filled import RADAR, SIGNED, Filled, in_zone
from tests.store.mornings import as_morning

JUMPING = (
    ("America/Havana", "2024-03-10"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("Africa/Cairo", "2024-04-26"),
    ("Asia/Beirut", "2024-03-31"),
    ("America/Santiago", "2024-09-08"),
    ("America/Asuncion", "2023-10-01"),
    ("Atlantic/Azores", "2024-03-31"),
    ("America/Toronto", "1974-04-28"),
    ("Pacific/Apia", "2011-12-31"),
)
"""Zones with a day that begins in no ordinary way there: most have no midnight."""
ZONES = ("UTC", "Europe/Berlin", "Australia/Lord_Howe", *(name for name, _ in JUMPING))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 30), timezones=st.just(UTC))
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = Filled(tmp_path / "deals.db")
    yield made
    made.connection.close()


@pytest.mark.parametrize("name", ZONES)
@given(instant=INSTANTS)
def test_an_instant_lies_between_the_beginnings_of_its_day_and_of_the_next(
    name: str, instant: datetime
) -> None:
    with in_zone(name):
        kept = instant_text(instant)
        day = local_day(kept)
        assert midnight(day) <= kept < midnight(day + timedelta(days=1))


@pytest.mark.parametrize(("name", "text"), JUMPING)
def test_a_day_begins_with_its_first_instant(name: str, text: str) -> None:
    day = date.fromisoformat(text)
    with in_zone(name):
        begins = midnight(day)
        before = instant_text(datetime.fromisoformat(begins) - MOMENT)
        assert local_day(begins) == day
        assert local_day(before) < day


def test_a_day_that_a_zone_left_out_begins_with_the_next() -> None:
    with in_zone("Pacific/Apia"):
        assert midnight(date(2011, 12, 30)) == midnight(date(2011, 12, 31)) == "2011-12-30T10:00:00.000Z"


def test_what_was_won_before_the_clock_jumped_is_of_the_month_before(filled: Filled) -> None:
    with in_zone("America/Asuncion"):
        filled.deal(stage_id=SIGNED, amount=700, closed="2023-10-01T03:30:00.000Z")  # 23:30 on 30 September
        today = date(2023, 10, 5)
        for months in (["2023-09"], ["2023-10"], ["2023-09", "2023-10"]):
            found = forecast(filled.connection, None, today, months)
            assert {month.month: month.won for month in found.months if month.won} == (
                {"2023-09": 700} if "2023-09" in months else {}
            )


def test_the_stuck_list_is_the_rules_over_all_deals_where_the_clock_jumped(filled: Filled) -> None:
    with in_zone("America/Santiago"):
        filled.deal(entered="2024-09-08T03:30:00.000Z")  # 23:30 on 7 September
        filled.connection.execute("UPDATE stages SET stuck_limit = 2 WHERE id = ?", (RADAR,))
        today = date(2024, 9, 10)
        every = list_deals(filled.connection, None, today)
        found = stuck(filled.connection, None, today)
        assert found == as_morning(stuck_list(every, today, "USD", {}))
        assert [deal.days_in_stage for deal in found.stuck] == [3]
