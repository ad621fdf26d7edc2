"""The distribution of a sum of very many deals, on a grid of about two thousand cells.

What is done, for deals i with amounts aᵢ, won with probability pᵢ (qᵢ = 1 − pᵢ), and a sum of mean μ and deviation σ:

1. The cells are h apart, so that about μ ± 8σ fits. Where all amounts are multiples of h nothing is rounded at all.
2. The deals that matter most (highest aᵢ² pᵢ qᵢ) are added one after another, as many as the budget allows, their
   amounts rounded to whole cells, each with an error eᵢ. The chances are fixed-point whole numbers, side by side in
   one long number: adding a deal is two multiplications, two shifts and an addition of it.
3. The many small ones left over are taken together as one normal distribution with their mean, their variance and,
   by Edgeworth's first term, their skewness.
4. The result is moved so that its mean is μ: what rounding did to the mean is taken back.

The stated error, in amounts and in cumulative chance:

- Step 2, moved back, is off by D = Σ eᵢ (Xᵢ − pᵢ). By Hoeffding P(D ≥ t) ≤ exp(−2t² / Σ eᵢ²), which is at most δ for
  t = √(½ ln(1/δ) Σ eᵢ²): the sum is off by more than t with a chance of at most δ.
- Step 3 is off by at most 0.56 L in cumulative chance (Berry and Esseen, with Shevtsova's constant for L =
  Σ pᵢqᵢ(pᵢ²+qᵢ²)aᵢ³ / σ³ of the small ones), and by what Edgeworth's term adds to a cumulative chance, at most
  0.0665 × |skewness|. Adding the independent large ones makes that no larger.
- Half a cell where the normal is cut into cells, and half a cell where a quantile is read between two of them.

So a true quantile at 10 % lies between the computed ones at 10 % − δ and 10 % + δ, less and plus t, with all of the
above in δ and t. The farther end, for the worst of 10, 50 and 90 %, is the error.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil, erf, exp, gcd, log, pi, prod, sqrt
from typing import Final

CELLS: Final = 2048
WORK: Final = 700_000
"""So many deals × cells are added one after another at most."""

LEVELS: Final = (0.10, 0.50, 0.90)

_REACH: Final = 8
_WIDTH: Final = 64
_ONE: Final = 1 << 40
_CHANCE_BITS: Final = 20
_HOEFFDING: Final = 0.004
_BERRY_ESSEEN: Final = 0.56
_EDGEWORTH: Final = 1 / (6 * sqrt(2 * pi))

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
    moments = _Moments.of(parts)
    unit = gcd(*(amount for amount, _ in parts))
    total = sum(amount for amount, _ in parts)
    step = unit * max(1, ceil(min(total, 2 * _REACH * moments.deviation) / (CELLS * unit)))
    large, small = _by_weight(parts, step, moments.deviation)
    rest = _Moments.of(small)
    low, masses, cut = _normal(rest, step, sum(amount for amount, _ in small))
    low, masses = _with_deals(low, masses, [(_rounded(amount, step), percent) for amount, percent in large])
    whole = sum(masses)
    cells = [mass / whole for mass in masses]
    middle = sum(index * mass for index, mass in enumerate(masses)) / whole
    kept = certain + moments.mean / 100 - middle * step
    found = GridDistribution(
        # On the lattice of the amounts themselves the cells are the sums: there nothing was rounded to be moved back.
        origin=kept if step > unit else certain + low * step,
        step=step,
        spread=step > unit,
        cells=cells,
        cumulative=list(accumulate(cells)),
        lowest=certain,
        highest=certain + total,
        none=prod((100 - percent) / 100 for _, percent in parts),
        every=prod(percent / 100 for _, percent in parts),
        mean=certain * 100 + moments.mean,
    )
    errors = [amount - _rounded(amount, step) * step for amount, _ in large]
    moved = sum(error * percent for error, (_, percent) in zip(errors, large, strict=True)) / 100
    distance = (
        abs(kept - certain - low * step - moved) + (step if found.spread else 0) + (step / 2 if small else 0)
    )
    chance = cut + 1 - whole / _ONE + len(large) / (2 << _CHANCE_BITS) + rest.doubt
    return replace(found, error=_stated_error(found, errors, distance, chance))


def _stated_error(found: GridDistribution, errors: Sequence[int], distance: float, chance: float) -> int:
    """The bound of this file's head; `distance` and `chance` are what else is off besides the rounding `errors`."""
    if squares := sum(error * error for error in errors):
        distance += sqrt(log(1 / _HOEFFDING) / 2 * squares)
        chance += _HOEFFDING
    farthest = 0.0
    for level in LEVELS:
        amount = found.amount_at(level)
        below = found.amount_at(level - chance) if level > chance else found.lowest
        above = found.amount_at(level + chance) if level + chance < 1 else found.highest
        farthest = max(farthest, amount - below, above - amount)
    return min(ceil(farthest + distance), found.highest - found.lowest)


