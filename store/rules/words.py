"""How a typed line falls into words: at spaces, except inside quotes. For the quick line and the filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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


_OPERATOR_FIRST: Final = re.compile(r":$|:?[<>]=?|=")
_OPERATOR_LAST: Final = re.compile(r"-?(?P<key>[^\W\d][\w-]*)(?P<op>:?[<>]=?|[:=])")
_VALUE: Final = re.compile(r"[^#\-:=<>][^:=<>]*")


def close_up(
    words: Sequence[Word], is_key: Callable[[str], bool], takes: Callable[[str, str, Sequence[Word]], bool]
) -> list[Word]:
    """`words` with the spaces around an operator behind a key taken out: `amount > 10k` is one word.

    With a space behind the operator only, a term may be half typed before other words: these are its value if
    `takes(key, operator, words)`.
    """
    found: list[Word] = []
    for index, word in enumerate(words):
        if found and _belongs(found[-1], words[index:], is_key, takes):
            before = found.pop()
            word = Word(before.raw + word.raw, before.raw + word.head, word.quoted, before.start, word.end)
        found.append(word)
    return found


def _belongs(
    before: Word,
    words: Sequence[Word],
    is_key: Callable[[str], bool],
    takes: Callable[[str, str, Sequence[Word]], bool],
) -> bool:
    word = words[0]
    if before.quoted is not None:
        return False
    open_ended = _OPERATOR_LAST.fullmatch(before.raw)
    if open_ended is None:
        return is_key(before.raw.removeprefix("-")) and _OPERATOR_FIRST.match(word.raw) is not None
    if not is_key(open_ended["key"]) or (
        word.head if word.quoted is not None else not _VALUE.fullmatch(word.raw)
    ):
        return False
    spaced = before.end - before.start > len(before.raw)
    return spaced or takes(open_ended["key"], open_ended["op"], words)
