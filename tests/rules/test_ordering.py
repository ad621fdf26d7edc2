"""The orders in which cards can stand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.rules.ordering import natural_key, sort_deals
from store.views import Deal, Sort
from tests.rules.deals import make_deal


def names(deals: list[Deal]) -> list[str]:
    return [deal.name for deal in deals]


def test_the_founders_own_order_is_position_then_id() -> None:
    deals = [
        make_deal(id=1, name="third", position=7),
        make_deal(id=3, name="second", position=-5),
        make_deal(id=2, name="first", position=-5),
    ]
    assert names(sort_deals(deals)) == ["first", "second", "third"]


def test_the_highest_amount_comes_first_and_an_unknown_one_last() -> None:
    deals = [
        make_deal(name="unknown", amount=None),
        make_deal(name="nothing", amount=0),
        make_deal(name="yen", amount=9_000, currency="JPY"),
        make_deal(name="dollars", amount=850_000),
        make_deal(name="dinars", amount=9_500_000, currency="KWD"),
    ]
    assert names(sort_deals(deals, Sort.AMOUNT)) == ["dinars", "yen", "dollars", "nothing", "unknown"]


def test_the_earliest_close_date_comes_first_and_none_last() -> None:
    deals = [
        make_deal(name="undated", close_date=None),
        make_deal(name="later", close_date=date(2026, 12, 1)),
        make_deal(name="overdue", close_date=date(2026, 11, 1)),
    ]
    assert names(sort_deals(deals, Sort.CLOSE_DATE)) == ["overdue", "later", "undated"]


def test_the_longest_idle_comes_first() -> None:
    deals = [
        make_deal(name="fresh", idle_since=date(2026, 11, 19)),
        make_deal(name="old", idle_since=date(2026, 9, 1)),
    ]
    assert names(sort_deals(deals, Sort.IDLE)) == ["old", "fresh"]


def test_names_sort_as_people_do() -> None:
    typed = ["Phase 10", "écran", "acme", "Phase 2", "Zoo", "ACME", "Eden", "42 Ltd", "7 Ltd", ""]
    deals = [make_deal(name=name) for name in typed]
    assert names(sort_deals(deals, Sort.NAME)) == [
        *("", "7 Ltd", "42 Ltd", "acme", "ACME", "écran", "Eden", "Phase 2", "Phase 10", "Zoo")
    ]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_names_can_be_sorted(typed: list[str]) -> None:
    keys = [natural_key(name) for name in sorted(typed, key=natural_key)]
    assert all(before <= after for before, after in pairwise(keys))


deals = st.builds(
    make_deal,
    id=st.integers(1, 5),
    name=st.sampled_from(["a", "A", "b 2", "b 10"]),
    amount=st.none() | st.integers(0, 3),
    close_date=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    position=st.integers(-1, 1),
)


@given(st.lists(deals, max_size=12), st.sampled_from(Sort))
def test_sorting_is_stable_and_loses_nothing(some: list[Deal], sort: Sort) -> None:
    once = sort_deals(some, sort)
    assert sorted(map(id, once)) == sorted(map(id, some))
    assert list(map(id, sort_deals(once, sort))) == list(map(id, once))
