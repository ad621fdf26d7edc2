"""Which word of a deal's typed name is its amount.

A word with a currency, with `k`, `m` or `bn`, or with thousands marks is an amount wherever it stands. A bare number is
one only as the last word, from 100 up, and not when it reads as a year near today; a first word such as `3M` is a name.
Of several the last one is meant, a marked one before a bare one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from store.currencies import CODES
from store.errors import InvalidInput
from store.money import Money, digits, parse_amount

_LONGEST: Final = 6
"""`EUR 1 000 000 mio` and the like: an amount has at most so many words."""

_YEARS_BACK: Final = 5
_YEARS_AHEAD: Final = 10
_SMALLEST_BARE: Final = 100

_SIGN: Final = r"[A-Za-z]{0,2}[$€£¥￥₨-₾฿元円원]\.?"
_CODE: Final = "|".join(sorted(CODES))
_AMOUNT: Final = re.compile(
    rf"""
    (?P<head> (?:{_SIGN}|{_CODE})\s? )?
    (?P<number> \d{{1,3}}(?:\ \d{{3}})+(?:[.,]\d{{1,2}})? | \d[\d.,'’]{{0,24}}\d | \d )
    (?P<scale> k | K | m | M | \ ?(?:mio|mln|bn) )?
    (?P<tail> \s?(?:{_SIGN}|{_CODE}|[Ee]uros?|kr|zł|[Kk]č) )?
    [,;]?
    """,
    re.VERBOSE,
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,'’]\d{2,3})*[.,'’]\d{3}(?:[.,]\d{1,2})?")
_COMPANY: Final = re.compile(r"\d+[KM]")
_AMBIGUOUS_HEADS: Final = CODES - {"USD", "EUR", "GBP", "CHF"}
"""A code in front of a number may be a word in capitals ("ALL 500 seats"), but for the commonest and one's own."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name; `literal` ones are never an amount, `follows` says that the word before it was typed just
    before it, too."""

    text: str
    literal: bool = False
    follows: bool = True


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """The words `start` to `end` (exclusive) are the amount."""

    start: int
    end: int
    money: Money


def amount_in_name(words: Sequence[NameWord], today: date, currency: str) -> FoundAmount | None:
    """The amount among the words of a name, by the rules in this file's head."""
    bare: FoundAmount | None = None
    for found, marked in _candidates(words, currency):
        if marked:
            return found
        if found.end == len(words) and found.start > 0 and not _small_or_year(found, words, today):
            bare = bare or found
    return bare


def is_amount_of_words(text: str) -> bool:
    """Whether `text`, of several words, has the form of one amount: `12 000`, `EUR 500`, `12 000,50 €`."""
    return _AMOUNT.fullmatch(text) is not None


def _candidates(words: Sequence[NameWord], currency: str) -> Iterator[tuple[FoundAmount, bool]]:
    """What reads as an amount, from the end of the line, the longest first; and whether it is marked as one."""
    for end in range(len(words), 0, -1):
        start = end - 1
        while start > 0 and end - start < _LONGEST and words[start].follows and not words[start - 1].literal:
            start -= 1
        for first in range(start, end):
            if any(word.literal for word in words[first:end]):
                continue
            found = _AMOUNT.fullmatch(" ".join(word.text for word in words[first:end]))
            if found and _plausible(found, first, currency) and (money := _parsed(found[0], currency)):
                yield FoundAmount(first, end, money), _is_marked(found)
                break


def _plausible(found: re.Match[str], first: int, currency: str) -> bool:
    head = (found["head"] or "").strip()
    if head and head in _AMBIGUOUS_HEADS and head != currency:
        return False
    if first == 0 and _COMPANY.fullmatch(found[0]):
        return False
    return _is_marked(found) or not found["number"].startswith("0")


def _is_marked(found: re.Match[str]) -> bool:
    return bool(found["head"] or found["scale"] or found["tail"] or _GROUPED.fullmatch(found["number"]))


def _small_or_year(found: FoundAmount, words: Sequence[NameWord], today: date) -> bool:
    if found.money.minor < _SMALLEST_BARE * 10 ** digits(found.money.currency):
        return True
    text = words[found.start].text
    near = range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD + 1)
    return found.end - found.start == 1 and text.isdecimal() and int(text) in near


def _parsed(text: str, currency: str) -> Money | None:
    try:
        return parse_amount(text.rstrip(",;"), currency)
    except InvalidInput:
        return None
