"""How deals like this one ended: the longest silence of a stay in a stage, and who was silent as long as this one.

A *silence* is the number of days between two signs of life that follow each other: entering the stage, touches,
finished tasks, leaving the stage. An idle deal is compared with the closed ones that were ever as silent in its stage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

ENOUGH: Final = 5
"""Of fewer deals nothing is said: what happened to three of them is an anecdote."""


class Silence(NamedTuple):
    """The longest silence in days of one closed deal in a stage, over all its stays there, and how it ended."""

    days: int
    won: bool


class Similar(NamedTuple):
    """Of `count` closed deals that were silent for so long in the same stage, `won` were won."""

    count: int  # type: ignore[assignment]  # the method of that name that tuples have is not for deals
    won: int


def longest_silence(entered: date, left: date, signs: Iterable[date]) -> int:
    """The longest silence in days of a stay from `entered` to `left` with these signs of life.

    Signs outside of the stay do not count, and a stay that ends before it begins, after a clock was set back, has
    no silence.
    """
    longest, last = 0, entered
    for sign in (*sorted(sign for sign in signs if entered <= sign <= left), left):
        longest = max(longest, (sign - last).days)
        last = sign
    return longest


class Silences:
    """The silences of a stage, asked again and again: how the deals that were as silent as this one ended."""

    def __init__(self, silences: Sequence[Silence]) -> None:
        ordered = sorted(silences)
        self._days = [silence.days for silence in ordered]
        self._won_from = [0] * (len(ordered) + 1)
        for place in range(len(ordered) - 1, -1, -1):
            self._won_from[place] = self._won_from[place + 1] + ordered[place].won

    def similar(self, idle: int) -> Similar | None:
        """Of the deals that were silent for `idle` days or longer; `None` where they are fewer than `ENOUGH`."""
        first = bisect_left(self._days, idle)
        count = len(self._days) - first
        return Similar(count, self._won_from[first]) if count >= ENOUGH else None
