"""The distribution of what a month brings, held against sums worked out one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, product
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.distribution import Distribution, ExactDistribution, Part, distribution
from store.rules.grid import GridDistribution, grid_distribution

LEVELS = (10, 50, 90)


def outcomes(parts: Sequence[Part]) -> dict[int, Fraction]:
    """Every possible sum and its chance, by going through all combinations."""
    found: dict[int, Fraction] = {}
    for won in product((False, True), repeat=len(parts)):
        chance = Fraction(1)
        for wins, (_, percent) in zip(won, parts, strict=True):
            chance *= Fraction(percent if wins else 100 - percent, 100)
        amount = sum(amount for wins, (amount, _) in zip(won, parts, strict=True) if wins)
        found[amount] = found.get(amount, Fraction(0)) + chance
    return dict(sorted((amount, chance) for amount, chance in found.items() if chance))


def smallest_reaching(sums: dict[int, Fraction], percent: int) -> int:
    reached = accumulate(sums.values())
    return next(amount for amount, so_far in zip(sums, reached, strict=True) if so_far * 100 >= percent)


def deviation(parts: Sequence[Part]) -> float:
    return sqrt(sum(amount**2 * percent * (100 - percent) for amount, percent in parts)) / 100


def weighted(parts: Sequence[Part]) -> int:
    return sum(amount * percent for amount, percent in parts)


def close_together(most: int) -> st.SearchStrategy[list[Part]]:
    return st.lists(
        st.tuples(st.integers(0, 40).map(lambda n: n * 50_000), st.integers(0, 100)), max_size=most
    )


def far_apart(most: int) -> st.SearchStrategy[list[Part]]:
    return st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 100)), max_size=most)


def uneven(count: int, percents: Sequence[int], seed: int = 1, most: int = 60) -> list[Part]:
    """Deals of whole thousands, and one of 1, so that no grid coarser than 1 fits them all."""
    rng = random.Random(seed)
    return [(rng.randrange(1, most) * 1000, rng.choice(percents)) for _ in range(count)] + [(1, 50)]


def thousands(parts: Sequence[Part]) -> list[float]:
    """The chances of 0, 1, 2, … thousand, without the deal of 1."""
    chances = [1.0]
    for amount, percent in parts[:-1]:
        won, lost = percent / 100, 1 - percent / 100
        none = [0.0] * (amount // 1000)
        chances = [a * lost + b * won for a, b in zip(chances + none, none + chances, strict=True)]
    return chances


def test_nothing_due() -> None:
    nothing = distribution([])
    assert [nothing.quantile(level) for level in LEVELS] == [0, 0, 0]
    assert (nothing.mean, nothing.error) == (0, 0)
    assert (nothing.chance_of(0), nothing.chance_of(1)) == (1.0, 0.0)


def test_the_example() -> None:
    """20,000 at 50 %, 10,000 at 70 %, 5,000 at 0 %: 0 (15 %), 10,000 (35 %), 20,000 (15 %), 30,000 (35 %)."""
    found = distribution([(20_000, 50), (10_000, 70), (5_000, 0)])
    assert isinstance(found, ExactDistribution)
    assert list(found.sums) == [0, 10_000, 20_000, 30_000]
    assert found.mean == 17_000 * 100
    assert [found.quantile(level) for level in LEVELS] == [0, 10_000, 30_000]
    chances = {amount: found.chance_of(amount) for amount in (0, 1, 10_000, 10_001, 20_000, 30_000, 30_001)}
    assert chances == {0: 1.0, 1: 0.85, 10_000: 0.85, 10_001: 0.5, 20_000: 0.5, 30_000: 0.35, 30_001: 0.0}


def test_certain_deals_are_there_whatever_happens() -> None:
    found = distribution([(700, 100), (300, 50), (900, 0)])
    assert [found.quantile(level) for level in LEVELS] == [700, 700, 1000]
    assert (found.chance_of(700), found.chance_of(701)) == (1.0, 0.5)
    assert distribution([(700, 100)]).quantile(10) == 700


@given(parts=close_together(8) | far_apart(8))
def test_few_deals_are_exact(parts: list[Part]) -> None:
    found = distribution(parts)
    sums = outcomes(parts)
    assert found.error == 0
    assert found.mean == weighted(parts)
    assert [found.quantile(level) for level in LEVELS] == [smallest_reaching(sums, level) for level in LEVELS]
    for amount in {*list(sums)[:20], 0, max(sums) + 1}:
        expected = sum((chance for found, chance in sums.items() if found >= amount), Fraction(0))
        assert found.chance_of(amount) == float(expected)


def test_a_full_month_of_round_amounts_is_exact() -> None:
    rng = random.Random(4)
    parts = [(rng.randrange(1, 160) * 50_000, rng.choice((10, 30, 50, 70, 90))) for _ in range(40)]
    found = distribution(parts)
    assert isinstance(found, ExactDistribution)
    chances = thousands([(amount // 50, percent) for amount, percent in parts] + [(1, 50)])
    for level in LEVELS:
        cell = next(cell for cell, so_far in enumerate(accumulate(chances)) if so_far >= level / 100)
        assert found.quantile(level) == cell * 50_000


def test_the_same_months_are_not_worked_out_again() -> None:
    parts = [(123_456, 50), (654_321, 20)]
    assert distribution(parts) is distribution(iter(parts))


def test_amounts_beyond_64_bits_are_taken() -> None:
    assert distribution([(10**20, 50)]).quantile(90) == 10**20


@given(parts=far_apart(9), certain=st.integers(0, 10**6))
def test_the_grid_keeps_its_word_on_few_deals(parts: list[Part], certain: int) -> None:
    uncertain = [(amount, percent) for amount, percent in parts if amount and 0 < percent < 100]
    if not uncertain:
        return
    found = grid_distribution(uncertain, certain)
    sums = outcomes(uncertain)
    for level in LEVELS:
        assert abs(found.quantile(level) - certain - smallest_reaching(sums, level)) <= found.error
    assert found.chance_of(certain) == 1.0
    assert found.chance_of(certain + max(sums) + 1) == 0.0
    assert found.mean == certain * 100 + weighted(uncertain)


@pytest.mark.parametrize("percents", [(10, 50, 70), (50,), (3, 5), range(1, 100)])
@pytest.mark.parametrize("count", [30, 120, 400, 1200])
def test_the_grid_keeps_its_word_on_many_deals(count: int, percents: Sequence[int]) -> None:
    parts = uneven(count, percents)
    found = grid_distribution(parts, 0)
    so_far = list(accumulate(thousands(parts)))
    for level in LEVELS:
        cell = next(cell for cell, reached in enumerate(so_far) if reached >= level / 100)
        assert abs(found.quantile(level) - cell * 1000) <= found.error + 1
    for step in range(-3, 4):
        goal = weighted(parts) // 100 + int(step * deviation(parts))
        cell = goal // 1000
        if 0 <= cell < len(so_far):
            # The grid does not see the single thousands: between two of them it goes straight.
            likely = so_far[cell] - so_far[cell - 1] if cell else so_far[0]
            assert found.chance_of(goal) == pytest.approx(1 - so_far[cell], abs=0.01 + likely)


def test_the_grid_is_nearer_than_it_says() -> None:
    parts = uneven(1200, (10, 50, 70))
    found = grid_distribution(parts, 0)
    so_far = list(accumulate(thousands(parts)))
    for level in LEVELS:
        cell = next(cell for cell, reached in enumerate(so_far) if reached >= level / 100)
        assert abs(found.quantile(level) - cell * 1000) <= 0.02 * deviation(parts)


@pytest.mark.parametrize(("count", "share"), [(20, 0.04), (100, 0.1), (1000, 0.5), (10_000, 0.2)])
def test_the_stated_error_is_small_beside_the_spread(count: int, share: float) -> None:
    rng = random.Random(7)
    parts = [(rng.randrange(1, 10**7), rng.choice((10, 50, 70))) for _ in range(count)]
    found = distribution(parts)
    assert isinstance(found, GridDistribution)
    assert 0 < found.error <= share * deviation(parts)


@pytest.mark.parametrize("count", [20, 100, 1000, 10_000])
def test_the_grid_keeps_the_mean(count: int) -> None:
    rng = random.Random(count)
    parts = [(rng.randrange(1, 10**7), rng.randrange(1, 100)) for _ in range(count)]
    found = grid_distribution(parts, 500)
    mean = sum((found.origin + cell * found.step) * chance for cell, chance in enumerate(found.cells))
    assert found.mean == 50_000 + weighted(parts)
    assert abs(mean - found.mean / 100) <= 1
    assert sum(found.cells) == pytest.approx(1)
    assert min(found.cells) >= 0


def test_equal_amounts_stay_on_their_own_lattice() -> None:
    found = distribution([(10_000, 50)] * 2000)
    assert isinstance(found, GridDistribution)
    assert found.quantile(50) == 1000 * 10_000
    assert all(found.quantile(level) % 10_000 == 0 for level in LEVELS)
    at_least = sum(comb(2000, won) for won in range(1010, 2001)) / 2**2000
    assert found.chance_of(1010 * 10_000) == pytest.approx(at_least, abs=1e-3)
    assert found.chance_of(1009 * 10_000 + 1) == found.chance_of(1010 * 10_000)


def test_a_month_that_probably_brings_nothing_says_so() -> None:
    rng = random.Random(3)
    found = distribution([(rng.randrange(10**6, 10**8), 1) for _ in range(30)])
    assert isinstance(found, GridDistribution)
    assert (found.quantile(10), found.quantile(50)) == (0, 0)
    assert found.chance_of(1) == pytest.approx(1 - 0.99**30)


def test_a_month_that_probably_brings_everything_says_so() -> None:
    rng = random.Random(3)
    parts = [(rng.randrange(10**6, 10**8), 99) for _ in range(30)]
    everything = sum(amount for amount, _ in parts)
    found = distribution(parts)
    assert (found.quantile(50), found.quantile(90)) == (everything, everything)
    assert found.chance_of(everything) == pytest.approx(0.99**30)


@given(parts=far_apart(40), goals=st.lists(st.integers(0, 10**10), min_size=2, max_size=5))
def test_a_higher_goal_is_never_more_likely(parts: list[Part], goals: list[int]) -> None:
    found: Distribution = distribution(parts)
    chances = [found.chance_of(goal) for goal in sorted(goals)]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)
    low, middle, high = (found.quantile(level) for level in LEVELS)
    assert 0 <= low <= middle <= high <= sum(amount for amount, _ in parts)
