"""The days that a filter's date means: a day, a month (`nov`, `2026-11`) or a year (`2026`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from store.dates import (
    DateOrder,
    add_months,
    describe_date,
    month_name,
    month_of,
    month_range,
    parse_date,
    parse_month,
)
from store.errors import InvalidInput
from store.text import clean_line

_YEAR: Final = re.compile(r"(?:19|20|21)[0-9]{2}")
_AHEAD: Final = re.compile(r"(?:\+|in )?\s*[0-9]{1,4}\s*[a-z]*")
_WEEKDAYS: Final = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_FIGURES: Final = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}\.?")
_NAMED: Final = re.compile(r"[0-9]{1,2}\.?[ -]?[a-z]{3,}|[a-z]{3,}[ -]?[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included, and how it is echoed."""

    first: date
    last: date
    echo: str


def parse_span(text: str, today: date, order: DateOrder, *, past: bool) -> Span:
    """The days that `text` means. Raises `InvalidInput` as `parse_date` does.

    With `past`, for what can only have happened, a date without a year is the last such day instead of the next,
    `fri` the last Friday, `nov` the last November, and `30d` is 30 days ago.
    """
    typed = clean_line(text).casefold()
    if _YEAR.fullmatch(typed):
        return Span(date(int(typed), 1, 1), date(int(typed), 12, 31), typed)
    try:
        day = parse_date(typed, today, order)
    except InvalidInput as problem:
        return _month(typed, today, problem, past=past)
    day = _last_such(day, typed, today) if past else day
    return Span(day, day, describe_date(day, today))


def _month(typed: str, today: date, problem: InvalidInput, *, past: bool) -> Span:
    try:
        month = parse_month(typed, today)
    except InvalidInput:
        raise problem from None
    if past and month > month_of(today) and not re.search("[0-9]|next", typed):
        month = add_months(month, -12)
    return Span(*month_range(month), month_name(month))


def _last_such(day: date, typed: str, today: date) -> date:
    """The day that was meant by `typed`, which `parse_date` takes for a day to come."""
    if day <= today:
        return day
    if typed[:3] in _WEEKDAYS and typed.isalpha():
        return day - timedelta(days=7)
    if _FIGURES.fullmatch(typed) or _is_day_month(typed):
        return _a_year_before(day)
    if _AHEAD.fullmatch(typed):
        return today - (day - today)
    return day


def _is_day_month(typed: str) -> bool:
    """Whether `12 dec` is meant, not `12 days`."""
    word = re.sub(r"[^a-z]", "", typed)
    try:
        parse_month(word, date(2000, 1, 1))
    except InvalidInput:
        return False
    return _NAMED.fullmatch(typed) is not None


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
