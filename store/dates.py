"""Days as people type them and as they are shown. Nothing here reads the clock: `today` is a parameter.

What `parse_date` takes, with Friday 2026-11-20 as today:

- `today`, `tomorrow`, `yesterday`; `3`, `3d`, `+3d`, `in 3 days`, `+2w`, `+1m`, `+1y`; `-3d`, `3 days ago`;
- `tue`: the next Tuesday after today (so `fri` is the one in 7 days; today itself is `today`);
  `next tue`: the Tuesday of next week (weeks begin on Monday); `this fri`: the next Friday, today included;
  `last fri`: the last one before today;
- `eow` (the Sunday of this week), `eom`, `eoq`, `eoy`; `next week` (its Monday), `next month` (its first);
- `12 dec`, `dec 12`, `12. dec`, `12 dec 2026`, `sat 12 dec`; without a year the next such day, today included;
- `2026-12-12`, `2026/12/12`, `20261212`; `3/11`, `3.11.`, `3-11-26`, `03/11/2026` in the configured order.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final, Literal

from store.errors import InvalidInput
from store.instants import at_noon, forget_zone, instant_text, local_day, parse_instant
from store.months import (
    FIRST_YEAR,
    LAST_YEAR,
    SHORT_MONTHS,
    add_months,
    days_of_month,
    full_year,
    month_name,
    month_number,
    month_of,
    month_range,
    parse_month,
)
from store.text import ascii_digits, clean_line, quoted

__all__ = [
    "DateOrder",
    "add_months",
    "at_noon",
    "day_label",
    "describe_date",
    "forget_zone",
    "instant_text",
    "local_day",
    "long_day",
    "month_name",
    "month_of",
    "month_range",
    "parse_date",
    "parse_day",
    "parse_instant",
    "parse_month",
    "short_date",
]

DateOrder = Literal["dmy", "mdy", "ymd"]
"""Which part of `3/11` comes first: day, month, or (as in `ymd`) month with the year before it."""

_WEEKDAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS: Final = tuple(name[:3].title() for name in _WEEKDAY_NAMES)

_UNITS: Final = {
    **dict.fromkeys(("", "d", "day", "days"), "d"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("m", "mo", "mos", "month", "months"), "m"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "y"),
}
_OFFSET: Final = re.compile(r"(?P<sign>[+-]|in )?\s*(?P<count>[0-9]{1,4})\s*(?P<unit>[a-z]*)(?P<ago> ago)?")
_WEEKDAY: Final = re.compile(r"(?:(?P<which>next|this|last) )?(?P<name>[a-z]{3,})\.?")
_DAY_FIRST: Final = re.compile(
    r"(?:(?P<weekday>[a-z]{3,})[., ]+)?"
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[-./ ]*(?P<month>[a-z]{3,})(?:[-.,/ ]*(?P<year>[0-9]+))?\.?"
)
_MONTH_FIRST: Final = re.compile(
    r"(?:(?P<weekday>[a-z]{3,})[., ]+)?"
    r"(?P<month>[a-z]{3,})[-./ ]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:[-.,/ ]+(?P<year>[0-9]+))?"
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2}|(?<=[-/.])[0-9])\2([0-9]{2}|(?<=[-/.])[0-9])")
_NUMERIC: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2([0-9]{1,4})|\.)?")
_MAX_TYPED: Final = 40
_YEARS: Final = f"only days from {FIRST_YEAR} to {LAST_YEAR} are kept"
_EXAMPLES: Final = "fri, +3d, 12 dec or 2026-12-12"


def parse_date(text: str, today: date, order: DateOrder = "dmy") -> date:
    """The day that `text` says, seen from `today` (the grammar is in this file's head).

    Raises `InvalidInput` with a sentence that names the text and what is wrong with it, or what would do.
    """
    typed = ascii_digits(clean_line(text)).casefold().replace("−", "-")
    if not typed:
        raise _wrong(f"The date is empty; type it like {_EXAMPLES}.")
    if len(typed) > _MAX_TYPED:
        raise _wrong(f"{quoted(text)} is not a date; type it like {_EXAMPLES}.")
    try:
        day = (
            _word_day(typed, today)
            or _offset_day(typed, today)
            or _weekday_day(typed, today)
            or _named_day(typed, today, text)
            or _numeric_day(typed, today, order, text)
        )
    except OverflowError:
        raise _wrong(f"{quoted(text)} is too far away; {_YEARS}.") from None
    if day is None:
        raise _wrong(f"{quoted(text)} {_why_not(typed, today)}")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _wrong(f"{quoted(text)} is in the year {day.year}; {_YEARS}.")
    return day


def parse_day(text: str, today: date, order: DateOrder = "dmy") -> date:
    """The same for a field that holds nothing but a day: the first letters of a weekday are enough (`f`, `th`)."""
    typed = clean_line(text).casefold()
    weekday = _weekday_number(typed) if typed.isalpha() else None
    if weekday is None or len(typed) > 2:
        return parse_date(text, today, order)
    return parse_date(_WEEKDAY_NAMES[weekday], today, order)


def describe_date(day: date, today: date) -> str:
    """The day and how far it is, as a field echoes it: `Fri 27 Nov, in 7 days`; another year is named."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{long_day(day)}{year}, {day_label(day, today)}"


def day_label(day: date, today: date) -> str:
    """How far `day` is from `today`: `today`, `tomorrow`, `yesterday`, `in 7 days`, `9 days ago`."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("today", "tomorrow", "yesterday")[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def short_date(day: date, today: date) -> str:
    """The day in few letters: `today`, `tomorrow`, `yesterday`, `27 Nov`, `27 Nov 2027`.

    The next 6 days go by their weekday (`Tue`), which `parse_date` reads as the same day.
    """
    days = (day - today).days
    if -1 <= days <= 1:
        return day_label(day, today)
    if 1 < days <= 6:
        return SHORT_WEEKDAYS[day.weekday()]
    return day_and_month(day, today.year)


def day_and_month(day: date, year: int) -> str:
    """Day and month: `27 Nov`; in another year than `year` with it: `27 Nov 2027`."""
    named = "" if day.year == year else f" {day.year}"
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}{named}"


def long_day(day: date) -> str:
    """Weekday, day and month: `Fri 20 Nov`."""
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day.day} {SHORT_MONTHS[day.month - 1]}"


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, "date")


def _why_not(typed: str, today: date) -> str:
    try:
        month = month_name(parse_month(typed, today))
    except InvalidInput:
        return f"is not a date; type it like {_EXAMPLES}."
    return f"is a month; add the day, as in 12 {month}."


def _word_day(typed: str, today: date) -> date | None:
    match typed:
        case "today" | "now":
            return today
        case "tomorrow" | "tmrw" | "tmr":
            return today + timedelta(1)
        case "yesterday":
            return today - timedelta(1)
        case "eow":
            return today + timedelta(6 - today.weekday())
        case "eom":
            return _end_of_month(today.year, today.month)
        case "eoq":
            return _end_of_month(today.year, (today.month + 2) // 3 * 3)
        case "eoy":
            return date(today.year, 12, 31)
        case "next week":
            return today + timedelta(7 - today.weekday())
        case "next month":
            return _end_of_month(today.year, today.month) + timedelta(1)
    return None


def _offset_day(typed: str, today: date) -> date | None:
    """`3`, `3d`, `+2w`, `-1m`, `in 3 days`, `2w ago`. Months and years keep the day or end with the month."""
    found = _OFFSET.fullmatch(typed)
    unit = _UNITS.get(found["unit"]) if found else None
    if found is None or unit is None or (found["sign"] and found["ago"]):
        return None
    if not found["unit"] and (len(found["count"]) > 3 or found["ago"]):
        return None
    count = int(found["count"]) * (-1 if found["sign"] == "-" or found["ago"] else 1)
    if unit in "dw":
        return today + timedelta(count * (7 if unit == "w" else 1))
    year, month = divmod(today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1), 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError
    return min(_end_of_month(year, month + 1), date(year, month + 1, 1) + timedelta(today.day - 1))


def _weekday_number(word: str) -> int | None:
    found = [number for number, name in enumerate(_WEEKDAY_NAMES) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _weekday_day(typed: str, today: date) -> date | None:
    found = _WEEKDAY.fullmatch(typed)
    weekday = _weekday_number(found["name"]) if found else None
    if found is None or weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    match found["which"]:
        case "next":
            return today + timedelta(7 - today.weekday() + weekday)
        case "this":
            return today + timedelta(ahead)
        case "last":
            return today - timedelta(-ahead % 7 or 7)
    return today + timedelta(ahead or 7)


def _named_day(typed: str, today: date, text: str) -> date | None:
    """`12 dec`, `dec 12`, `sat 12 dec 2026`."""
    found = _DAY_FIRST.fullmatch(typed) or _MONTH_FIRST.fullmatch(typed)
    month = month_number(found["month"]) if found else None
    if found is None or month is None:
        return None
    day = _day(found["year"], month, int(found["day"]), today, text)
    weekday = found["weekday"]
    if weekday and _weekday_number(weekday) != day.weekday():
        raise _wrong(
            f"{quoted(text)} does not fit: {day.day} {month_name(month_of(day))} is a {_weekday_of(day)}."
        )
    return day


def _numeric_day(typed: str, today: date, order: DateOrder, text: str) -> date | None:
    """`2026-12-12`, `20261212`, and `3/11`, `3.11.`, `3-11-26` in the configured order."""
    found = _YEAR_FIRST.fullmatch(typed)
    if found:
        return _day(found[1], int(found[3]), int(found[4]), today, text)
    found = _NUMERIC.fullmatch(typed)
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[3]), found[4]
    if order == "ymd" and third:
        if len(third) > 2 or len(found[1]) < 2:
            raise _wrong(f"{quoted(text)} could be two days; write the year first, as in 2026-12-31.")
        return _day(found[1], second, int(third), today, text)
    day, month = (first, second) if order == "dmy" else (second, first)
    if month > 12:
        read = "day/month" if order == "dmy" else "month/day"
        raise _wrong(
            f"{quoted(text)} is read as {read} and there is no month {month}; write the month's name."
        )
    return _day(third, month, day, today, text)


def _day(year: str | None, month: int, day: int, today: date, text: str) -> date:
    """The day of these parts; without a year the next one, `today` included."""
    if year and len(year) not in (2, 4):
        raise _wrong(f"{quoted(text)} has no year of two or four digits.")
    of_year = full_year(year) if year else today.year + ((month, day) < (today.month, today.day))
    if not FIRST_YEAR <= of_year <= LAST_YEAR:
        raise _wrong(f"{quoted(text)} is in the year {of_year}; {_YEARS}.")
    if not 1 <= month <= 12:
        raise _wrong(f"{quoted(text)} is not a date: there is no month {month}.")
    last = days_of_month(of_year, month)
    if not 1 <= day <= last:
        raise _wrong(f"{quoted(text)} is not a date: {SHORT_MONTHS[month - 1]} {of_year} has {last} days.")
    return date(of_year, month, day)


def _weekday_of(day: date) -> str:
    return _WEEKDAY_NAMES[day.weekday()].title()


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, days_of_month(year, month))
