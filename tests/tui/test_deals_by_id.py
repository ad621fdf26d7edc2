"""Deals are found by id as in a dictionary."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.deals_by_id import DealsById
from tui.widgets.demo import make_deal

ids = st.integers(1, 12)
changes = st.lists(st.tuples(ids, st.booleans()))


@given(st.sets(ids), changes)
def test_it_is_a_dictionary(first: set[int], changes: list[tuple[int, bool]]) -> None:
    known = {deal_id: make_deal(deal_id, "first") for deal_id in first}
    found = DealsById(reversed(known.values()))
    for step, (deal_id, stays) in enumerate(changes):
        if stays:
            known[deal_id] = replace(make_deal(deal_id, "changed"), position=step)
            found.put(known[deal_id])
        else:
            known.pop(deal_id, None)
            found.drop(deal_id)
    assert len(found) == len(known)
    for deal_id in range(14):
        assert found.get(deal_id) is known.get(deal_id)
        assert (deal_id in found) == (deal_id in known)