@dataclass(frozen=True, slots=True)
class _Moments:
    """What a normal distribution in place of some deals has to keep, and how far it may be off."""

    mean: int
    """In hundredths of a minor unit."""
    deviation: float
    skewness: float
    doubt: float
    """How far, in cumulative chance, the normal with this skewness may be off: Berry–Esseen and Edgeworth's term."""

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Moments:
        by_percent: dict[int, list[int]] = {}
        for amount, percent in parts:
            by_percent.setdefault(percent, []).append(amount)
        mean = variance = third = absolute = 0
        for percent, amounts in by_percent.items():
            squares = [amount * amount for amount in amounts]
            cubes = sum(map(int.__mul__, squares, amounts))
            spread = percent * (100 - percent)
            mean += percent * sum(amounts)
            variance += spread * sum(squares)
            third += spread * (100 - 2 * percent) * cubes
            absolute += spread * (percent**2 + (100 - percent) ** 2) * cubes
        if not variance:
            return cls(mean, 0.0, 0.0, 0.0)
        deviation = sqrt(variance) / 100
        skewness = third / deviation**3 / 10**6
        ratio = absolute / deviation**3 / 10**8
        return cls(mean, deviation, skewness, _BERRY_ESSEEN * ratio + _EDGEWORTH * abs(skewness))


def _by_weight(parts: Sequence[Part], step: int, deviation: float) -> tuple[list[Part], list[Part]]:
    """The deals to be added one after another, the lightest first, and the ones that are left to the normal."""
    cells = max(1, ceil(2 * _REACH * deviation / step))
    most = WORK // cells
    ordered = sorted(parts, key=_weight)
    if len(parts) <= most:
        return ordered, []
    few = min(most // 3, len(parts) // 2)
    return ordered[-few:], ordered[:-few]


def _weight(part: Part) -> int:
    return part[0] ** 2 * part[1] * (100 - part[1])


def _rounded(amount: int, step: int) -> int:
    return (2 * amount + step) // (2 * step)


def _normal(moments: _Moments, step: int, highest: int) -> tuple[int, list[int], float]:
    """The first cell and the masses of the normal in place of some deals, and the mass that was cut off.

    Cut off is what lies below 0 or above the `highest` possible sum, and where the correction is negative.
    """
    if not moments.deviation:
        return 0, [_ONE], 0.0
    centre = moments.mean / 100
    low = max(0, int((centre - _REACH * moments.deviation) // step))
    high = min(_rounded(highest, step), int((centre + _REACH * moments.deviation) // step) + 1)
    edges = [((cell - 0.5) * step - centre) / moments.deviation for cell in range(low, high + 2)]
    reached = [_edgeworth(edge, moments.skewness) for edge in edges]
    masses = [max(0.0, after - before) for before, after in pairwise(reached)]
    whole = sum(masses)
    return (
        low,
        [round(mass / whole * _ONE) for mass in masses],
        abs(1 - whole) + 2 * (whole - reached[-1] + reached[0]),
    )


def _edgeworth(place: float, skewness: float) -> float:
    """The cumulative chance of the standard normal, corrected for a skewness."""
    density = exp(-place * place / 2) / sqrt(2 * pi)
    return (1 + erf(place / sqrt(2))) / 2 - skewness / 6 * (place * place - 1) * density


def _with_deals(low: int, masses: Sequence[int], deals: Sequence[Part]) -> tuple[int, list[int]]:
    """The first cell and the masses after each of `deals`, with its amount in cells, has been added."""
    packed = int.from_bytes(struct.pack(f"<{len(masses)}Q", *masses), "little")
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
