"""Dates as files hold them, and the order of day and month, told from all values of a column together.

`2016-10-20`, `2016/10/20 14:03`, `2016-10-20T14:03:22Z`, `20161020`, `20 Oct 2016`, `October 20, 2016`,
`20. Oktober 2016`, `Oct 20, 16`, `2016年10月20日` and the day numbers of Excel say by themselves which day they are.
`3/11/2026` and `26-Jan-02` do not: the order is taken from the column's other values, or from the user, never from a
habit. An instant is a day of the local calendar; midnight in UTC is how programs write a day that has no time.
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
from store.importing.cells import LONGEST, is_blank, plain_of, sheet_error, too_long
from store.importing.refusal import UnknownDateOrder
from store.importing.words import words_of
from store.instants import instant_text, local_day
from store.months import FIRST_YEAR, LAST_YEAR, full_year

ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")

ORDER_NAMES: Final[Mapping[DateOrder, str]] = {
    "dmy": "day first (31/12/2026)",
    "mdy": "month first (12/31/2026)",
    "ymd": "year first (26/12/31)",
}

_TIME: Final = re.compile(r"(?:(?<=\d)t|[,\s])\s*(?:at|um|à)?\s*\d{1,2}[:h]\d{2}.*|\s+\d{1,2}\s*[ap]\.?m\.?$")
_ZONE: Final = re.compile(r"t?\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$")
_MIDNIGHT: Final = re.compile(r"t?\s*00?:00(?::00(?:[.,]0+)?)?\s*(?:z|utc|gmt|[+-]00:?00)")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})\.?|(\d{4})(\d{2})(\d{2})")
_NUMERIC: Final = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_SHORT_YEAR: Final = re.compile(r"\D*?(\d{1,2})[-/, ]*([^\W\d_]+)[-/,. ]*(\d{1,2})")
"""A day and the last two digits of a year around a month's name, or the other way round."""
_DAY_NUMBER: Final = re.compile(r"(\d{5,6})(?:[.,]\d+)?")
_YEAR_MONTH_DAY_SIGNS: Final = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]?")
_YEAR: Final = re.compile(r"(?:19|20|21)\d\d")
_MONTH_OF_YEAR: Final = re.compile(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}")
_TIME_STAMP: Final = re.compile(r"\d{10}|\d{13}")
_DAY_ZERO: Final = date(1899, 12, 30)
"""Excel's day 0, as its later days count. That of old workbooks of the Mac, 1904, cannot be told from it."""

_MONTHS: Final = (
    "january januar janvier enero gennaio januari janeiro jan января январь",
    "february februar fevrier febrero febbraio februari fevereiro февраля февраль",
    "march marz maerz mars marzo maart marco mrt mrz марта март",
    "april avril abril aprile апреля апрель",
    "may mai mayo maggio mei maio мая маи",
    "june juni juin junio giugno junho июня июнь",
    "july juli juillet julio luglio julho июля июль",
    "august aout agosto augustus августа август",
    "september septembre septiembre setiembre settembre setembro сентября сентябрь",
    "october oktober octobre octubre ottobre outubro октября октябрь",
    "november novembre noviembre novembro ноября ноябрь",
    "december dezember decembre diciembre dicembre dezembro декабря декабрь",
)
"""The names of the twelve months without accents, of which the first letters will do."""

_SILENT_WORDS: Final = (
    "de del of the st nd rd th den der le el o mon tue tues wed thu thur thurs fri sat sun monday "
    "tuesday wednesday thursday friday saturday sunday mo di mi do fr sa so montag dienstag mittwoch "
    "donnerstag freitag samstag sonntag lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi "
    "samedi dimanche lunes martes miercoles jueves viernes sabado domingo er o г года"
)
_SILENT: Final = frozenset(_SILENT_WORDS.split())


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
        if len(text) > LONGEST:
            raise InvalidInput(too_long(text, "a date"))
        plain = _plain(text)
        found = _sure(plain) or _readings(plain).get(self.order or "dmy")
        if found is not None:
            return found
        if self.order and _readings(plain):
            raise InvalidInput(
                f"there is no such day with the {ORDER_NAMES[self.order]}; write it as 2026-12-31"
            )
        raise InvalidInput(
            sheet_error(text) or f"{_why_not(plain)}; write it as 2026-12-31, or leave it empty"
        )


def date_reader(column: str, values: Collection[str], told: DateOrder | None = None) -> DateReader:
    """How the dates of `column` are read, seen from all its `values`; `told` is what `--date-order` said.

    Raises `UnknownDateOrder` when the values could be read in several orders as different days.
    """
    plain = {text: _plain(text) for text in values if len(text) <= LONGEST and not is_blank(text)}
    unsure = {text: _readings(form) for text, form in plain.items() if _sure(form) is None}
    readings = {text: found for text, found in unsure.items() if found}
    forms = sorted({_form(form) for text, form in plain.items() if text not in unsure} - {""})
    if numbers := [form for form in plain.values() if _DAY_NUMBER.fullmatch(form) and _sure(form)]:
        forms.append(f"Excel day numbers ({numbers[0]} is {_sure(numbers[0])})")
    if not readings:
        return DateReader(column, None, " and ".join(forms) or "no dates")
    order = told or _order(column, readings)
    return DateReader(column, order, " and ".join([ORDER_NAMES[order], *forms]))


