"""What in a deal's typed name was perhaps meant otherwise: worth a word, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from store.rules.amounts import NameWord

_LIKE_A_FIELD: Final = re.compile(r"([^\W\d_]{2,12}):(?!//)\S")
"""`who:Gavin`, but no web address, no time of day, and no `Re:` before a blank."""
_NEGATIVE: Final = re.compile(r"[-−][$€£]?\d[\d.,]*[kKmM]?|[$€£][-−]\d[\d.,]*[kKmM]?")


def name_notes(words: Sequence[NameWord]) -> tuple[str, ...]:
    """A sentence for each word that looks like a field or an amount and is part of the name all the same."""
    notes = []
    for word in words:
        if word.literal:
            continue
        if field := _LIKE_A_FIELD.match(word.text):
            notes.append(f"{field[1]}: is no field and stays in the name")
        elif len(words) > 1 and _NEGATIVE.fullmatch(word.text):
            notes.append(f"{word.text} stays in the name: an amount is not negative")
    return tuple(dict.fromkeys(notes))
