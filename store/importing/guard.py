"""Keeping a spreadsheet from running a text of ours as a formula.

A text that begins with `= + - @`, tab or carriage return is written with a `'` before it, and reading takes exactly
that off again. So that nothing is lost, a text that has `'` before such a sign already gets one more.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = frozenset("=+-@\t\r")
_NUMBER: Final = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)*")


def guarded(text: str, *, may_be_number: bool = False) -> str:
    """`text` as it is written to a file; with `may_be_number`, a plain number ("-5", "+3.2") is left as it is."""
    if not _is_risky(text) or (may_be_number and _NUMBER.fullmatch(text)):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """`text` as it was before `guarded`; any other text is left alone."""
    return text[1:] if text[:1] == "'" and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    return text.lstrip("'")[:1] in _SIGNS
