"""The distribution of a sum of very many deals, on a grid of about two thousand cells.

What is done, for deals i with amounts aᵢ, won with probability pᵢ (qᵢ = 1 − pᵢ), and a sum of mean μ and deviation σ:

1. The cells are h apart, so that about μ ± 8σ fits. Where all amounts are multiples of h nothing is rounded at all.
2. The deals that matter most (highest aᵢ² pᵢ qᵢ) are added one after another, as many as the budget allows, their
   amounts rounded to whole cells, each with an error eᵢ. The chances are fixed-point whole numbers, side by side in
   one long number: adding a deal is two multiplications, two shifts and an addition of it.
3. The many small ones left over are taken together as one normal distribution with their mean, their variance and,
   by Edgeworth's first term, their skewness γ; its cells are multiplied in the same way.
4. The result is moved so that its mean is μ: what rounding did to the mean is taken back.

The stated error, in amounts and in cumulative chance:

- Step 2, moved back, is off by D = Σ eᵢ (Xᵢ − pᵢ). By Hoeffding P(D ≥ t) ≤ exp(−2t² / Σ eᵢ²), which is at most δ for
  t = √(½ ln(1/δ) Σ eᵢ²): the sum is off by more than t with a chance of at most δ.
- Step 3, with s the deviation of the small ones and L = Σ pᵢqᵢ(pᵢ²+qᵢ²)aᵢ³ / s³: by Berry and Esseen, with
  Shevtsova's constant, the normal is off by at most 0.56 L in cumulative chance, and by Goldstein's theorem by at most
  s L on average over the amounts. Edgeworth's term is at most |γ| / (6√2π), and s |γ| · 4φ(1) / 6 on average. Added to
  the large ones, of which no cell holds more than M, that is off by no more than the first bound, nor by more than
  M (average / h + 3): a difference of distributions goes up and down by little more than 2 in all.
- Half a cell where the normal is cut into cells, and half a cell where a quantile is read between two of them.

So a true quantile at 10 % lies between the computed ones at 10 % − δ and 10 % + δ, less and plus t, with all of the
above in δ and t; nor, by Cantelli, farther from μ than σ √(q/p). The farther end, for the worst of 10, 50 and 90 %,
is the error.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil, erf, exp, gcd, log, pi, prod, sqrt
from operator import mul
from typing import Final

CELLS: Final = 2048
"""Twice as many where there are few deals."""

WORK: Final = 520_000
"""So many deals × cells are added one after another at most."""

LEVELS: Final = (0.10, 0.50, 0.90)

_REACH: Final = 8
_WIDTH: Final = 64
_ONE: Final = 1 << 40
_CHANCE_BITS: Final = 20
_WIDE_BYTES: Final = 10
_WIDE_ONE: Final = 1 << 32
_HOEFFDING: Final = 0.004
_BERRY_ESSEEN: Final = 0.56
_EDGEWORTH: Final = 1 / (6 * sqrt(2 * pi))
_EDGEWORTH_MEAN: Final = 4 * exp(-0.5) / sqrt(2 * pi) / 6
_ROOTS: Final = tuple(sqrt(percent * (100 - percent)) for percent in range(101))

Part = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GridDistribution:
    """Chances in cells: cell i stands for the amount `origin + i × step`, or if `spread` for all amounts around it."""

    origin: float
    step: int
    spread: bool
    cells: Sequence[float]
    cumulative: Sequence[float]
    lowest: int
    highest: int
    none: float
    """The chance that no deal is won, so that the sum is `lowest`; exact."""
    every: float
    """The chance that all deals are won, so that the sum is `highest`; exact."""
    mean: int
    error: int = 0

    def quantile(self, percent: int) -> int:
        """The smallest amount whose cumulative chance reaches `percent`, within `error`."""
        return round(self.amount_at(percent / 100))

    def amount_at(self, level: float) -> float:
        """The amount whose cumulative chance is `level`; exact where that is none of the deals, or all of them."""
        if level <= self.none:
            return self.lowest
        if level > 1 - self.every:
            return self.highest
        cell = min(bisect_left(self.cumulative, level), len(self.cells) - 1)
        amount = self.origin + cell * self.step
        if self.spread and self.cells[cell] > 0:
            amount += self.step * (0.5 - (self.cumulative[cell] - level) / self.cells[cell])
        return min(max(amount, self.lowest), self.highest)

    def chance_of(self, amount: int) -> float:
        """The chance that the sum is `amount` or more."""
        if amount <= self.lowest:
            return 1.0
        if amount > self.highest:
            return 0.0
        place = (amount - self.origin) / self.step + 0.5
        cell = int(place // 1)
        if not 0 <= cell < len(self.cells):
            return 1.0 - self.none if cell < 0 else self.every
        part = place - cell if self.spread else float(place - cell > 0.5 + 1e-9)
        below = self.cumulative[cell] - self.cells[cell] * (1 - part)
        return min(max(1.0 - below, self.every), 1.0 - self.none)


def grid_distribution(parts: Sequence[Part], certain: int) -> GridDistribution:
    """The distribution of `certain` plus the sum of `parts` (amounts above 0, probabilities of 1–99 %)."""
    amounts, percents = zip(*parts, strict=True)
    unit, total = gcd(*amounts), sum(amounts)
    mean = sum(map(mul, amounts, percents))
    weights = list(map(mul, amounts, map(_ROOTS.__getitem__, percents)))
    deviation = sqrt(sum(map(mul, weights, weights))) / 100
    reach = min(total, 2 * _REACH * deviation)
    finest = CELLS if len(parts) * 2 * CELLS > WORK else 2 * CELLS
    step = unit * max(1, ceil(reach / (finest * unit)))
    large, small = _by_weight(parts, weights, max(1, int(WORK * step / reach)))
    low, masses = _one_by_one([(_rounded(amount, step), percent) for amount, percent in large])
    chance = 1 - sum(masses) / _ONE + len(large) / (2 << _CHANCE_BITS)
    distance = 0.0
    if small:
        normal = _Normal.of(small)
        chance += normal.doubt(max(masses) / _ONE, step)
        start, shares, cut = normal.cells(step, sum(amount for amount, _ in small))
        low, masses = low + start, _multiplied(masses, shares)
        chance += cut
        distance += step / 2
    whole = sum(masses)
    middle = low + sum(map(mul, masses, range(len(masses)))) / whole
    spread = step > unit
    errors = [amount - _rounded(amount, step) * step for amount, _ in large]
    rounded_off = sum(error * percent for error, (_, percent) in zip(errors, large, strict=True)) / 100
    moved = mean / 100 - middle * step
    cells = array("d", [mass / whole for mass in masses])
    counts = Counter(percents)
    found = GridDistribution(
        # On the lattice of the amounts themselves the cells are the sums: there is nothing to be moved back.
        origin=certain + low * step + (moved if spread else 0),
        step=step,
        spread=spread,
        cells=cells,
        cumulative=array("d", accumulate(cells)),
        lowest=certain,
        highest=certain + total,
        none=prod(((100 - percent) / 100) ** count for percent, count in counts.items()),
        every=prod((percent / 100) ** count for percent, count in counts.items()),
        mean=certain * 100 + mean,
    )
    distance += abs(moved - rounded_off) + (step if spread else 0)
    return replace(found, error=_stated_error(found, errors, distance, chance, deviation))


def _stated_error(
    found: GridDistribution, errors: Sequence[int], distance: float, chance: float, deviation: float
) -> int:
    """The bound of this file's head; `distance` and `chance` are what else is off besides the rounding `errors`."""
    if squares := sum(error * error for error in errors):
        distance += sqrt(log(1 / _HOEFFDING) / 2 * squares)
        chance += _HOEFFDING
    farthest = 0.0
    for level in LEVELS:
        amount = found.amount_at(level)
        # Cantelli's inequality holds for any distribution.
        below = found.mean / 100 - deviation * sqrt((1 - level) / level)
        above = found.mean / 100 + deviation * sqrt(level / (1 - level))
        if level > chance:
            below = max(below, found.amount_at(level - chance) - distance)
        if level + chance < 1:
            above = min(above, found.amount_at(level + chance) + distance)
        farthest = max(farthest, amount - below, above - amount)
    return min(ceil(farthest), found.highest - found.lowest)


