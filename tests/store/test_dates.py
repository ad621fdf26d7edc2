"""Days and months as people type them and as they are shown. Today is Friday 2026-11-20 unless it is said."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import (
    DateOrder,
    add_months,
    day_label,
    describe_date,
    long_day,
    month_name,
    month_of,
    month_range,
    parse_date,
    parse_day,
    parse_month,
    short_date,
)
from store.errors import InvalidInput
from store.months import days_of_month

TODAY = date(2026, 11, 20)
ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))
TODAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-20"),
        ("Tomorrow", "2026-11-21"),
        ("yesterday", "2026-11-19"),
        ("3", "2026-11-23"),
        ("0", "2026-11-20"),
        ("100", "2027-02-28"),
        ("3d", "2026-11-23"),
        ("+3d", "2026-11-23"),
        ("+3", "2026-11-23"),
        ("+ 3 days", "2026-11-23"),
        ("in 3 days", "2026-11-23"),
        ("-3d", "2026-11-17"),
        ("−3d", "2026-11-17"),
        ("3 days ago", "2026-11-17"),
        ("+2w", "2026-12-04"),
        ("2 weeks", "2026-12-04"),
        ("2w ago", "2026-11-06"),
        ("+1m", "2026-12-20"),
        ("+3 months", "2027-02-20"),
        ("-1m", "2026-10-20"),
        ("+1y", "2027-11-20"),
        ("fri", "2026-11-27"),
        ("friday", "2026-11-27"),
        ("sat", "2026-11-21"),
        ("tue", "2026-11-24"),
        ("tues", "2026-11-24"),
        ("thurs", "2026-11-26"),
        ("Wed.", "2026-11-25"),
        ("next fri", "2026-11-27"),
        ("next mon", "2026-11-23"),
        ("next sun", "2026-11-29"),
        ("this fri", "2026-11-20"),
        ("this thu", "2026-11-26"),
        ("last fri", "2026-11-13"),
        ("last mon", "2026-11-16"),
        ("eow", "2026-11-22"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("next week", "2026-11-23"),
        ("next month", "2026-12-01"),
        ("12 dec", "2026-12-12"),
        ("dec 12", "2026-12-12"),
        ("12. dec", "2026-12-12"),
        ("12.dec.", "2026-12-12"),
        ("12dec", "2026-12-12"),
        ("12th December", "2026-12-12"),
        ("December 12th", "2026-12-12"),
        ("12 dec 2027", "2027-12-12"),
        ("12 dec 27", "2027-12-12"),
        ("Dec 12, 2027", "2027-12-12"),
        ("12-dec-2027", "2027-12-12"),
        ("sat 12 dec", "2026-12-12"),
        ("Saturday, Dec 12", "2026-12-12"),
        ("20 nov", "2026-11-20"),
        ("19 nov", "2027-11-19"),
        ("1 sept", "2027-09-01"),
        ("29 feb 2028", "2028-02-29"),
        ("2026-12-12", "2026-12-12"),
        ("2026/12/12", "2026-12-12"),
        ("2026.12.12", "2026-12-12"),
        ("2026-2-3", "2026-02-03"),
        ("20261212", "2026-12-12"),
        ("２０２６-１２-１２", "2026-12-12"),
        ("1970-01-01", "1970-01-01"),
        ("2199-12-31", "2199-12-31"),
    ],
)
def test_days_people_type(typed: str, day: str) -> None:
    for order in ORDERS:
        assert parse_date(typed, TODAY, order) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "dmy", "mdy", "ymd"),
    [
        ("3/11", "2027-11-03", "2027-03-11", "2027-03-11"),
        ("3.11.", "2027-11-03", "2027-03-11", "2027-03-11"),
        ("3-12", "2026-12-03", "2027-03-12", "2027-03-12"),
        ("3-11-26", "2026-11-03", "2026-03-11", None),
        ("26/11/03", "2003-11-26", None, "2026-11-03"),
        ("03/11/2026", "2026-11-03", "2026-03-11", None),
        ("3.11.2026", "2026-11-03", "2026-03-11", None),
        ("25/12", "2026-12-25", None, None),
        ("12/25", None, "2026-12-25", "2026-12-25"),
    ],
)
def test_numbers_follow_the_configured_order(
    typed: str, dmy: str | None, mdy: str | None, ymd: str | None
) -> None:
    order: DateOrder
    for order, day in (("dmy", dmy), ("mdy", mdy), ("ymd", ymd)):
        if day is None:
            with pytest.raises(InvalidInput):
                parse_date(typed, TODAY, order)
        else:
            assert parse_date(typed, TODAY, order) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("next fri", "2026-11-16", "2026-11-27"),
        ("fri", "2026-11-16", "2026-11-20"),
        ("next fri", "2026-11-22", "2026-11-27"),
        ("eow", "2026-11-22", "2026-11-22"),
        ("next week", "2026-11-22", "2026-11-23"),
        ("+1m", "2026-01-31", "2026-02-28"),
        ("+1m", "2028-01-31", "2028-02-29"),
        ("-1m", "2026-03-31", "2026-02-28"),
        ("+1y", "2028-02-29", "2029-02-28"),
        ("eoq", "2026-01-01", "2026-03-31"),
        ("eom", "2028-02-01", "2028-02-29"),
        ("29 feb", "2027-03-01", "2028-02-29"),
        ("next month", "2026-12-31", "2027-01-01"),
    ],
)
def test_days_seen_from_other_days(typed: str, today: str, day: str) -> None:
    assert parse_date(typed, date.fromisoformat(today)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "The date is empty; type it like fri, +3d, 12 dec or 2026-12-12."),
        ("soon", "“soon” is not a date; type it like fri, +3d, 12 dec or 2026-12-12."),
        ("fr", "“fr” is not a date; type it like fri, +3d, 12 dec or 2026-12-12."),
        ("ma 12", "“ma 12” is not a date; type it like fri, +3d, 12 dec or 2026-12-12."),
        ("2026", "“2026” is not a date; type it like fri, +3d, 12 dec or 2026-12-12."),
        ("dec", "“dec” is a month; add the day, as in 12 Dec 2026."),
        ("2026-12", "“2026-12” is a month; add the day, as in 12 Dec 2026."),
        ("29 feb", "“29 feb” is not a date: Feb 2027 has 28 days."),
        ("31 apr 2026", "“31 apr 2026” is not a date: Apr 2026 has 30 days."),
        ("0 dec", "“0 dec” is not a date: Dec 2026 has 31 days."),
        ("2026-13-01", "“2026-13-01” is not a date: there is no month 13."),
        ("2026-00-01", "“2026-00-01” is not a date: there is no month 0."),
        ("12/25", "“12/25” is read as day/month and there is no month 25; write the month's name."),
        ("fri 12 dec", "“fri 12 dec” does not fit: 12 Dec 2026 is a Saturday."),
        ("12 dec 226", "“12 dec 226” has no year of two or four digits."),
        ("3/11/226", "“3/11/226” has no year of two or four digits."),
        ("1969-12-31", "“1969-12-31” is in the year 1969; only days from 1970 to 2199 are kept."),
        ("12 dec 2200", "“12 dec 2200” is in the year 2200; only days from 1970 to 2199 are kept."),
        ("+200y", "“+200y” is in the year 2226; only days from 1970 to 2199 are kept."),
        ("9999y", "“9999y” is too far away; only days from 1970 to 2199 are kept."),
        ("9999w ago", "“9999w ago” is in the year 1835; only days from 1970 to 2199 are kept."),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_date(typed, TODAY)
    assert str(caught.value) == sentence
    assert caught.value.field == "date"


def test_the_year_comes_first_where_it_is_configured_so() -> None:
    with pytest.raises(InvalidInput, match="could be two days; write the year first"):
        parse_date("03/11/2026", TODAY, "ymd")


@given(DAYS, TODAYS, st.sampled_from(ORDERS))
def test_dates_with_a_year_are_read_back(day: date, today: date, order: DateOrder) -> None:
    named = f"{long_day(day)} {day.year}"
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y/%m/%d}", named, named[4:]):
        assert parse_date(text, today, order) == day


@given(DAYS, TODAYS)
def test_dates_in_the_configured_order_are_read_back(day: date, today: date) -> None:
    assert parse_date(f"{day.day}/{day.month}/{day.year}", today, "dmy") == day
    assert parse_date(f"{day.month:02d}.{day.day:02d}.{day.year}", today, "mdy") == day


@given(TODAYS, st.integers(-1, 364))
def test_what_is_shown_of_the_coming_year_can_be_typed(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    assert parse_date(short_date(day, today), today) == day
    if ahead >= 0:
        assert parse_date(long_day(day), today) == day
        assert parse_date(f"{day.day}.{day.month}.", today) == day


@given(TODAYS, st.integers(-999, 999))
def test_days_ahead_and_ago_can_be_typed(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    assert parse_date(day_label(day, today), today) == day
    assert parse_date(f"{ahead:+d}d", today) == day


@given(TODAYS, st.sampled_from(("mon", "tuesday", "wed", "thur", "fri", "sat", "sunday")))
def test_weekdays(today: date, name: str) -> None:
    coming = parse_date(name, today)
    assert 1 <= (coming - today).days <= 7
    assert long_day(coming).casefold()[:3] == name[:3]
    monday = today - timedelta(today.weekday())
    assert parse_date(f"next {name}", today) == monday + timedelta(7 + coming.weekday())
    assert (parse_date(f"this {name}", today) - today).days == (coming - today).days % 7
    assert (coming - parse_date(f"last {name}", today)).days in (7, 14)
    assert parse_date(f"last {name}", today) < today


PIECES = (
    "0 1 3 12 29 31 2026 99 / - . , + d w m y ago in next last this fri sat dec feb may eom \u200b \x00 ٣"
)
DATE_LIKE = st.lists(st.sampled_from(["  ", *PIECES.split(" ")]) | st.just(" "), max_size=8).map("".join)


@given(st.text(max_size=50) | DATE_LIKE, st.dates(), st.sampled_from(ORDERS))
def test_any_text_is_a_day_or_refused(text: str, today: date, order: DateOrder) -> None:
    try:
        day = parse_date(text, today, order)
    except InvalidInput:
        return
    assert 1970 <= day.year <= 2199


def test_a_long_text_is_refused_at_once() -> None:
    with pytest.raises(InvalidInput):
        parse_date("a." * 1_000_000, TODAY)
    with pytest.raises(InvalidInput):
        parse_month("nov " * 1_000_000, TODAY)


@pytest.mark.parametrize(
    ("day", "short", "described"),
    [
        ("2026-11-20", "today", "Fri 20 Nov, today"),
        ("2026-11-21", "tomorrow", "Sat 21 Nov, tomorrow"),
        ("2026-11-19", "yesterday", "Thu 19 Nov, yesterday"),
        ("2026-11-22", "Sun", "Sun 22 Nov, in 2 days"),
        ("2026-11-26", "Thu", "Thu 26 Nov, in 6 days"),
        ("2026-11-27", "27 Nov", "Fri 27 Nov, in 7 days"),
        ("2026-11-11", "11 Nov", "Wed 11 Nov, 9 days ago"),
        ("2027-01-05", "5 Jan 2027", "Tue 5 Jan 2027, in 46 days"),
        ("2025-11-20", "20 Nov 2025", "Thu 20 Nov 2025, 365 days ago"),
    ],
)
def test_how_days_are_shown(day: str, short: str, described: str) -> None:
    assert short_date(date.fromisoformat(day), TODAY) == short
    assert describe_date(date.fromisoformat(day), TODAY) == described


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", "2026-11"),
        ("2026/1", "2026-01"),
        ("202611", "2026-11"),
        ("11/2026", "2026-11"),
        ("nov", "2026-11"),
        ("Nov.", "2026-11"),
        ("november", "2026-11"),
        ("dec", "2026-12"),
        ("oct", "2027-10"),
        ("sept", "2027-09"),
        ("nov 2025", "2025-11"),
        ("nov 25", "2025-11"),
        ("2025 nov", "2025-11"),
        ("11", "2026-11"),
        ("1", "2027-01"),
        ("this", "2026-11"),
        ("this month", "2026-11"),
        ("next", "2026-12"),
        ("Next month", "2026-12"),
        ("last", "2026-10"),
    ],
)
def test_months_people_type(typed: str, month: str) -> None:
    assert parse_month(typed, TODAY) == month


@pytest.mark.parametrize(
    "typed", ["", "soon", "ju", "2026", "2026-13", "0", "13", "20261", "nov 226", "2026-11-20", "month"]
)
def test_what_is_no_month_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="is not a month"):
        parse_month(typed, TODAY)


def test_months_have_years_that_are_kept() -> None:
    with pytest.raises(InvalidInput, match="The year 1969 is not between 1970 and 2199"):
        parse_month("1969-11", TODAY)


@given(st.text(max_size=20) | DATE_LIKE, TODAYS)
def test_any_text_is_a_month_or_refused(text: str, today: date) -> None:
    try:
        month = parse_month(text, today)
    except InvalidInput:
        return
    assert month_range(month)[0].day == 1


@given(DAYS, TODAYS, st.integers(-300, 300))
def test_months_of_days(day: date, today: date, count: int) -> None:
    month = month_of(day)
    first, last = month_range(month)
    assert first <= day <= last
    assert first.day == 1
    assert (last + timedelta(1)).day == 1
    assert add_months(add_months(month, count), -count) == month
    assert month_range(add_months(month, 1))[0] == last + timedelta(1)
    assert parse_month(month_name(month), today) == month
    assert parse_month(month, today) == month


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_have_the_days_of_the_calendar(year: int, number: int) -> None:
    assert days_of_month(year, number) == calendar.monthrange(year, number)[1]


def test_how_months_are_shown() -> None:
    assert month_name("2026-11") == "Nov 2026"
    assert month_name("2027-01", year=False) == "Jan"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("f", date(2026, 11, 27)), ("m", date(2026, 11, 23)), ("th", date(2026, 11, 26)), ("W", date(2026, 11, 25)),
        ("su", date(2026, 11, 22)), ("fri", date(2026, 11, 27)), ("3", date(2026, 11, 23)), ("eom", date(2026, 11, 30)),
    ],
)  # fmt: skip
def test_in_a_field_of_a_day_the_first_letters_of_a_weekday_are_enough(typed: str, day: date) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["t", "s", "x", "", "mx"])
def test_letters_that_begin_no_weekday_or_two_of_them_are_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_day(typed, TODAY)
