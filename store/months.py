"""Months of the calendar, as text `YYYY-MM` that sorts as it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from store.errors import InvalidInput
from store.text import ascii_digits, clean_line, quoted

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199

MONTH_NAMES: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT_MONTHS: Final = tuple(name[:3].title() for name in MONTH_NAMES)

_MONTH: Final = re.compile(r"([0-9]{4})-(?:0[1-9]|1[0-2])")
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:[-/. ](?=[0-9]{1,2}$)|(?=[0-9]{2}$))([0-9]+)")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_MAX_TYPED: Final = 40
_NAMED: Final = re.compile(r"([a-z]+)\.?[-/, ]*([0-9]{4}|[0-9]{2})?")
_NAMED_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-/, ]*([a-z]+)\.?")


def month_number(word: str) -> int | None:
    """1–12 for an English month name, or a beginning of one with at least three letters; else `None`."""
    if len(word) < 3:
        return None
    found = [number for number, name in enumerate(MONTH_NAMES, 1) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def month_of(day: date) -> str:
    """The month that `day` is in."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, count: int) -> str:
    """The month `count` months after `month` (before it, if negative)."""
    year, number = _parts(month)
    year, number = divmod(year * 12 + number - 1 + count, 12)
    return f"{year:04d}-{number + 1:02d}"


def known_month(month: str, last_year: int = LAST_YEAR) -> str:
    """`month`, if it is one (`2026-11`) of the years from 1970 to `last_year`; `InvalidInput` else."""
    found = _MONTH.fullmatch(month)
    if found is None or not FIRST_YEAR <= int(found[1]) <= last_year:
        raise InvalidInput(
            f"{quoted(month)} is not a month such as 2026-11, from {FIRST_YEAR} to {last_year}.", "month"
        )
    return month


def kept_day(day: date, what: str) -> date:
    """`day`, if it is of the years that are kept (1970 to 2199); else `InvalidInput` about the field `what`."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput(
            f"{day.isoformat()} is in the year {day.year}; only days from {FIRST_YEAR} to {LAST_YEAR} are kept.",
            what,
        )
    return day


def month_range(month: str) -> tuple[date, date]:
    """The first and the last day of `month`."""
    year, number = _parts(month)
    return date(year, number, 1), date(year, number, days_of_month(year, number))


def days_of_month(year: int, number: int) -> int:
    """How many days the month `number` (1–12) of `year` has."""
    # Not from `calendar`: it imports `locale`, which every start of the command line would wait for.
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if number == 2 and leap else _LENGTHS[number - 1]


def month_name(month: str, *, year: bool = True) -> str:
    """`Nov 2026`, or `Nov` without the year."""
    of_year, number = _parts(month)
    return f"{SHORT_MONTHS[number - 1]} {of_year}" if year else SHORT_MONTHS[number - 1]


def parse_month(text: str, today: date) -> str:
    """The month that `text` says: `2026-11`, `11/2026`, `nov 2026`, `nov`, `11`, `this`, `next month`, `last`.

    Without a year it is the next such month, the present one included. Raises `InvalidInput` with a sentence.
    """
    typed = ascii_digits(clean_line(text)).casefold()[:_MAX_TYPED]
    relative = {"this": 0, "next": 1, "last": -1}.get(typed.removesuffix("month").rstrip())
    if relative is not None:
        return _kept(add_months(month_of(today), relative))
    year: int | None = None
    number: int | None = None
    if match := _YEAR_FIRST.fullmatch(typed):
        year, number = int(match[1]), int(match[2])
    elif match := _YEAR_LAST.fullmatch(typed):
        year, number = int(match[2]), int(match[1])
    elif match := _NAMED.fullmatch(typed):
        number = month_number(match[1])
        year = full_year(match[2]) if match[2] else None
    elif match := _NAMED_YEAR_FIRST.fullmatch(typed):
        year, number = int(match[1]), month_number(match[2])
    elif re.fullmatch(r"[0-9]{1,2}", typed):
        number = int(typed)
    if number is None or not 1 <= number <= 12:
        raise InvalidInput(
            f"{quoted(text)} is not a month; type it like 2026-11, nov, nov 2026 or next.", "month"
        )
    if year is None:
        year = today.year + (number < today.month)
    return _kept(f"{year:04d}-{number:02d}")


def full_year(digits: str) -> int:
    """A year of two or four digits; two mean this century."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _kept(month: str) -> str:
    year, _ = _parts(month)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"The year {year} is not between {FIRST_YEAR} and {LAST_YEAR}.", "month")
    return month


def _parts(month: str) -> tuple[int, int]:
    year, _, number = month.partition("-")
    return int(year), int(number)
