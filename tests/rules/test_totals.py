"""Sums over deals."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from store.rules.totals import added, at_stake, converted, totals
from store.views import Deal, Totals
from tests.rules.deals import make_deal

RATES: Final = {"EUR": (27, 25), "JPY": (2, 3), "GBP": (1, 2)}

deals = st.lists(
    st.builds(
        lambda amount, currency, probability: make_deal(
            amount=amount, currency=currency, probability=probability
        ),
        st.none() | st.integers(0, 10**12),
        st.sampled_from(["USD", "EUR", "JPY", "GBP", "CHF", "KWD"]),
        st.integers(0, 100),
    ),
    max_size=12,
)


def test_no_deals() -> None:
    assert totals([], "USD", {}) == Totals(0, 0, 0, 0, ())


def test_known_amounts_are_added_and_unknown_ones_are_counted() -> None:
    summed = totals(
        [
            make_deal(amount=1_200_000, probability=10),
            make_deal(amount=None),
            make_deal(amount=333, probability=50),
        ],
        "USD",
        {},
    )
    assert summed == Totals(count=3, amount=1_200_333, unknown=1, weighted=12_000_000 + 16_650)


def test_another_currency_is_converted_deal_by_deal_half_to_even() -> None:
    summed = totals([make_deal(amount=1, currency="GBP"), make_deal(amount=3, currency="GBP")], "USD", RATES)
    assert summed.amount == 0 + 2
    assert summed.weighted == 2 * 50


def test_a_currency_without_a_rate_is_its_own_sum_and_never_added() -> None:
    listed = [
        make_deal(amount=500, currency="KWD"),
        make_deal(amount=100),
        make_deal(amount=700, currency="CHF"),
        make_deal(amount=250, currency="KWD"),
        make_deal(amount=None, currency="CHF"),
    ]
    assert totals(listed, "USD", RATES) == Totals(5, 100, 1, 5_000, (("CHF", 700), ("KWD", 750)))


def test_what_cannot_be_compared_is_not_at_stake() -> None:
    assert at_stake(make_deal(amount=None), "USD", RATES) is None
    assert at_stake(make_deal(amount=100, currency="CHF"), "USD", RATES) is None
    assert at_stake(make_deal(amount=100, currency="EUR"), "USD", RATES) == 108 * 50


@given(parts=st.lists(deals, max_size=4))
def test_totals_of_parts_add_up_to_those_of_the_whole(parts: list[list[Deal]]) -> None:
    whole = [deal for part in parts for deal in part]
    assert added(totals(part, "USD", RATES) for part in parts) == totals(whole, "USD", RATES)


@given(listed=deals)
def test_every_deal_is_in_exactly_one_place(listed: list[Deal]) -> None:
    summed = totals(listed, "USD", RATES)
    counted = [deal for deal in listed if deal.amount is not None and deal.currency in {"USD", *RATES}]
    assert summed.count == len(listed)
    assert summed.unknown == sum(deal.amount is None for deal in listed)
    assert summed.weighted == sum(at_stake(deal, "USD", RATES) or 0 for deal in counted)


@given(amount=st.integers(0, 10**15), above=st.integers(1, 10**6), below=st.integers(1, 10**6))
def test_conversion_is_the_nearest_minor_unit(amount: int, above: int, below: int) -> None:
    assert converted(amount, "EUR", "USD", {"EUR": (above, below)}) == round(Fraction(amount * above, below))