def _order(column: str, readings: Mapping[str, Mapping[DateOrder, date]]) -> DateOrder:
    fits = {order: sum(order in found for found in readings.values()) for order in ORDERS}
    best = max(fits.values())
    candidates = [order for order in ORDERS if fits[order] == best]
    if best == len(readings) or len(candidates) > 1:
        unsure = [
            (text, days)
            for text, found in readings.items()
            if len({*(days := {each: found[each] for each in candidates if each in found}).values()}) > 1
        ]
        if unsure:
            # What decides most: beside a month's name it does not show which of day and month comes first.
            text, days = max(unsure, key=lambda each: (len({*each[1].values()}), _differs(each[1])))
            kept = {day: order for order, day in reversed(days.items())}
            raise UnknownDateOrder(
                column, text, {order: days[order] for order in ORDERS if order in kept.values()}
            )
    return candidates[0]


def _differs(days: Mapping[DateOrder, date]) -> bool:
    return days.get("dmy") != days.get("mdy")


def _plain(text: str) -> str:
    return plain_of(text).casefold()


@lru_cache(maxsize=4096)
def _sure(plain: str) -> date | None:
    """The day of a date that can be read in one way only; `None` for any other text."""
    day, time = _split(plain)
    if time and _ZONE.fullmatch(time) and not _MIDNIGHT.fullmatch(time) and (found := _zoned(plain)):
        return found
    match = _YEAR_FIRST.fullmatch(day)
    if match:
        return _day(match[1] or match[5], match[3] or match[6], match[4] or match[7])
    match = _YEAR_MONTH_DAY_SIGNS.fullmatch(day)
    if match:
        return _day(match[1], match[2], match[3])
    match = _DAY_NUMBER.fullmatch(plain)
    if match:
        return _limited(_DAY_ZERO + timedelta(int(match[1])))
    return None if _around_month(day) else _with_month_name(day)


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
    """The days that a date of three numbers, or of two around a month's name, can be, by their order."""
    day, _ = _split(plain)
    if around := _around_month(day):
        return around
    match = _NUMERIC.fullmatch(day)
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


def _around_month(day: str) -> dict[DateOrder, date]:
    """The days that two short numbers around a month's name can be: `26-Jan-02`; empty for all else."""
    match = _SHORT_YEAR.fullmatch(day)
    month = match and _month(words_of(match[2]))
    if not match or not month or _tokens(day)[2]:
        return {}
    first, last = match[1], match[3]
    day_first = _day(last, str(month), first) if len(last) == 2 else None
    year_first = _day(first, str(month), last) if len(first) == 2 else None
    days: dict[DateOrder, date | None] = {"dmy": day_first, "mdy": day_first, "ymd": year_first}
    return {order: found for order, found in days.items() if found is not None}


def _why_not(plain: str) -> str:
    """What a cell is that is no date."""
    if _YEAR.fullmatch(plain):
        return "this is a year without month and day"
    if _MONTH_OF_YEAR.fullmatch(plain):
        return "this is a month without a day"
    if _TIME_STAMP.fullmatch(plain):
        return "this is a time as programs count it, not a date"
    day, _ = _split(plain)
    if any(form.fullmatch(day) for form in (_NUMERIC, _YEAR_FIRST, _YEAR_MONTH_DAY_SIGNS)):
        year = next((int(number) for number in re.findall(r"\d+", day) if len(number) == 4), FIRST_YEAR)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return f"only days from {FIRST_YEAR} to {LAST_YEAR} are kept"
        return "there is no such day"
    numbers, months, others = _tokens(day)
    if len(numbers) == 2 and months and not others:
        year = next((int(number) for number in numbers if len(number) == 4), FIRST_YEAR)
        if FIRST_YEAR <= year <= LAST_YEAR and max(map(len, numbers)) <= 4:
            return "there is no such day"
        return f"only days from {FIRST_YEAR} to {LAST_YEAR} are kept"
    if len(numbers) == 1 and months and not others:
        return f"this has no {'day' if len(numbers[0]) == 4 else 'year'}"
    return "this is not a date with a year"


def _tokens(day: str) -> tuple[list[str], list[int], list[str]]:
    """The numbers of a date, the months it names, and its words that are neither a month nor silent."""
    tokens = re.findall(r"[^\W\d_]+|\d+", day)
    numbers = [token for token in tokens if token.isdigit()]
    names = [words_of(token) for token in tokens if not token.isdigit()]
    months = [number for name in names if (number := _month(name))]
    return numbers, months, [name for name in names if not _month(name) and name not in _SILENT]


def _with_month_name(day: str) -> date | None:
    numbers, months, others = _tokens(day)
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
        return ""
    return "year-month-day" if plain[:4].isdigit() else "with month names"


def _day(year: str, month: str, day: str) -> date | None:
    number = full_year(year) if len(year) == 2 else int(year)
    try:
        return _limited(date(number, int(month), int(day)))
    except ValueError:
        return None


def _limited(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
