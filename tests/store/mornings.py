"""The board's own stuck list, of whole deals, in the shape in which `store.reads.stuck` reads it."""

from __future__ import annotations

from collections.abc import Iterable

from store.views import Deal, MorningDeal, MorningList, StuckList


def as_morning(listed: StuckList) -> MorningList:
    """`listed` with as much of each deal as the morning's list has, all of it taken from the deal."""
    return MorningList(listed.today, _short(listed.stuck), _short(listed.no_next_step), listed.at_stake)


def _short(deals: Iterable[Deal]) -> tuple[MorningDeal, ...]:
    return tuple(MorningDeal._make(getattr(deal, field) for field in MorningDeal._fields) for deal in deals)
