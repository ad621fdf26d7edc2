"""Which one of several named things a person means: stages, pipelines, templates, lost reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from store.errors import Ambiguous, NotFound, UnknownName
from store.text import quoted

_SHOWN: Final = 9
"""At most so many candidates are named in a message."""

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʼ"))
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` for comparing as people read it: case and accents do not count ("Café", "CAFE")."""
    return text.lower() if text.isascii() else _fold(text)


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def pick(query: str, names: Sequence[str], what: str) -> int:
    """The index of the one of `names` that `query` means; `what` is the word for them ("stage").

    Tried in this order, and the first way that fits any name decides: the same name, the beginning of a name,
    the beginning of a word in it, a part of it. Case, accents, apostrophes and double spaces do not count.
    Raises `UnknownName` when none fits, `Ambiguous` when several fit equally well, and `NotFound` without any names.
    """
    found = fitting(query, names)
    if len(found) > 1:
        raise Ambiguous(_ambiguous(query, [names[index] for index in found], what))
    if not found:
        raise UnknownName(_unknown(query, names, what)) if names else NotFound(f"There is no {what} yet.")
    return found[0]


def called(query: str, names: Sequence[str]) -> list[int]:
    """The indexes of all `names` that are `query`, written in any case."""
    asked = _plain(query)
    return [index for index, name in enumerate(names) if _plain(name) == asked]


def holding(query: str, names: Sequence[str]) -> list[int]:
    """The indexes of all `names` that `query` is a part of, wherever it stands in them."""
    asked = _plain(query)
    ways = _ways(asked) if asked else ()
    return [index for index, name in enumerate(map(_plain, names)) if any(fits(name) for fits in ways)]


def fitting(query: str, names: Sequence[str]) -> list[int]:
    """The indexes of all `names` that `query` fits in the first way that fits any (see `pick`)."""
    asked = _plain(query)
    if not asked:
        return []
    folded = [_plain(name) for name in names]
    for fits in _ways(asked):
        if found := [index for index, name in enumerate(folded) if fits(name)]:
            return found
    return []


def _ways(asked: str) -> tuple[Callable[[str], bool], ...]:
    word = f" {_words(asked)}"
    return (
        lambda name: name == asked,
        lambda name: name.startswith(asked),
        lambda name: word != " " and word in f" {_words(name)}",
        lambda name: asked in name,
    )


def _plain(text: str) -> str:
    return " ".join(fold(text).translate(_APOSTROPHES).split())


def _words(folded: str) -> str:
    return _BETWEEN_WORDS.sub(" ", folded).strip()


def _ambiguous(query: str, candidates: Sequence[str], what: str) -> str:
    if len({_plain(name) for name in candidates}) == 1:
        return f"There is more than one {what} named {quoted(candidates[0])}; rename one of them."
    return f"{quoted(query)} fits more than one {what}: {_listed(candidates)}; type more of the name."


def _unknown(query: str, names: Sequence[str], what: str) -> str:
    asked = f"is called {quoted(query)}" if query.strip() else "was named"
    return f"No {what} {asked}; there is {_listed(names)}."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
