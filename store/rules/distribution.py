"""The distribution of what a month brings: a sum of deals, each won with its own probability, independently.

Where the number of different sums stays small (a founder's usual month) it is exact, in whole numbers from end to end.
Otherwise it is worked out on a grid (`store.rules.grid`), which keeps the mean and states its error.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import gcd, prod
from typing import Final, Protocol

MAX_SUMS: Final = 4096
"""The distribution is exact while there are at most so many different sums."""

MAX_WORK: Final = 16_000
"""So many sums may be formed one by one on the way; beyond it the grid is quicker."""

FEW: Final = 64
"""Among more deals than this, sums are not formed one by one at all: there would be too many."""

MAX_PACKED_WORK: Final = 12_000_000
"""The same for sums that lie close together, in bytes of packed weights."""

_REMEMBERED: Final = 8

Part = tuple[int, int]
"""A deal as the distribution sees it: an amount (0 or more) and a probability in whole percent."""


class Distribution(Protocol):
    """What the sum may come to. Amounts are minor units, chances 0–1."""

    @property
    def mean(self) -> int:
        """The mean in hundredths of a minor unit: the weighted sum of the parts."""

    @property
    def error(self) -> int:
        """A bound on how far the quantiles at 10, 50 and 90 % may be off; 0 where the distribution is exact."""

    def quantile(self, percent: int) -> int:
        """The smallest amount whose cumulative chance reaches `percent`."""

    def chance_of(self, amount: int) -> float:
        """The chance that the sum is `amount` or more."""


def distribution(parts: Iterable[Part]) -> Distribution:
    """The distribution of the sum of `parts`. The last few are remembered: a board asks for the same months again."""
    given = tuple(parts)
    try:
        key = array("q", [amount << 7 | percent for amount, percent in given]).tobytes()
    except OverflowError:
        return _worked_out(given)
    return _remembered(key)


@dataclass(frozen=True, slots=True)
class ExactDistribution:
    """Every possible sum, in ascending order, with the number of ways (out of the last) that lead up to it."""

    sums: Sequence[int]
    cumulative: Sequence[int]
    mean: int

    @property
    def error(self) -> int:
        """None: it is exact."""
        return 0

    def quantile(self, percent: int) -> int:
        """The smallest sum whose cumulative chance reaches `percent` (1–100)."""
        reached = -(-percent * self.cumulative[-1] // 100)
        return self.sums[bisect_left(self.cumulative, reached)]

    def chance_of(self, amount: int) -> float:
        """The chance that the sum is `amount` or more: a quotient of whole numbers, rounded once."""
        below = bisect_left(self.sums, amount)
        whole = self.cumulative[-1]
        return (whole - self.cumulative[below - 1]) / whole if below else 1.0


@lru_cache(maxsize=_REMEMBERED)
def _remembered(key: bytes) -> Distribution:
    packed = array("q")
    packed.frombytes(key)
    return _worked_out([(value >> 7, value & 127) for value in packed])


def _worked_out(parts: Sequence[Part]) -> Distribution:
    certain = sum(amount for amount, percent in parts if percent == 100)
    uncertain = [part for part in parts if part[0] and 0 < part[1] < 100]
    if not uncertain:
        return ExactDistribution((certain,), (1,), certain * 100)
    weights = _exact_weights(uncertain)
    if weights is None:
        # Loaded here: most months are exact.
        from store.rules.grid import grid_distribution

        return grid_distribution(uncertain, certain)
    unit, sums, ways = weights
    mean = certain * 100 + sum(amount * percent for amount, percent in uncertain)
    return ExactDistribution([certain + unit * found for found in sums], list(accumulate(ways)), mean)


def _exact_weights(parts: Sequence[Part]) -> tuple[int, Sequence[int], Sequence[int]] | None:
    """The common unit of the amounts, the sums in that unit, and the ways to each; `None` where that is too much."""
    unit = gcd(*(amount for amount, _ in parts))
    count = sum(amount for amount, _ in parts) // unit + 1
    if len(parts) > FEW and count * len(parts) > MAX_PACKED_WORK:
        return None
    odds = sorted((amount // unit, *_reduced(percent)) for amount, percent in parts)
    found = _packed(odds, count) or (_one_by_one(odds) if len(parts) <= FEW else None)
    return None if found is None else (unit, *found)


_Odds = tuple[int, int, int]
"""An amount, in how many ways it is won and in how many lost."""


def _reduced(percent: int) -> tuple[int, int]:
    common = gcd(percent, 100)
    return percent // common, (100 - percent) // common


def _one_by_one(odds: Sequence[_Odds]) -> tuple[Sequence[int], Sequence[int]] | None:
    """All sums and the ways to them, in a table that grows with each deal."""
    ways = {0: 1}
    work = 0
    for amount, won, lost in odds:
        grown = {found: count * lost for found, count in ways.items()}
        for found, count in ways.items():
            grown[found + amount] = grown.get(found + amount, 0) + count * won
        ways = grown
        work += len(ways)
        if len(ways) > MAX_SUMS or work > MAX_WORK:
            return None
    sums = sorted(ways)
    return sums, [ways[found] for found in sums]


def _packed(odds: Sequence[_Odds], count: int) -> tuple[Sequence[int], Sequence[int]] | None:
    """The same for `count` sums at most, which lie close together: the ways to 0, 1, 2, … as the digits of one number.

    A deal is then two multiplications, a shift and an addition of that number; a digit has room for all ways there are.
    """
    if count > MAX_SUMS or count * len(odds) > MAX_PACKED_WORK:
        return None
    width = (prod(won + lost for _, won, lost in odds).bit_length() + 7) // 8
    if count * len(odds) * width > MAX_PACKED_WORK:
        return None
    packed = 1
    for amount, won, lost in odds:
        packed = packed * lost + (packed * won << amount * width * 8)
    data = packed.to_bytes(count * width, "little")
    every = [int.from_bytes(data[at : at + width], "little") for at in range(0, len(data), width)]
    sums = [found for found, ways in enumerate(every) if ways]
    return sums, [every[found] for found in sums]
