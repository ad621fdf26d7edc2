"""Dates, amounts and probabilities as files hold them."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import DateOrder, InvalidInput, Money, UnknownDateOrder, local_day
from store.importing.dates import date_reader
from store.importing.numbers import amount_reader, probability_reader, read_currency
from store.importing.words import may_mean_won, outcome_named, status_outcome
from store.money import parse_amount
from tests.store.filled import in_zone

DAY = date(2016, 10, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2016-10-20",
        " 2016-10-20 ",
        "2016/10/20",
        "2016.10.20",
        "2016-10-20 14:03",
        "2016-10-20 14:03:22",
        "2016-10-20T14:03:22.123",
        "20161020",
        "20 Oct 2016",
        "Oct 20, 16",
        "20. Oct 16",
        "Thu 20th Oct '16",
        "20-Oct-2016 2:05 PM",
        "Oct 20, 2016",
        "October 20th, 2016",
        "Thu, 20 Oct 2016 14:03",
        "Thu Oct 20 2016 14:03:00 GMT+0200",
        "20. Oktober 2016",
        "20 octobre 2016",
        "20 de octubre de 2016",
        "20 ottobre 2016",
        "20 okt. 2016",
        "20 de outubro de 2016",
        "2016 Oct 20",
        "42663",
        "42663.75",
        "２０１６-１０-２０",
    ],
)
def test_dates_that_say_by_themselves_which_day_they_are(text: str) -> None:
    assert date_reader("Day", [text]).read(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 März 2026", date(2026, 3, 1)),
        ("1 août 2026", date(2026, 8, 1)),
        ("1 mai 2026", date(2026, 5, 1)),
        ("Mar 3 Mar 2026", date(2026, 3, 3)),
        ("1 juillet 2026", date(2026, 7, 1)),
        ("1 dez 2026", date(2026, 12, 1)),
        ("1 gen 2026", date(2026, 1, 1)),
        ("1 set 2026", date(2026, 9, 1)),
    ],
)
def test_months_have_names_in_several_languages(text: str, day: date) -> None:
    assert date_reader("Day", [text]).read(text) == day


def test_an_instant_with_a_zone_is_a_day_of_the_local_calendar() -> None:
    for hour in (0, 6, 12, 18, 23):
        day = local_day(f"2016-10-20T{hour:02}:30:00.000Z")
        for form in ("2016-10-20T{}:30:00Z", "2016-10-20 {}:30 UTC", "2016-10-20T{}:30:00.123+00:00"):
            text = form.format(f"{hour:02}")
            assert date_reader("Day", [text]).read(text) == day


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
@pytest.mark.parametrize(
    "form",
    [
        "{}T00:00:00Z",
        "{}T00:00:00.000Z",
        "{} 00:00 UTC",
        "{}T00:00:00+00:00",
        "{} 0:00:00 gmt",
        "{}T00:00:00-0000",
    ],
)
def test_midnight_in_utc_is_its_own_day_wherever_it_is_read(zone: str, form: str) -> None:
    with in_zone(zone):
        texts = [form.format(day) for day in ("2026-12-31", "2026-06-15")]
        reader = date_reader("Close", texts)
        assert [reader.read(text) for text in texts] == [date(2026, 12, 31), date(2026, 6, 15)]


def test_a_minute_after_midnight_it_is_an_instant() -> None:
    with in_zone("America/New_York"):
        text = "2026-12-30T00:01:00Z"
        assert date_reader("Close", [text]).read(text) == date(2026, 12, 29)


@pytest.mark.parametrize("text", ["", "  ", "-", "n/a", "NULL", "(No value)", "None"])
def test_a_cell_without_a_date_is_no_date(text: str) -> None:
    assert date_reader("Day", [text]).read(text) is None


@pytest.mark.parametrize(
    ("values", "order", "days"),
    [
        (["3/11/2026", "25/11/2026"], "dmy", [date(2026, 11, 3), date(2026, 11, 25)]),
        (["3/11/2026", "11/25/2026"], "mdy", [date(2026, 3, 11), date(2026, 11, 25)]),
        (["03.11.2026 09:15", "13.11.2026"], "dmy", [date(2026, 11, 3), date(2026, 11, 13)]),
        (["3/11/2026, 14:05", "13-11-26"], "dmy", [date(2026, 11, 3), date(2026, 11, 13)]),
        (["99/12/31", "98/11/30"], "ymd", [date(2099, 12, 31), date(2098, 11, 30)]),
        (["3/3/2026", "4-4-2026"], "dmy", [date(2026, 3, 3), date(2026, 4, 4)]),
    ],
)
def test_the_order_is_told_from_all_values(values: list[str], order: str, days: list[date]) -> None:
    reader = date_reader("Day", values)
    assert (reader.order, [reader.read(text) for text in values]) == (order, days)


def test_an_order_that_cannot_be_known_is_never_guessed() -> None:
    with pytest.raises(
        UnknownDateOrder, match="The column “Close” does not tell the order of its dates"
    ) as raised:
        date_reader("Close", ["2026-01-01", "3/3/2026", "3/11/2026"])
    unknown = raised.value
    assert (unknown.column, unknown.example) == ("Close", "3/11/2026")
    assert unknown.readings == {"dmy": date(2026, 11, 3), "mdy": date(2026, 3, 11)}
    assert "2026-11-03 (dmy) or 2026-03-11 (mdy)" in str(unknown)
    with pytest.raises(UnknownDateOrder) as short:
        date_reader("Close", ["10/11/12"])
    assert set(short.value.readings) == {"dmy", "mdy", "ymd"}


@pytest.mark.parametrize("text", ["26-Jan-02", "26 Jan 02", "26/jan/02", "26jan02", "Sat, 26-Jan-02 14:30"])
def test_a_day_and_a_short_year_around_a_month_s_name_are_never_guessed(text: str) -> None:
    days: dict[DateOrder, date] = {"dmy": date(2002, 1, 26), "ymd": date(2026, 1, 2)}
    with pytest.raises(UnknownDateOrder) as raised:
        date_reader("Close", ["2026-01-01", text])
    assert (raised.value.example, raised.value.readings) == (text, days)
    for order, day in days.items():
        assert date_reader("Close", [text], order).read(text) == day
    assert date_reader("Close", [text], "mdy").read(text) == days["dmy"]


@pytest.mark.parametrize(
    ("other", "order", "day"),
    [
        ("9-Jan-26", "dmy", date(2002, 1, 26)),
        ("30-Feb-26", "ymd", date(2026, 1, 2)),
        ("26-Feb-30", "dmy", date(2002, 1, 26)),
        ("26-Jan-2", "ymd", date(2026, 1, 2)),
        ("25/11/2026", "dmy", date(2002, 1, 26)),
        ("11/25/2026", "mdy", date(2002, 1, 26)),
        ("99/12/31", "ymd", date(2026, 1, 2)),
    ],
)
def test_the_other_values_tell_where_a_short_year_stands(other: str, order: str, day: date) -> None:
    reader = date_reader("Close", ["26-Jan-02", other])
    assert (reader.order, reader.read("26-Jan-02")) == (order, day)
    assert reader.read(other) is not None


def test_a_short_year_beside_a_month_s_name_does_not_tell_the_order_of_numbers() -> None:
    with pytest.raises(UnknownDateOrder) as raised:
        date_reader("Close", ["9-Jan-26", "26-Jan-02", "3/11/2026"])
    assert raised.value.example == "3/11/2026"
    assert set(raised.value.readings) == {"dmy", "mdy"}


def test_what_is_told_decides() -> None:
    orders = {"dmy": date(2026, 11, 3), "mdy": date(2026, 3, 11)}
    for order, day in orders.items():
        assert date_reader("Close", ["3/11/2026"], cast(DateOrder, order)).read("3/11/2026") == day


def test_a_date_that_the_others_contradict_is_wrong() -> None:
    reader = date_reader("Close", ["25/11/2026", "26/11/2026", "11/27/2026"])
    assert reader.order == "dmy"
    with pytest.raises(InvalidInput, match=r"no such day with the day first [(]31/12/2026[)]"):
        reader.read("11/27/2026")
    with pytest.raises(InvalidInput, match="no such day with the month first"):
        date_reader("Close", ["25/11/2026"], "mdy").read("25/11/2026")


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "31/02/2026",
        "2026-02-30",
        "20 Oct",
        "1 jui 2026",
        "20 Foo 2016",
        "1066-10-14",
        "12",
        "9999999",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="2026-12-31"):
        date_reader("Close", [text]).read(text)


def test_the_format_is_said() -> None:
    assert date_reader("Day", ["2016-10-20", ""]).format == "year-month-day"
    assert date_reader("Day", ["20 Oct 2016"]).format == "with month names"
    assert date_reader("Day", ["42663"]).format == "Excel day numbers (42663 is 2016-10-20)"
    assert date_reader("Day", ["25/11/2026"]).format == "day first (31/12/2026)"
    assert date_reader("Day", [""]).format == "no dates"


@given(st.dates(date(1971, 1, 1), date(2199, 12, 30)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %B %Y", "%b %d, %Y", "%Y%m%d"):
        text = day.strftime(form)
        order: DateOrder = "mdy" if form == "%m/%d/%Y" else "dmy"
        assert date_reader("Day", [text], order).read(text) == day


def amounts(*texts: str, currency: str = "USD") -> list[Money | None]:
    reader = amount_reader(texts)
    return [reader.read(text, currency) for text in texts]


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("1054", 105400, "USD"),
        ("0", 0, "USD"),
        ("1,054", 105400, "USD"),
        ("1,054.50", 105450, "USD"),
        ("1.054,50", 105450, "USD"),
        ("1 054,50", 105450, "USD"),
        ("1\u00a0054,5", 105450, "USD"),
        ("1'054.50", 105450, "USD"),
        ("€1.054,50", 105450, "EUR"),
        ("1 054,50 €", 105450, "EUR"),
        ("CHF 1’054.–", 105400, "CHF"),
        ("12k", 1200000, "USD"),
        ("1.2m", 120000000, "USD"),
        ("£0.125", 12, "GBP"),
        ("1234.5678", 123457, "USD"),
        ("1,23,456.78", 12345678, "USD"),
        ("12,345,678", 1234567800, "USD"),
        ("1.234.567", 123456700, "USD"),
        ("10.05", 1005, "USD"),
        ("1054.000000", 105400, "USD"),
    ],
)
def test_an_amount_by_itself(text: str, minor: int, currency: str) -> None:
    assert amounts(text) == [Money(minor, currency)]


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "TBD", "null"])
def test_a_cell_without_an_amount_is_unknown(text: str) -> None:
    assert amounts(text) == [None]


def test_the_decimal_mark_is_told_from_the_column() -> None:
    assert amounts("1.234", "12,50") == [Money(123400, "USD"), Money(1250, "USD")]
    assert amounts("1.234", "12.50") == [Money(123, "USD"), Money(1250, "USD")]
    assert amounts("1.234", "1.234.567") == [Money(123400, "USD"), Money(123456700, "USD")]
    assert amounts("1,234", "1.234") == [Money(123400, "USD"), Money(123400, "USD")]
    assert amounts("1,5", "1.5") == [Money(150, "USD"), Money(150, "USD")]


def test_how_amounts_are_read_is_said() -> None:
    assert amount_reader(["5", "1,054.50"]).format == "decimals after a point"
    assert amount_reader(["5", "12,50"]).format == "decimals after a comma"
    assert amount_reader(["5", ""]).format == "whole numbers"
    assert "one thousand two hundred" in amount_reader(["1.234"]).format
    assert "by each value" in amount_reader(["1,5", "1.5"]).format


def test_rounded_amounts_are_remembered() -> None:
    reader = amount_reader(["10.005", "10.5"])
    assert [reader.read(text, "USD") for text in ("10.005", "10.5")] == [
        Money(1000, "USD"),
        Money(1050, "USD"),
    ]
    assert reader.rounded == {"10.005"}
    yen = amount_reader(["10.5"])
    assert yen.read("10.5", "JPY") == Money(10, "JPY")


@pytest.mark.parametrize(
    "text", ["abc", "-500", "(500)", "1e400", "50%", "1-2", "9" * 30, "9" * 50, "99999999999999.5", "5 quid"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        amounts(text, "12.50")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("1,234,56", "99.00"), ("12.34,50", "1,50"), ("1,23.50", "1.50"), ("1.23 456,5", "1,50"), ("12 34", "5.50"),
        ("12'34", "5,50"), ("1,23,45", "5.50"), ("1234,567.50", "5.50"), ("1,234 567.50", "5.50"), ("1,,234", "5.50"),
    ],
)  # fmt: skip
def test_marks_that_part_no_thousands_are_refused_whatever_the_column_shows(text: str, column: str) -> None:
    for others in ([], [column], ["1,5", "1.5"]):
        with pytest.raises(InvalidInput, match=r"not an amount; write it like 12000, .* or leave it empty"):
            amounts(text, *others)


@pytest.mark.parametrize(
    "text", ["12,34,567", "12,34,567.5", "1,00,000", "1,234,567.25", "1 234 567", "1'234.5"]
)
def test_groups_are_the_same_ones_as_where_an_amount_is_typed(text: str) -> None:
    assert amounts(text, "5.50")[0] == parse_amount(text, "USD")


@pytest.mark.parametrize(
    ("text", "other"), [(".55", "5.50"), ("€.55", "5.50"), (",55", "5,50"), (".55", "5,50")]
)
def test_an_amount_may_begin_with_its_decimal_mark(text: str, other: str) -> None:
    found = amounts(text, other)[0]
    assert found is not None
    assert found.minor == 55


def test_a_dollar_is_the_default_where_that_is_one() -> None:
    assert amounts("$5.50", currency="CAD") == [Money(550, "CAD")]
    assert amounts("$5.50", currency="EUR") == [Money(550, "USD")]


@pytest.mark.parametrize(
    ("text", "currency"),
    [("EUR", "EUR"), ("usd", "USD"), ("€", "EUR"), ("$", "CAD"), ("Euro", "EUR"), (" gbp ", "GBP")],
)
def test_currencies_go_by_code_or_sign(text: str, currency: str) -> None:
    assert read_currency(text, "CAD") == currency


def test_what_is_no_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="three-letter code"):
        read_currency("dollars?", "EUR")


@pytest.mark.parametrize(
    ("texts", "percents"),
    [
        (["50%", "5"], [50, 5]),
        (["50 %", ""], [50, None]),
        (["0.5", "1", "0,25"], [50, 100, 25]),
        (["50", "0.5"], [50, 0]),
        (["0", "1"], [0, 100]),
        (["0%", "1%"], [0, 1]),
        (["66.6", "100"], [67, 100]),
        (["0.125"], [12]),
        ([".2"], [20]),
    ],
)
def test_probabilities_are_percents_or_fractions(texts: list[str], percents: list[int | None]) -> None:
    reader = probability_reader(texts)
    assert [reader.read(text) for text in texts] == percents


def test_a_rounded_probability_is_remembered() -> None:
    reader = probability_reader(["66.6", "50"])
    assert (reader.read("66.6"), reader.read("50"), reader.format) == (67, 50, "percent")
    assert reader.rounded == {"66.6"}
    assert probability_reader(["0.5"]).format == "fractions of 1"


@pytest.mark.parametrize("text", ["101", "-1", "high", "1e9", "."])
def test_what_is_no_probability_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        probability_reader([text, "50"]).read(text)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Won", "won"), ("Closed Won", "won"), ("closedwon", "won"), ("6 - Closed/Won", "won"), ("Gewonnen", "won"),
        ("Gagné", "won"), ("Ganada", "won"), ("Lost", "lost"), ("Closed lost", "lost"), ("closedlost", "lost"),
        ("Verloren", "lost"), ("Perdue", "lost"), ("Rejected", "lost"), ("Disqualified", "lost"), ("Engaging", None),
        ("Wonderful", None), ("Contract signed", None), ("", None),
    ],
)  # fmt: skip
def test_outcomes_are_recognised_from_words(text: str, outcome: str | None) -> None:
    assert outcome_named(text) == outcome


def test_a_status_may_also_be_open() -> None:
    assert [status_outcome(text) for text in ("Open", "In progress", "OFFEN", "win", "Lost", "Hot")] == [
        "open", "open", "open", "won", "lost", None,
    ]  # fmt: skip
    assert may_mean_won("Contract signed")
    assert not may_mean_won("Contract sent")
