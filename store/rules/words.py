"""How a typed line falls into words: at spaces, except inside quotes. For the quick line and the filter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST_LINE: Final = 2_000
"""A typed line is read up to this many characters; nobody types more, and a pasted book must not stop the keys."""

_WORD: Final = re.compile(
    r"""
    (?P<head> -?\#? | [^\s"“”]*?[:=<>] )  # a quote opens at the start of a word or after an operator …
    ["“”] (?P<quoted> [^"“”]* ) (?: ["“”] | $ )  # … and may still be open at the end of the line
    | \S+
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as typed (`raw`), and for `co:"Acme Inc"` the `head` before the quote and the `quoted` text."""

    raw: str
    head: str
    quoted: str | None
    start: int
    end: int


def split_words(line: str) -> list[Word]:
    """The words of `line`, of which the first `LONGEST_LINE` characters are read. Never raises."""
    return [
        Word(found[0], found["head"] or "", found["quoted"], found.start(), found.end())
        for found in _WORD.finditer(line[:LONGEST_LINE])
    ]
