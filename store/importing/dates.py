"""Dates as files hold them, and the order of day and month, told from all values of a column together.

`2016-10-20`, `2016/10/20 14:03`, `2016-10-20T14:03:22Z`, `20161020`, `20 Oct 2016`, `October 20, 2016`,
`20. Oktober 2016`, `20-Oct-16` and Excel's day numbers say by themselves which day they are. `3/11/2026` does not: the
order is taken from the column's other values, or from the user, never from a habit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from store.dates import DateOrder
from store.errors import InvalidInput
from store.importing.refusal import UnknownDateOrder
from store.importing.words import words_of
from store.instants import instant_text, local_day
from store.months import FIRST_YEAR, LAST_YEAR, full_year
from store.text import ascii_digits, clean_line

ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")

ORDER_NAMES: Final[Mapping[DateOrder, str]] = {
    "dmy": "day first (31/12/2026)",
    "mdy": "month first (12/31/2026)",
    "ymd": "year first (26/12/31)",
}

_TIME: Final = re.compile(r"(?:(?<=\d)t|[,\s])\s*(?:at|um|à)?\s*\d{1,2}[:h]\d{2}.*|\s+\d{1,2}\s*[ap]\.?m\.?$")
_ZONE: Final = re.compile(r"t?\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})\.?|(\d{4})(\d{2})(\d{2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_DAY_NUMBER: Final = re.compile(r"(\d{5,6})(?:[.,]\d+)?")
_DAY_ZERO: Final = date(1899, 12, 30)
"""Excel's day 0, as its later days count."""

_MONTHS: Final = (
    "january januar janvier enero gennaio januari janeiro jan",
    "february februar fevrier febrero febbraio februari fevereiro",
    "march marz maerz mars marzo maart marco mrt mrz",
    "april avril abril aprile",
    "may mai mayo maggio mei maio",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)
_SILENT_WORDS: Final = (
    "de del of the st nd rd th den der le el o mon tue tues wed thu thur thurs fri sat sun monday "
    "tuesday wednesday thursday friday saturday sunday mo di mi do fr sa so montag dienstag mittwoch "
    "donnerstag freitag samstag sonntag lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi "
    "samedi dimanche"
)
_SILENT: Final = frozenset(_SILENT_WORDS.split())
_BLANK: Final = frozenset(
    ("", "-", "--", "–", "—", "n/a", "na", "null", "none", "nan", "nat", "tbd", "(no value)", "?")
)


def is_blank(text: str) -> bool:
    """Whether a cell of a date, an amount or a probability says that nothing is known."""
    return not text or text.strip().casefold() in _BLANK


@dataclass(frozen=True, slots=True)
class DateReader:
    """How one column's dates are read. `order` is `None` where no value needs one."""

    column: str
    order: DateOrder | None
    format: str
    """What was understood, for the dry run."""

    def read(self, text: str) -> date | None:
        """The day that a cell says, `None` when it says none; `InvalidInput` says what would fix it."""
        if is_blank(text):
            return None
        plain = _plain(text)
        found = _sure(plain) or _readings(plain).get(self.order or "dmy")
        if found is not None:
            return found
        if self.order and _readings(plain):
            raise InvalidInput(
                f"there is no such day with the {ORDER_NAMES[self.order]}; write it as 2026-12-31"
            )
        raise InvalidInput("this is not a date with a year; write it as 2026-12-31, or leave it empty")


def date_reader(column: str, values: Collection[str], told: DateOrder | None = None) -> DateReader:
    """How the dates of `column` are read, seen from all its `values`; `told` is what `--date-order` said.

    Raises `UnknownDateOrder` when the values could be read in several orders as different days.
    """
    plain = {text: _plain(text) for text in values if not is_blank(text)}
    unsure = {text: _readings(form) for text, form in plain.items() if _sure(form) is None}
    readings = {text: found for text, found in unsure.items() if found}
    forms = sorted({_form(form) for text, form in plain.items() if text not in unsure})
    if not readings:
        return DateReader(column, None, " and ".join(forms) or "no dates")
    order = told or _order(column, readings)
    return DateReader(column, order, " and ".join([ORDER_NAMES[order], *forms]))