def _by_weight(
    parts: Sequence[Part], weights: Sequence[float], most: int
) -> tuple[Sequence[Part], Sequence[Part]]:
    """The deals to be added one after another, `most` of them, and the lighter ones left to the normal."""
    if len(parts) <= most:
        return parts, ()
    least = sorted(weights)[-most]
    pairs = list(zip(parts, weights, strict=True))
    return (
        [part for part, weight in pairs if weight >= least],
        [part for part, weight in pairs if weight < least],
    )


def _rounded(amount: int, step: int) -> int:
    return (2 * amount + step) // (2 * step)


@dataclass(frozen=True, slots=True)
class _Normal:
    """A normal distribution, corrected for a skewness, in place of the sum of some deals."""

    mean: float
    deviation: float
    skewness: float
    ratio: float
    """L of this file's head."""

    @classmethod
    def of(cls, parts: Iterable[Part]) -> _Normal:
        by_percent: dict[int, list[int]] = {}
        for amount, percent in parts:
            by_percent.setdefault(percent, []).append(amount)
        mean = variance = third = absolute = 0
        for percent, amounts in by_percent.items():
            squares = list(map(mul, amounts, amounts))
            cubes = sum(map(mul, squares, amounts))
            chances = percent * (100 - percent)
            mean += percent * sum(amounts)
            variance += chances * sum(squares)
            third += chances * (100 - 2 * percent) * cubes
            absolute += chances * (percent**2 + (100 - percent) ** 2) * cubes
        deviation = sqrt(variance) / 100
        return cls(mean / 100, deviation, third / deviation**3 / 10**6, absolute / deviation**3 / 10**8)

    def doubt(self, fullest: float, step: int) -> float:
        """How far, in cumulative chance, it may be off when added to cells of which the `fullest` holds so much."""
        worst = _BERRY_ESSEEN * self.ratio + _EDGEWORTH * abs(self.skewness)
        average = self.deviation * (self.ratio + _EDGEWORTH_MEAN * abs(self.skewness))
        return min(worst, fullest * (average / step + 3))

    def cells(self, step: int, highest: int) -> tuple[int, list[float], float]:
        """The first cell, the chances of that and the next ones, and how much was cut off.

        Cut off is what lies below 0 or above the `highest` possible sum, and where the correction is negative.
        """
        low = max(0, int((self.mean - _REACH * self.deviation) // step))
        high = min(_rounded(highest, step), int((self.mean + _REACH * self.deviation) // step) + 1)
        edges = [((cell - 0.5) * step - self.mean) / self.deviation for cell in range(low, high + 2)]
        reached = [self._reached(edge) for edge in edges]
        shares = [max(0.0, after - before) for before, after in pairwise(reached)]
        whole = sum(shares)
        negative = whole - (reached[-1] - reached[0])
        return low, [share / whole for share in shares], abs(reached[0]) + abs(1 - reached[-1]) + 2 * negative

    def _reached(self, place: float) -> float:
        """The cumulative chance so many deviations from the mean."""
        density = exp(-place * place / 2) / sqrt(2 * pi)
        return (1 + erf(place / sqrt(2))) / 2 - self.skewness / 6 * (place * place - 1) * density


def _one_by_one(deals: Iterable[Part]) -> tuple[int, list[int]]:
    """The first cell and the fixed-point chances of it and the next ones, for the sum of `deals` (amounts in cells)."""
    low, packed = 0, _ONE
    # What is below the point of a field has to go before the shift, or it would run into the field below.
    mask, fields = (1 << _WIDTH) - (1 << _CHANCE_BITS), 1
    for done, (cells, percent) in enumerate(deals):
        won = ((percent << _CHANCE_BITS) + 50) // 100
        packed = packed * ((1 << _CHANCE_BITS) - won) + (packed * won << cells * _WIDTH)
        while fields * _WIDTH < packed.bit_length():
            mask |= mask << fields * _WIDTH
            fields *= 2
        packed = (packed & mask) >> _CHANCE_BITS
        if done % 8 == 7:
            empty = ((packed & -packed).bit_length() - 1) // _WIDTH
            packed >>= empty * _WIDTH
            low += empty
    count = -(-packed.bit_length() // _WIDTH)
    return low, list(struct.unpack(f"<{count}Q", packed.to_bytes(count * _WIDTH // 8, "little")))


def _multiplied(masses: Sequence[int], shares: Sequence[float]) -> list[int]:
    """The masses of the sum of two independent amounts on the same grid: all products in one multiplication."""
    packed = _wide(masses) * _wide(round(share * _WIDE_ONE) for share in shares)
    data = packed.to_bytes((len(masses) + len(shares)) * _WIDE_BYTES, "little")
    return [int.from_bytes(data[at : at + _WIDE_BYTES], "little") for at in range(0, len(data), _WIDE_BYTES)]


def _wide(masses: Iterable[int]) -> int:
    return int.from_bytes(b"".join(mass.to_bytes(_WIDE_BYTES, "little") for mass in masses), "little")
