"""Instants and the local days they fall on, in zones with daylight saving, odd offsets and days that were skipped."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.dates import at_noon, forget_zone, instant_text, local_day, parse_instant
from store.errors import InvalidInput

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Monrovia",
    "Africa/Casablanca",
    "Asia/Beirut",
)
INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC))


@contextmanager
def zone(name: str) -> Iterator[None]:
    """The process in the zone `name`."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def local_date(instant: datetime) -> date:
    """What the platform says the local day is."""
    return instant.astimezone().date()


@pytest.mark.parametrize("name", ZONES)
@given(instants=st.lists(INSTANTS, min_size=1, max_size=6))
def test_the_local_day_is_the_platforms(name: str, instants: list[datetime]) -> None:
    with zone(name):
        for instant in instants:
            kept = parse_instant(instant_text(instant))
            assert local_day(instant_text(instant)) == local_date(kept)


@pytest.mark.parametrize(("name", "year"), [*((name, 2011) for name in ZONES), ("Africa/Monrovia", 1972)])
def test_the_local_day_turns_where_the_platform_says(name: str, year: int) -> None:
    with zone(name):
        instant = datetime(year, 1, 1, tzinfo=UTC)
        while instant.year == year:
            assert local_day(instant_text(instant)) == local_date(instant)
            before = instant - timedelta(milliseconds=1)
            assert local_day(instant_text(before)) == local_date(before)
            instant += timedelta(minutes=15)


def test_a_changed_zone_is_followed() -> None:
    text = "2026-11-20T18:20:00.000Z"
    with zone("Asia/Kathmandu"):
        assert local_day(text) == date(2026, 11, 21)
    with zone("UTC"):
        assert local_day(text) == date(2026, 11, 20)
        os.environ["TZ"] = "Asia/Kathmandu"
        forget_zone()
        assert local_day(text) == date(2026, 11, 21)


@pytest.mark.parametrize("name", ZONES)
@given(day=st.dates(date(1970, 1, 2), date(2100, 12, 30)))
@example(day=date(2026, 3, 29))
@example(day=date(2026, 11, 1))
def test_noon_of_a_day_falls_on_it(name: str, day: date) -> None:
    if (name, day) == ("Pacific/Apia", date(2011, 12, 30)):
        return  # Samoa had no such day.
    with zone(name):
        noon = at_noon(day)
        assert noon.tzinfo is UTC
        assert local_day(instant_text(noon)) == day
        assert local_date(noon) == day


@given(
    st.datetimes(
        timezones=st.sampled_from(
            [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-9))]
        )
    )
)
def test_instants_are_read_back_to_the_millisecond(instant: datetime) -> None:
    text = instant_text(instant)
    assert len(text) == 24
    if not date(2, 1, 1) < instant.date() < date(9999, 12, 1):
        return
    assert parse_instant(text) == instant - timedelta(microseconds=instant.microsecond % 1000)
    assert instant_text(parse_instant(text)) == text


@given(INSTANTS, INSTANTS)
def test_stored_instants_sort_as_text(one: datetime, other: datetime) -> None:
    if instant_text(one) < instant_text(other):
        assert one < other


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 11, 20))


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-01T00:00:00.000Z", "\ud800", "2026-11-20T25:00:00.000Z"]
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not an instant"):
        parse_instant(text)
    with pytest.raises(InvalidInput, match="is not an instant"):
        local_day(text)


def test_other_ways_to_write_an_instant_are_read_too() -> None:
    with zone("UTC"):
        assert local_day("2026-11-20T23:30:00-05:00") == date(2026, 11, 21)
        assert local_day("20261120T233000Z") == date(2026, 11, 20)
        assert local_day("20261120T000000Z") == date(2026, 11, 20)


@pytest.mark.parametrize("name", ZONES)
@given(instant=st.datetimes(timezones=st.just(UTC)), day=st.dates())
@example(instant=datetime.max.replace(tzinfo=UTC), day=date.max)
@example(instant=datetime.min.replace(tzinfo=UTC), day=date.min)
def test_the_ends_of_time_never_raise(name: str, instant: datetime, day: date) -> None:
    with zone(name):
        assert abs(local_day(instant_text(instant)) - instant.date()) <= timedelta(1)
        assert abs(at_noon(day).date() - day) <= timedelta(1)


def test_ten_thousand_rows_take_a_moment() -> None:
    instants = [
        instant_text(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=hours % 60))
        for hours in range(10_000)
    ]
    with zone("America/New_York"):
        before = time.process_time()
        for text in instants:
            local_day(text)
        first = time.process_time() - before
    # Far above what it takes (4 ms), far below what working out each one would (100 ms).
    assert first < 0.05
