"""What the cells of amounts, dates and probabilities have in common, however they are read."""

from __future__ import annotations

import re
from typing import Final

from store.text import ascii_digits, clean_line

_BLANK: Final = frozenset(
    ("", "-", "--", "–", "—", "n/a", "na", "null", "none", "nan", "nat", "tbd", "(no value)", "?")
)

_TOO_NARROW: Final = re.compile(r"#{2,}")
_SHEET_ERROR: Final = re.compile(
    r"#(?:n/a|ref!|value!|div/0!|name\?|num!|null!|spill!|calc!|getting_data)", re.I
)


LONGEST: Final = 1000
"""A longer cell is no amount, date or other single value, whatever is in it: it is not looked at further."""


def too_long(text: str, what: str) -> str:
    """What is wrong with a cell that is longer than any value such as `what` ("a date") is."""
    return f"this has {len(text):,} characters, more than {what} has; correct it, or leave it empty"


def is_blank(text: str) -> bool:
    """Whether a cell says that nothing is known."""
    return not text or text.strip().casefold() in _BLANK


def plain_of(text: str) -> str:
    """A cell on one line and with the digits 0–9, without the `'` by which a spreadsheet marks a number as text."""
    return ascii_digits(clean_line(text)).removeprefix("'")


def sheet_error(text: str) -> str | None:
    """What is wrong with a cell that holds an error of the spreadsheet, and what would fix it; `None` for others."""
    plain = text.strip()
    if _TOO_NARROW.fullmatch(plain):
        return "the spreadsheet's column was too narrow to show this; widen it and save the file again"
    if _SHEET_ERROR.fullmatch(plain):
        return "this is an error of the spreadsheet; correct the formula, or leave the cell empty"
    return None
