"""Values of several words that need no quotes: `close:12 dec 2026`, `amount>12 000`.

Each function is given the words that stand there and says how many of them it took.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from store.errors import InvalidInput
from store.money import Money, parse_amount
from store.rules.amounts import is_amount_of_words

MOST_WORDS: Final = 6
"""No value has more words than this."""

_DATE_WORDS: Final = 3

T = TypeVar("T")


def spoken_date(words: Sequence[str], read: Callable[[str], T]) -> tuple[int, T]:
    """What `read` makes of the longest beginning of `words` that is a date, and how many words that is.

    A number only belongs to a date that is not whole without it (`dec 12`) or as its year: in `close:12 dec 24 seats`
    the 24 are seats. Raises the `InvalidInput` of the first word alone when nothing is a date.
    """
    for length in range(min(_DATE_WORDS, len(words)), 1, -1):
        last = words[length - 1]
        if not (last.isalpha() or last.isdecimal()):
            continue
        if last.isdecimal() and len(last) != 4 and _reads(read, words[: length - 1]):
            continue
        with suppress(InvalidInput):
            return length, read(" ".join(words[:length]))
    return 1, read(words[0])


def spoken_amount(words: Sequence[str], currency: str) -> tuple[int, Money]:
    """The amount that `words` begin with, the longest that has spaces inside it, and how many words that is.

    Raises `InvalidInput` as `parse_amount` does when the first word alone is not an amount either.
    """
    for length in range(min(MOST_WORDS, len(words)), 1, -1):
        text = " ".join(words[:length])
        if is_amount_of_words(text):
            with suppress(InvalidInput):
                return length, parse_amount(text, currency)
    return 1, parse_amount(words[0], currency)


def _reads(read: Callable[[str], object], words: Sequence[str]) -> bool:
    with suppress(InvalidInput):
        read(" ".join(words))
        return True
    return False