def _order(column: str, readings: Mapping[str, Mapping[DateOrder, date]]) -> DateOrder:
    fits = {order: sum(order in found for found in readings.values()) for order in ORDERS}
    best = max(fits.values())
    candidates = [order for order in ORDERS if fits[order] == best]
    if best == len(readings) or len(candidates) > 1:
        for text, found in readings.items():
            days = {order: found[order] for order in candidates if order in found}
            if len(set(days.values())) > 1:
                raise UnknownDateOrder(column, text, days)
    return candidates[0]


def _plain(text: str) -> str:
    return ascii_digits(clean_line(text)).casefold()


@lru_cache(maxsize=4096)
def _sure(plain: str) -> date | None:
    """The day of a date that can be read in one way only; `None` for any other text."""
    day, time = _split(plain)
    if time and _ZONE.fullmatch(time) and (found := _zoned(plain)):
        return found
    match = _YEAR_FIRST.fullmatch(day)
    if match:
        return _day(match[1] or match[5], match[3] or match[6], match[4] or match[7])
    match = _DAY_NUMBER.fullmatch(plain)
    if match:
        return _limited(_DAY_ZERO + timedelta(int(match[1])))
    return _with_month_name(day)


def _split(plain: str) -> tuple[str, str]:
    match = _TIME.search(plain)
    return (plain[: match.start()].rstrip(" ,"), match[0].lstrip(", ")) if match else (plain, "")


def _zoned(plain: str) -> date | None:
    """The local day of an instant that names its zone."""
    iso = plain.upper().replace(" UTC", "Z").replace(" GMT", "Z").replace("UTC", "Z").replace(",", ".")
    try:
        instant = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return _limited(local_day(instant_text(instant))) if instant.tzinfo else None


def _readings(plain: str) -> dict[DateOrder, date]:
    """The days that a date of three numbers can be, by the order of its numbers."""
    match = _NUMERIC.fullmatch(_split(plain)[0])
    if match is None:
        return {}
    first, second, third = match[1], match[3], match[4]
    tried: dict[DateOrder, tuple[str, str, str]] = {
        "dmy": (third, second, first),
        "mdy": (third, first, second),
    }
    if len(third) == 2:
        tried["ymd"] = (first, second, third)
    days = {order: _day(*parts) for order, parts in tried.items()}
    return {order: day for order, day in days.items() if day is not None}


def _with_month_name(day: str) -> date | None:
    tokens = re.findall(r"[^\W\d_]+|\d+", day)
    numbers = [token for token in tokens if token.isdigit()]
    names = [words_of(token) for token in tokens if not token.isdigit()]
    months = [number for name in names if (number := _month(name))]
    others = [name for name in names if not _month(name) and name not in _SILENT]
    if len(numbers) != 2 or others or not months:
        return None
    # "Mar 20 Oct 2016": a weekday's name may be a month's as well; the month stands next to the numbers.
    year, number = (numbers[0], numbers[1]) if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    return _day(year, str(months[-1]), number) if len(number) <= 2 else None


@lru_cache(maxsize=4096)
def _month(name: str) -> int | None:
    if len(name) < 3:
        return None
    found = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(each.startswith(name) for each in names.split())
    ]
    return found[0] if len(found) == 1 else None


def _form(plain: str) -> str:
    if _DAY_NUMBER.fullmatch(plain):
        return "Excel day numbers"
    return "year-month-day" if plain[:4].isdigit() else "with month names"


def _day(year: str, month: str, day: str) -> date | None:
    number = full_year(year) if len(year) == 2 else int(year)
    try:
        return _limited(date(number, int(month), int(day)))
    except ValueError:
        return None


def _limited(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
