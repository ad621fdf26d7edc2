"""Keeping a spreadsheet from running a text of ours as a formula.

A text that begins with `= + - @`, tab or carriage return is written with a `'` before it, and reading takes exactly
that off again. So that nothing is lost, a text that has `'` before such a sign already gets one more.

A spreadsheet that parts cells by `;` or tab instead of by comma takes quotes in the middle of a line for letters: to it
each `;`, tab and line break within a text begins a cell of its own. There the same is done, in our exports only; at the
start of a line only where something is called or linked, so that lists in notes ("- call Ann") stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = frozenset("=+-@\t\r")
_BEHIND: Final = r"""(?:(?<=[;\t])(?=['"]*[=+\-@])|(?<=[\n\r])(?=['"]*[=+\-@][^\n\r]*[(|!\[]))"""
_WITHIN: Final = re.compile(_BEHIND)
_GUARD_WITHIN: Final = re.compile(rf"{_BEHIND}'")
_IN_JSON: Final = re.compile(r""";(?=['"]*[=+\-@])""")
_NUMBER: Final = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)*")


def guarded(text: str, *, may_be_number: bool = False) -> str:
    """`text` as it is written to a file; with `may_be_number`, a plain number ("-5", "+3.2") is left as it is."""
    if not _is_risky(text) or (may_be_number and _NUMBER.fullmatch(text)):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """`text` as it was before `guarded`; any other text is left alone."""
    return text[1:] if text[:1] == "'" and _is_risky(text[1:]) else text


def guarded_within(text: str) -> str:
    """`text` with a `'` before each formula that would begin a cell if other signs parted them."""
    return _WITHIN.sub("'", text)


def unguarded_within(text: str) -> str:
    """`text` as it was before `guarded_within`."""
    return _GUARD_WITHIN.sub("", text)


def guarded_json(text: str) -> str:
    """JSON that says the same and in which no formula stands behind a `;`. Only its texts have that sign, and they have
    neither line breaks nor tabs."""
    return _IN_JSON.sub(r"\\u003b", text)


def _is_risky(text: str) -> bool:
    return text.lstrip("'")[:1] in _SIGNS
